"""Who is who: joined by e-mail, phone or id; never by a name that contradicts them."""

from __future__ import annotations

import itertools
import time

import pandas as pd
import pytest

from analysis import Answers, default_policy, load, score
from analysis.identifiers import plain_name, plain_phone
from analysis.links import NO_LINKS, Links
from analysis.people import People, link_people, people_of

HEAD = "candidate,candidate_id,candidate_email,candidate_phone,client,at,sender,receiver,channel,kind"


NEW_YORK = Answers(zone="America/New_York", calendar="US")


def rows_of(*people: str, client: str = "Acme") -> str:
    """A log with one interview for each ``name,id,email,phone``; a sixth part is the client."""
    rows = [
        f"{who if who.count(',') - who.count(', ') > 3 else f'{who},{client}'},2026-03-{number + 2:02d} 10:00,"
        "client,candidate,video,interview"
        for number, who in enumerate(people)
    ]
    return "\n".join([HEAD, *rows])


def linked(*people: str, links: Links = NO_LINKS) -> People:
    """Who is who in one file with these people."""
    return people_of(load([("log.csv", rows_of(*people).encode())], NEW_YORK), links)


def groups(people: People) -> list[list[int]]:
    """The rows of each person, by first row."""
    numbers = people.person.tolist()
    return sorted([i for i, p in enumerate(numbers) if p == person] for person in set(numbers))


def grouped(*people: str, links: Links = NO_LINKS) -> list[list[int]]:
    return groups(linked(*people, links=links))


def test_two_people_called_chris_smith_stay_two() -> None:
    assert grouped("Chris Smith,,chris@example.com,", "Chris Smith,,csmith@example.com,") == [[0], [1]]
    assert grouped("Chris Smith,C-1,,", "Chris Smith,C-2,,", "Chris Smith,C-1,,") == [[0, 2], [1]]


def test_chris_and_christine_smith_stay_two() -> None:
    assert grouped("Chris Smith,,,", "Christine Smith,,,") == [[0], [1]]


def test_a_row_with_only_the_name_of_two_people_goes_to_neither_and_both_are_flagged() -> None:
    people = ("Chris Smith,,chris@example.com,", "Chris Smith,,csmith@example.com,", "Chris Smith,,,")
    assert grouped(*people) == [[0], [1], [2]]
    assert linked(*people).table["namesakes"].all()


def test_a_row_with_only_a_name_goes_to_the_namesake_who_was_at_that_client_and_says_so() -> None:
    people = ("Chris Smith,,chris@example.com,,Acme", "Chris Smith,,csmith@example.com,,Borealis")
    found = linked(*people, "Chris Smith,,,,Borealis", "Chris Smith,,,,Cobalt")
    assert groups(found) == [[0], [1, 2], [3]]
    assert found.table["by_name"].sum() == 1


def test_a_name_at_the_same_client_joins_and_at_another_client_it_joins_with_a_flag() -> None:
    here = linked("Ana Diaz,,ana@example.com,,Acme", "Ana Diaz,,,,Acme")
    elsewhere = linked("Ana Diaz,,ana@example.com,,Acme", "Ana Diaz,,,,Borealis")
    assert [len(found.table) for found in (here, elsewhere)] == [1, 1]
    assert not here.table["by_name"].any()
    assert elsewhere.table["by_name"].all()
    assert not elsewhere.table["namesakes"].any()


def test_the_same_name_in_two_files_is_flagged_unless_the_client_is_the_same_too() -> None:
    def both(client: str) -> People:
        files = [("crm.csv", rows_of("Ana Diaz,,,")), ("desk.csv", rows_of("Ana Diaz,,,", client=client))]
        return people_of(load([(name, text.encode()) for name, text in files], NEW_YORK))

    assert both("Acme").table["by_name"].tolist() == [False]
    assert both("Borealis").table["by_name"].tolist() == [True]


def test_a_first_name_alone_never_joins_without_a_flag() -> None:
    found = linked("Ana,,ana@example.com,", "Ana,,,")
    assert len(found.table) == 1
    assert found.table["by_name"].all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Lind,,lind@example.com,", "Tom Lind,,lind@example.com,"),  # a couple
        ("Ana Lind,,,+13135550142", "Tom Lind,,,(313) 555-0142"),
        ("Ana Diaz,C-9,,", "Ben Ito,C-9,,"),  # a number given again
        ("John Smith Jr.,,smith@example.com,", "John Smith Sr.,,smith@example.com,"),
    ],
    ids=["e-mail", "phone", "id", "father and son"],
)
def test_what_people_of_different_names_share_joins_nobody_and_is_flagged(one: str, other: str) -> None:
    assert grouped(one, other, one) == [[0, 2], [1]]
    assert linked(one, other).table["shared"].all()
    assert linked(one, other).table["candidate_key"].nunique() == 2


def test_a_row_without_a_name_goes_to_neither_of_a_couple_and_to_the_only_owner_of_an_address() -> None:
    assert grouped("Ana Lind,,lind@example.com,", "Tom Lind,,lind@example.com,", ",,lind@example.com,") == [
        [0],
        [1],
        [2],
    ]
    assert grouped("Ana Lind,,lind@example.com,", ",,lind@example.com,") == [[0, 1]]


