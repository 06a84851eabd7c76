"""An ICS calendar -> `RawTable`, one row an event, by the icalendar library an event at a time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd
from icalendar import Event
from icalendar.error import BrokenCalendarProperty
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from analysis.problems import Problem, problem
from analysis.reading.decode import decode
from analysis.reading.empty import nothing_read, rejects
from analysis.reading.ledger import Ledger
from analysis.reading.lines import Lines, find_lines
from analysis.reading.raw import Dialect, RawTable

COLUMNS: Final = (
    "uid", "summary", "description", "location", "status", "start", "end", "start_zone", "end_zone", "all_day",
    "organizer_name", "organizer_email", "attendee_names", "attendee_emails", "attendee_roles", "attendee_states",
    "sequence", "recurrence_id", "created", "last_modified",
)  # fmt: skip
"""Columns of an event, all text. Times are local to the zone beside them, with ``+00:00`` for UTC, a bare day for
all-day events (whose end is the day after, as ICS has it). Attendees are joined by ``;``, by position."""

_BOUNDARY = re.compile(rb"^[ \t]*(BEGIN|END):([A-Za-z0-9-]+)[ \t]*$", re.IGNORECASE)
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines ``first`` up to ``last``; ``kind`` is VEVENT, VTIMEZONE, … or "" for the calendar's own lines."""

    kind: str
    first: int
    last: int
    whole: bool = True


def read_calendar(data: bytes, name: str, sha256: str) -> RawTable:
    """Read the events of an ICS file; an event that cannot be read is set aside with its lines."""
    decoded = decode(data, name)
    lines = find_lines(decoded.data)
    problems: list[Problem] = list(decoded.problems)
    blocks = _blocks(lines)
    zones = _Zones(lines, blocks)
    ledger = Ledger(len(lines))
    rows: list[dict[str, str]] = []
    starts: list[int] = []
    aside: list[tuple[int, str]] = []
    for block in blocks:
        first, last = np.array([block.first]), np.array([block.last])
        line = block.first + 1
        if block.kind == "":
            ledger.header(first, last)
        elif block.kind != "VEVENT":
            ledger.drop({"VTIMEZONE": "time zone", "BLANK": "blank"}.get(block.kind, "not an event"), first, last)
        else:
            text = lines.text(block.first, block.last)
            why = "" if block.whole else "it has no end"
            row: dict[str, str] | None = None
            if not why:
                row, why = _row(text, zones, lambda code, value, at=line: problems.append(  # type: ignore[misc]
                    problem(code, name, at, value=value)
                ))
            if row is None:
                aside.append((line, text))
                problems.append(problem("damaged_event", name, line, value=text, why=why))
                ledger.set_aside(first, last)
            else:
                rows.append(row)
                starts.append(line)
                ledger.rows(first, last)
    if not rows:
        code = "unreadable_calendar" if aside else "no_rows"
        problems.append(problem(code, name))
        if not aside:
            frame = _frame([])
            account = ledger.account()
            empty = rejects([], [], [])
            at = np.zeros(0, dtype=np.int64)
            spoken = _dialect(decoded.encoding)
            return RawTable(name, "calendar", sha256, frame, at, account, empty, tuple(problems), spoken)
        if not any(block.whole for block in blocks if block.kind == "VEVENT"):
            return nothing_read(decoded.data, name, sha256, "calendar", tuple(problems))
    return RawTable(
        name,
        "calendar",
        sha256,
        _frame(rows),
        np.array(starts, dtype=np.int64),
        ledger.account(),
        rejects([a[0] for a in aside], ["damaged_event"] * len(aside), [a[1] for a in aside]),
        tuple(sorted(problems, key=lambda p: p.line)),
        _dialect(decoded.encoding),
    )


def _frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series([row[c] for row in rows], dtype="str") for c in COLUMNS})


def _dialect(encoding: str) -> Dialect:
    return Dialect(encoding, "", "", "", 0)


