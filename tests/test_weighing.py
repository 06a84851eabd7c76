"""The second look at a text: what is likely enough is taken, what is not is asked about, other languages stay alone."""

import numpy as np
import pandas as pd
import pytest

from analysis.log import empty_contacts
from analysis.weighing import scales, shares, text_evidence, weighed
from analysis.wording import read_words

Row = tuple[str, str, str, str, str]


def contacts(*rows: Row, kind: str = "") -> pd.DataFrame:
    names = ("channel", "sender", "receiver", "subject", "note")
    table = empty_contacts().reindex(range(len(rows)))
    for number, name in enumerate(names):
        table[name] = pd.Series([row[number] for row in rows], dtype="str")
    table["kind"] = pd.Series([kind] * len(rows), dtype="str")
    return table


def look(*rows: Row, kind: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    table = contacts(*rows, kind=kind)
    words = read_words(table["subject"], table["note"])
    return words, weighed(table, words)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("email", "candidate", "client", "", "thx note sent"), "thank_you"),
        (("", "", "", "", "cand chased HM again re decision, no news"), "follow_up"),
        (("email", "client", "agency", "Re: Marta", "We have decided to go with another candidate."), "rejection"),
        (("", "", "", "Status", "on hold"), "closed"),
        (("email", "client", "agency", "", "We will decide by the 12th."), "decision_date"),
    ],
)
def test_a_likely_kind_is_taken(row: Row, kind: str) -> None:
    _, found = look(row)
    assert found["kind"].tolist() == [kind]
    assert found["weighed"].all()
    assert found["sure"].iloc[0] >= 0.5


def test_thanks_for_news_after_a_refusal_are_no_thanks_for_the_interview() -> None:
    note = "Thank you for letting me know. I enjoyed meeting the team and would be glad to hear of other openings."
    row = ("email", "candidate", "client", "Re: Your application", note)
    words, found = look(row)
    assert words["kind"].tolist() == ["thank_you"]
    assert found["kind"].tolist() != ["thank_you"]


@pytest.mark.parametrize("note", ["spoke to Dana", "ok", "re Tuesday", "left it with her"])
def test_what_a_careful_person_could_not_tell_is_asked_about(note: str) -> None:
    _, found = look(("", "", "", "", note))
    assert found["kind"].tolist() == [""]


def test_a_contact_whose_log_names_the_kind_is_left_alone() -> None:
    words, found = look(("email", "candidate", "client", "", "thx note sent"), kind="logistics")
    pd.testing.assert_frame_equal(found.drop(columns="weighed"), words)
    assert not found["weighed"].any()


def test_a_text_of_another_language_stays_with_the_phrases() -> None:
    row = ("email", "candidate", "client", "", "Vielen Dank für das nette Gespräch, ich freue mich auf Ihre Antwort")
    words, found = look(row)
    assert words["kind"].tolist() == ["thank_you"]
    assert found["kind"].tolist() == ["thank_you"]
    assert not found["weighed"].any()


def test_a_text_weighs_the_same_alone_and_among_others() -> None:
    rows: list[Row] = [
        ("email", "candidate", "client", "Thank you", "Thank you for your time today."),
        ("", "", "", "", ""),
        ("call", "agency", "candidate", "", "Debrief: went well, liked the team?"),
    ]
    table = contacts(*rows * 3)
    words = read_words(table["subject"], table["note"])
    together, _ = shares(table, words, scales())
    alone = np.concatenate([shares(table.iloc[[n]], words.iloc[[n]], scales())[0] for n in range(3)] * 3)
    np.testing.assert_allclose(together, alone, rtol=1e-5)
    np.testing.assert_allclose(together.sum(axis=1), 1, rtol=1e-5)


def test_evidence_is_words_pairs_and_beginnings_and_days_stand_for_their_sort() -> None:
    found = text_evidence("Re: Interview", "Sent Tuesday 3rd, ok?")
    assert {"sent", "sent DAY", "DAY", "ORDINAL", "asks ?", "an answer", "s:interview", "s:inter*"} <= set(found)
