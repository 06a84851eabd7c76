"""Flags of a row, such as answered, voicemail or bounced, and how long it took."""

from __future__ import annotations

import math

import pytest

from analysis.checked import Answers, CheckedLog
from analysis.checking import check
from analysis.flags import minutes_of
from analysis.formats.profile import profile_of_toml
from analysis.mapping import map_fields
from analysis.reading.reader import read

PROFILE = """
name = "test"
title = "Test"
needs = ["who", "when"]
date_order = "ymd"

[columns]
who = "candidate"
when = "at"
answered = "answered"
talked = "talked"
voicemail = "voicemail"
bounce = "failed"
draft = "draft"
done = "done"
took = "duration"
"picked up" = "picked_up_at"

[always]
channel = "call"
"""


def loaded(text: str) -> CheckedLog:
    return check([map_fields(read(text.encode(), "x.csv"), profile_of_toml(PROFILE))], Answers())


@pytest.mark.parametrize(
    ("column", "cell", "state"),
    [
        ("answered", "Yes", "happened"),
        ("answered", "No", "attempted"),
        ("answered", "", ""),
        ("talked", "00:00:00", "attempted"),
        ("talked", "0:03:10", ""),
        ("talked", "0", "attempted"),
        ("picked up", "2026-03-03 10:00:04", "happened"),
        ("picked up", "", "attempted"),
        ("bounce", "UNKNOWN_USER", "failed"),
        ("bounce", "false", ""),
        ("bounce", "", ""),
        ("draft", "Yes", "draft"),
        ("draft", "No", ""),
        ("done", "0", "planned"),
        ("done", "1", ""),
    ],
)
def test_a_flag_gives_a_state(column: str, cell: str, state: str) -> None:
    log = loaded(f"who,when,{column}\nMay Lind,2026-03-03 10:00,{cell}\n")
    assert list(log.contacts["state"]) == [state]


def test_a_message_left_on_a_missed_call_is_a_voicemail_that_happened() -> None:
    log = loaded("who,when,answered,voicemail\nMay Lind,2026-03-03 10:00,No,https://x.example/1.mp3\n")
    assert (log.contacts["channel"][0], log.contacts["state"][0]) == ("voicemail", "happened")


@pytest.mark.parametrize(
    ("text", "minutes"), [("45", 45), ("45 min", 45), ("0:30:00", 30), ("1:30:00", 90), ("30:00", 30), ("2:30", 2.5)]
)
def test_how_long_it_took_is_written_in_several_ways(text: str, minutes: float) -> None:
    assert minutes_of(text) == minutes


def test_what_is_no_duration_gives_none() -> None:
    assert math.isnan(minutes_of("a while"))


@pytest.mark.parametrize(
    ("when", "end"),
    [
        ("2026-03-03 10:00", "2026-03-03 10:45:00+00:00"),
        ("2026-03-03 23:30", "2026-03-04 00:15:00+00:00"),
        ("2026-03-03T10:00:00-05:00", "2026-03-03 15:45:00+00:00"),
        ("2026-03-03", "NaT"),
    ],
)
def test_the_end_follows_from_the_start_where_that_has_a_clock(when: str, end: str) -> None:
    log = loaded(f"who,when,took\nMay Lind,{when},45\n")
    assert str(log.contacts["ended_at"][0]) == end
