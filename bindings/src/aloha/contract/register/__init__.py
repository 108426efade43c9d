"""What `POST /register` answers, and what a client tells of itself there."""

from .capabilities import ClientCapabilities
from .result import SECTIONS, RegisterResult

__all__ = ["SECTIONS", "ClientCapabilities", "RegisterResult"]