def _blocks(lines: Lines) -> list[_Block]:
    """The file cut at BEGIN and END of the components below VCALENDAR; every line is in one block."""
    blocks: list[_Block] = []
    stack: list[str] = []
    opened = 0

    def own(first: int, last: int) -> None:
        for i in range(first, last):
            blank = not lines.data[lines.starts[i] : lines.ends[i]].strip()
            blocks.append(_Block("BLANK" if blank else "", i, i + 1))

    outside = 0
    for i in range(len(lines)):
        found = _BOUNDARY.match(lines.data[lines.starts[i] : lines.ends[i]])
        if not found:
            continue
        begins, component = found.group(1).upper() == b"BEGIN", found.group(2).decode().upper()
        if component == "VCALENDAR":
            if stack:
                blocks.append(_Block(stack[0], opened, i, whole=False))
                stack, outside = [], i
            continue
        if begins:
            if stack and (component == "VEVENT" or component == stack[0]):
                blocks.append(_Block(stack[0], opened, i, whole=False))
                stack = []
                outside = i
            if not stack:
                own(outside, i)
                opened = i
            stack.append(component)
        elif stack and component in stack:
            del stack[stack.index(component) :]
            if not stack:
                blocks.append(_Block(component, opened, i + 1))
                outside = i + 1
    if stack:
        blocks.append(_Block(stack[0], opened, len(lines), whole=False))
    else:
        own(outside, len(lines))
    return blocks


class _Zones:
    """The zones that a calendar declares, and the calendar's own zone for times that name none."""

    def __init__(self, lines: Lines, blocks: list[_Block]) -> None:
        own = "\n".join(lines.text(b.first, b.last) for b in blocks if b.kind == "")
        named = re.search(r"^X-WR-TIMEZONE[^:\n]*:(.+?)\s*$", own, re.MULTILINE | re.IGNORECASE)
        self.declared: dict[str, str] = {}
        self.default = ""
        for block in blocks:
            if block.kind != "VTIMEZONE" or not block.whole:
                continue
            text = lines.text(block.first, block.last)
            tzid = re.search(r"^TZID[^:\n]*:(.+?)\s*$", text, re.MULTILINE)
            place = re.search(r"^X-LIC-LOCATION[^:\n]*:(.+?)\s*$", text, re.MULTILINE)
            if tzid and place:
                self.declared[tzid.group(1)] = place.group(1)
        if named:
            self.default = self.iana(named.group(1))

    def iana(self, tzid: str) -> str:
        """The IANA name for a TZID, "" if none is known."""
        tzid = tzid.strip().strip('"')
        for name in (tzid, WINDOWS_TO_OLSON.get(tzid, ""), self.declared.get(tzid, ""), _named_in(tzid)):
            if name in _iana_names():
                return name
        return ""


@lru_cache(maxsize=1)
def _iana_names() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=256)
def _named_in(tzid: str) -> str:
    """A name at the end of a longer id, as in ``/vendor/20230104/Europe/Berlin``."""
    parts = tzid.strip("/").split("/")
    for start in range(len(parts)):
        name = "/".join(parts[start:])
        if name in _iana_names():
            return name
    return ""


