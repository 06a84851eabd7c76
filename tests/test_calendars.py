"""Public holidays and the countries of time zones."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.calendars import country_of_zone, holiday_days, valid_calendar, valid_zone


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("America/New_York", "US"),
        ("Europe/London", "GB"),
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("UTC", ""),
        ("Middle/Earth", ""),
    ],
)
def test_a_zone_gives_its_country(zone: str, country: str) -> None:
    assert country_of_zone(zone) == country


@pytest.mark.parametrize(
    ("name", "valid"),
    [("America/Detroit", True), ("UTC", True), ("Mars/Olympus", False), ("", False), ("../etc/passwd", False),
     ("America", False)],
)  # fmt: skip
def test_only_real_zones_are_zones(name: str, valid: bool) -> None:
    assert valid_zone(name) is valid


@pytest.mark.parametrize(
    ("code", "valid"),
    [("US", True), ("GB-ENG", True), ("US-MI", True), ("XX", False), ("US-QQ", False), ("", False)],
)
def test_calendars_are_countries_or_their_parts(code: str, valid: bool) -> None:
    assert valid_calendar(code) is valid


def test_easter_monday_is_a_holiday_in_england_and_not_in_america() -> None:
    easter_monday = np.datetime64("2026-04-06")
    assert easter_monday in holiday_days("GB-ENG", [2026])
    assert easter_monday not in holiday_days("US", [2026])
    assert holiday_days("US", [2026, 2025]).dtype == np.dtype("datetime64[D]")
    assert (np.diff(holiday_days("US", [2026, 2025])).astype(int) > 0).all()


def test_no_calendar_has_no_holidays_and_an_unknown_one_is_an_error() -> None:
    assert len(holiday_days("", [2026])) == 0
    with pytest.raises(ValueError, match="XX"):
        holiday_days("XX", [2026])
