"""The database: tables, engines, transactions, the write lane. Knows nothing of what is stored."""

from .batch import Action, Job
from .engine import StoreError
from .store import Store
from .tx import LogRow, Tx, WriteTx

__all__ = ["Action", "Job", "LogRow", "Store", "StoreError", "Tx", "WriteTx"]
