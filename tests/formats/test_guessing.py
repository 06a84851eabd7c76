"""Guesses about columns: from names, from values, and from values against names."""

from __future__ import annotations

import pytest

from analysis.formats.guessing import Guess, guess_columns
from analysis.reading.reader import read


def guessed(header: str, *cells: str) -> Guess:
    """The guess for one column, beside a column of names."""
    rows = "\n".join(f"May Lind;{cell}" for cell in cells)
    return guess_columns(read(f"Candidate;{header}\n{rows}\n".encode(), "log.csv").frame)[1]


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Alpha", ("may@example.com", "lee@example.com"), "candidate_email"),
        ("Notes", ("dana@acme.example", "sam@acme.example"), "candidate_email"),
        ("Interviewer", ("dana@acme.example", "Sam Poe <sam@acme.example>"), "interviewer_email"),
        ("Alpha", ("(555) 555-0100", "+1 555 555 0101"), "candidate_phone"),
        ("Interviewer", ("(555) 555-0100", "+1 555 555 0101"), "interviewer_phone"),
        ("Alpha", ("2026-03-03 10:00", "2026-03-04 11:00"), "at"),
        ("Remark", ("2026-03-03 10:00", "2026-03-04 11:00"), "note"),
        ("Alpha", ("https://x.example/1", "https://x.example/2"), "ignore"),
        ("Notes", ("https://x.example/1", "https://x.example/2"), "ignore"),
        ("Alpha", ("phone", "e-mail"), "channel"),
        ("Alpha", ("candidate", "recruiter"), "sender"),
        ("Alpha", ("in", "out", "in"), "direction"),
        ("Alpha", ("Europe/London", "America/Detroit"), "zone"),
        ("Alpha", ("Acme Ltd", "Beta Inc.", "Gamma GmbH"), "client"),
        ("Alpha", ("Dana Osei", "Sam Poe", "Kim Ray"), "interviewer"),
        ("Alpha", ("<a1@x.example>", "<a2@x.example>"), "message_id"),
        ("Alpha", ("7", "8"), "ignore"),
    ],
)
def test_a_column_is_known_by_its_values_whatever_its_name(header: str, cells: tuple[str, ...], field: str) -> None:
    assert guessed(header, *cells).field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Co.", "client"),
        ("Employ.", "client"),
        ("Int'viewer", "interviewer"),
        ("Inter viewer", "interviewer"),
        ("Recr.", "recruiter"),
        ("Who did it", "from_name"),
        ("Comp.", "ignore"),
    ],
)
def test_a_name_cut_short_or_misspelt_is_known_where_it_can_mean_one_thing_only(header: str, field: str) -> None:
    assert guessed(header, "7a", "8b").field == field


def test_names_typed_without_capitals_are_names_too() -> None:
    text = "Alpha;Notes\nMay Lind;hello\nlee orr;good day\nKim Ray;hello\n"
    assert guess_columns(read(text.encode(), "log.csv").frame)[0].field == "candidate"


def test_how_sure_a_guess_is_is_said_in_words() -> None:
    assert guessed("Notes", "hello", "good day").how_sure == "sure"
    assert guessed("Alpha", "2026-03-03", "2026-03-04").how_sure == "a guess"
    assert guessed("Alpha", "7", "8").how_sure == "no idea"


def test_a_day_and_a_time_of_day_in_two_columns_belong_together() -> None:
    text = "Candidate;Alpha;Beta;Notes\nMay Lind;2026-03-03;10:15;hello\nLee Orr;2026-03-04;11:15;good day\n"
    fields = [g.field for g in guess_columns(read(text.encode(), "log.csv").frame)]
    assert fields == ["candidate", "date", "time", "note"]
