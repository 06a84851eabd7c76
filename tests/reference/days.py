"""Days and tables for the reference scorer: plain loops, one day at a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

ONE = timedelta(days=1)
COUNTRY = {"Europe/London": "GB", "America/New_York": "US", "America/Los_Angeles": "US", "Europe/Berlin": "DE"}


@cache
def off(day: date, calendar: str) -> bool:
    """A weekend or a public holiday of ``calendar`` (``CC`` or ``CC-SUB``)."""
    country, _, part = calendar.partition("-")
    public = holidays.country_holidays(country, subdiv=part or None, years=day.year)
    return day.weekday() >= 5 or day in public


def roll(day: date, calendar: str) -> date:
    while off(day, calendar):
        day += ONE
    return day


def bd(a: date, b: date, calendar: str) -> int:
    """Signed business days from a to b, days off rolled forward first."""
    a, b = roll(a, calendar), roll(b, calendar)
    if b < a:
        return -bd(b, a, calendar)
    n = 0
    while a < b:
        a = a + ONE
        n += not off(a, calendar)
    return n


def counted_hours(start: datetime, end: datetime, zone: ZoneInfo, calendar: str) -> float:
    """Elapsed hours between two instants, without those on days off in ``zone``."""
    total, day = 0.0, start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if not off(day, calendar):
            begins = max(start.timestamp(), datetime.combine(day, time(), zone).timestamp())
            ends = min(end.timestamp(), datetime.combine(day + ONE, time(), zone).timestamp())
            total += max(0.0, ends - begins) / 3600
        day += ONE
    return total


def along(table: list[tuple[float, float]], x: float) -> float:
    """Linear between the points of a table, flat beyond its ends."""
    if x <= table[0][0]:
        return table[0][1]
    for (x0, y0), (x1, y1) in pairwise(table):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return table[-1][1]


def hour_factor(local: datetime, calendar: str) -> float:
    """C of a call by the employer's clock."""
    hour = local.hour + local.minute / 60
    if off(local.date(), calendar) or hour < 8 or hour > 18:
        return 0.0
    table = [
        (8.0, 0.4),
        (9.0, 0.7),
        (9.5, 1.0),
        (11.5, 1.0),
        (12.0, 0.8),
        (15.0, 0.8),
        (16.0, 0.4),
        (17.0, 0.3),
        (18.0, 0.3),
    ]
    return along(table, hour)


WITH_DATE = [
    (-5.0, 10.0),
    (-3.0, 20.0),
    (-2.0, 35.0),
    (-1.0, 50.0),
    (0.0, 85.0),
    (1.0, 100.0),
    (5.0, 100.0),
    (10.0, 60.0),
    (20.0, 30.0),
]
WITHOUT_DATE = [
    (1.0, 10.0),
    (2.0, 25.0),
    (3.0, 45.0),
    (4.0, 70.0),
    (5.0, 100.0),
    (10.0, 100.0),
    (15.0, 60.0),
    (30.0, 30.0),
]
NOTE_HOURS = [(12.0, 100.0), (24.0, 90.0), (48.0, 70.0), (72.0, 50.0), (120.0, 30.0)]
NOTE_DAYS = {0: 100.0, 1: 90.0, 2: 70.0, 3: 50.0, 4: 30.0, 5: 30.0}
CARD_DAYS = {0: 100.0, 1: 100.0, 2: 80.0, 3: 60.0, 4: 40.0, 5: 40.0}
