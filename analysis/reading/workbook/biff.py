"""The records of an XLS that calamine keeps to itself: cells that show an error, hidden rows and columns."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from analysis.reading.workbook.scan import Marks

_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FREE: Final = 0xFFFFFFFA
_BOUNDSHEET, _BOF, _EOF, _FORMULA, _BOOLERR, _ROW, _COLINFO = 0x85, 0x809, 0x0A, 0x06, 0x205, 0x208, 0x7D


def scan_old_workbook(data: bytes) -> dict[str, Marks]:
    """Name of a sheet -> its marks. What is damaged gives none; calamine says what is wrong with it."""
    try:
        stream = _workbook(data)
        return {name: _marks(stream, start) for name, start in _sheets(stream)}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _workbook(data: bytes) -> bytes:
    """The stream called Workbook (or Book) in the compound file."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if not (7 <= shift <= 16 and 2 <= small_shift <= shift):
        return b""
    (tables,) = struct.unpack_from("<I", data, 44)
    directory, _, cutoff, small_table = struct.unpack_from("<4I", data, 48)
    sector = 1 << shift
    places = [place for place in struct.unpack_from("<109I", data, 76) if place < _FREE]
    (more,) = struct.unpack_from("<I", data, 68)
    for _ in range(len(data) // sector):
        if more >= _FREE or len(places) >= tables:
            break
        further = struct.unpack_from(f"<{sector // 4}I", data, (more + 1) * sector)
        places += [place for place in further[:-1] if place < _FREE]
        more = further[-1]
    table: list[int] = []
    for place in places[:tables]:
        table += struct.unpack_from(f"<{sector // 4}I", data, (place + 1) * sector)

    def chain(start: int, links: list[int], source: bytes, size: int, offset: int) -> bytes:
        parts: list[bytes] = []
        while start < _FREE and len(parts) <= len(links):
            parts.append(source[(start + offset) * size : (start + offset + 1) * size])
            start = links[start]
        return b"".join(parts)

    entries = chain(directory, table, data, sector, 1)
    named: dict[str, tuple[int, int]] = {}
    for at in range(0, len(entries) - 127, 128):
        (length,) = struct.unpack_from("<H", entries, at + 64)
        name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        named.setdefault(name, struct.unpack_from("<II", entries, at + 116))
    start, size = named.get("Workbook") or named.get("Book") or (_FREE, 0)
    if size >= cutoff or start >= _FREE:
        return chain(start, table, data, sector, 1)[:size]
    small = chain(named["Root Entry"][0], table, data, sector, 1) if "Root Entry" in named else b""
    links = chain(small_table, table, data, sector, 1)
    return chain(start, list(struct.unpack(f"<{len(links) // 4}I", links)), small, 1 << small_shift, 0)[:size]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place of the content and its length for each record from ``at`` on."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, at, _ in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _BOUNDSHEET:
            start, _, length, wide = struct.unpack_from("<IHBB", stream, at)
            text = stream[at + 8 : at + 8 + length * (1 + (wide & 1))]
            yield text.decode("utf-16-le" if wide & 1 else "latin-1"), start


def _marks(stream: bytes, start: int) -> Marks:
    marks = Marks()
    for kind, at, length in _records(stream, start):
        if kind == _EOF:
            break
        if kind == _BOOLERR and length >= 8 and stream[at + 7]:
            row, column = struct.unpack_from("<HH", stream, at)
            marks.errors[row, column] = _ERRORS.get(stream[at + 6], "#N/A")
        elif kind == _FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
            row, column = struct.unpack_from("<HH", stream, at)
            marks.errors[row, column] = _ERRORS.get(stream[at + 8], "#N/A")
        elif kind == _ROW and length >= 16:
            marks.hidden_rows += bool(stream[at + 12] & 0x20)
        elif kind == _COLINFO and length >= 10 and stream[at + 8] & 1:
            first, last = struct.unpack_from("<HH", stream, at)
            marks.hidden_columns += max(0, min(last, 255) - first + 1)
    return marks
