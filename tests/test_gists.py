"""Texts that may not be kept leave a gist: every score, finding and correction stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.checked import Answers, CheckedLog
from analysis.corrections import Correction, correct
from analysis.facts import measure
from analysis.gists import note_hash, subject_hash, without_texts
from analysis.identity import identities
from analysis.loading import load
from analysis.policy import default_policy
from analysis.results import Scores
from analysis.scoring import score
from dashboard.sample import sample

EXPORTS = Path(__file__).parent / "exports"
NOON = pd.Timestamp("2026-04-15 12:00", tz="UTC")
TABLES = ("candidates", "units", "families", "rows", "findings")


def hashed(log: CheckedLog, as_of: pd.Timestamp, rows: Sequence[int] | None = None) -> CheckedLog:
    """The log without the texts of these rows, all by default."""
    facts = measure(log, as_of, default_policy().classes)
    where = np.arange(len(log.contacts)) if rows is None else np.asarray(rows, dtype=np.int64)
    contacts = log.contacts.copy()
    contacts.loc[where] = without_texts(log.contacts, where, facts.measured_notes).set_axis(where)
    return replace(log, contacts=contacts.astype(log.contacts.dtypes))


def same(one: Scores, other: Scores) -> None:
    for name in TABLES:
        if hasattr(one, name):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)
    texts = ["note", "subject", "gist"]
    pd.testing.assert_frame_equal(one.contacts.drop(columns=texts), other.contacts.drop(columns=texts))


def scored(log: CheckedLog, as_of: pd.Timestamp) -> Scores:
    return score(log, default_policy(), as_of)


def test_the_sample_agency_has_the_same_scores_without_a_text() -> None:
    agency = sample()
    log = load(agency.files, Answers(agency.zone, agency.calendar, complete="yes"))
    bare = hashed(log, agency.as_of)
    kept = bare.contacts[["note", "subject"]].to_numpy().ravel()
    assert {text for text in kept if text and not text.endswith("]")} == set()
    assert (bare.contacts["gist"] != "").sum() > 500
    same(scored(log, agency.as_of), scored(bare, agency.as_of))


@pytest.mark.parametrize(
    "name",
    ["hubspot_notes_body.csv", "outlook_mail_de_cp1252.csv", "salesforce_dataexport_EmailMessage.csv", "takeout.mbox"],
)
def test_an_export_of_messages_has_the_same_scores_without_a_text(name: str) -> None:
    log = load([(name, (EXPORTS / name).read_bytes())], Answers(complete="yes"))
    same(scored(log, NOON), scored(hashed(log, NOON), NOON))


HEAD = "candidate,client,job,interviewer,at,sender,receiver,channel,kind,topics,subject,note\n"
MET = "Ana Lind,Acme,Estimator,Dana Osei,2026-03-03 10:00,client,candidate,in_person,interview,the depot,,\n"
NOTE = (
    "Ana Lind,Acme,Estimator,Dana Osei,2026-03-03 18:00,candidate,client,email,,,Thank you,"
    '"Dear Dana, thank you for the interview and the talk about the depot."\n'
)
CHASE = (
    "Ana Lind,Acme,Estimator,Dana Osei,2026-03-12 09:00,candidate,client,email,,,Re: Thank you,"
    '"Hi Dana, is there any news on your decision?"\n'
)


def log_of(*rows: str, name: str = "ana.csv") -> CheckedLog:
    return load([(name, (HEAD + "".join(rows)).encode())], Answers(complete="yes"))


def test_a_note_that_came_before_its_interview_is_judged_as_if_its_text_were_there() -> None:
    early = hashed(log_of(NOTE), NOON).contacts
    both = log_of(NOTE, MET)
    bare = replace(both, contacts=pd.concat([early, both.contacts[1:]], ignore_index=True))
    same(scored(both, NOON), scored(bare, NOON))


def test_a_text_that_comes_again_is_the_same_contact_whether_it_is_kept_or_not() -> None:
    twice = load(
        [(name, (HEAD + MET + NOTE + CHASE).encode() + end) for name, end in (("a.csv", b""), ("b.csv", b"\n"))],
        Answers(complete="yes"),
    )
    whole = scored(twice, NOON)
    assert (whole.contacts["class"] == "duplicate").sum() == 3
    same(whole, scored(hashed(twice, NOON, [0, 1, 2]), NOON))
    same(whole, scored(hashed(twice, NOON, [3, 4, 5]), NOON))
    assert identities(twice.contacts).tolist() == identities(hashed(twice, NOON).contacts).tolist()


def test_a_correction_still_hangs_on_a_contact_whose_text_is_gone() -> None:
    log = log_of(MET, NOTE, CHASE)
    bare = hashed(log, NOON)
    left_out = Correction("c1", "left_out", str(identities(log.contacts)[1]), {})
    same(scored(correct(log, [left_out]), NOON), scored(correct(bare, [left_out]), NOON))
    assert identities(correct(bare, [left_out]).contacts).tolist() == identities(log.contacts).tolist()


def test_nothing_of_a_text_is_left_but_what_the_score_needs() -> None:
    said = hashed(log_of(MET, NOTE.replace("the depot.", "my divorce."), CHASE), NOON).contacts.to_csv()
    assert not [word for word in ("divorce", "news", "Dear", "talk") if word in said]


def test_taking_texts_away_twice_changes_nothing_more() -> None:
    once = hashed(log_of(MET, NOTE, CHASE), NOON)
    assert hashed(once, NOON).contacts.equals(once.contacts)


def test_equal_texts_have_equal_hashes_and_subjects_keep_their_marks() -> None:
    assert note_hash(" Any News? ") == note_hash("any news?") != note_hash("any news")
    assert note_hash("") == subject_hash(" ") == ""
    assert subject_hash("AW: Termin").startswith("aw: [text not kept: ")
    assert subject_hash("AW: Termin").removeprefix("aw: ") == subject_hash("termin")
    assert subject_hash("2nd follow-up").startswith("follow up [text")
    assert subject_hash(subject_hash("RE: Termin")) == subject_hash("re: termin")
