"""What notes tell of: whose contact with whom, by what, and when, seen from the day the note was typed."""

from __future__ import annotations

from datetime import datetime

import pytest

from analysis.deriving import placed
from analysis.told_words import Who

ANA = Who("Ana Ruiz", ("Dana Osei",), "Acme", ("Priya Shah",))
WEDNESDAY = datetime(2026, 11, 4, 9, 12)


def told(note: str, who: Who = ANA, typed: datetime = WEDNESDAY) -> list[str]:
    """The contacts derived from a note, in one line each."""
    return [
        f"{p.told.sender} to {p.told.receiver}, {p.told.channel or 'somehow'}, {p.at:%a %d %b %H:%M}, {p.precision}"
        for p in placed(note, who, typed, False)
        if p.at is not None and p.certain
        for _ in range(p.told.times)
    ]


def asked(note: str, who: Who = ANA) -> bool:
    """Whether a person is asked about a note."""
    return any(p.at is None or not p.certain for p in placed(note, who, WEDNESDAY, False))


@pytest.mark.parametrize(
    ("note", "contact"),
    [
        ("Ana says she emailed Dana Tuesday night", "candidate to client, email, Tue 03 Nov 18:00, evening"),
        ("Dana emailed her back yesterday", "client to candidate, email, Tue 03 Nov 12:00, day"),
        ("cand sent Dana a card on Monday", "candidate to client, card, Mon 02 Nov 12:00, day"),
        ("Ana rang Dana at 4.45pm on Monday", "candidate to client, call, Mon 02 Nov 16:45, minute"),
        ("Ana: I left HM a vm this morning", "candidate to client, voicemail, Wed 04 Nov 12:00, day"),
        ("she dropped the client a line on Friday", "candidate to client, somehow, Fri 30 Oct 12:00, day"),
        ("Ana got an email from Dana on Monday", "client to candidate, email, Mon 02 Nov 12:00, day"),
        ("Ana reached out to Dana on LinkedIn last night", "candidate to client, social, Tue 03 Nov 18:00, evening"),
    ],
)
def test_a_note_tells_of_a_contact_with_its_parties_channel_and_day(note: str, contact: str) -> None:
    assert told(note) == [contact]


@pytest.mark.parametrize(
    "note",
    [
        "Ana never emailed Dana on Tuesday",
        "she hasn't emailed Dana since the interview on Tuesday",
        "told Ana to email Dana tonight",
        "Ana should have emailed Dana on Tuesday",
        "Ana plans to call Dana on Friday",
        "Did Ana email Dana on Tuesday?",
        "If Ana emailed Dana on Tuesday she need not call",
        "Ana's mum rang Dana on Tuesday",
        "Ana emailed me on Tuesday about Acme",
        "Emailed Dana Tuesday for feedback on Ana",
        "Dana emailed us Tuesday, no decision yet",
        "Ana's email to Dana on Monday bounced",
    ],
)
def test_what_is_denied_wished_planned_asked_or_done_by_others_is_no_contact(note: str) -> None:
    assert told(note) == []
    assert not asked(note)


@pytest.mark.parametrize(
    "note",
    [
        "Ana emailed Dana last week",
        "she chased Dana a few days ago",
        "Ana might have emailed Dana on Tuesday",
        "Dana says Ana has called three times since Monday",
        "Ana emailed Ravi on Monday",
    ],
)
def test_where_day_or_person_is_not_plain_a_person_is_asked(note: str) -> None:
    assert told(note) == []
    assert asked(note)


def test_two_calls_of_one_day_and_two_days_of_one_note_are_two_contacts() -> None:
    assert len(told("cand called Dana twice on Monday, no answer")) == 2
    assert told("Ana wrote to Dana on Oct 30 and again yesterday") == [
        "candidate to client, somehow, Fri 30 Oct 12:00, day",
        "candidate to client, somehow, Tue 03 Nov 12:00, day",
    ]


def test_the_same_evening_is_that_of_the_contact_before_it() -> None:
    assert told("Dana emailed Ana on Monday, she answered the same evening") == [
        "client to candidate, email, Mon 02 Nov 12:00, day",
        "candidate to client, email, Mon 02 Nov 18:00, evening",
    ]


def test_in_the_clients_own_mail_me_is_the_client() -> None:
    mail = Who("Ana Ruiz", ("Dana Osei",), "Acme", ("Priya Shah",), "client", "agency")
    assert told("Your candidate Ana wrote to me on Sunday night, nice note.", mail) == [
        "candidate to client, somehow, Sun 01 Nov 18:00, evening"
    ]


def test_a_day_after_the_note_and_an_hour_still_to_come_are_not_taken() -> None:
    assert told("Ana emailed Dana on 2026-11-06") == []
    assert told("Ana rang Dana today at 3pm") == []
