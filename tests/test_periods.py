"""A long history in periods: nothing is lost between them, and what belongs together is drawn together."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.periods import LEGIBLE, merged, part_of, periods
from analysis.report import Timeline

START = pd.Timestamp("2026-01-01")


def history(at: list[pd.Timestamp], decides: tuple[pd.Timestamp, ...] = ()) -> Timeline:
    """A timeline with a mark at each moment, and a silence from the first to a day after the last."""
    marks = pd.DataFrame({"contact": range(len(at)), "at": pd.Series(at, dtype="datetime64[us]")})
    ends = max(at) + pd.Timedelta(days=1)
    none = pd.DataFrame({"family": [], "good_from": [], "good_to": [], "interview": []}).astype(
        {"good_from": "datetime64[us]", "good_to": "datetime64[us]", "interview": "datetime64[us]"}
    )
    silences = pd.DataFrame({"starts": [min(at)], "ends": [ends], "length": [1], "word": ["measured"]})
    return Timeline("UTC", ends, marks.sort_values("at", ignore_index=True), none, silences, decides)


def daily(number: int) -> list[pd.Timestamp]:
    return [START + pd.Timedelta(days=n, hours=10) for n in range(number)]


def test_three_contacts_are_drawn_whole() -> None:
    assert periods(history(daily(3))) == ()
    assert periods(history(daily(LEGIBLE))) == ()


def test_three_hundred_contacts_come_in_periods_that_can_be_read() -> None:
    view = history(daily(300))
    found = periods(view)
    # whole months: January with February, then months alone, and again two that fit
    assert [p.marks for p in found] == [59, 31, 30, 31, 30, 31, 31, 57]
    assert all(p.marks <= LEGIBLE for p in found)
    drawn = [contact for p in found for contact in part_of(view, p).marks["contact"]]
    assert drawn == list(range(300))


def test_a_decision_date_after_the_last_contact_stays_with_the_last_period() -> None:
    late = START + pd.Timedelta(days=400)
    view = history(daily(100), (late,))
    last = periods(view)[-1]
    assert part_of(view, last).decision_days == (late,)
    assert sum(len(part_of(view, p).decision_days) for p in periods(view)) == 1


def test_a_silence_that_reaches_over_the_turn_of_a_period_is_drawn_in_both() -> None:
    view = history(daily(100))
    first, *_, last = periods(view)
    one, other = part_of(view, first).silences, part_of(view, last).silences
    assert one["ends"].iloc[0] == first.ends
    assert other["starts"].iloc[0] == last.starts


def windows(*told: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(told, columns=["family", "good_from", "good_to"])
    return table.assign(good_from=pd.to_datetime(table["good_from"]), good_to=pd.to_datetime(table["good_to"]))


def test_windows_that_overlap_are_one_band_and_those_of_another_family_stay_apart() -> None:
    found = merged(
        windows(
            ("timing", "2026-03-05", "2026-03-12"),
            ("thank_you", "2026-03-03", "2026-03-06"),
            ("timing", "2026-03-01", "2026-03-20"),
            ("timing", "2026-03-18", "2026-03-25"),
            ("timing", "2026-04-01", "2026-04-03"),
        )
    )
    told = [(f, str(a.date()), str(b.date())) for f, a, b in found.itertuples(index=False)]
    assert told == [
        ("thank_you", "2026-03-03", "2026-03-06"),
        ("timing", "2026-03-01", "2026-03-25"),
        ("timing", "2026-04-01", "2026-04-03"),
    ]
    assert merged(windows()).empty


@given(st.lists(st.integers(0, 3 * 365 * 24 * 60), min_size=LEGIBLE + 1, max_size=150))
def test_whatever_the_history_every_contact_stands_in_one_period(minutes: list[int]) -> None:
    view = history([START + pd.Timedelta(minutes=m) for m in minutes])
    found = periods(view)
    assert sorted(c for p in found for c in part_of(view, p).marks["contact"]) == list(range(len(minutes)))
    assert all(one.ends == after.starts for one, after in pairwise(found))
    assert sum(p.marks for p in found) == len(minutes)
