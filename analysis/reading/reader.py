"""The way in: bytes of an upload -> `RawTable`, by the format that the bytes show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from analysis.problems import problem
from analysis.reading.archive import read_archive
from analysis.reading.audit import Limits
from analysis.reading.calendar import read_calendar
from analysis.reading.delimited import read_delimited
from analysis.reading.empty import nothing_read
from analysis.reading.gate import KINDS, MOST_BYTES, kind_of_upload
from analysis.reading.json_file import read_json
from analysis.reading.mail import read_mailbox
from analysis.reading.progress import Progress
from analysis.reading.raw import RawTable
from analysis.reading.sheets import read_workbook

Reader = Callable[[bytes, str, str], RawTable]

READERS: Final[dict[str, Reader]] = {
    "delimited": read_delimited,
    "calendar": read_calendar,
    "json": read_json,
}
"""Kind of upload -> its reader ``(data, name, sha256) -> RawTable``. A kind without one is refused in a sentence."""


WORKBOOKS: Final = ("xlsx", "xlsb", "xls", "ods")
"""Kinds of upload with a table a sheet."""


def read(data: bytes, name: str, progress: Progress | None = None) -> RawTable:
    """Read one upload that holds one table. ``name`` only labels it; the format follows from the bytes.

    Returns the table as text with every physical line accounted for. Of an upload with several tables (see
    `read_tables`) it is the first that can be read, with a problem that says so. Never raises for bad input: a
    file that cannot be read has an empty frame and a problem of severity ``unreadable``. ``progress`` is called with
    the share done (0 to 1) while a large text is read.
    """
    tables = read_tables(data, name, progress)
    first = next((t for t in tables if t.readable and len(t.frame.columns)), tables[0])
    others = [t.part for t in tables if t is not first and len(t.frame.columns)]
    if not others:
        return first
    more = problem("more_tables", first.name, count=len(others), shown=_shortened(", ".join(others)))
    return replace(first, problems=(more, *first.problems))


def read_tables(data: bytes, name: str, progress: Progress | None = None) -> tuple[RawTable, ...]:
    """Every table of one upload: each sheet of a workbook, each file of an archive; else the one table it is.

    There is always at least one. Where there are several, or the upload is an archive, a table is called
    ``name › its own name``; all names differ. Never raises for bad input, see `read`.
    """
    return _tables(data, name, Limits(), progress)


def _tables(data: bytes, name: str, limits: Limits, progress: Progress | None = None) -> tuple[RawTable, ...]:
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > MOST_BYTES:
        large = problem("too_large", name, size=len(data) >> 20)
        return (nothing_read(data[:0], name, digest, "unknown", (large,)),)
    kind = kind_of_upload(data)
    if kind == "zip":
        return read_archive(data, name, digest, limits, _tables)
    if kind == "delimited":
        return (read_delimited(data, name, digest, progress),)
    if kind == "mail":
        return read_mailbox(data, name, digest, progress)
    if kind in WORKBOOKS:
        return read_workbook(data, name, digest, kind)
    reader = READERS.get(kind)
    if reader is not None:
        return (reader(data, name, digest),)
    code = kind if kind == "encrypted_workbook" else f"unreadable_{kind}"
    return (nothing_read(data, name, digest, KINDS.get(kind, "unknown"), (problem(code, name),)),)


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else text[:119] + "…"
