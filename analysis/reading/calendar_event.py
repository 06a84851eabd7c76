"""One event of a calendar: its lines -> a row of text, with what is needed to place it among its versions."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.error import BrokenCalendarProperty

from analysis.reading.calendar_lines import properties
from analysis.reading.calendar_series import Entry, occurrence_key
from analysis.reading.calendar_zones import Zones

COLUMNS: Final = (
    "uid", "summary", "description", "location", "status", "start", "end", "start_zone", "end_zone", "all_day",
    "organizer_name", "organizer_email", "attendee_names", "attendee_emails", "attendee_roles", "attendee_states",
    "sequence", "recurrence_id", "method", "created", "last_modified", "owner_email",
)  # fmt: skip
"""Columns of an event, all text.

Times are local to the zone beside them, with ``+00:00`` for UTC, a bare day for all-day events (``end`` is then the
last day). ``uid`` of an occurrence of a series is the series' with the occurrence's first start behind a slash.
Attendees are joined by ``;``, by position; rooms are none. ``method`` is the calendar's: CANCEL, REQUEST, …; and
``owner_email`` the address after which the calendar is named, if it is.
"""

_FAULTS: Final = (
    ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, AssertionError, LookupError,
    NotImplementedError, RecursionError,
)  # fmt: skip
_ROOMS: Final = ("ROOM", "RESOURCE")
_STATES: Final = {"CONFIRMED": "ACCEPTED", "SENT": "NEEDS-ACTION", "DECLINED": "DECLINED", "TENTATIVE": "TENTATIVE"}
_FAR: Final = 1900, 2200


def read_event(
    lines: str, zones: Zones, method: str, owner: str, where: tuple[int, int], odd: list[tuple[str, str]]
) -> tuple[Entry | None, str]:
    """An event, or None and why it cannot be read.

    ``where``: its first line and the line behind its last, from 0. To ``odd`` the code and value of what is odd about
    it are added.
    """

    def tell(code: str, value: str) -> None:
        odd.append((code, value))

    try:
        parts, mended = properties(lines)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            event = Event.from_ical("\r\n".join(parts) + "\r\n")
        if not isinstance(event, Event):
            return None, "it is no event"
        if not isinstance(_dt(event.get("DTSTART")), date):
            return None, "it has no readable start"
        entry = _entry(event, zones, method, where, tell)
        entry.row["owner_email"] = owner
        if mended:
            tell("mended_event", entry.row["summary"])
        return entry, ""
    except _FAULTS as error:
        return None, str(error)[:120] or type(error).__name__


def _entry(event: Event, zones: Zones, method: str, where: tuple[int, int], tell: Callable[[str, str], None]) -> Entry:
    start = _one(event, "DTSTART")
    begins, begin_zone = _moment(start, zones, tell)
    ends, end_zone = _end(event, start, begin_zone, zones, tell)
    replaced = _one(event, "RECURRENCE-ID")
    first = _moment(replaced, zones, None) if isinstance(_dt(replaced), date) else None
    guests = [guest for guest in _all(event, "ATTENDEE") if not _is_room(guest)]
    organizer = _one(event, "ORGANIZER")
    sequence = _text(event, "SEQUENCE")
    row = {
        "uid": _text(event, "UID"),
        "summary": _text(event, "SUMMARY"),
        "description": _text(event, "DESCRIPTION"),
        "location": _text(event, "LOCATION"),
        "status": "CANCELLED" if method == "CANCEL" else _text(event, "STATUS").upper(),
        "start": begins,
        "end": ends,
        "start_zone": begin_zone,
        "end_zone": end_zone,
        "all_day": "no" if isinstance(start.dt, datetime) else "yes",
        "organizer_name": _parameter(organizer, "CN"),
        "organizer_email": _address(organizer),
        "attendee_names": ";".join(_name(guest) for guest in guests),
        "attendee_emails": ";".join(_address(guest) for guest in guests),
        "attendee_roles": ";".join(_parameter(guest, "ROLE") for guest in guests),
        "attendee_states": ";".join(_state(guest) for guest in guests),
        "sequence": sequence,
        "recurrence_id": first[0] if first is not None else "",
        "method": method,
        "created": _when(event, "CREATED", zones),
        "last_modified": _when(event, "LAST-MODIFIED", zones),
    }
    stamps = [moment for key in ("DTSTAMP", "LAST-MODIFIED", "CREATED") if (moment := _utc(event, key)) is not None]
    changed = max((m for key in ("DTSTAMP", "LAST-MODIFIED") if (m := _utc(event, key)) is not None), default=None)
    rule = event.get("RRULE")
    return Entry(
        row=row,
        line=where[0] + 1,
        first=where[0],
        last=where[1],
        start=_bare(start.dt),
        occurrence=occurrence_key(*first) if first is not None else "",
        version=(
            int(sequence) if re.fullmatch(r"\d{1,9}", sequence) else 0,
            f"{changed:%Y%m%d%H%M%S}" if changed else "",
            where[0],
        ),
        stamp=max(stamps, default=None),
        rule="" if rule is None or first is not None else _rule(rule),
        also=_listed(event, "RDATE", start, zones),
        never=_listed(event, "EXDATE", start, zones),
    )


def _rule(value: Any) -> str:
    """A recurrence rule as it stands in the file; ``?`` for one that cannot be read."""
    if isinstance(value, list):
        value = value[0]
    try:
        text = value.to_ical()
    except _FAULTS:
        return "?"
    return (text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)) or "?"


def _listed(event: Event, key: str, start: Any, zones: Zones) -> tuple[date, ...]:
    """Dates of RDATE or EXDATE on the clock of the event's start."""
    found: list[date] = []
    for held in _all(event, key):
        try:
            moments = [each.dt for each in getattr(held, "dts", ())]
        except _FAULTS:
            continue
        for moment in moments:
            local = _local(moment[0] if isinstance(moment, tuple) else moment, start, zones)
            if local is not None:
                found.append(local)
    return tuple(found)


