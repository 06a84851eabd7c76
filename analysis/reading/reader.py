"""The way in: bytes of an upload -> `RawTable`, by the format that the bytes show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from analysis.problems import problem
from analysis.reading.calendar import read_calendar
from analysis.reading.delimited import read_delimited
from analysis.reading.empty import nothing_read
from analysis.reading.gate import KINDS, MOST_BYTES, kind_of_upload
from analysis.reading.raw import RawTable

Reader = Callable[[bytes, str, str], RawTable]

READERS: Final[dict[str, Reader]] = {
    "delimited": read_delimited,
    "calendar": read_calendar,
}
"""Kind of upload -> its reader ``(data, name, sha256) -> RawTable``. A kind without one is refused in a sentence."""


def read(data: bytes, name: str) -> RawTable:
    """Read one upload. ``name`` only labels it; the format follows from the bytes.

    Returns the table as text with every physical line accounted for. Never raises for bad input: a file
    that cannot be read has an empty frame and a problem of severity ``unreadable``.
    """
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > MOST_BYTES:
        large = problem("too_large", name, size=len(data) >> 20)
        return nothing_read(data[:0], name, digest, "unknown", (large,))
    kind = kind_of_upload(data)
    reader = READERS.get(kind)
    if reader is not None:
        return reader(data, name, digest)
    code = f"unreadable_{kind}"
    return nothing_read(data, name, digest, KINDS.get(kind, "unknown"), (problem(code, name),))
