"""Tables as a file again: for an upload that may not be kept as it came."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Final

import numpy as np
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from analysis.reading.raw import PART, RawTable
from analysis.reading.reader import read_tables

_PLAIN: Final = ("delimited", "sheet", "json")
_TEXTS_ONLY: Final = {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False}
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def rewritten(name: str, tables: Sequence[RawTable]) -> bytes | None:
    """The tables of one upload as a file that is read as the same tables, or None where no such file can be made.

    One table becomes CSV (UTF-8, quoted), several a ZIP of them, sheets a workbook of texts, called as before. Every
    row begins on the line on which it began in the upload, so that what points to a line still does. Lines outside of
    rows are left empty. Tables of calendars and mailboxes are not rewritten.
    """
    filled = [table for table in tables if len(table.frame.columns)]
    if not filled or any(table.format not in _PLAIN for table in filled):
        return None
    if all(table.format == "sheet" for table in tables):
        data = _workbook(tables)
    elif len(tables) == 1 and not filled[0].part:
        data = _csv(filled[0])
    else:
        data = _zip(name, filled)
    again = {table.name: table for table in read_tables(data, name)} if data else {}
    return data if all(_same(table, again.get(table.name)) for table in filled) else None


def _same(table: RawTable, other: RawTable | None) -> bool:
    return (
        other is not None
        and list(table.frame.columns) == list(other.frame.columns)
        and table.frame.shape == other.frame.shape
        and bool((table.frame.to_numpy() == other.frame.to_numpy()).all())
        and np.array_equal(table.lines, other.lines)
    )


def _csv(table: RawTable) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    first = int(table.lines[0]) if len(table.lines) else 2
    out.write("\n" * max(0, first - 2))
    line = max(1, first - 1)
    rows = [[str(name) for name in table.frame.columns], *table.frame.to_numpy().tolist()]
    for place, cells in zip([line, *table.lines.tolist()], rows, strict=True):
        out.write("\n" * max(0, place - line))
        writer.writerow(cells)
        line = max(line, place) + 1 + sum(cell.count("\n") for cell in cells)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _workbook(tables: Sequence[RawTable]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _TEXTS_ONLY) as book:
        for table in tables:
            try:
                sheet = book.add_worksheet(table.part or None)
            except XlsxWriterException:
                return b""
            if not len(table.frame.columns):
                sheet.write_string(0, 0, "left out")
                continue
            first = int(table.lines[0]) if len(table.lines) else 2
            rows = [[str(name) for name in table.frame.columns], *table.frame.to_numpy().tolist()]
            for place, cells in zip([max(1, first - 1), *table.lines.tolist()], rows, strict=True):
                for column, cell in enumerate(cells):
                    sheet.write_string(place - 1, column, cell)
    return out.getvalue()


def _zip(name: str, tables: Sequence[RawTable]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            if PART in table.part:
                return b""
            archive.writestr(zipfile.ZipInfo(table.name.removeprefix(name + PART), _LONG_AGO), _csv(table))
    return out.getvalue()
