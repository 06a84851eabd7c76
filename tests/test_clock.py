"""Business days, counted hours and zones: the calendar of a trade that works Monday to Friday."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clock import MICROS_DAY, Clock, make_clock
from analysis.segments import Ints

ZONES = ("America/New_York", "Europe/London", "Asia/Kolkata", "UTC")
CALENDARS = ("", "US", "GB-ENG", "US-MI")


def day(text: str) -> int:
    return int(np.datetime64(text, "D").astype(np.int64))


def moment(text: str, zone: str) -> Ints:
    return np.array([pd.Timestamp(text, tz=zone).value // 1000], dtype=np.int64)


def one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)


CLOCK = make_clock(ZONES, CALENDARS, day("2026-01-01"), day("2026-12-31"))


def business_days(start: str, end: str, calendar: str, clock: Clock = CLOCK) -> int:
    return int(clock.days_between(one(CALENDARS.index(calendar)), one(day(start)), one(day(end)))[0])


def hours(start: str, end: str, zone: str = "America/New_York", calendar: str = "US") -> float:
    z, c = one(ZONES.index(zone)), one(CALENDARS.index(calendar))
    return float(CLOCK.counted_hours(z, c, moment(start, zone), moment(end, zone))[0])


@pytest.mark.parametrize(
    ("start", "end", "calendar", "days"),
    [
        ("2026-03-03", "2026-03-10", "US", 5),  # a plain week
        ("2026-03-06", "2026-03-09", "US", 1),  # Friday to Monday
        ("2026-03-07", "2026-03-09", "US", 0),  # Saturday is rolled forward to Monday first
        ("2026-03-10", "2026-03-03", "US", -5),  # before the date is negative
        ("2026-04-02", "2026-04-07", "GB-ENG", 1),  # Maundy Thursday to Easter Tuesday, England
        ("2026-04-02", "2026-04-07", "US", 3),  # neither Good Friday nor Easter Monday are federal holidays
        ("2026-03-27", "2026-04-02", "GB-ENG", 4),
        ("2026-07-02", "2026-07-06", "US", 1),  # the Fourth is a Saturday, kept on Friday the 3rd
        ("2026-07-02", "2026-07-06", "", 2),  # weekends only
        ("2026-11-25", "2026-11-27", "US", 1),  # Thanksgiving between
        ("2026-11-25", "2026-11-30", "US-MI", 1),  # Michigan also keeps the day after
        ("2026-12-24", "2026-12-29", "GB-ENG", 1),  # Christmas, Boxing Day kept on Monday the 28th
    ],
)
def test_business_days_leave_out_weekends_and_the_holidays_of_the_place(
    start: str, end: str, calendar: str, days: int
) -> None:
    assert business_days(start, end, calendar) == days


def test_the_day_so_many_business_days_on_is_found_over_easter_and_backwards() -> None:
    calendar = one(CALENDARS.index("GB-ENG"))
    assert CLOCK.add_days(calendar, one(day("2026-04-02")), 1)[0] == day("2026-04-07")
    assert CLOCK.add_days(calendar, one(day("2026-04-07")), -1)[0] == day("2026-04-02")
    assert CLOCK.add_days(calendar, one(day("2026-04-04")), 0)[0] == day("2026-04-07")


def test_a_weekend_and_a_holiday_are_days_off_and_an_ordinary_monday_is_not() -> None:
    for date, off in (("2026-04-06", True), ("2026-04-11", True), ("2026-04-13", False)):
        assert bool(CLOCK.is_off(one(CALENDARS.index("GB-ENG")), one(day(date)))[0]) is off


@pytest.mark.parametrize(
    ("start", "end", "counted"),
    [
        ("2026-03-06 16:00", "2026-03-09 09:00", 17.0),  # Friday 16:00 to Monday 09:00
        ("2026-03-06 17:00", "2026-03-09 09:00", 16.0),  # not the 64 hours of the wall clock
        ("2026-03-03 11:00", "2026-03-04 11:00", 24.0),
        ("2026-03-07 10:00", "2026-03-08 18:00", 0.0),  # all of it on a weekend
        ("2026-07-02 12:00", "2026-07-06 12:00", 24.0),  # over the Fourth
        ("2026-03-04 11:00", "2026-03-03 11:00", -24.0),
    ],
)
def test_hours_on_days_off_do_not_count(start: str, end: str, counted: float) -> None:
    assert hours(start, end) == counted


def test_the_night_in_which_the_clocks_change_has_23_or_25_hours_where_it_counts() -> None:
    # 29 March and 25 October 2026 are Sundays: only a calendar without days off shows the change
    everyday = Clock(
        CLOCK.zones, CLOCK.calendars, CLOCK.first_day, CLOCK.rank, np.zeros_like(CLOCK.off), CLOCK.midnight
    )
    z, c = one(ZONES.index("Europe/London")), one(0)
    for first, second, real in (("2026-03-28", "2026-03-29", 23.0), ("2026-10-24", "2026-10-25", 25.0)):
        start, end = moment(f"{first} 12:00", "Europe/London"), moment(f"{second} 12:00", "Europe/London")
        assert everyday.counted_hours(z, c, start, end)[0] == real


def test_a_weekend_with_a_change_of_clocks_counts_as_any_other() -> None:
    assert hours("2026-10-30 16:00", "2026-11-02 09:00") == 17.0
    assert hours("2026-03-27 16:00", "2026-03-30 09:00", "Europe/London", "GB-ENG") == 17.0


def test_one_instant_lies_on_two_days_in_two_zones() -> None:
    late = moment("2026-03-03 20:30", "America/New_York")
    assert CLOCK.day(one(ZONES.index("America/New_York")), late)[0] == day("2026-03-03")
    assert CLOCK.day(one(ZONES.index("Asia/Kolkata")), late)[0] == day("2026-03-04")
    wall = CLOCK.local(one(ZONES.index("Asia/Kolkata")), late)[0]
    assert wall - day("2026-03-04") * MICROS_DAY == 7 * 3_600_000_000


def test_a_day_begins_at_the_midnight_of_its_own_zone_in_summer_and_in_winter() -> None:
    zone = one(ZONES.index("America/New_York"))
    assert CLOCK.begins(zone, one(day("2026-01-15")))[0] == moment("2026-01-15 05:00", "UTC")[0]
    assert CLOCK.begins(zone, one(day("2026-07-15")))[0] == moment("2026-07-15 04:00", "UTC")[0]


DAYS = st.integers(day("2026-01-01"), day("2026-12-31"))


@given(DAYS, DAYS, DAYS, st.sampled_from(range(len(CALENDARS))))
def test_business_days_add_up_over_any_day_between(a: int, b: int, c: int, calendar: int) -> None:
    def between(start: int, end: int) -> int:
        return int(CLOCK.days_between(one(calendar), one(start), one(end))[0])

    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(DAYS, st.integers(-40, 40), st.sampled_from(range(len(CALENDARS))))
def test_the_day_found_is_a_working_day_exactly_so_many_business_days_away(a: int, n: int, calendar: int) -> None:
    found = CLOCK.add_days(one(calendar), one(a), n)
    assert CLOCK.days_between(one(calendar), one(a), found)[0] == n
    assert not CLOCK.is_off(one(calendar), found)[0]
