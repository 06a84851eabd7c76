"""Times as people and systems write them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.timetext import leading_time, split_times
from analysis.when import decide_order, in_words, localise, place


def read(text: str, order: str = "mdy", near: str = "") -> tuple[str, str]:
    """One time as read: local time and precision, blank where it is unreadable."""
    parts = split_times(pd.Series([text], dtype="str"))
    beside = np.array([np.datetime64(near, "D").astype("int64")]) if near else None
    placed = place(parts, order, beside).iloc[0]
    return ("" if pd.isna(placed["local"]) else str(placed["local"]), placed["precision"])


@pytest.mark.parametrize(
    ("text", "local", "precision"),
    [
        ("2026-03-03 10:00", "2026-03-03 10:00:00", "minute"),
        ("2026-03-03T10:00:05.123Z", "2026-03-03 10:00:05", "second"),
        ("2026-03-03", "2026-03-03 12:00:00", "day"),
        ("3/4/24 10am", "2024-03-04 10:00:00", "minute"),
        ("3/4/2024 12:05 AM", "2024-03-04 00:05:00", "minute"),
        ("03/04/2024 12:05:09 PM", "2024-03-04 12:05:09", "second"),
        ("Tue 03/05/2024 11:04 AM", "2024-03-05 11:04:00", "minute"),
        ("Tuesday, March 5, 2024 9:02:11 AM", "2024-03-05 09:02:11", "second"),
        ("Tue, 5 Mar 2024 10:20:31 -0500", "2024-03-05 10:20:31", "second"),
        ("5. März 2024", "2024-03-05 12:00:00", "day"),
        ("5-Mar-24", "2024-03-05 12:00:00", "day"),
        ("March 5th, 2024 at 2pm", "2024-03-05 14:00:00", "minute"),
        ("2024/03/05 10:00", "2024-03-05 10:00:00", "minute"),
        ("20240305T100000Z", "2024-03-05 10:00:00", "second"),
        ("1709654400000", "2024-03-05 16:00:00", "second"),
        ("45355", "2024-03-04 12:00:00", "day"),
        ("3/4/2024 evening", "2024-03-04 18:00:00", "evening"),
        ("'2024-03-05", "2024-03-05 12:00:00", "day"),
        ("2026-02-30", "", ""),
        ("13/13/2026", "", ""),
        ("2026-03-03 25:00", "", ""),
        ("3/4/2024 13:00 am", "", ""),
        ("next Tuesday", "", ""),
        ("9999-12-31", "", ""),
        ("12", "", ""),
        ("", "", ""),
    ],
)
def test_a_time_is_read_as_it_is_written(text: str, local: str, precision: str) -> None:
    assert read(text) == (local, precision)


def test_the_order_of_the_column_decides_about_day_and_month() -> None:
    assert read("11/2/2026", "mdy")[0].startswith("2026-11-02")
    assert read("11/2/2026", "dmy")[0].startswith("2026-02-11")
    assert read("13/2/2026", "mdy") == ("", "")


def test_a_date_without_a_year_takes_the_nearest_to_its_interview() -> None:
    assert read("3/6", near="2024-03-04")[0].startswith("2024-03-06")
    assert read("1/4", near="2023-12-27")[0].startswith("2024-01-04")
    assert read("Dec 30", near="2024-01-02")[0].startswith("2023-12-30")
    assert read("3/6") == ("", "")


def test_a_clock_time_alone_belongs_to_the_day_beside_it() -> None:
    assert read("11:30 am", near="2024-03-04") == ("2024-03-04 11:30:00", "minute")
    assert read("11:30 am") == ("", "")


def test_an_offset_is_kept_beside_the_local_time() -> None:
    texts = ["2026-03-03 10:00-05:00", "2026-03-03T10:00Z", "Mar 3 2026 10:00 EST", "2026-03-03 10:00"]
    parts = split_times(pd.Series(texts, dtype="str"))
    assert parts["offset"].tolist()[:3] == [-300.0, 0.0, -300.0]
    assert np.isnan(parts["offset"][3])


@pytest.mark.parametrize(
    ("cell", "cut"),
    [
        ("3/6 - LVM", ("3/6", "LVM")),
        ("3/6 @ 2pm left msg", ("3/6 @ 2pm", "left msg")),
        ("6 March: spoke", ("6 March", "spoke")),
        ("3/4 2 emails", ("3/4", "2 emails")),
        ("Yes", ("", "Yes")),
        ("", ("", "")),
    ],
)
def test_the_date_at_the_start_of_a_cell_is_cut_off(cell: str, cut: tuple[str, str]) -> None:
    assert leading_time(cell) == cut


def test_an_order_is_decided_once_for_a_column() -> None:
    def order(*texts: str) -> tuple[str, bool, bool]:
        found = decide_order(split_times(pd.Series(texts, dtype="str")), "mdy")
        return found.order, found.decided, found.mixed

    assert order("3/4/2024", "21/4/2024") == ("dmy", True, False)
    assert order("3/4/2024", "4/21/2024") == ("mdy", True, False)
    assert order("21/4/2024", "4/21/2024") == ("mdy", False, True)
    assert order("3/4/2024") == ("mdy", False, False)
    assert order("Fri 3/5/2024") == ("dmy", True, False)
    assert order("3/3/2024") == ("mdy", True, False)
    assert order("2024-03-04", "5 March 2024") == ("ymd", True, False)


def test_dates_are_said_in_words() -> None:
    assert in_words(pd.Timestamp("2026-11-02")) == "2 November 2026"


def test_skipped_and_doubled_hours_are_marked() -> None:
    texts = ["2026-03-08 02:30", "2026-11-01 01:30", "2026-06-01 10:00"]
    local = pd.Series(pd.to_datetime(texts)).astype("datetime64[us]")
    at, gap, overlap = localise(local, pd.Series(["America/New_York"] * 3, dtype="str"))
    assert gap.tolist() == [True, False, False]
    assert overlap.tolist() == [False, True, False]
    assert at.dt.hour.tolist() == [7, 5, 14]


WRITTEN = st.builds(
    lambda day, sep, a, b, year, clock: f"{day}{a}{sep}{b}{sep}{year}{clock}",
    st.sampled_from(["", "Tue ", "Wednesday, "]),
    st.sampled_from("./-"),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(["2024", "24", "99", "00"]),
    st.sampled_from(["", " 9:05", " 12:00 AM", ", 12:30pm", " 13:00 pm", " 13:00 am", " 24:00", " 10:61"]),
)


@settings(max_examples=200, deadline=None)
@given(WRITTEN)
def test_whole_columns_are_read_as_single_cells_are(text: str) -> None:
    # an outer blank takes the way for single cells
    both = split_times(pd.Series([text, f"{text} "], dtype="str"))
    first, second = both.iloc[0], both.iloc[1]
    assert first["state"] == second["state"]
    if first["state"] != "bad":
        assert first.drop("offset").to_dict() == second.drop("offset").to_dict()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=25))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    parts = split_times(pd.Series([text], dtype="str"))
    assert len(place(parts, "dmy")) == 1
    when, rest = leading_time(text)
    assert len(when) + len(rest) <= len(text)