def _local(moment: Any, start: Any, zones: Zones) -> date | None:
    """A moment on the clock of the event's start: a bare day for an all-day event."""
    if not isinstance(moment, date):
        return None
    if not isinstance(start.dt, datetime):
        return moment.date() if isinstance(moment, datetime) else moment
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.dt.time().replace(tzinfo=None))
    zone = zones.iana(str(start.params.get("TZID", ""))) if "TZID" in start.params else ""
    if moment.tzinfo is not None and moment.utcoffset() is not None and zone:
        try:
            return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        except OverflowError:
            return None
    return moment.replace(tzinfo=None)


def _bare(moment: date) -> date:
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def _end(event: Event, start: Any, zone: str, zones: Zones, tell: Callable[[str, str], None]) -> tuple[str, str]:
    """The end as text and its zone; of an all-day event the last day, where that is not the first."""
    end, length = _one(event, "DTEND"), _one(event, "DURATION")
    said = _dt(end)
    if isinstance(said, date):
        if isinstance(said, datetime) or isinstance(start.dt, datetime):
            return _moment(end, zones, tell)
        last = said - timedelta(days=1) if said > date.min else said
        return (last.isoformat(), "") if last > start.dt else ("", "")
    lasts = _dt(length)
    if isinstance(lasts, timedelta):
        return _after(start.dt, lasts, zone), zone
    if end is not None or length is not None:
        tell("damaged_event_part", "DTEND" if end is not None else "DURATION")
    return "", ""


def _moment(value: Any, zones: Zones, tell: Callable[[str, str], None] | None) -> tuple[str, str]:
    """A date property as text and the zone it is local to."""
    when = value.dt
    if not isinstance(when, datetime):
        return when.isoformat(), ""
    local = _written(when)
    tzid = str(value.params.get("TZID", ""))
    if tzid:
        zone = zones.iana(tzid)
        if zone:
            return local, zone
        instant = zones.instant(when.replace(tzinfo=None), tzid)
        if instant is not None:
            return f"{_written(instant)}+00:00", "UTC"
        if tell is not None:
            tell("unknown_event_zone", tzid)
        return local, ""
    if when.tzinfo is not None:
        return f"{local}+00:00", "UTC"
    return local, zones.default


def _written(moment: datetime) -> str:
    return moment.replace(tzinfo=None, microsecond=0).isoformat(" ")


def _after(start: date, length: timedelta, zone: str) -> str:
    """The end of an event that gives its length: elapsed time in its zone."""
    try:
        if not isinstance(start, datetime):
            last = start + length - timedelta(days=1)
            return last.isoformat() if last > start else ""
        if zone == "UTC" and start.tzinfo is not None:
            return f"{_written(start + length)}+00:00"
        if zone:
            aware = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) + length
            return _written(aware.astimezone(ZoneInfo(zone)))
        return _written(start.replace(tzinfo=None) + length)
    except OverflowError:
        return ""


def _when(event: Event, key: str, zones: Zones) -> str:
    value = _one(event, key)
    return _moment(value, zones, None)[0] if isinstance(_dt(value), date) else ""


def _utc(event: Event, key: str) -> datetime | None:
    moment = _dt(_one(event, key))
    if not isinstance(moment, datetime) or not _FAR[0] <= moment.year < _FAR[1]:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _dt(value: Any) -> date | timedelta | None:
    """What a date property holds; None where it is missing, listed twice or damaged."""
    try:
        held = getattr(value, "dt", None)
    except BrokenCalendarProperty:
        return None
    return held if isinstance(held, date | timedelta) else None


def _all(event: Event, key: str) -> list[Any]:
    value = event.get(key)
    return [] if value is None else value if isinstance(value, list) else [value]


def _one(event: Event, key: str) -> Any:
    found = _all(event, key)
    return found[0] if found else None


def _text(event: Event, key: str) -> str:
    value = _one(event, key)
    return "" if value is None else str(value)


def _parameter(person: Any, key: str) -> str:
    value = getattr(person, "params", {}).get(key, "") if person is not None else ""
    if isinstance(value, list):
        value = " ".join(map(str, value))
    return str(value).replace(";", ",").strip()


def _name(person: Any) -> str:
    """The name of a guest; vCalendar 1.0 writes it in front of the address."""
    named = _parameter(person, "CN")
    if named or "<" not in str(person):
        return named
    return str(person).partition("<")[0].replace(";", ",").strip(" \"'")


def _state(person: Any) -> str:
    answered = _parameter(person, "PARTSTAT").upper()
    return answered or _STATES.get(_parameter(person, "STATUS").upper(), "")


def _is_room(person: Any) -> bool:
    return _parameter(person, "CUTYPE").upper() in _ROOMS or "@resource.calendar." in str(person).lower()


def _address(person: Any) -> str:
    text = str(person) if person is not None else ""
    if "<" in text and ">" in text:
        text = text[text.index("<") + 1 :].partition(">")[0]
    return re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE).replace(";", ",").strip()