def test_an_inbox_of_the_agency_is_no_evidence_and_no_reason_for_a_flag() -> None:
    people = [f"{name},,cvs@agency.example," for name in ("Ana Diaz", "Ben Ito", "Cleo Marsh", "Dov Adler")]
    found = linked(*people, "Ana Dias,,cvs@agency.example,", "Ana Diaz,,ana@example.com,")
    assert groups(found) == [[0, 5], [1], [2], [3], [4]]
    assert not found.table["shared"].any()
    assert not found.table["namesakes"].any()


def test_a_number_of_an_interviewer_tells_no_candidate() -> None:
    text = f"{HEAD},interviewer_phone\n" + "\n".join(
        f"{name},,,+1 313 555 0100,Acme,2026-03-03 10:00,client,candidate,video,interview,313-555-0100"
        for name in ("Ana Diaz", "Ana Dias")
    )
    found = people_of(load([("log.csv", text.encode())], NEW_YORK))
    assert len(found.table) == 2


def test_extensions_and_made_up_numbers_tell_nobody() -> None:
    assert grouped("Ana Diaz,,,0142", "Ana D,,,0142") == [[0], [1]]
    assert grouped("Ana Diaz,,,000-000-0000", "Ana D,,,000-000-0000") == [[0], [1]]
    assert grouped("Ana Diaz,,,313-555-0100 x12", "Ana D,,,313-555-0100 x13") == [[0], [1]]


def test_an_id_counts_within_its_system() -> None:
    contacts = load([("a.csv", rows_of("Ana Diaz,7,,").encode()), ("b.csv", rows_of("Ana D,7,,").encode())], NEW_YORK)
    assert len(link_people(contacts.contacts, systems={"a.csv": "hubspot", "b.csv": "hubspot"}).table) == 1
    assert len(link_people(contacts.contacts, systems={"a.csv": "hubspot", "b.csv": "plain"}).table) == 2


def test_a_phone_without_a_prefix_is_dialled_in_the_country_of_the_load_or_of_the_candidate() -> None:
    text = rows_of("Ana Diaz,,,020 7946 0958", "A Diaz,,,+44 20 7946 0958")
    there, here = Answers(zone="Europe/London"), Answers(zone="America/New_York")
    assert len(people_of(load([("log.csv", text.encode())], there)).table) == 1
    assert len(people_of(load([("log.csv", text.encode())], here)).table) == 2
    lives = text.replace("candidate_phone,", "candidate_phone,candidate_zone,").replace("0958,", "0958,Europe/London,")
    assert len(people_of(load([("log.csv", lives.encode())], here)).table) == 1


def test_what_follows_a_plus_in_an_address_makes_no_other_person() -> None:
    assert grouped("Ana Diaz,,ana@example.com,", "A Diaz,,Ana+jobs@example.com,") == [[0, 1]]
    assert grouped("Ana Diaz,,cv+ana@example.com,", "Ben Ito,,cv+ben@example.com,") == [[0], [1]]


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
    assert not linked(one, other).table["by_name"].any()


def test_identifiers_join_in_a_chain_over_sources() -> None:
    crm, phone, mail = "Ana Diaz,C-9,,+13135550142", "A Diaz,,,313-555-0142", "Ana,C-9,ana@example.com,"
    assert grouped(crm, phone, mail, "Ana Maria,,ana@example.com,") == [[0, 1, 2, 3]]


def test_accents_and_last_comma_first_are_the_same_name() -> None:
    quoted = '"Núñez, José",,,'
    assert grouped("José Núñez,,,", quoted, "JOSE NUNEZ,,,", "José  Núñez.,,,") == [[0, 1, 2, 3]]


def test_the_name_written_most_often_is_the_one_shown() -> None:
    table = linked("Jose Nunez,J-1,,", "José Núñez,J-1,,", "José Núñez,J-1,,").table
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
        ("313 555 0142 ext. 12", "+13135550142;ext=12"),
        ("(313) 555-0142", "+13135550142"),
        ("'+1 313 555 0142", "+13135550142"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0142", "0142"),
        ("", ""),
    ],
)
def test_a_phone_number_in_plain_form(written: str, plain: str) -> None:
    assert plain_phone(written, "US") == plain


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
    alone = linked("Ana Diaz,,ana@example.com,").table
    together = linked("Ana Diaz,,ana@example.com,", "Ben Ito,,ben@example.com,").table
    assert alone["candidate_key"].iloc[0] in together["candidate_key"].tolist()
    assert not any(part in key for key in together["candidate_key"] for part in ("ana", "ben", "diaz", "ito"))


def test_the_please_check_flags_reach_the_findings() -> None:
    text = "\n".join(
        [
            HEAD,
            "Ana Diaz,,ana@example.com,,Acme,2026-03-03 10:00,client,candidate,video,interview",
            "Ana Diaz,,,,Borealis,2026-03-03 18:00,candidate,client,email,thank_you",
        ]
    )
    log = load([("log.csv", text.encode())], Answers(zone="America/New_York", calendar="US"))
    scores = score(log, default_policy(), pd.Timestamp("2026-03-20", tz="America/New_York"))
    assert "joined_by_name" in scores.findings["finding"].tolist()


def test_an_inbox_that_thousands_share_costs_no_more_than_others() -> None:
    people = [f"Ana{n} Diaz{n},,cvs@agency.example,313 555 0100" for n in range(3000)]
    log = load(
        [("log.csv", "\n".join([HEAD, *(f"{p},Acme,2026-03-03,,,,interview" for p in people)]).encode())], NEW_YORK
    )
    begun = time.process_time()
    found = people_of(log)
    assert len(found.table) == 3000
    # measured 0.2 s on a core; each with each would be minutes
    assert time.process_time() - begun < 5
