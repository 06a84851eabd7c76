"""Who is who: joined by e-mail, phone or id; never by a name that contradicts them."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from analysis import Answers, default_policy, load, score
from analysis.people import link_people, plain_name, plain_phone

HEAD = "candidate,candidate_id,candidate_email,candidate_phone,client,at,sender,receiver,channel,kind"


def log_of(*people: str) -> pd.DataFrame:
    """A contact log with one interview for each ``name,id,email,phone``."""
    rows = [
        f"{who},Acme,2026-03-{number + 2:02d} 10:00,client,candidate,video,interview"
        for number, who in enumerate(people)
    ]
    text = "\n".join([HEAD, *rows])
    return load([("log.csv", text.encode())], Answers(zone="America/New_York", calendar="US")).contacts


def grouped(*people: str) -> list[list[int]]:
    """The rows of each person, by first row."""
    linked = link_people(log_of(*people)).person.tolist()
    return sorted([i for i, p in enumerate(linked) if p == person] for person in set(linked))


def test_two_people_called_chris_smith_stay_two() -> None:
    assert grouped("Chris Smith,,chris@example.com,", "Chris Smith,,csmith@example.com,") == [[0], [1]]
    assert grouped("Chris Smith,C-1,,", "Chris Smith,C-2,,", "Chris Smith,C-1,,") == [[0, 2], [1]]


def test_chris_and_christine_smith_stay_two() -> None:
    assert grouped("Chris Smith,,,", "Christine Smith,,,") == [[0], [1]]


def test_a_row_with_only_the_name_of_two_people_goes_to_neither_and_both_are_flagged() -> None:
    people = ("Chris Smith,,chris@example.com,", "Chris Smith,,csmith@example.com,", "Chris Smith,,,")
    assert grouped(*people) == [[0], [1], [2]]
    assert link_people(log_of(*people)).table["namesakes"].all()


def test_a_row_with_only_a_name_joins_the_one_person_of_that_name_and_says_so() -> None:
    linked = link_people(log_of("Ana Diaz,,ana@example.com,", "Ana Diaz,,,"))
    assert len(linked.table) == 1
    assert linked.table["by_name"].all()
    assert not linked.table["namesakes"].any()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Diaz,,ana@example.com,", "A. D. Ferreira,,Ana@Example.com,"),  # e-mail, whatever the capitals
        ("Ana Diaz,,,(313) 555-0142", "Ana D,,,+1 313 555 0142"),  # the phone in two spellings
        ("Ana Diaz,C-9,,", "Diaz A,C-9,,"),
    ],
    ids=["e-mail", "phone", "id"],
)
def test_an_identifier_joins_two_spellings_of_a_name(one: str, other: str) -> None:
    assert grouped(one, other) == [[0, 1]]
    assert not link_people(log_of(one, other)).table["by_name"].any()


def test_identifiers_join_in_a_chain_over_sources() -> None:
    crm, phone, mail = "Ana Diaz,C-9,,+13135550142", "A Diaz,,,313-555-0142", "Ana,C-9,ana@example.com,"
    assert grouped(crm, phone, mail, "Ana Maria,,ana@example.com,") == [[0, 1, 2, 3]]


def test_accents_and_last_comma_first_are_the_same_name() -> None:
    quoted = '"Núñez, José",,,'
    assert grouped("José Núñez,,,", quoted, "JOSE NUNEZ,,,", "José  Núñez.,,,") == [[0, 1, 2, 3]]


def test_the_name_written_most_often_is_the_one_shown() -> None:
    table = link_people(log_of("Jose Nunez,J-1,,", "José Núñez,J-1,,", "José Núñez,J-1,,")).table
    assert table["candidate"].tolist() == ["José Núñez"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Lind, May", "may lind"), ("Zoë  BÄCKER", "zoe backer"), ("J. R. Oyelaran", "j r oyelaran"), ("", "")],
)
def test_a_name_in_plain_form(written: str, plain: str) -> None:
    assert plain_name(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("(313) 555-0142", "+13135550142"),
        ("'+1 313 555 0142", "+13135550142"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0142", "0142"),
        ("", ""),
    ],
)
def test_a_phone_number_in_plain_form(written: str, plain: str) -> None:
    assert plain_phone(written) == plain


def test_the_order_of_the_rows_does_not_decide_who_is_who() -> None:
    people = (
        "Chris Smith,,chris@example.com,",
        "Chris Smith,,csmith@example.com,",
        "Chris Smith,,chris@example.com,+13135550142",
        "C Smith,,,313 555 0142",
    )
    for order in itertools.permutations(range(4)):
        found = grouped(*(people[i] for i in order))
        assert sorted(sorted(order[i] for i in group) for group in found) == [[0, 2, 3], [1]]


def test_keys_tell_nothing_of_the_person_and_stay_when_others_are_added() -> None:
    alone = link_people(log_of("Ana Diaz,,ana@example.com,")).table
    together = link_people(log_of("Ana Diaz,,ana@example.com,", "Ben Ito,,ben@example.com,")).table
    assert alone["candidate_key"].iloc[0] in together["candidate_key"].tolist()
    assert not any(part in key for key in together["candidate_key"] for part in ("ana", "ben", "diaz", "ito"))


def test_the_please_check_flags_reach_the_findings() -> None:
    text = "\n".join(
        [
            HEAD,
            "Ana Diaz,,ana@example.com,,Acme,2026-03-03 10:00,client,candidate,video,interview",
            "Ana Diaz,,,,Acme,2026-03-03 18:00,candidate,client,email,thank_you",
        ]
    )
    log = load([("log.csv", text.encode())], Answers(zone="America/New_York", calendar="US"))
    scores = score(log, default_policy(), pd.Timestamp("2026-03-20", tz="America/New_York"))
    assert "joined_by_name" in scores.findings["finding"].tolist()
