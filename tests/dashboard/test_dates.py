"""Dates are written in the reader's order, with the weekday named."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.dates import Dates

MOMENT = pd.Timestamp("2026-03-13 16:05")


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("en-US", "Fri, Mar 13, 2026"),
        ("en-GB", "Fri, 13 Mar 2026"),
        ("de-DE", "Fr., 13. März 2026"),
        ("no such locale", "Fri, 13 Mar 2026"),
    ],
)
def test_a_day_stands_in_the_readers_order(locale: str, day: str) -> None:
    assert Dates(locale).day(MOMENT) == day


def test_a_contact_of_which_only_the_day_is_known_shows_no_clock_time() -> None:
    assert "16:05" in Dates("en-GB").known(MOMENT, "minute")
    assert "16:05" not in Dates("en-GB").known(MOMENT, "day")


def test_a_contact_of_an_evening_says_so_instead_of_a_clock_time() -> None:
    evening = pd.Timestamp("2026-03-13 18:00")
    assert Dates("en-GB").known(evening, "evening") == "Fri, 13 Mar 2026, evening"
    assert Dates("en-GB").brief(evening, "evening") == "Fri 13 Mar, evening"
    assert Dates("en-GB").brief(evening, "day") == "Fri 13 Mar"
