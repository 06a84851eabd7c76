"""Bytes of an upload -> `RawTable`."""
