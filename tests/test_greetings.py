"""Thank-you notes: whom they greet and what of the talk they take up."""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.greetings import GREETINGS, NOTE_DTYPES, measure_notes


def table(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Notes as (note, interviewers, topics, job), without a subject."""
    frame = pd.DataFrame(rows, columns=["note", "interviewers", "topics", "job"], dtype="str")
    return frame.assign(subject="")


def measured(note: str, interviewers: str = "Dana Osei", topics: str = "", job: str = "") -> Any:
    """What one note measures."""
    return measure_notes(table((note, interviewers, topics, job))).iloc[0]


def test_a_textbook_note_greets_by_name_and_restates_two_points() -> None:
    found = measured(
        "Dear Ms Osei, thank you for your time today. The data migration and the on-call rota we talked about made me "
        "keen to join.",
        topics="data migration;on-call rota",
    )
    assert found.to_dict() == {
        "greeting": "name", "misspelt": False, "restated": 2, "role_only": False, "judgeable": True, "has_text": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "interviewers", "greeting"),
    [
        ("Hi Dana, thanks for today", "Dana Osei;Sam Poe", "name"),
        ("Hi Sam, thanks for today", "Dana Osei;Sam Poe", "name"),
        ("Dear Dana and Sam, thanks for today", "Dana Osei;Sam Poe", "name"),
        ("Dana - thank you for the chat.", "Dana Osei", "name"),
        ("Dana,\nthank you for the chat.", "Dana Osei", "name"),
        ("Thank you, Dana, for seeing me.", "Osei, Dana", "name"),
        ("Thank you Dana for showing me round the yard.", "Dana Osei", "name"),
        ("Thank you all for showing me round the yard.", "Allan Osei", "none"),
        ("Good morning Prof. Osei, thank you for seeing me.", "Dr. Dana Osei", "name"),
        ("Sehr geehrter Herr Dr. Köhler, vielen Dank für das Gespräch.", "Köhler, Jürgen", "name"),
        ("Dear Juergen, thank you for your time.", "Jürgen Köhler", "name"),
        ("Chère Geneviève, merci pour votre temps.", "Genevieve Roy", "name"),
        ("Hi Genevieve thank you for your time", "Geneviève Roy", "name"),
        ("Hi Sam, thanks for your time.", "Samuel Poe", "name"),
        ("Dear Mr Sean O'Neill, thank you.", "Seán O'Neill", "name"),
        ("Hi all, thanks for today! Great team.", "Dana Osei", "group"),
        ("Hello everyone, thank you for the interview.", "Dana Osei", "group"),
        ("Dear hiring team, thank you for the interview.", "Dana Osei", "group"),
        ("Dear Sir or Madam, thank you for the interview.", "Dana Osei", "formal"),
        ("Dear Sir/Madam, thank you for the interview.", "Dana Osei", "formal"),
        ("To whom it may concern: thanks for the opportunity to interview.", "Dana Osei", "formal"),
        ("Sehr geehrte Damen und Herren, vielen Dank für das Gespräch.", "Dana Osei", "formal"),
        ("Dear Hiring Manager, thank you for the interview.", "Dana Osei", "formal"),
        ("Thank you for your time today.", "Dana Osei", "none"),
        ("Hello, thank you for seeing me.", "Dana Osei", "none"),
        ("Dear Ms Brown, thank you for seeing me.", "Dana Osei", "unknown"),
        ("Dear Dana, thank you for seeing me.", "", "unknown"),
        ("", "Dana Osei", "unknown"),
    ],
)
def test_the_greeting_is_told_from_the_interviewers_names(note: str, interviewers: str, greeting: str) -> None:
    assert measured(note, interviewers)["greeting"] == greeting


@pytest.mark.parametrize(
    ("note", "interviewers", "misspelt"),
    [
        ("Dear Mr Lnagg, thank you for your time today.", "Otto Lang", True),
        ("Dear Ms Osie, thank you.", "Dana Osei", True),
        ("Hi Danna, thank you.", "Dana Osei", True),
        ("Dear Ms Wisniewsky, thank you.", "Anna Wiśniewska", True),
        ("Dear Ms Wisniewska, thank you.", "Anna Wiśniewska", False),
        ("Dear Ms Osei, thank you.", "Dana Osei", False),
    ],
)
def test_a_misspelt_name_still_greets_by_name_and_is_flagged(note: str, interviewers: str, misspelt: bool) -> None:
    found = measured(note, interviewers)
    assert (found["greeting"], bool(found["misspelt"])) == ("name", misspelt)


@pytest.mark.parametrize(
    ("note", "topics", "restated"),
    [
        ("Hi Dana, migrating your data sounds like a fine puzzle.", "data migration", 1),
        ("Hi Dana, the oncall rota is close to my heart.", "on-call rota", 1),
        ("Hi Dana, I liked ON CALL ROTAS and Payments-Rewrite.", "on-call rota;the payments rewrite", 2),
        ("Hi Dana, your plan for the depot rollout stayed with me.", "the depot roll-out", 1),
        ("Hi Dana, what you said about delays of suppliers rang true.", "supplier delays;steering group", 1),
        ("Hi Dana, thanks for your time.", "supplier delays;steering group", 0),
        (
            "Hi Dana, I work with data daily. "
            + "Many other things happened since then in my week. " * 3
            + "A migration.",
            "data migration",
            0,
        ),
    ],
)
def test_recorded_topics_are_found_in_any_form_and_order(note: str, topics: str, restated: int) -> None:
    assert measured(note, topics=topics)["restated"] == restated


@pytest.mark.parametrize(
    ("note", "restated"),
    [
        ("Hi Dana, thank you. We talked about the depot roll-out and supplier delays, and I would love to join.", 2),
        ("Hi Dana, thank you for our discussion of the night shift handover.", 1),
        ("Hi Dana, I enjoyed hearing about the chat pilot.", 1),
        ("Hi Dana, thank you for explaining the shift planning.", 1),
        ("Hi Dana, I enjoyed hearing about the role.", 0),
        ("Hi Dana, it was good to talk about the position and the company.", 0),
    ],
)
def test_without_recorded_topics_the_note_names_its_own_points(note: str, restated: int) -> None:
    found = measured(note)
    assert (found["restated"], bool(found["judgeable"])) == (restated, True)


@pytest.mark.parametrize(
    ("note", "role_only"),
    [
        (
            "Dear Dana, thank you for the interview for the Data Analyst position. I look forward to hearing from you.",
            True,
        ),
        ("Hi Dana, thanks for meeting me about the Data Analyst job today!", True),
        ("Hi Dana, thank you for your time today.", False),
        ("Hi Dana, thank you for the interview for this role. I liked our talk about the weekly sales report.", False),
    ],
)
def test_a_note_that_names_only_the_role_is_told_apart(note: str, role_only: bool) -> None:
    assert bool(measured(note, job="Data Analyst")["role_only"]) is role_only


@pytest.mark.parametrize(
    ("note", "topics", "judgeable"),
    [
        ("Hi Dana, thank you for your time today. Kind regards, May", "", True),
        ("Hi Dana, I rebuilt a warehouse ledger last year with three juniors. Thank you.", "", False),
        ("Hi Dana, I rebuilt a warehouse ledger last year with three juniors. Thank you.", "the new ledger", True),
        ("Hello everyone, thank you for the interview. I look forward to hearing from you.", "", True),
    ],
)
def test_substance_that_can_be_compared_with_nothing_is_not_judged(note: str, topics: str, judgeable: bool) -> None:
    assert bool(measured(note, topics=topics)["judgeable"]) is judgeable


@pytest.mark.parametrize(
    ("note", "has_text"),
    [
        ("cand sent thank you note to Theo", False),
        ("TY email sent to panel", False),
        ("TY to Theo sent Wednesday evening, cc&#39;d us", False),
        ("emailed thanks last night", False),
        ("   \n", False),
        ("Hi Theo, thanks!", True),
        ("Thank you for your time. I sent my references to Kim.", True),
    ],
)
def test_a_recruiters_word_that_a_note_was_sent_is_not_its_text(note: str, has_text: bool) -> None:
    assert bool(measured(note, "Theo Marsh")["has_text"]) is has_text


def test_the_quoted_earlier_mail_is_not_the_note() -> None:
    found = measured(
        "Hi Dana, thank you for your time.\n\nOn Tue, Dana Osei wrote:\n> We will talk about the data migration.",
        topics="data migration",
    )
    assert found["restated"] == 0


@pytest.mark.parametrize(
    ("plainer", "flowery"),
    [
        ("Hi Dana, thank you. We talked about the chat pilot.", "hi dana thx!!! we TALKED about the chat pilot"),
        (
            "Dear Dana, thank you for the interview.",
            "Dear Dana, thank you so very, very much indeed for the interview!",
        ),
    ],
)
def test_spelling_length_and_tone_change_nothing(plainer: str, flowery: str) -> None:
    assert measured(plainer).to_dict() == measured(flowery).to_dict()


def test_the_result_keeps_rows_index_and_dtypes() -> None:
    notes = table(
        ("Hi Dana, thanks", "Dana Osei", "", ""),
        ("Hi all, thanks", "Dana Osei", "", ""),
        ("Hi Dana, thanks", "Dana Osei", "", ""),
    ).set_axis([4, 9, 2])
    found = measure_notes(notes)
    assert found["greeting"].to_dict() == {4: "name", 9: "group", 2: "name"}
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == NOTE_DTYPES
    assert len(measure_notes(notes[:0])) == 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=40), st.text(max_size=20))
def test_no_text_makes_the_measure_fail(note: str, interviewers: str, topics: str, job: str) -> None:
    found = measured(note, interviewers, topics, job)
    assert found["greeting"] in GREETINGS
    assert found["restated"] >= 0
    assert not (found["role_only"] and found["restated"])


@settings(max_examples=30, deadline=None)
@given(st.permutations(["data migration", "on-call rota", "the new ledger", "pay"]))
def test_the_order_of_topics_does_not_matter(topics: list[str]) -> None:
    note = "Hi Dana, thank you. The data migration and your on-call rota stay with me."
    assert measured(note, topics=";".join(topics))["restated"] == 2


@pytest.mark.parametrize("piece", ["thank you for ", "a", "hi ", "we talked about x and ", "dear,", "\n"])
def test_a_note_of_a_megabyte_is_measured_in_no_time(piece: str) -> None:
    start = time.process_time()
    measured((piece * (1_000_000 // len(piece) + 1))[:1_000_000], topics="data migration;on-call rota")
    assert time.process_time() - start < 2.0


def test_twenty_thousand_different_notes_are_measured_in_six_seconds() -> None:
    rows = [
        (
            f"Dear Ms Osei, thank you for your time today. The data migration {i} and the on-call rota we talked about "
            "made me keen to join. Kind regards, May",
            "Dana Osei;Sam Poe",
            "data migration;on-call rota;the new ledger",
            "Analyst",
        )
        for i in range(20_000)
    ]
    notes = table(*rows)
    start = time.process_time()
    found = measure_notes(notes)
    assert time.process_time() - start < 6.0
    assert (found["restated"] == 2).all()
