"""Words of activities, states and sides: known, guessed, or said by a person."""

from __future__ import annotations

import pytest

from analysis.checked import Answers, CheckedLog
from analysis.checking import check
from analysis.formats.answers import LayoutAnswers
from analysis.formats.profile import profile_from
from analysis.mapping import map_fields
from analysis.meanings import guess, said_words, words_of
from analysis.reading.raw import RawTable
from analysis.reading.reader import read

LOG = """\
Who,When,What,Way,Note
May Lind,2026-03-03 10:00,Interview,out,
May Lind,2026-03-04 10:00,Cand Check-In,into us,asked where they stand
May Lind,2026-03-05 10:00,Cand Check-In,into us,
May Lind,2026-03-06 10:00,Zorb,out,
"""
COLUMNS = {"Who": "candidate", "When": "at", "What": "type", "Way": "direction", "Note": "note"}


def raw() -> RawTable:
    return read(LOG.encode(), "log.csv")


def told(said: LayoutAnswers) -> CheckedLog:
    return check([map_fields(raw(), said.profile())], Answers(zone="UTC"))


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Cand Check-In", {"kind": "follow_up", "sender": "candidate"}),
        ("2nd Client Interview", {"kind": "interview"}),
        ("Left voicemail", {"channel": "voicemail"}),
        ("TY note (email)", {"kind": "thank_you"}),
        ("Zorb", {}),
    ],
)
def test_an_unknown_word_is_guessed_from_the_known_words_in_it(word: str, meaning: dict[str, str]) -> None:
    assert guess(word) == meaning


def test_words_are_counted_the_unknown_first_with_our_guess() -> None:
    table = words_of(raw().frame, profile_from(COLUMNS))
    shown = [(r.word, r.lines, r.known, r.kind, r.sender) for r in table.itertuples()]
    assert shown == [
        ("Cand Check-In", 2, False, "follow_up", "candidate"),
        ("into us", 2, False, "", ""),
        ("Zorb", 1, False, "", ""),
        ("out", 2, True, "", "agency"),
        ("Interview", 1, True, "interview", ""),
    ]


def test_what_a_person_says_about_words_is_read_from_then_on() -> None:
    before = words_of(raw().frame, profile_from(COLUMNS))
    after = before.copy()
    after.loc[after["word"] == "into us", "sender"] = "candidate"
    words = said_words(after, before)
    assert words == {
        "type": {"cand_check_in": {"kind": "follow_up", "sender": "candidate"}, "zorb": {}},
        "direction": {"into_us": {"sender": "candidate", "receiver": "agency"}},
    }
    log = told(LayoutAnswers(("Who", "When", "What", "Way", "Note"), columns=_normal(), words=words))
    assert list(log.contacts["kind"]) == ["interview", "follow_up", "follow_up"]
    assert list(log.contacts["sender"])[1:] == ["candidate", "candidate"]
    assert list(log.contacts["receiver"])[1:] == ["agency", "agency"]
    assert "unknown_word" not in {p.code for p in log.problems}


def test_a_known_word_may_be_given_another_meaning() -> None:
    before = words_of(raw().frame, profile_from(COLUMNS))
    after = before.copy()
    after.loc[after["word"] == "Interview", "kind"] = "debrief"
    words = said_words(after, before)
    assert words["type"]["interview"] == {"kind": "debrief"}
    log = told(LayoutAnswers(("Who", "When", "What", "Way", "Note"), columns=_normal(), words=words))
    assert log.contacts["kind"][0] == "debrief"


def test_words_of_a_column_of_kinds_can_be_told_too() -> None:
    text = "Who,When,What\nMay Lind,2026-03-03 10:00,Zorb\nMay Lind,2026-03-04 10:00,Interview\n"
    said = LayoutAnswers(
        ("Who", "When", "What"),
        columns={"who": "candidate", "when": "at", "what": "kind"},
        words={"kind": {"zorb": {"kind": "thank_you", "channel": "card"}}},
    )
    log = check([map_fields(read(text.encode(), "log.csv"), said.profile())], Answers(zone="UTC"))
    assert list(log.contacts["kind"]) == ["thank_you", "interview"]
    assert list(log.contacts["channel"]) == ["card", ""]


def _normal() -> dict[str, str]:
    return {header.lower(): field for header, field in COLUMNS.items()}
