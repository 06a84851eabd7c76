"""What goes home with the candidate: a calendar file of what was agreed, and a page of text. Nothing private is in
them, because neither a `Shared` session nor a `Step` has anything private."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import pandas as pd
from icalendar import Alarm, Calendar, Event

from analysis.handout import Step
from dashboard.coaching.held import Shared
from dashboard.dates import Dates

CALENDAR_NAME: Final = "agreed.ics"
STEP_NAME: Final = "check-in.ics"
TEXT_NAME: Final = "what-we-agreed.txt"


def calendar_file(one: Shared, dates: Dates) -> bytes:
    """The agreed action as a day in any calendar, with a reminder at nine on the day; names no person.

    Raises ``ValueError`` for a session in which nothing was agreed.
    """
    if one.agreed is None:
        raise ValueError("nothing was agreed in this session")
    name = f"session-{one.number}-{one.held_on.isoformat()}"
    due = one.agreed.due
    return _calendar(name, one.held_on, (due, due), one.agreed.sentence, "\n".join(_about(one, dates)))


def step_file(step: Step, held_on: date) -> bytes:
    """The next check-in as days in any calendar, with a reminder at nine on the first; names the client alone."""
    first, last = max(step.starts.date(), held_on), step.ends.date()
    name = f"step-{hashlib.sha256(step.client.encode()).hexdigest()[:12]}-{first.isoformat()}"
    said = f"Ask us to check in with {step.client}" if step.route == "via_agency" else f"Check in with {step.client}"
    return _calendar(name, held_on, (first, last), said, "A check-in is welcome on these days. One is enough.")


def _calendar(name: str, held_on: date, days: tuple[date, date], summary: str, about: str) -> bytes:
    event = Event()
    event.add("uid", f"{name}@followthrough.invalid")
    event.add("dtstamp", datetime.combine(held_on, time(), UTC))
    event.add("dtstart", days[0])
    event.add("dtend", days[1] + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    event.add("description", about)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(hours=9))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Followthrough//Coaching session//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def text(one: Shared, candidate: str, dates: Dates) -> bytes:
    """The same as plain text, for a mail or a print; it names the candidate and nobody else."""
    lines = [f"Coaching session: {candidate}", "", *_about(one, dates)]
    if one.agreed:
        lines += ["", f"Agreed: {one.agreed.sentence}", f"By: {dates.day(pd.Timestamp(one.agreed.due))}"]
    return "\r\n".join([*lines, ""]).encode("utf-8")


def _about(one: Shared, dates: Dates) -> list[str]:
    return [f"Agreed on {dates.day(pd.Timestamp(one.held_on))}.", *([one.note] if one.note else [])]
