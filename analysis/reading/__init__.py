"""Bytes of an upload -> `RawTable`: `read`."""

from analysis.reading.reader import read

__all__ = ["read"]
