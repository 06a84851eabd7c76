"""Times as text, taken apart once per distinct value; day and month stay apart until their column's order is known."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

DAY_US: Final = 86_400_000_000
_MINUTE_US: Final = 60_000_000
NOON: Final = 12 * 60 * _MINUTE_US
EVENING: Final = 18 * 60 * _MINUTE_US

_MONTH_WORDS: Final = (
    "jan january januar januari janvier enero ene",
    "feb february februar februari fevrier février febrero fev",
    "mar march marz märz mrz maart mrt mars marzo",
    "apr april avril abril avr abr",
    "may mai mei mayo",
    "jun june juni juin junio",
    "jul july juli juillet julio juil",
    "aug august augustus aout août agosto ago",
    "sep sept september septembre septiembre",
    "oct october oktober okt octobre octubre",
    "nov november novembre noviembre",
    "dec december dezember dez decembre décembre diciembre dic",
)
_MONTHS: Final = {word: n for n, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_WEEKDAYS: Final = {w: n for n, w in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_ABBREVIATED_ZONES: Final = {
    "z": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "bst": 60, "cet": 60, "cest": 120,
}  # fmt: skip

_ISO: Final = (
    r"^(?P<date>\d{4}-\d{2}-\d{2})(?:[ T](?P<clock>\d{2}:\d{2})(?P<second>:\d{2})?(?P<fraction>[.,]\d{1,9})?"
    r"\s*(?P<offset>Z|UTC|[+-]\d{2}:?\d{2})?)?$"
)
_WEEKDAY: Final = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?,?\s+)?"
_NUMERIC: Final = (
    r"(?P<a>\d{1,4})\s?(?P<sep>[./\-\u2013])\s?(?P<b>\d{1,2})(?:\s?(?P=sep)\s?(?P<c>\d{4}|\d{2}))?\.?(?!\d)"
)
_WORD: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NAMED: Final = (
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s\-/]*(?:of\s+)?(?P<m1>{_WORD})\b\.?(?:[\s\-/,]*(?P<y1>\d{{4}}|\d{{2}}(?![\d:.]|\s*[ap]m)))?"
    rf"|(?P<m2>{_WORD})\b\.?[\s\-]*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?[\s\-]+(?P<y2>\d{{4}}))?)"
)
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?:(?P<colon>[:h]|\.(?=\d\d\s*(?:uhr|h\b|[ap]\.?m)))(?P<minute>\d{2}))?"
    r"(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?\s?(?P<half>[ap]\.?m\b\.?|uhr\b|h\b)?"
)
_OFFSET: Final = (
    r"(?:\s*\(?(?P<zone>utc|gmt|z|est|edt|cst|cdt|mst|mdt|pst|pdt|bst|cest|cet)\b\)?)?"
    r"(?:\s*(?P<offset>[+-]\d{2}:?\d{2}))?"
)
_WHOLE: Final = re.compile(
    rf"{_WEEKDAY}(?:{_NUMERIC}|{_NAMED})"
    rf"(?:(?:,|\s)*(?:(?:t|at|@|um|um:|-)\s*)?(?:(?P<part>noon|midday|evening|abends?|tonight)\b|{_CLOCK}){_OFFSET})?",
    re.IGNORECASE,
)
_ONLY_CLOCK: Final = re.compile(_CLOCK, re.IGNORECASE)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_UNIX: Final = datetime(1970, 1, 1)
EARLIEST, LATEST = (int(np.datetime64(day, "us").astype("int64")) for day in ("1970-01-02", "2100-01-01"))
"""Times outside are misprints: no contact of a living agency lies there."""
_SHEET_DAY_ZERO: Final = datetime(1899, 12, 30)

_USUAL: Final = (
    r"^(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<year>\d{4}|\d{2})"
    r"(?:,? (?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<second>:\d{2})?(?: ?(?P<half>[AaPp])[Mm])?)?$"
)
"""The usual shape of numeric dates, read for whole columns at once."""

_COLUMNS: Final = ("state", "local", "a", "b", "year", "clock", "offset", "precision", "weekday")
_Split = tuple[str, int, int, int, int, int, float, str, int]
"""state, µs since 1970 (local), first and second part, year, µs of the day, offset in minutes, precision, weekday."""


def _bad(state: str = "bad") -> _Split:
    return (state, 0, 0, 0, -1, -1, np.nan, "", -1)


def _micros(moment: datetime) -> int:
    return (moment - _UNIX) // timedelta(microseconds=1)


def _clock(found: re.Match[str]) -> tuple[int, str] | None:
    """µs of the day and precision of a matched clock time; None where it is no time."""
    groups = found.groupdict()
    part = (groups.get("part") or "").lower()
    if part:
        return (NOON, "minute") if part in ("noon", "midday") else (EVENING, "evening")
    if groups["hour"] is None:
        return -1, "day"
    hour, half = int(groups["hour"]), (groups["half"] or "").lower().replace(".", "")
    if groups["minute"] is None and not half:
        return None
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            if half == "am" or hour > 23:
                return None
        else:
            hour = hour % 12 + (12 if half == "pm" else 0)
    minute, second = int(groups["minute"] or 0), int(groups["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return ((hour * 60 + minute) * 60 + second) * 1_000_000, "second" if groups["second"] else "minute"


def _minutes(zone: str | None, offset: str | None) -> float:
    if offset:
        digits = offset[1:].replace(":", "")
        return (-1 if offset[0] == "-" else 1) * (int(digits[:2]) * 60.0 + int(digits[2:] or 0))
    return float(_ABBREVIATED_ZONES[zone.lower()]) if zone else np.nan


def _full_year(text: str | None) -> int:
    if not text:
        return -1
    year = int(text)
    return year if len(text) == 4 else (2000 + year if year < 70 else 1900 + year)


def _from_match(found: re.Match[str]) -> _Split:
    clock = _clock(found)
    if clock is None:
        return _bad()
    micros, precision = clock
    g = found.groupdict()
    offset = _minutes(g["zone"], g["offset"])
    weekday = _WEEKDAYS[g["weekday"].lower()] if g["weekday"] else -1
    if g["a"] is None:
        month = _MONTHS[(g["m1"] or g["m2"]).lower()]
        day, year = int(g["d1"] or g["d2"]), _full_year(g["y1"] or g["y2"])
        return _dated(year, month, day, micros, offset, precision, weekday)
    a, b = int(g["a"]), int(g["b"])
    if len(g["a"]) == 4 or (len(g["a"]) == 2 and a > 31 and g["c"]):
        if not g["c"]:
            return _bad()
        return _dated(_full_year(g["a"]), b, int(g["c"]), micros, offset, precision, weekday)
    if len(g["a"]) == 3 or (a > 12 and b > 12) or not (1 <= a <= 31 and 1 <= b <= 31):
        return _bad()
    return ("numeric", 0, a, b, _full_year(g["c"]), micros, offset, precision, weekday)


def _dated(year: int, month: int, day: int, clock: int, offset: float, precision: str, weekday: int) -> _Split:
    if year < 0:
        try:
            datetime(2000, month, day)
        except ValueError:
            return _bad()
        return ("named", 0, month, day, -1, clock, offset, precision, weekday)
    try:
        day_start = _micros(datetime(year, month, day))
    except ValueError:
        return _bad()
    return ("done", day_start + (clock if clock >= 0 else NOON), 0, 0, year, clock, offset, precision, weekday)


def _split(text: str) -> _Split:
    """One value taken apart."""
    value = text.strip().lstrip("'").strip()
    if not value:
        return _bad("empty")
    found = _WHOLE.fullmatch(value)
    if found is not None:
        return _from_match(found)
    if value.isascii() and value.isdigit() and len(value) in (10, 13) and not value.startswith("0"):
        stamp = int(value) * (1_000_000 if len(value) == 10 else 1_000)
        if len(value) == 13 or not value.startswith("20"):
            return ("done", stamp, 0, 0, -1, stamp % DAY_US, 0.0, "second", -1)
    compact = _COMPACT.fullmatch(value)
    if compact is not None:
        year, month, day, *rest = compact.groups()
        clock = -1
        if rest[0]:
            hour, minute, second = (int(x or 0) for x in rest[:3])
            if hour > 23 or minute > 59 or second > 59:
                return _bad()
            clock = ((hour * 60 + minute) * 60 + second) * 1_000_000
        precision = "day" if clock < 0 else ("second" if rest[2] else "minute")
        return _dated(int(year), int(month), int(day), clock, 0.0 if rest[3] else np.nan, precision, -1)
    if re.fullmatch(r"[345]\d{4}(\.\d+)?", value):
        moment = _SHEET_DAY_ZERO + timedelta(seconds=round(float(value) * 86_400))
        clock = _micros(moment) % DAY_US
        if "." not in value:
            return _dated(moment.year, moment.month, moment.day, -1, np.nan, "day", -1)
        return ("done", _micros(moment), 0, 0, moment.year, clock, np.nan, "minute", -1)
    alone = _ONLY_CLOCK.fullmatch(value)
    if alone is not None:
        clock_time = _clock(alone)
        if clock_time is not None:
            return ("clock", 0, 0, 0, -1, clock_time[0], np.nan, clock_time[1], -1)
    return _bad()


def leading_time(text: str) -> tuple[str, str]:
    """Cut a hand-kept cell into its date and what follows: ``"3/6 - LVM"`` to ``("3/6", "LVM")``.

    Both parts are ``""`` where there are none; a cell without a date at its start comes back as ``("", cell)``.
    """
    value = text.strip()
    iso = re.match(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?", value)
    found = iso or _WHOLE.match(value)
    if found is None:
        return "", value
    end = found.end()
    if _split(value[:end])[0] in ("bad", "empty"):
        short = re.match(rf"{_WEEKDAY}(?:{_NUMERIC}|{_NAMED})", value, re.IGNORECASE)
        if short is None or _split(short.group())[0] in ("bad", "empty"):
            return "", value
        end = short.end()
    return value[:end].strip(), value[end:].strip(" \t-\u2013\u2014:;,()")


def split_times(text: pd.Series) -> pd.DataFrame:
    """Take times apart, once per distinct value.

    Returns one row a value, index 0…n-1, columns: ``state`` (``done``, ``numeric`` where day and month wait
    for the column's order, ``named`` where only the year is missing, ``clock`` for a time without a day,
    ``empty``, ``bad``), ``local`` (µs since 1970 on the writer's clock, for ``done``), ``a``, ``b``, ``year`` (-1
    unknown), ``clock`` (µs of the day, -1 none), ``offset`` (minutes east of UTC, NaN unknown), ``precision``,
    ``weekday`` (0 Monday, -1 unnamed).
    """
    codes, distinct = pd.factorize(text.fillna(""))
    table = _split_distinct(pd.Series(distinct, dtype="str"))
    return table.take(codes).reset_index(drop=True)


def _split_distinct(values: pd.Series) -> pd.DataFrame:
    arrow = pa.array(values, type=pa.large_string(), from_pandas=True)
    found = pc.extract_regex(arrow, pattern=_ISO)
    matched = found.is_valid().to_numpy(zero_copy_only=False)
    n = len(values)
    table: dict[str, NDArray[np.generic]] = {
        "state": np.full(n, "bad", dtype="U8"),
        "local": np.zeros(n, dtype="int64"),
        "a": np.zeros(n, dtype="int64"),
        "b": np.zeros(n, dtype="int64"),
        "year": np.full(n, -1, dtype="int64"),
        "clock": np.full(n, -1, dtype="int64"),
        "offset": np.full(n, np.nan),
        "precision": np.full(n, "", dtype="U8"),
        "weekday": np.full(n, -1, dtype="int64"),
    }
    if matched.any():
        _fill_iso(table, found.filter(pa.array(matched)), np.flatnonzero(matched))
    others = np.flatnonzero(~matched)
    if len(others):
        usual = pc.extract_regex(arrow.take(pa.array(others)), pattern=_USUAL)
        numeric = usual.is_valid().to_numpy(zero_copy_only=False)
        if numeric.any():
            _fill_numeric(table, usual.filter(pa.array(numeric)), others[numeric], values)
        others = others[~numeric]
    if len(others):
        split = [_split(v) for v in values.iloc[others]]
        for name, column in zip(_COLUMNS, zip(*split, strict=True), strict=True):
            table[name][others] = column
    local = table["local"].astype("int64")
    table["state"][(table["state"] == "done") & ((local < EARLIEST) | (local >= LATEST))] = "bad"
    return pd.DataFrame({name: pd.Categorical(v) if v.dtype.kind == "U" else v for name, v in table.items()})


def _fill_iso(table: dict[str, NDArray[np.generic]], parts: pa.StructArray, rows: NDArray[np.int64]) -> None:
    field = {name: parts.field(name) for name in ("date", "clock", "second", "offset")}
    has_clock = pc.not_equal(field["clock"], "").to_numpy(zero_copy_only=False)
    has_second = pc.not_equal(field["second"], "").to_numpy(zero_copy_only=False)
    days = pd.to_datetime(pd.Series(field["date"].to_pandas()), format="%Y-%m-%d", errors="coerce")
    day_us = days.to_numpy(dtype="datetime64[us]").astype("int64")
    hour = _numbers(field["clock"], 0, 2)
    minute = _numbers(field["clock"], 3, 5)
    second = _numbers(field["second"], 1, 3)
    clock = np.where(has_clock, ((hour * 60 + minute) * 60 + second) * 1_000_000, -1)
    good = days.notna().to_numpy() & (hour < 24) & (minute < 60) & (second < 60)
    offsets, words = pd.factorize(pd.Series(field["offset"].to_pandas()))
    minutes = np.array([_minutes(None, w) if w[:1] in ("+", "-") else (0.0 if w else np.nan) for w in words])
    table["state"][rows] = np.where(good, "done", "bad")
    table["local"][rows] = np.where(good, day_us + np.where(clock >= 0, clock, NOON), 0)
    table["year"][rows] = days.dt.year.fillna(-1).to_numpy().astype("int64")
    table["clock"][rows] = clock
    table["offset"][rows] = minutes[offsets]
    table["precision"][rows] = np.where(has_second, "second", np.where(has_clock, "minute", "day"))


def _numbers(text: pa.Array, start: int, stop: int) -> NDArray[np.int64]:
    piece = pc.utf8_slice_codeunits(text, start, stop)
    filled = pc.if_else(pc.equal(piece, ""), "0", piece)
    return np.asarray(pc.cast(filled, pa.int64()).to_numpy(zero_copy_only=False), dtype="int64")


def _fill_numeric(
    table: dict[str, NDArray[np.generic]], parts: pa.StructArray, rows: NDArray[np.int64], values: pd.Series
) -> None:
    """Dates of the usual numeric shape; the same rules as `_from_match`."""
    part = {name: _numbers(parts.field(name), 0, 4) for name in ("a", "b", "year", "hour", "minute")}
    second = _numbers(parts.field("second"), 1, 3)
    half = np.char.lower(np.asarray(parts.field("half").to_pylist(), dtype="U1"))
    timed = pc.not_equal(parts.field("hour"), "").to_numpy(zero_copy_only=False)
    exact = pc.not_equal(parts.field("second"), "").to_numpy(zero_copy_only=False)
    short = pc.equal(pc.utf8_length(parts.field("year")), 2).to_numpy(zero_copy_only=False)
    year = part["year"] + np.where(short, np.where(part["year"] < 70, 2000, 1900), 0)
    hour = part["hour"]
    twelve = (half != "") & (hour >= 1) & (hour <= 12)
    hour = np.where(twelve, hour % 12 + np.where(half == "p", 12, 0), hour)
    a, b = part["a"], part["b"]
    good = (a >= 1) & (b >= 1) & (a <= 31) & (b <= 31) & ~((a > 12) & (b > 12))
    good &= (hour < 24) & (part["minute"] < 60) & (second < 60) & (twelve | (half != "a"))
    clock = ((hour * 60 + part["minute"]) * 60 + second) * 1_000_000
    table["state"][rows] = np.where(good, "numeric", "bad")
    table["a"][rows], table["b"][rows], table["year"][rows] = a, b, year
    table["clock"][rows] = np.where(timed, clock, -1)
    table["precision"][rows] = np.where(exact, "second", np.where(timed, "minute", "day"))
    named = values.iloc[rows].str.slice(0, 3).str.lower()
    table["weekday"][rows] = named.map(_WEEKDAYS).fillna(-1).astype("int64").to_numpy()
    # yy-mm-dd is written with a year that can be no day
    for row in rows[(a > 31) & short]:
        for name, value in zip(_COLUMNS, _split(str(values.iloc[row])), strict=True):
            table[name][row] = np.asarray(value)
