"""Bytes of an upload -> `RawTable`: `read` for one table, `read_tables` for all that an upload holds.

Both are imported on first use: the child process that opens workbooks lives in this package and loads little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.reading.reader import read, read_tables

__all__ = ["read", "read_tables"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'analysis.reading' has no attribute {name!r}")
    return getattr(import_module("analysis.reading.reader"), name)
