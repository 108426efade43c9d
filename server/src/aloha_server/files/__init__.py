"""Files that people upload: kept on the local disk or in an S3 bucket, and what their content is.

Knows nothing of who owns a file or may read it.
"""

from .open import open_files
from .storage import FileGoneError, Files, OpenedFile, no_chunks

__all__ = ["FileGoneError", "Files", "OpenedFile", "no_chunks", "open_files"]
