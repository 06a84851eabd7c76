"""Tables to an Excel workbook. Every text is written as text: nothing in it runs, links or is taken for a number.

The same tables give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import pandas as pd

from dashboard.exports import defuse

MOST_ROWS: Final = 1_048_575
"""Rows that a sheet holds below its header; what is beyond stands on a further sheet."""
_MOST_LETTERS: Final = 32_767
_WIDEST: Final = 60
_MOMENT: Final = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its name. ``said`` stands in place of the rows where there are none; ``formats``: how Excel shows
    the numbers of a column, ``0.0`` where it is not named."""

    name: str
    table: pd.DataFrame
    said: str = ""
    formats: Mapping[str, str] = field(default_factory=dict)


def workbook(sheets: Sequence[Sheet], made: pd.Timestamp) -> bytes:
    """The sheets as an xlsx file; ``made`` is the moment that it says it was made at."""
    import xlsxwriter

    sink = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(sink, options)
    moment = made.tz_convert("UTC").tz_localize(None) if made.tzinfo else made
    book.set_properties({"created": moment.to_pydatetime(warn=False), "title": "Followthrough"})
    looks = _Looks(book)
    for sheet in sheets:
        for name, table in _cut(sheet):
            _write(book.add_worksheet(name), table, sheet, looks)
    book.close()
    return sink.getvalue()


class _Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, dict[tuple[tuple[str, object], ...], Any]()

    def of(self, **told: object) -> Any:
        mark = tuple(sorted(told.items()))
        if mark not in self._made:
            self._made[mark] = self._book.add_format(dict(told))
        return self._made[mark]


def _cut(sheet: Sheet) -> list[tuple[str, pd.DataFrame]]:
    """The parts of a table that each fit on a sheet, with their names."""
    starts = range(0, max(len(sheet.table), 1), MOST_ROWS)
    return [
        (sheet.name if not n else f"{sheet.name} {n + 1}", sheet.table.iloc[start : start + MOST_ROWS])
        for n, start in enumerate(starts)
    ]


def _write(page: Any, table: pd.DataFrame, sheet: Sheet, looks: _Looks) -> None:
    if table.empty and sheet.said:
        page.set_column(0, 0, _WIDEST, looks.of(text_wrap=True, valign="top"))
        page.write_string(0, 0, _text(sheet.said))
        return
    safe = defuse(table)
    for place, (raw, name) in enumerate(zip(table.columns, safe.columns, strict=True)):
        page.write_string(0, place, _text(str(name)), looks.of(bold=True))
        column = safe[name]
        if pd.api.types.is_datetime64_any_dtype(column.dtype):
            widest = _moments(page, place, column, looks)
        elif pd.api.types.is_bool_dtype(column.dtype):
            widest = _texts(page, place, column.map({True: "yes", False: "no"}))
        elif pd.api.types.is_numeric_dtype(column.dtype):
            whole = "0" if pd.api.types.is_integer_dtype(column.dtype) else "0.0"
            widest = _numbers(page, place, column, looks.of(num_format=sheet.formats.get(str(raw), whole)))
        else:
            widest = _texts(page, place, column)
        page.set_column(place, place, min(max(widest, len(str(name))) + 2, _WIDEST))
    page.freeze_panes(1, 0)
    if len(table):
        page.autofilter(0, 0, len(table), len(table.columns) - 1)


def _texts(page: Any, place: int, column: pd.Series) -> int:
    widest = 0
    for row, value in enumerate(column.tolist(), start=1):
        if isinstance(value, str) and value:
            page.write_string(row, place, _text(value))
            widest = max(widest, len(value))
    return widest


def _numbers(page: Any, place: int, column: pd.Series, look: Any) -> int:
    for row, value in enumerate(column.tolist(), start=1):
        if not pd.isna(value):
            page.write_number(row, place, value, look)
    return 6


def _moments(page: Any, place: int, column: pd.Series, looks: _Looks) -> int:
    look = looks.of(num_format=_MOMENT)
    first = datetime(1900, 3, 1)
    for row, value in enumerate(column.dt.to_pydatetime(), start=1):
        if pd.isna(value):
            continue
        if value < first:
            # Excel knows no day before 1900, and counts one too many in its February
            page.write_string(row, place, value.strftime("%Y-%m-%d %H:%M"))
        else:
            page.write_datetime(row, place, value, look)
    return len(_MOMENT)


def _text(value: str) -> str:
    """A text as a cell can hold it: half a character is a question mark, and what is too long is cut."""
    return value.encode("utf-8", "replace").decode("utf-8")[:_MOST_LETTERS]
