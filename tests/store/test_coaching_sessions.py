"""Sessions in the workspace: checked at the next upload, undone, and private notes apart; on both databases."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pandas as pd
import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from analysis.agreed import Action, check
from analysis.former import former_keys
from analysis.handout import Step
from analysis.identifiers import opaque
from analysis.people import people_of
from analysis.results import Scores
from dashboard.coaching.held import Held, agree, held_with, keep_private, loaded, take_back
from dashboard.coaching.takeaway import calendar_file, step_file, text
from dashboard.dates import Dates
from dashboard.store.copying import copy_of
from dashboard.store.engine import Conflict, reading, writing
from dashboard.store.imports import imports, keep
from dashboard.store.sayings import say
from dashboard.store.state import ANSWERS, checked, result, state

HEAD = "candidate,candidate_email,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
ANA = "Ana Lind,ana@mail.example,Acme,direct,Dana Osei,dana@acme.example"
MET = f"{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview\n"
CHASED = f"{ANA},2026-03-12 10:00,,candidate,client,email,follow_up\n"
OTHER = (
    "Ben Ito,ben@mail.example,Bolt,direct,Ed Hale,ed@bolt.example,2026-03-16 09:00,,candidate,client,email,follow_up\n"
)
TUESDAY = datetime(2026, 3, 10, 15, tzinfo=UTC)
MONDAY = TUESDAY + timedelta(days=6)
HELD_ON = date(2026, 3, 10)
WRITE = Action("Send Acme one friendly message.", "one_message", date(2026, 3, 13))
REST = Action("Leave it with Acme for now.", "leave_it", date(2026, 3, 13))
SECRET = "Says her mother is ill; go gently"
DATES = Dates("en-GB")


def bring(engine: Engine, name: str, rows: str, complete: str, when: datetime) -> None:
    with writing(engine) as connection:
        say(connection, ANSWERS, {"zone": "America/New_York", "calendar": "US"}, "Kim", when)
        keep(connection, name, (HEAD + rows).encode(), "Kim", when, complete={name: complete})


def seen(engine: Engine, when: datetime) -> Scores:
    with reading(engine) as connection:
        return result(state(connection), when)


def key(address: str) -> str:
    """The key of a candidate, which follows from the address."""
    return opaque(pd.Series([address]))[0]


KEY, BENS = key("ana@mail.example"), key("ben@mail.example")


def agreed(engine: Engine, action: Action, note: str = "", whose: str = KEY) -> None:
    with writing(engine) as connection:
        agree(whose, HELD_ON, action, note)(connection, "Kim", TUESDAY)


def private(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_private(KEY, HELD_ON, SECRET)(connection, "Kim", TUESDAY)


def sat(engine: Engine, scores: Scores) -> Held:
    """The sessions with Ana, as the page reads them."""
    with reading(engine) as connection:
        known = people_of(checked(state(connection)))
        return held_with(KEY, scores, lambda: former_keys(known))(connection)


def stands(engine: Engine, when: datetime) -> str:
    """How the one agreed action stands, as the page says it."""
    scores = seen(engine, when)
    (one,) = sat(engine, scores).shared
    assert one.agreed is not None
    with reading(engine) as connection:
        files = loaded(imports(connection), scores.contacts["file"].unique().tolist(), "America/New_York")
    return check(one.agreed, one.held_on, scores, KEY, files).outcome


@pytest.mark.parametrize(
    ("action", "rows", "complete", "expected"),
    [
        (WRITE, MET + CHASED, "no", "kept"),
        (WRITE, MET + CHASED, "yes", "kept"),
        (WRITE, MET + OTHER, "yes", "missed"),
        (WRITE, MET + OTHER, "not-sure", "cannot see"),
        (WRITE, OTHER, "yes", "cannot see"),
        (REST, MET + CHASED, "no", "missed"),
        (REST, MET + OTHER, "yes", "kept"),
        (REST, MET + OTHER, "not-sure", "cannot see"),
    ],
)
def test_an_open_action_is_settled_by_the_next_export(
    engine: Engine, action: Action, rows: str, complete: str, expected: str
) -> None:
    bring(engine, "march.csv", MET, "yes", TUESDAY)
    agreed(engine, action)
    assert stands(engine, MONDAY) == "open"
    bring(engine, "week_after.csv", rows, complete, MONDAY)
    assert stands(engine, MONDAY) == expected


def test_of_two_exports_of_one_name_the_later_one_tells_how_far_they_reach(engine: Engine) -> None:
    bring(engine, "log.csv", MET, "yes", TUESDAY)
    agreed(engine, WRITE)
    bring(engine, "log.csv", MET + OTHER, "yes", MONDAY)
    assert stands(engine, MONDAY) == "missed"


def test_a_session_stays_with_a_candidate_whose_address_comes_to_light(engine: Engine) -> None:
    bring(engine, "march.csv", MET.replace("ana@mail.example", ""), "yes", TUESDAY)
    before = seen(engine, TUESDAY)
    (by_name,), (acme,) = before.candidates["candidate_key"], before.applications["application_key"]
    agreed(engine, Action(WRITE.sentence, "one_message", WRITE.due, application_key=acme), whose=by_name)
    bring(engine, "week_after.csv", MET + CHASED, "yes", MONDAY)
    assert by_name != KEY
    assert stands(engine, MONDAY) == "kept"


def test_a_session_is_taken_back_once_and_private_notes_and_those_of_others_stay(engine: Engine) -> None:
    bring(engine, "march.csv", MET + OTHER, "yes", TUESDAY)
    agreed(engine, WRITE, "Bring the two references.")
    agreed(engine, REST, "About Ben", whose=BENS)
    private(engine)
    scores = seen(engine, TUESDAY)
    kept = sat(engine, scores)
    (one,) = kept.shared
    assert (one.agreed, one.note, one.author) == (WRITE, "Bring the two references.", "Kim")
    assert (kept.now(HELD_ON), kept.last(date(2026, 3, 11)), kept.last(HELD_ON)) == (one, one, None)
    assert (kept.began("timing"), kept.began("over_contact")) == (HELD_ON, None)
    with writing(engine) as connection:
        take_back(one.number)(connection, "Lee", TUESDAY)
    after = sat(engine, scores)
    assert (after.shared, [note.note for note in after.private]) == ((), [SECRET])
    with pytest.raises(Conflict, match="Lee took this back already"), writing(engine) as connection:
        take_back(one.number)(connection, "Kim", TUESDAY)


def test_nothing_private_is_in_what_goes_home_and_a_copy_names_it_private(engine: Engine) -> None:
    bring(engine, "march.csv", MET, "yes", TUESDAY)
    agreed(engine, WRITE, "Bring the two references, and the certificate of the course in Dearborn, too.")
    private(engine)
    kept = sat(engine, seen(engine, TUESDAY))
    (one,) = kept.shared
    ics, page = calendar_file(one, DATES), text(one, "Ana Lind", DATES)
    unfolded = ics.replace(b"\r\n ", b"")
    for shared in (unfolded, page):
        assert b"certificate of the course in Dearborn" in shared
        for hidden in (SECRET.encode(), b"mother", b"Kim", b"Dana", b"march.csv"):
            assert hidden not in shared
    assert b"Ana" not in unfolded
    event = Calendar.from_ical(ics).walk("VEVENT")[0]
    assert (event["dtstart"].dt, event["summary"]) == (WRITE.due, WRITE.sentence)
    assert page.decode().splitlines()[-1] == "By: Fri, 13 Mar 2026"
    assert SECRET not in repr(kept.shared)
    with reading(engine) as connection:
        archive = zipfile.ZipFile(BytesIO(copy_of(connection, KEY, MONDAY)))
    held = pd.read_csv(BytesIO(archive.read("sessions.csv")), keep_default_na=False)
    assert held["private_note"].tolist() == ["", SECRET]
    with pytest.raises(ValueError, match="nothing was agreed"):
        calendar_file(replace(one, agreed=None), DATES)


def test_the_next_check_in_is_days_in_a_calendar_from_today_on_and_names_the_client_alone() -> None:
    step = Step("Acme", pd.Timestamp("2026-03-06"), pd.Timestamp("2026-03-12 23:59"), "direct")
    event = Calendar.from_ical(step_file(step, HELD_ON)).walk("VEVENT")[0]
    assert (event["dtstart"].dt, event["dtend"].dt) == (HELD_ON, date(2026, 3, 13))
    assert event["summary"] == "Check in with Acme"
    through_us = Calendar.from_ical(step_file(replace(step, route="via_agency"), HELD_ON)).walk("VEVENT")[0]
    assert through_us["summary"] == "Ask us to check in with Acme"


def test_what_was_agreed_stands_until_its_day_is_over(engine: Engine) -> None:
    bring(engine, "march.csv", MET, "yes", TUESDAY)
    agreed(engine, WRITE)
    kept = sat(engine, seen(engine, TUESDAY))
    (one,) = kept.shared
    assert kept.standing(HELD_ON) == one
    assert kept.standing(WRITE.due) == one
    assert kept.standing(WRITE.due + timedelta(days=1)) is None
