"""A cell's value -> its text, as the sheet says it and nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Final

BETWEEN: Final = "\x1f"
"""Between two cells of a row on the way from the child process; stands in no cell."""
BREAK: Final = "\x1e"
"""A line break within a cell on that way; every row is one line."""
ROUNDED: Final = 1e15
"""A spreadsheet keeps 15 digits of a number: from here on the last ones may be lost."""


def number(value: float) -> str:
    """A number as it was typed: no ``.0``, no exponent, the 15 digits that a spreadsheet keeps."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < ROUNDED:
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text else text


def moment(value: dt.datetime) -> str:
    """``2026-03-03 10:00``, with seconds where there are any; parts of a second are rounding of the serial."""
    if value.microsecond:
        up = value.microsecond >= 500_000 and value < dt.datetime.max - dt.timedelta(seconds=1)
        value = value.replace(microsecond=0) + dt.timedelta(seconds=1 if up else 0)
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def clock(value: dt.time) -> str:
    """``10:00``, with seconds where there are any."""
    if value.microsecond:
        past = value.second + 1e-6 * value.microsecond
        return duration(dt.timedelta(hours=value.hour, minutes=value.minute, seconds=past))
    return value.isoformat("seconds" if value.second else "minutes")


def duration(value: dt.timedelta) -> str:
    """Hours, which may be many, minutes, and seconds where there are any: ``42:30``."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{sign}{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")


def flag(value: bool) -> str:
    """``TRUE`` or ``FALSE``, as a sheet shows it."""
    return "TRUE" if value else "FALSE"


TEXT: Final[dict[type, Callable[..., str]]] = {
    float: number,
    int: str,
    bool: flag,
    dt.datetime: moment,
    dt.date: dt.date.isoformat,
    dt.time: clock,
    dt.timedelta: duration,
}


def one_line(cell: str) -> str:
    """A cell's text with its line breaks as `BREAK`, and without the signs that divide cells and rows."""
    text = cell.replace(BETWEEN, " ").replace(BREAK, " ").replace("\0", "")
    return text.replace("\r\n", BREAK).replace("\n", BREAK).replace("\r", BREAK)


def letters(column: int) -> str:
    """The column (from 0) as a sheet names it: A, B, …, AA."""
    name, left = "", column + 1
    while left:
        left, place = divmod(left - 1, 26)
        name = chr(65 + place) + name
    return name


def column_of(name: str) -> int:
    """The column (from 0) that a sheet calls A, B, …, AA."""
    found = 0
    for sign in name:
        found = found * 26 + ord(sign) - 64
    return found - 1
