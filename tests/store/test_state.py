"""Results follow from what is stored: the past reproduces byte for byte, and every change can be explained."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine

from analysis.identity import identities
from analysis.links import Who
from analysis.policy import default_policy
from analysis.results import Scores
from dashboard.store.engine import Conflict, open_engine, reading, writing
from dashboard.store.imports import keep, take_back
from dashboard.store.remarks import correct, type_in
from dashboard.store.sayings import last_said, policies, policy, save_policy, say
from dashboard.store.state import ANSWERS, checked, result, state, why
from dashboard.store.who import decide, forget

HEAD = "candidate,candidate_email,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
ANA = "Ana Lind,ana@mail.example,Acme,direct,Dana Osei,dana@acme.example"
FIRST = f"""{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview
{ANA},2026-03-06 10:00,,candidate,client,email,thank_you
"""
SECOND = f"""{ANA},2026-03-06 10:00,,candidate,client,email,thank_you
{ANA},2026-03-09 09:45,,candidate,client,email,follow_up
{ANA},2026-03-10 09:45,,candidate,client,email,follow_up
"""
MONDAY = datetime(2026, 3, 9, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def set_up(engine: Engine) -> int:
    """Monday: the first file. A week later: an overlapping one, and a correction of the note's hour."""
    with writing(engine) as connection:
        say(connection, ANSWERS, {"zone": "America/New_York", "calendar": "US"}, "Kim", MONDAY)
        keep(connection, "march.csv", (HEAD + FIRST).encode(), "Kim", MONDAY, complete={"march.csv": "yes"})
    with writing(engine) as connection:
        note = str(identities(checked(state(connection)).contacts)[1])
        number = keep(connection, "later.csv", (HEAD + SECOND).encode(), "Kim", MONDAY + WEEK)
        correct(
            connection, "moment", note, {"at": "2026-03-03T18:00-05:00", "precision": "evening"}, "Lee", MONDAY + WEEK
        )
    return number


def scored(engine: Engine, at: datetime | None = None, as_of: datetime = MONDAY + WEEK) -> Scores:
    with reading(engine) as connection:
        return result(state(connection, at), as_of)


def ana(scores: Scores) -> pd.Series:
    (row,) = scores.candidates.to_dict("records")
    return pd.Series(row)


def written(scores: Scores) -> list[str]:
    return [
        getattr(scores, f.name).to_csv() for f in fields(scores) if isinstance(getattr(scores, f.name), pd.DataFrame)
    ]


def test_an_old_result_comes_out_again_byte_for_byte(engine: Engine) -> None:
    with writing(engine) as connection:
        say(connection, ANSWERS, {"zone": "America/New_York", "calendar": "US"}, "Kim", MONDAY - WEEK)
        keep(connection, "march.csv", (HEAD + FIRST).encode(), "Kim", MONDAY)
    then = written(scored(engine, as_of=MONDAY))
    with writing(engine) as connection:
        keep(connection, "later.csv", (HEAD + SECOND).encode(), "Kim", MONDAY + WEEK)
        save_policy(connection, "Ours", "[over_contact.base]\nvalue = [[1, 100], [2, 50]]\n", "Kim", MONDAY + WEEK)
    assert written(scored(engine, at=MONDAY, as_of=MONDAY)) == then != written(scored(engine))


def test_an_overlapping_export_adds_nothing_twice_and_the_correction_is_still_there(engine: Engine) -> None:
    set_up(engine)
    scores = scored(engine)
    assert ana(scores)["thank_you"] == 100.0
    notes = scores.contacts[scores.contacts["kind"] == "thank_you"]
    assert notes["class"].tolist().count("duplicate") == 1
    assert set(notes["correction"]) == {"1"}


def test_an_import_taken_back_takes_only_what_it_alone_brought(engine: Engine) -> None:
    number = set_up(engine)
    with writing(engine) as connection:
        take_back(connection, number, "Kim", MONDAY + WEEK)
    scores = scored(engine)
    assert scores.contacts["file"].unique().tolist() == ["march.csv"]
    assert ana(scores)["thank_you"] == 100.0, "the correction stays"


def test_why_it_changed_adds_up(engine: Engine) -> None:
    set_up(engine)
    changes = why(engine, str(ana(scored(engine))["candidate_key"]), MONDAY, MONDAY + WEEK)
    thanks = changes["thank_you"].parts.set_index("cause")["points"]
    assert thanks["corrections"] > 0
    assert thanks.drop("corrections").tolist() == [0.0, 0.0, 0.0]
    for change in changes.values():
        if pd.notna(change.before) and pd.notna(change.after):
            assert change.parts["points"].sum() == pytest.approx(change.after - change.before)


def test_a_contact_typed_by_hand_counts_like_any_other(engine: Engine) -> None:
    set_up(engine)
    fields_of = {"candidate": "Ana Lind", "candidate_email": "ana@mail.example", "client": "Acme", "kind": "follow_up"}
    with writing(engine) as connection:
        more = {"at": "2026-03-11 10:00", "sender": "candidate", "receiver": "client", "channel": "email"}
        type_in(connection, {**fields_of, **more}, "typed", "Kim", MONDAY + WEEK)
    scores = scored(engine)
    assert "Typed by your team" in scores.contacts["file"].tolist()
    assert ana(scores)["over_contact"] < 60


def test_a_clients_route_said_once_counts_from_then_on(engine: Engine) -> None:
    set_up(engine)
    with writing(engine) as connection:
        say(connection, ("client", "acme", "setting"), {"route": "via_agency"}, "Kim", MONDAY + 2 * WEEK)
    assert scored(engine).applications["route"].tolist() == ["via_agency"]
    assert scored(engine, at=MONDAY + WEEK).applications["route"].tolist() == ["direct"]


def test_two_people_are_made_one_and_split_again_with_the_scores_as_before(engine: Engine) -> None:
    other = SECOND.replace("Ana Lind,ana@mail.example", "A. Lindh,a.lindh@work.example")
    with writing(engine) as connection:
        keep(connection, "march.csv", (HEAD + FIRST).encode(), "Kim", MONDAY)
        keep(connection, "other.csv", (HEAD + other).encode(), "Kim", MONDAY)
    before = written(scored(engine))
    one, two = Who(email="ana@mail.example"), Who(email="a.lindh@work.example")
    with writing(engine) as connection:
        decide(connection, "same", one, two, "Kim", MONDAY)
    assert len(scored(engine).candidates) == 1
    with writing(engine) as connection:
        forget(connection, two, one, "Kim", MONDAY)
    assert written(scored(engine)) == before


def test_a_policy_is_changed_gone_back_on_and_every_old_result_keeps_its_own(engine: Engine) -> None:
    set_up(engine)
    before = written(scored(engine))
    with writing(engine) as connection:
        made = save_policy(
            connection, "Strict", "[over_contact.base]\nvalue = [[1, 100], [2, 10]]\n", "Kim", MONDAY + WEEK, seen=0
        )
    strict = written(scored(engine))
    assert scored(engine).policy == made.version
    assert strict != before
    with writing(engine) as connection:
        first = policies(connection)[-1]["id"]
        save_policy(connection, "The article's defaults", "", "Lee", MONDAY + 2 * WEEK, seen=first)
    assert written(scored(engine)) == before
    assert written(scored(engine, at=MONDAY + WEEK)) == strict
    with reading(engine) as connection:
        assert [row["name"] for row in policies(connection)] == ["Strict", "The article's defaults"], "nothing is lost"
        assert policy(connection).version == default_policy().version


def test_of_two_people_who_save_a_policy_the_later_one_is_told_of_the_other(engine: Engine) -> None:
    with writing(engine) as connection:
        save_policy(connection, "Kim's", "[bands.good]\nvalue = 75\n", "Kim", MONDAY, seen=0)
    with (
        pytest.raises(Conflict, match="Kim saved another policy at 2026-03-09 12:00 UTC"),
        writing(engine) as connection,
    ):
        save_policy(connection, "Lee's", "[bands.good]\nvalue = 60\n", "Lee", MONDAY, seen=0)
    with reading(engine) as connection:
        assert policy(connection).bands.good == 75


def test_of_many_who_save_at_the_same_moment_one_is_heard_and_all_others_are_told(where: str, engine: Engine) -> None:
    def save(number: int) -> bool:
        mine = open_engine(where)
        try:
            with writing(mine) as connection:
                save_policy(connection, f"{number}", f"[bands.good]\nvalue = {60 + number}\n", "Kim", MONDAY, seen=0)
                say(connection, ("client", "acme", "setting"), {"route": "direct"}, "Kim", MONDAY, seen=0)
        except Conflict:
            return False
        finally:
            mine.dispose()
        return True

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(save, range(8))) == 1
    with reading(engine) as connection:
        assert len(policies(connection)) == 1
        assert len(last_said(connection, "client", "setting")) == 1


def test_what_was_said_last_of_each_client_stands_with_its_author(engine: Engine) -> None:
    with writing(engine) as connection:
        say(connection, ("client", "acme", "setting"), {"route": "direct"}, "Kim", MONDAY)
        say(connection, ("client", "bolt", "setting"), {"zone": "UTC"}, "Kim", MONDAY)
        say(connection, ("client", "acme", "setting"), {"route": "via_agency"}, "Lee", MONDAY + WEEK)
    with reading(engine) as connection:
        found = last_said(connection, "client", "setting")
    assert {name: (row["value"], row["author"]) for name, row in found.items()} == {
        "acme": ({"route": "via_agency"}, "Lee"),
        "bolt": ({"zone": "UTC"}, "Kim"),
    }
