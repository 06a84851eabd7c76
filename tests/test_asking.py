"""What only a person can say about times: in words, and only where it is open."""

from __future__ import annotations

import pytest

from analysis.asking import doubtful_time, lacks_zone, order_readings
from analysis.formats.profile import profile_from
from analysis.reading.reader import read

COLUMNS = {"Who": "candidate", "When": "at", "Note": "note"}


def lacking(text: str, **columns: str) -> bool:
    return lacks_zone(read(text.encode(), "log.csv").frame, profile_from({**COLUMNS, **columns}))


def test_the_first_three_dates_are_told_in_words_both_ways() -> None:
    cells = ["11/2/2026 10:00", "11/2/2026 19:00", "12/2/2026", "3/4/2026", "5/6/2026"]
    assert order_readings(cells) == {
        "dmy": "11 February 2026, 12 February 2026, 3 April 2026",
        "mdy": "2 November 2026, 2 December 2026, 4 March 2026",
    }


def test_dates_that_read_the_same_either_way_are_not_asked_about() -> None:
    assert order_readings(["5/5/2026", "2026-11-02", "13/2/2026", "", "no date"]) == {}


def test_a_hand_kept_cell_begins_with_its_date_and_may_have_no_year() -> None:
    assert order_readings(["3/6 - LVM", "3/7/26 emailed"]) == {
        "dmy": "3 June, 3 July 2026",
        "mdy": "6 March, 7 March 2026",
    }


def test_a_zone_is_missing_where_times_of_day_have_none() -> None:
    assert lacking("Who,When,Note\nMay,2026-03-03 10:00,x\n")
    assert not lacking("Who,When,Note\nMay,2026-03-03,x\n")
    assert not lacking("Who,When,Note\nMay,2026-03-03 10:00+01:00,x\n")
    assert not lacking("Who,When,Note,Zone\nMay,2026-03-03 10:00,x,Europe/London\n", Zone="zone")
    assert not lacking("Who,When,Note\nMay,2026-03-03 00:00:00,x\n")


@pytest.mark.parametrize(
    ("header", "field", "doubtful"),
    [
        ("Date Added", "at", True),
        ("Timestamp", "at", True),
        ("Created", "logged_at", True),
        ("When", "at", False),
        ("Interview Date", "at", False),
    ],
)
def test_a_time_whose_name_says_that_it_was_typed_in_is_asked_about(header: str, field: str, doubtful: bool) -> None:
    frame = read(f"Who,{header},Note\nMay,2026-03-03 10:00,x\n".encode(), "log.csv").frame
    profile = profile_from({"Who": "candidate", header: field, "Note": "note"})
    assert doubtful_time(frame, profile) == (header if doubtful else "")


def test_a_time_of_typing_beside_the_time_of_the_contact_leaves_no_doubt() -> None:
    frame = read(b"Who,When,Created,Note\nMay,2026-03-03 10:00,2026-03-04 09:00,x\n", "log.csv").frame
    assert doubtful_time(frame, profile_from({**COLUMNS, "Created": "logged_at"})) == ""
