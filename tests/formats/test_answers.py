"""What a person said about a layout, as a value: applied, written down, read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.checked import Answers, CheckedLog
from analysis.formats.answers import ORDERS, WORD_FIELDS, LayoutAnswers, as_plain, of_plain
from analysis.formats.recognising import recognise
from analysis.loading import load
from analysis.log import VOCABULARIES
from analysis.reading.reader import read

HEADER = ("Wer", "Wann", "Was")
COLUMNS = {"wer": "candidate", "wann": "at", "was": "note"}
TEXT = "Wer,Wann,Was\nMay Lind,3/11/2026 10:00,angerufen\n"


def loaded(said: LayoutAnswers, text: str = TEXT) -> CheckedLog:
    return load([("log.csv", text.encode())], Answers(zone="UTC"), mappings={said.fingerprint: said.profile()})


def codes(log: CheckedLog) -> set[str]:
    return {p.code for p in log.problems}


def test_columns_and_order_that_were_told_need_no_question_again() -> None:
    log = loaded(LayoutAnswers(HEADER, columns=COLUMNS, orders={"wann": "dmy"}, told_on="2026-11-03"))
    assert codes(log) == {"mapping_saved"}
    assert str(log.contacts["at"][0]) == "2026-11-03 10:00:00+00:00"
    assert "as you told us on 3 November 2026: Wer = the candidate's name" in log.problems[0].message


def test_an_order_that_cannot_be_right_for_a_later_file_is_not_believed() -> None:
    said = LayoutAnswers(HEADER, columns=COLUMNS, orders={"wann": "dmy"}, told_on="2026-11-03")
    log = loaded(said, TEXT + "Lee Orr,3/27/2026 10:00,mail\n")
    assert "saved_order_wrong" in codes(log)
    assert [str(t)[:10] for t in log.contacts["at"]] == ["2026-03-11", "2026-03-27"]


def test_an_order_told_for_a_guessed_layout_leaves_its_columns_a_guess() -> None:
    text = "Candidate,When,Remarks\nMay Lind,3/11/2026 10:00,called\n"
    said = LayoutAnswers(("Candidate", "When", "Remarks"), orders={"when": "mdy"}, told_on="2026-11-03")
    found = recognise(read(text.encode(), "log.csv"), {said.fingerprint: said.profile()})
    assert found.profile is None
    assert [q.about for q in found.questions] == []
    log = loaded(said, text)
    assert "columns_guessed" in codes(log)
    assert "date_order_open" not in codes(log)
    assert str(log.contacts["at"][0])[:10] == "2026-03-11"


def test_a_zone_that_was_told_is_the_clock_of_the_file() -> None:
    text = "Wer,Wann,Was\nMay Lind,2026-11-03 10:00,angerufen\n"
    log = loaded(LayoutAnswers(HEADER, columns=COLUMNS, zone="Europe/Berlin"), text)
    assert str(log.contacts["at"][0]) == "2026-11-03 09:00:00+00:00"


def test_times_of_typing_are_the_contacts_own_where_a_person_says_so() -> None:
    text = "Candidate,Created,Remarks\nMay Lind,2026-11-03 10:00,called\n"
    header = ("Candidate", "Created", "Remarks")
    assert "only_logged" in codes(loaded(LayoutAnswers(header), text))
    log = loaded(LayoutAnswers(header, time_is="contact", told_on="2026-11-03"), text)
    assert "only_logged" not in codes(log)
    assert list(log.contacts["time_is"]) == ["contact"]
    logged = loaded(LayoutAnswers(HEADER, columns=COLUMNS, time_is="logged"), TEXT)
    assert list(logged.contacts["time_is"]) == ["logged"]


def test_an_answer_about_a_known_layout_amends_it() -> None:
    text = "Date Added,Author,About,Note Action,Comments,Desk\n07/28/2026 11:15 AM,Tom,May Lind,Zorb,hello,Acme\n"
    said = LayoutAnswers(
        ("Date Added", "Author", "About", "Note Action", "Comments", "Desk"),
        base="recruiter_notes",
        columns={"desk": "client"},
        words={"type": {"zorb": {"kind": "debrief"}}},
    )
    log = loaded(said, text)
    assert log.files[0].format == "recruiter_notes"
    row = log.contacts.iloc[0]
    assert (row["client"], row["kind"], row["recruiter"], row["time_is"]) == ("Acme", "debrief", "Tom", "logged")


TEXTS = st.text(max_size=12)
WORDS = st.dictionaries(
    st.sampled_from(WORD_FIELDS),
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.fixed_dictionaries({}, optional={n: st.sampled_from(words) for n, words in VOCABULARIES.items()}),
        max_size=3,
    ),
    max_size=3,
)


@given(
    st.lists(TEXTS, min_size=1, max_size=5),
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.sampled_from(("at", "note", "ignore"))),
    WORDS,
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.sampled_from(ORDERS)),
    st.sampled_from(("", "Europe/Berlin")),
)
def test_answers_come_back_from_json_as_they_were(
    headers: list[str], columns: dict[str, str], words: dict[str, dict[str, dict[str, str]]], orders: dict[str, str],
    zone: str,
) -> None:  # fmt: skip
    said = LayoutAnswers(tuple(headers), columns, words, orders, zone, told_on="2026-11-03")
    assert of_plain(json.loads(json.dumps(as_plain(said)))) == said


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        ("x", "A mapping must be a table"),
        ({"headers": []}, "needs the headers"),
        ({"headers": ["a"], "colour": "red"}, "cannot hold 'colour'"),
        ({"headers": ["a"], "columns": {"a": "no such field"}}, "Columns cannot hold 'no such field'"),
        ({"headers": ["a"], "orders": {"a": "ydm"}}, "Orders cannot hold 'ydm'"),
        ({"headers": ["a"], "zone": "Mars/Base"}, "'Mars/Base' is no time zone"),
        ({"headers": ["a"], "words": {"type": {"x": {"kind": "zorb"}}}}, "Kind cannot hold 'zorb'"),
        ({"headers": ["a"], "words": {"colour": {}}}, "Words cannot hold 'colour'"),
        ({"headers": ["a"], "time_is": 3}, "may hold text only"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(plain: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        of_plain(plain)