def _row(text: str, zones: _Zones, tell: Callable[[str, str], None]) -> tuple[dict[str, str] | None, str]:
    """The event as a row, or None and why it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            event = Event.from_ical(re.sub(r"\r\n|\r|\n", "\r\n", _FOLD.sub("", text)))
        return _fields(event, zones, tell) if isinstance(event, Event) else (None, "it is no event")
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError) as error:
        return None, str(error)[:120] or type(error).__name__


def _dt(value: Any) -> date | timedelta | None:
    """What a date property holds; None where it is missing, listed twice or damaged."""
    try:
        held = getattr(value, "dt", None)
    except BrokenCalendarProperty:
        return None
    return held if isinstance(held, date | timedelta) else None


def _fields(event: Event, zones: _Zones, tell: Callable[[str, str], None]) -> tuple[dict[str, str] | None, str]:
    start = event.get("DTSTART")
    if not isinstance(_dt(start), date):
        return None, "it has no readable start"
    begins, begin_zone = _moment(start, zones, tell)
    ends, end_zone = "", ""
    end = event.get("DTEND")
    length = event.get("DURATION")
    if isinstance(_dt(end), date):
        ends, end_zone = _moment(end, zones, tell)
    elif isinstance(_dt(length), timedelta):
        ends, end_zone = _after(start.dt, length.dt, begin_zone), begin_zone
    elif end is not None or length is not None:
        tell("damaged_event_part", "DTEND" if end is not None else "DURATION")
    if event.get("RRULE") is not None:
        tell("recurring_event", _text(event, "SUMMARY"))
    people = event.get("ATTENDEE") or []
    people = people if isinstance(people, list) else [people]
    organizer = event.get("ORGANIZER")
    organizer = organizer[0] if isinstance(organizer, list) else organizer
    return {
        "uid": _text(event, "UID"),
        "summary": _text(event, "SUMMARY"),
        "description": _text(event, "DESCRIPTION"),
        "location": _text(event, "LOCATION"),
        "status": _text(event, "STATUS"),
        "start": begins,
        "end": ends,
        "start_zone": begin_zone,
        "end_zone": end_zone,
        "all_day": "no" if isinstance(start.dt, datetime) else "yes",
        "organizer_name": _parameter(organizer, "CN"),
        "organizer_email": _address(organizer),
        "attendee_names": ";".join(_parameter(p, "CN") for p in people),
        "attendee_emails": ";".join(_address(p) for p in people),
        "attendee_roles": ";".join(_parameter(p, "ROLE") for p in people),
        "attendee_states": ";".join(_parameter(p, "PARTSTAT") for p in people),
        "sequence": _text(event, "SEQUENCE"),
        "recurrence_id": _when(event, "RECURRENCE-ID", zones),
        "created": _when(event, "CREATED", zones),
        "last_modified": _when(event, "LAST-MODIFIED", zones),
    }, ""


def _moment(value: Any, zones: _Zones, tell: Callable[[str, str], None] | None) -> tuple[str, str]:
    """A date property as text and the zone it is local to."""
    when = value.dt
    if not isinstance(when, datetime):
        return when.isoformat(), ""
    local = f"{when:%Y-%m-%d %H:%M:%S}" if when.year >= 1000 else when.replace(tzinfo=None).isoformat(" ")
    tzid = str(value.params.get("TZID", ""))
    if tzid:
        zone = zones.iana(tzid)
        if not zone and tell is not None:
            tell("unknown_event_zone", tzid)
        return local, zone
    if when.tzinfo is not None:
        return f"{local}+00:00", "UTC"
    return local, zones.default


def _after(start: date, length: timedelta, zone: str) -> str:
    """The end of an event that gives its length: elapsed time in its zone."""
    try:
        if not isinstance(start, datetime):
            return (start + length).isoformat()
        if zone == "UTC" and start.tzinfo is not None:
            return f"{start + length:%Y-%m-%d %H:%M:%S}+00:00"
        if zone:
            aware = start.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC")) + length
            return f"{aware.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"
        return f"{start.replace(tzinfo=None) + length:%Y-%m-%d %H:%M:%S}"
    except OverflowError:
        return ""


def _when(event: Event, key: str, zones: _Zones) -> str:
    value = event.get(key)
    return _moment(value, zones, None)[0] if isinstance(_dt(value), date) else ""


def _text(event: Event, key: str) -> str:
    value = event.get(key)
    if isinstance(value, list):
        value = value[0]
    return "" if value is None else str(value)


def _parameter(person: Any, key: str) -> str:
    value = getattr(person, "params", {}).get(key, "") if person is not None else ""
    if isinstance(value, list):
        value = " ".join(map(str, value))
    return str(value).replace(";", ",").strip()


def _address(person: Any) -> str:
    return re.sub(r"^mailto:", "", str(person), flags=re.IGNORECASE).replace(";", ",").strip() if person else ""

