"""One desk's part of the scores: its candidates as they were, and nothing of anybody else's."""

from __future__ import annotations

import dataclasses
import re
from functools import cache

import pandas as pd

from analysis.checked import Answers, CheckedLog
from analysis.desks import log_of, people_of, whole_of
from analysis.facts import measure
from analysis.joins import who_is_who
from analysis.links import NO_LINKS
from analysis.loading import load
from analysis.policy import default_policy
from analysis.portion import Whole, whole
from analysis.scoring import score_facts
from analysis.summary import caseload

LOG = b"""candidate,candidate_email,client,interviewer,recruiter,at,ended_at,sender,receiver,channel,kind,note
Ana Diaz,ana@example.com,Acme,Dana Osei,Jo Park,2026-03-03 10:00,2026-03-03 11:00,,,in_person,interview,
Ana Diaz,ana@example.com,Acme,Dana Osei,Jo Park,2026-03-03 18:00,,candidate,client,email,thank_you,Dear Dana
Ana Dias,ana.d@example.com,Acme,Dana Osei,Jo Park,2026-03-04 10:00,2026-03-04 11:00,,,in_person,interview,
Ben Cole,ben@example.com,Acme,Dana Osei,Sam Lee,2026-03-03 12:00,2026-03-03 13:00,,,in_person,interview,
Ben Cole,ben@example.com,Acme,Dana Osei,Sam Lee,2026-03-04 09:00,,candidate,client,call,follow_up,Dana rang back
Ben Coles,benc@example.com,Acme,Dana Osei,Sam Lee,2026-03-05 12:00,2026-03-05 13:00,,,in_person,interview,
Cy Ott,cy@example.com,Acme,Dana Osei,,2026-03-05 12:00,2026-03-05 13:00,,,in_person,interview,
"""
OTHER = b"""candidate,client,interviewer,recruiter,at,kind
Dee Fox,Acme,Dana Osei,Sam Lee,2026-03-06 10:00,interview
Eve Gray,Acme,Dana Osei,Sam Lee,whenever,interview
"""


@cache
def log() -> CheckedLog:
    return load([("log.csv", LOG), ("other.csv", OTHER)], Answers(zone="America/Detroit"))


@cache
def everybody() -> Whole:
    policy = default_policy()
    facts = measure(log(), pd.Timestamp("2026-03-20 12:00", tz="America/Detroit"), policy.classes)
    return whole(score_facts(facts, policy), facts.applications.said, policy.today)


def told(value: object) -> str:
    """Everything that stands in a value, as text."""
    if isinstance(value, pd.DataFrame):
        return value.to_csv()
    if dataclasses.is_dataclass(value):
        return " ".join(told(getattr(value, f.name)) for f in dataclasses.fields(value))
    if isinstance(value, tuple):
        return " ".join(map(told, value))
    return str(value)


def test_a_desk_has_its_candidates_and_not_a_word_of_the_others() -> None:
    mine = whole_of(everybody(), {"Jo Park"})
    assert sorted(mine.candidates["candidate"]) == ["Ana Dias", "Ana Diaz"]
    shown = told(mine) + told(caseload(mine, default_policy().bands))
    assert "Ana Diaz" in shown
    assert re.findall(r"Ben|Cole|Cy Ott|Dee|Fox|Sam Lee|ben@|cy@", shown) == []


def test_what_is_left_of_the_scores_is_as_it_was() -> None:
    mine = whole_of(everybody(), {"Sam Lee"})
    for name in ("candidates", "applications", "findings", "said", "rounds"):
        own, all_rows = getattr(mine, name), getattr(everybody(), name)
        pd.testing.assert_frame_equal(own, all_rows.loc[own.index])
    assert sorted(mine.candidates["candidate"]) == ["Ben Cole", "Ben Coles", "Dee Fox"]
    assert set(mine.said["candidate_key"]) == set(mine.candidates["candidate_key"])


def test_every_candidate_is_on_one_desk_or_on_nobodys() -> None:
    all_of_them = everybody()
    desks = [whole_of(all_of_them, {name}) for name in ("Jo Park", "Sam Lee")]
    found = [key for part in desks for key in part.candidates["candidate_key"]]
    assert len(found) == len(set(found))
    left = all_of_them.candidates[~all_of_them.candidates["candidate_key"].isin(found)]
    assert list(left["candidate"]) == ["Cy Ott"]
    assert whole_of(all_of_them, {""}).candidates.empty
    assert whole_of(all_of_them, set()).findings.empty


def test_a_desk_decides_on_nobody_elses_candidates() -> None:
    found = who_is_who(log(), NO_LINKS)
    assert len(found.proposals) == 2
    mine = set(whole_of(everybody(), {"Jo Park"}).candidates["candidate_key"])
    own = people_of(found, mine)
    assert [(p.one.candidate, p.other.candidate) for p in own.proposals] in (
        [("Ana Diaz", "Ana Dias")],
        [("Ana Dias", "Ana Diaz")],
    )
    assert own.candidates == 2
    assert "Ben" not in told(own)


def test_of_files_it_sees_the_named_ones_with_what_was_set_aside() -> None:
    everything = log()
    own = log_of(everything, {"other.csv"})
    assert [account.file for account in own.files] == ["other.csv"]
    assert set(own.contacts["file"]) | set(own.undated["file"]) | set(own.set_aside["file"]) == {"other.csv"}
    assert {p.file for p in own.problems} <= {"other.csv"}
    assert "Ana" not in told(own)
    assert len(log_of(everything, {"log.csv", "other.csv"}).contacts) == len(everything.contacts)
