"""The page of the morning without a browser: what stands on it, what a click puts away, and what can be taken along."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from contact_logs import HOSTILE_NAMES
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from analysis.put_away import PutAway
from dashboard.dates import Dates
from dashboard.morning import taking, words

APP = Path(__file__).parent.parent.parent / "dashboard" / "app.py"
HEAD = "candidate,client,route,interviewer,at,ended_at,sender,receiver,channel,kind\n"


def opened() -> AppTest:
    """The dashboard as on a first start: the sample agency on the morning of 26 October."""
    return sound(AppTest.from_file(str(APP), default_timeout=120).run())


def sound(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def pressed(at: AppTest, label: str, which: int = 0) -> AppTest:
    return sound([b for b in at.button if b.label == label][which].click().run())


def sentences(at: AppTest) -> list[str]:
    """The sentences of the rows that are drawn, in order."""
    return [
        h.split("<b>")[1].split("</b>")[0] for h in (str(b.proto.body) for b in at.get("html")) if "ft-kind" in h[:120]
    ]


def test_the_first_page_is_the_morning_with_eight_rows_at_most_each_with_its_buttons() -> None:
    at = opened()
    said = sentences(at)
    assert 2 <= len(said) <= 8
    assert said[0].startswith("Ask Inês Gonçalves to leave it")
    assert "11 people need a word: 1 to stop, 1 decision date due" in html(at)
    assert [b.label for b in at.button].count("Done") == len(said)


def test_done_takes_a_row_off_and_it_can_be_brought_back() -> None:
    at = opened()
    before = sentences(at)
    at = pressed(at, "Done")
    assert before[0] not in sentences(at)
    assert "Done." in html(at)
    assert "Put away (1)" in [e.label for e in at.expander]
    at.session_state["put-away"] = True
    at = pressed(sound(at.run()), "Bring back")
    assert sentences(at) == before


def test_later_says_until_when() -> None:
    at = pressed(opened(), "Tomorrow")
    assert "Put off until Tue, 27 Oct 2026." in html(at).replace("Tue 27", "Tue, 27")


def test_not_needed_wants_a_reason() -> None:
    at = opened()
    before = sentences(at)
    at = pressed(at, "Take it off the list")
    assert "Say why first." in html(at)
    assert sentences(at) == before
    (why, *_) = [r for r in at.radio if r.label == "Because"]
    at = pressed(sound(why.set_value("The process is over").run()), "Take it off the list")
    assert before[0] not in sentences(at)


def test_one_recruiter_sees_their_own_rows_only() -> None:
    at = opened()
    everybody = sentences(at)
    (box,) = [s for s in at.selectbox if s.label == "Recruiter"]
    mine = sentences(sound(box.select_index(1).run()))
    assert mine
    assert len(mine) < len(everybody)


def test_old_files_are_said_to_be_old_before_anybody_acts_on_them() -> None:
    at = opened().switch_page("views/upload.py").run()
    log = HEAD + "Ana Lind,Acme,direct,,2026-03-03 10:00,2026-03-03 11:00,client,candidate,video,interview\n"
    at = sound(at.file_uploader[0].set_value([("log.csv", log.encode(), "text/csv")]).run())
    at = sound(at.switch_page("views/today.py").run())
    assert "days old: load a fresh export before you act on this." in html(at)
    assert "Nobody needs a word today, as far as these files show." in html(at)


def row(**told: str) -> dict[str, object]:
    usual = {"what": "note", "candidate": "Ana", "client": "Acme", "sentence": "Call Ana.", "reason": "r", "do": "d"}
    return {**usual, "about": "a1", "since": pd.Timestamp("2026-03-03 15:00", tz="UTC"), **told}


MORNING = pd.Timestamp("2026-03-04 08:30", tz="America/New_York")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_the_table_that_is_taken_along_runs_no_formula(name: str) -> None:
    data = taking.table(pd.DataFrame([row(candidate=name, sentence=name)]), MORNING)
    (_, cells) = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert name.strip() in cells[1]


def test_the_calendar_holds_each_row_as_a_day_and_twice_taken_along_stays_one() -> None:
    rows = pd.DataFrame([row(), row(about="b2", sentence="Ask Ben to leave it.")])
    one, other = (Calendar.from_ical(taking.calendar(rows, MORNING)) for _ in range(2))
    events = one.walk("VEVENT")
    assert [str(e["summary"]) for e in events] == ["Call Ana.", "Ask Ben to leave it."]
    assert {e.decoded("dtstart") for e in events} == {date(2026, 3, 4)}
    assert [str(e["uid"]) for e in events] == [str(e["uid"]) for e in other.walk("VEVENT")]


@pytest.mark.parametrize(
    ("today", "tomorrow", "monday"),
    [("2026-03-04", "2026-03-05", "2026-03-09"), ("2026-03-06", "2026-03-09", "2026-03-09")],
)
def test_tomorrow_is_a_working_day(today: str, tomorrow: str, monday: str) -> None:
    days = words.later(date.fromisoformat(today))
    assert (days["Tomorrow"].isoformat(), days["Next Monday"].isoformat()) == (tomorrow, monday)


def test_what_was_put_away_says_how_by_whom_and_why() -> None:
    one = PutAway(1, "a", "b", "not_needed", None, "The process is over", "Kim", "2026-03-04T13:30:00+00:00")
    assert words.away(one, Dates("en-GB")).startswith("Not needed, because: The process is over (Kim, ")
