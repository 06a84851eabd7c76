"""Bytes of an upload -> `RawTable`: `read` for one table, `read_tables` for all that an upload holds."""

from analysis.reading.reader import read, read_tables

__all__ = ["read", "read_tables"]
