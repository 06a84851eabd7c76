"""The desk's calendar as it is exported: interviews with attendees, one called off, one moved."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agency.people import AGENCY, DOMAIN, Candidate, Client, Interviewer, address

WINDOWS = {"America/Chicago": "Central Standard Time"}


def fold(line: str) -> str:
    """The line cut into pieces of at most 75 bytes, as the calendar format asks."""
    pieces, room = [""], 75
    for letter in line:
        if len((pieces[-1] + letter).encode()) > room:
            pieces.append("")
            room = 74
        pieces[-1] += letter
    return "\r\n ".join(pieces)


def escaped(text: str) -> str:
    """Text with commas, semicolons and line breaks escaped."""
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def quoted(text: str) -> str:
    """A parameter value; quoted when it needs to be."""
    return f'"{text}"' if any(c in text for c in ",;:") else text


def event(
    candidate: Candidate,
    client: Client,
    met: tuple[Interviewer, ...],
    start: datetime,
    end: datetime,
    clock: str,
    status: str = "CONFIRMED",
    sequence: int = 0,
    text: str = "",
) -> list[str]:
    """One interview. ``clock``: written in ``utc``, in the client's ``zone``, or by its ``windows`` name."""

    def at(name: str, moment: datetime) -> str:
        if clock == "utc":
            instant = moment.replace(tzinfo=ZoneInfo(client.zone)).astimezone(ZoneInfo("UTC"))
            return f"{name}:{instant:%Y%m%dT%H%M%SZ}"
        zone = WINDOWS[client.zone] if clock == "windows" else client.zone
        return f"{name};TZID={zone}:{moment:%Y%m%dT%H%M%S}"

    first, last = candidate.recruiter.split(" ", 1)
    booked = start - timedelta(days=6)
    uid = hashlib.sha256(f"{candidate.number} {client.name}".encode()).hexdigest()[:26]
    called = "Canceled: " if status == "CANCELLED" else ""
    part = "DECLINED" if status == "CANCELLED" else "ACCEPTED"
    guests = [(candidate.name, candidate.email), *((i.name, i.email) for i in met)]
    return [
        "BEGIN:VEVENT",
        at("DTSTART", start),
        at("DTEND", end),
        f"DTSTAMP:{booked:%Y%m%d}T140000Z",
        f"ORGANIZER;CN={quoted(candidate.recruiter)}:mailto:{address(first, last, DOMAIN)}",
        f"UID:{uid}@google.com",
        *(
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={part};CN={quoted(name)};X-NUM-GUESTS=0:mailto:{email}"
            for name, email in guests
        ),
        f"CREATED:{booked:%Y%m%d}T140000Z",
        f"DESCRIPTION:{escaped(text)}",
        f"LAST-MODIFIED:{booked + timedelta(days=sequence):%Y%m%d}T150000Z",
        f"SEQUENCE:{sequence}",
        f"STATUS:{status}",
        f"SUMMARY:{escaped(f'{called}Interview: {candidate.name} / {client.name}')}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def text(events: list[list[str]]) -> str:
    """The whole calendar, with a desk meeting that is no interview."""
    head = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{AGENCY} interviews",
        "X-WR-TIMEZONE:America/Detroit",
    ]
    meeting = [
        "BEGIN:VEVENT",
        "DTSTART;TZID=America/Detroit:20260706T083000",
        "DTEND;TZID=America/Detroit:20260706T090000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=16",
        "DTSTAMP:20260701T120000Z",
        "UID:desk-meeting@google.com",
        "SUMMARY:Desk meeting",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]
    lines = [*head, *meeting, *(line for e in events for line in e), "END:VCALENDAR"]
    return "".join(fold(line) + "\r\n" for line in lines)
