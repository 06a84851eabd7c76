"""Business days, holidays, zones and counted hours, over whole arrays; never "now".

A day is an int64 count of days since 1970-01-01, an instant an int64 count of microseconds since then in UTC.
A `Clock` holds tables for the zones and holiday calendars of one log, made once by `make_clock`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.calendars import holiday_days
from analysis.segments import Bools, Floats, Ints

MICROS_HOUR: Final = 3_600_000_000
MICROS_DAY: Final = 24 * MICROS_HOUR
_MARGIN_DAYS: Final = 420
_AND_OFF: Final = "+"


@dataclass(frozen=True, slots=True)
class Clock:
    """Tables for the zones and calendars of one log.

    ``rank[c, d]``: business days of calendar ``c`` before day ``first_day + d``; ``off[c, d]``: whether that day is
    a weekend or public holiday. ``midnight[z, d]``: the instant at which the day begins in zone ``z``.
    """

    zones: tuple[str, ...]
    calendars: tuple[str, ...]
    first_day: int
    rank: NDArray[np.int64]
    off: NDArray[np.bool_]
    midnight: NDArray[np.int64]

    def days_between(self, calendar: Ints, start: Ints, end: Ints) -> Ints:
        """Signed business days from day ``start`` to day ``end``, days off rolled forward first."""
        return self.rank[calendar, self._row(end)] - self.rank[calendar, self._row(start)]

    def is_off(self, calendar: Ints, day: Ints) -> Bools:
        """Whether ``day`` is a weekend or public holiday."""
        return self.off[calendar, self._row(day)]

    def add_days(self, calendar: Ints, start: Ints, count: int) -> Ints:
        """The day ``count`` business days after ``start`` (rolled forward first); ``count`` may be negative."""
        target = self.rank[calendar, self._row(start)] + count
        out = np.empty(len(start), dtype=np.int64)
        for code in np.unique(calendar):
            mine = calendar == code
            out[mine] = np.searchsorted(self.rank[code], target[mine] + 1, side="left") - 1
        return out + self.first_day

    def local(self, zone: Ints, instant: Ints) -> Ints:
        """Wall-clock microseconds (naive) of instants in their zones."""
        out = np.empty(len(instant), dtype=np.int64)
        for code in np.unique(zone):
            mine = zone == code
            index = pd.DatetimeIndex(instant[mine].view("M8[us]"), tz="UTC").tz_convert(self.zones[code])
            out[mine] = index.tz_localize(None).as_unit("us").asi8
        return out

    def day(self, zone: Ints, instant: Ints) -> Ints:
        """The local day on which instants fall."""
        return self.local(zone, instant) // MICROS_DAY

    def begins(self, zone: Ints, day: Ints) -> Ints:
        """The instant at which a local day begins."""
        return self.midnight[zone, self._row(day)]

    def counted_hours(self, zone: Ints, calendar: Ints, start: Ints, end: Ints) -> Floats:
        """Elapsed hours from ``start`` to ``end`` without those on days off, in the zone's days.

        Friday 16:00 to Monday 09:00 is 17 counted hours. Real elapsed hours: a night in which the clocks
        change has 23 or 25.
        """
        return (self._counted(zone, calendar, end) - self._counted(zone, calendar, start)) / MICROS_HOUR

    def _counted(self, zone: Ints, calendar: Ints, instant: Ints) -> Ints:
        day = self.day(zone, instant)
        row = self._row(day)
        into = np.where(self.off[calendar, row], 0, instant - self.midnight[zone, row])
        before = np.empty(len(instant), dtype=np.int64)
        pair = zone * len(self.calendars) + calendar
        for code in np.unique(pair):
            mine = pair == code
            z, c = divmod(int(code), len(self.calendars))
            lengths = np.diff(self.midnight[z], append=self.midnight[z][-1] + MICROS_DAY)
            total = np.concatenate(([0], np.cumsum(np.where(self.off[c], 0, lengths))))
            before[mine] = total[row[mine]]
        return before + into

    def _row(self, day: Ints) -> Ints:
        return np.clip(day - self.first_day, 0, self.rank.shape[1] - 1)


def with_days_off(calendar: str, days: Sequence[date]) -> str:
    """The code of a calendar on which these days are off too: ``US+2026-03-04``."""
    return _AND_OFF.join([calendar.partition(_AND_OFF)[0], *sorted({day.isoformat() for day in days})])


def plain_calendar(calendar: str) -> str:
    """The code of a calendar without anybody's days off."""
    return calendar.partition(_AND_OFF)[0]


def make_clock(zones: Sequence[str], calendars: Sequence[str], first: int, last: int) -> Clock:
    """Tables for days ``first`` to ``last`` with a margin of more than a year on both sides.

    ``zones`` are IANA names, ``calendars`` codes such as ``US``, ``GB-ENG`` or ``""`` (weekends only), or made by
    `with_days_off`.
    """
    first_day, last_day = first - _MARGIN_DAYS, last + _MARGIN_DAYS
    days = np.arange(first_day, last_day + 1, dtype=np.int64)
    weekend = (days + 3) % 7 >= 5  # 1970-01-01 was a Thursday
    dates = days.view("M8[D]")
    years = range(int(str(dates[0])[:4]), int(str(dates[-1])[:4]) + 1)
    off = np.tile(weekend, (len(calendars), 1))
    for number, calendar in enumerate(calendars):
        code, _, own = calendar.partition(_AND_OFF)
        if code:
            off[number] |= np.isin(dates, holiday_days(code, years))
        if own:
            off[number] |= np.isin(dates, np.array(own.split(_AND_OFF), dtype="M8[D]"))
    rank = np.zeros(off.shape, dtype=np.int64)
    rank[:, 1:] = np.cumsum(~off, axis=1)[:, :-1]
    midnight = np.empty((len(zones), len(days)), dtype=np.int64)
    naive = pd.DatetimeIndex((days * MICROS_DAY).view("M8[us]"))
    for number, name in enumerate(zones):
        summer = np.ones(len(days), dtype=bool)
        placed = naive.tz_localize(name, ambiguous=summer, nonexistent="shift_forward")
        midnight[number] = placed.tz_convert("UTC").as_unit("us").asi8
    return Clock(tuple(zones), tuple(calendars), first_day, rank, off, midnight)
