"""Why a score changed: contacts, corrections, the clock and the policy, adding up to the difference."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis import Answers, Scores, default_policy, load, load_policy, score
from analysis.changes import CAUSES, explain, new_contacts
from analysis.corrections import Correction, correct
from analysis.identity import identities

HEAD = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,subject\n"
ANA = "Ana Lind,Acme,direct,Dana Osei,dana@acme.example"
FIRST_WEEK = f"""{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview,
{ANA},2026-03-05 10:00,,candidate,client,email,thank_you,Thanks
"""
SECOND_WEEK = f"""{ANA},2026-03-06 09:45,,candidate,client,email,follow_up,Any news
{ANA},2026-03-09 10:00,,candidate,client,email,follow_up,Still hoping
"""
ZONE = "America/New_York"


def result(text: str, *corrections: Correction, day: str = "2026-04-15", policy: str = "") -> Scores:
    log = load([("log.csv", (HEAD + text).encode())], Answers(zone=ZONE, calendar="US", complete="yes"))
    rules = load_policy(policy) if policy else default_policy()
    return score(correct(log, corrections), rules, pd.Timestamp(f"{day} 12:00", tz=ZONE))


def key(scores: Scores) -> str:
    return str(scores.candidates["candidate_key"].iloc[0])


def about(row: int) -> str:
    log = load([("log.csv", (HEAD + FIRST_WEEK + SECOND_WEEK).encode())], Answers(zone=ZONE))
    return str(identities(log.contacts)[row])


MILD = "[over_contact.base]\nvalue = [[1, 100], [2, 96], [3, 65], [4, 30], [5, 10], [6, 0]]\n"


def corners() -> list[Scores]:
    whole = FIRST_WEEK + SECOND_WEEK
    said = Correction("c1", "finding", about(3), {"finding": "too_close"})
    return [
        result(FIRST_WEEK, day="2026-03-06"),
        result(whole, day="2026-03-06"),
        result(whole, said, day="2026-03-06"),
        result(whole, said),
        result(whole, said, policy=MILD),
    ]


def test_the_parts_of_a_changed_score_add_up_to_the_difference() -> None:
    for change in explain(corners(), key(corners()[-1])).values():
        both = pd.notna(change.before) and pd.notna(change.after)
        assert not both or change.parts["points"].sum() == pytest.approx(change.after - change.before)
        assert change.parts["cause"].tolist() == list(CAUSES)


def test_each_cause_is_charged_with_what_it_did() -> None:
    steps = corners()
    parts = explain(steps, key(steps[-1]))["over_contact"].parts.set_index("cause")
    assert parts.loc["contacts", "after"] == 100.0, "on the Friday only one follow-up has been sent"
    assert parts.loc["clock", "points"] == -10.0, "the second came after the first moment"
    assert parts.loc["policy", "points"] == 6.0


def test_nothing_changed_is_said_as_nothing() -> None:
    same = result(FIRST_WEEK)
    for change in explain([same] * 5, key(same)).values():
        assert change.parts["points"].tolist() == [0.0] * 4


def test_the_contacts_that_came_are_listed_and_those_that_went() -> None:
    before, after = result(FIRST_WEEK), result(FIRST_WEEK + SECOND_WEEK)
    came = new_contacts(before, after, key(after))
    assert came[["subject", "now"]].to_numpy().tolist() == [["Any news", True], ["Still hoping", True]]
    assert not new_contacts(after, before, key(before))["now"].any()


def test_a_person_whose_key_changed_is_found_by_their_contacts() -> None:
    before, after = result(FIRST_WEEK), result(FIRST_WEEK + SECOND_WEEK)
    renamed = replace(
        before,
        candidates=before.candidates.assign(candidate_key="old"),
        contacts=before.contacts.assign(candidate_key="old"),
    )
    changes = explain([renamed, after, after, after, after], key(after))
    assert changes["thank_you"].before == before.candidates["thank_you"].iloc[0]


def test_too_few_corners_are_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="5 corners are needed, not 2"):
        explain([result(FIRST_WEEK)] * 2, "x")
