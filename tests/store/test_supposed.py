"""What if: one thing done differently, scored by the same rules on the same workspace, and nothing of it kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
from sqlalchemy import Engine

from analysis.identity import identities
from analysis.results import Scores
from analysis.what_if import Outcome, outcome, what_if
from dashboard.store.engine import reading, writing
from dashboard.store.imports import keep
from dashboard.store.records import version
from dashboard.store.remarks import correct
from dashboard.store.results import Results
from dashboard.store.sayings import say
from dashboard.store.state import ANSWERS, State, state

MONDAY = datetime(2026, 3, 30, 9, tzinfo=UTC)
AS_OF = pd.Timestamp("2026-03-30 09:00", tz="America/New_York")
HEAD = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
WHO = "Ana Lind,Acme,direct,Dana Osei,dana@acme.example"
MET = f"{WHO},2026-03-03 10:00,2026-03-03 11:00,client,candidate,video,interview\n"
THANKED = f"{WHO},2026-03-03 18:00,,candidate,client,email,thank_you\n"


def wrote(day: str, kind: str = "follow_up") -> str:
    return f"{WHO},2026-03-{day} 10:00,,candidate,client,email,{kind}\n"


def supposed(engine: Engine, rows: str, family: str) -> tuple[Outcome | None, Scores, str]:
    """What a change in a family gives Ana, her scores as they are, and her key."""
    with writing(engine) as connection:
        say(connection, ANSWERS, {"zone": "America/New_York", "calendar": "US", "route": "direct"}, "Kim", MONDAY)
        keep(connection, "log.csv", (HEAD + rows).encode(), "Kim", MONDAY, complete={"log.csv": "yes"})
    known, results = now(engine), Results(engine)
    key = str(results.whole(known, AS_OF).candidates["candidate_key"].iloc[0])
    before = results.candidate(known, AS_OF, key)
    names = identities(before.contacts)
    application = str(before.applications["application_key"].iloc[0])
    idea = what_if(before, key, family, application, lambda number: (str(names[number]),))
    if idea is None:
        return None, before, key
    return outcome(idea, before, results.supposed(known, AS_OF, key, idea), key), before, key


def now(engine: Engine) -> State:
    with reading(engine) as connection:
        return state(connection, bodies=False)


def test_had_the_missing_note_gone_out_that_evening_promptness_would_be_full(engine: Engine) -> None:
    found, before, _ = supposed(engine, MET + wrote("12"), "thank_you")
    assert before.candidates["thank_you"].iloc[0] == 0
    assert found is not None
    assert (found.what_if.change, found.family_before, found.family_after) == ("note", 0, 100)
    assert found.what_if.at == pd.Timestamp("2026-03-03 18:00")
    assert found.overall_before is not None
    assert found.overall_after is not None
    assert found.overall_after > found.overall_before


def test_a_late_note_is_supposed_on_the_evening_and_not_twice(engine: Engine) -> None:
    found, before, _ = supposed(engine, MET + wrote("06", "thank_you") + wrote("12"), "thank_you")
    assert 0 < before.candidates["thank_you"].iloc[0] < 100
    assert found is not None
    assert found.family_after == 100
    assert found.what_if.like == ""


def test_a_check_in_that_came_too_early_is_supposed_when_it_was_welcome(engine: Engine) -> None:
    found, _, _ = supposed(engine, MET + THANKED + wrote("04"), "timing")
    assert found is not None
    assert (found.what_if.change, found.family_after) == ("window", 100)
    assert found.what_if.at > pd.Timestamp("2026-03-09")


def test_the_first_of_several_follow_ups_is_supposed_alone(engine: Engine) -> None:
    found, before, _ = supposed(engine, MET + THANKED + wrote("11") + wrote("12") + wrote("13"), "over_contact")
    assert before.candidates["over_contact"].iloc[0] < 70
    assert found is not None
    assert (found.what_if.change, found.family_after) == ("one", 100)


@pytest.mark.parametrize("family", ["thank_you", "timing", "over_contact", "decision_date"])
def test_where_nothing_was_lost_nothing_is_supposed(engine: Engine, family: str) -> None:
    found, _, _ = supposed(engine, MET + THANKED + wrote("11"), family)
    assert found is None


def test_a_family_that_is_switched_off_is_not_supposed_about(engine: Engine) -> None:
    _, before, key = supposed(engine, MET + wrote("12"), "thank_you")
    with writing(engine) as connection:
        correct(connection, "accommodation", key, {"family": "thank_you"}, "Kim", MONDAY)
    alone = Results(engine).candidate(now(engine), AS_OF, key)
    application = str(before.applications["application_key"].iloc[0])
    assert what_if(alone, key, "thank_you", application, lambda number: ("",)) is None


def test_nothing_of_it_is_kept(engine: Engine) -> None:
    supposed(engine, MET + wrote("12"), "thank_you")
    with reading(engine) as connection:
        last = version(connection)
    results, known = Results(engine), now(engine)
    whole = results.whole(known, AS_OF)
    assert whole.candidates["thank_you"].iloc[0] == 0
    with reading(engine) as connection:
        assert version(connection) == last
