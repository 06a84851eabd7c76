"""Events that stand several times: later versions replace earlier ones, recurring ones become their occurrences.

Recurrence rules are walked by dateutil, with an end given to each, so that no rule can run away.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

MOST_OCCURRENCES: Final = 60
"""Occurrences of one event that are read."""
MOST_IN_FILE: Final = 5_000
"""Occurrences of all recurring events of a file that are read."""
_AHEAD: Final = timedelta(days=92)
_LONGEST: Final = timedelta(days=5 * 366)
_RULE: Final = re.compile(r"(?:[A-Z]+=[A-Z0-9,+:\-]*;?)+")
_TOGETHER: Final = (
    ("summary",), ("description",), ("location",), ("organizer_name", "organizer_email"),
    ("attendee_names", "attendee_emails", "attendee_roles", "attendee_states"),
)  # fmt: skip
_UNTIL: Final = re.compile(r"UNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?;?")
_REFUSED: Final = re.compile(r"BYSECOND|BYMINUTE|BYHOUR|FREQ=(?:SECONDLY|MINUTELY|HOURLY)|INTERVAL=0*(?:;|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An event read from its lines. ``start``, ``end``: local to its zone (``end`` after an all-day event's last day).

    ``occurrence``: what tells the occurrence of a series that this event replaces, ``""`` for none. ``version``: later
    ones are greater. ``stamp``: the last moment it speaks of as past. ``rule``: RRULE, ``also`` and ``never``: RDATE
    and EXDATE as local starts.
    """

    row: dict[str, str]
    line: int
    first: int
    last: int
    start: date
    end: date | None = None
    occurrence: str = ""
    version: tuple[int, str, int] = (0, "", 0)
    stamp: datetime | None = None
    rule: str = ""
    also: tuple[date, ...] = ()
    never: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What became of the entries: rows with their lines, entries that a later version replaced, and what to tell.

    ``told``: code, line, value and facts of each problem.
    """

    rows: list[tuple[int, dict[str, str]]]
    replaced: list[Entry]
    told: list[tuple[str, int, str, dict[str, str | int]]] = field(default_factory=list)


def occurrence_key(start: str, zone: str) -> str:
    """What tells one occurrence of a series: its first start, as a row has it, in UTC where its zone is known."""
    if not start.endswith("+00:00") and zone and len(start) > 10:
        try:
            moment = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        else:
            start = f"{moment.replace(tzinfo=None).isoformat(' ', 'seconds')}+00:00"
    return re.sub(r"[-:]", "", start.removesuffix("+00:00")).replace(" ", "T") + "Z" * start.endswith("+00:00")


def expanded(entries: list[Entry]) -> Read:
    """Every event once, in its latest version, and every occurrence of a recurring one."""
    told: list[tuple[str, int, str, dict[str, str | int]]] = []
    latest, replaced = _latest(entries, told)
    horizon = _horizon(latest)
    changed: dict[str, set[str]] = {}
    for entry in latest:
        if entry.occurrence and entry.row["uid"]:
            changed.setdefault(entry.row["uid"], set()).add(entry.occurrence)
    rows: list[tuple[int, dict[str, str]]] = []
    left = MOST_IN_FILE
    for entry in latest:
        if not (entry.rule or entry.also) or entry.occurrence:
            rows.append((entry.line, _identified(entry.row, entry.occurrence)))
            continue
        starts, why = _starts(entry, horizon, min(MOST_OCCURRENCES, left))
        left -= len(starts)
        if why:
            told.append(("recurring_event", entry.line, entry.row["summary"], {"why": why, "count": len(starts)}))
        taken = changed.get(entry.row["uid"], set())
        found = [(entry.line, row) for start in starts if (row := _moved(entry, start, taken)) is not None]
        rows += found if found or taken else [(entry.line, entry.row)]
    return Read(rows, replaced, told)


def _latest(
    entries: list[Entry], told: list[tuple[str, int, str, dict[str, str | int]]]
) -> tuple[list[Entry], list[Entry]]:
    """The latest version of each event, in file order, with gaps filled from earlier ones; and the earlier ones."""
    groups: dict[tuple[str, str] | int, list[Entry]] = {}
    for n, entry in enumerate(entries):
        uid = entry.row["uid"]
        groups.setdefault((uid, entry.occurrence) if uid else n, []).append(entry)
    latest, replaced = [], []
    for versions in groups.values():
        best = max(versions, key=lambda v: v.version)
        others = [v for v in versions if v is not best]
        if others:
            replaced += others
            for other in sorted(others, key=lambda v: v.version, reverse=True):
                best = replace(best, row=_completed(best.row, other.row))
            before = max(others, key=lambda v: v.version).row["start"]
            if before != best.row["start"]:
                told.append(
                    ("moved_event", best.line, best.row["summary"], {"before": before, "now": best.row["start"]})
                )
        latest.append(best)
    return sorted(latest, key=lambda e: e.line), replaced


def _completed(row: dict[str, str], earlier: dict[str, str]) -> dict[str, str]:
    """A later version with what it leaves out: a cancellation often repeats no more than the id and the time."""
    out = dict(row)
    for names in _TOGETHER:
        if not any(row[name] for name in names):
            out.update({name: earlier[name] for name in names})
    if row["start"] == earlier["start"] and not row["end"]:
        out.update({name: earlier[name] for name in ("end", "end_zone")})
    return out


def _horizon(entries: Iterable[Entry]) -> date:
    """How far recurring events are followed: a season past the last moment the file speaks of."""
    entries = list(entries)
    known = [e.stamp.date() for e in entries if e.stamp is not None]
    known += [_day(e.start) for e in entries if not e.rule]
    known = known or [_day(e.start) for e in entries]
    return _later(max(known), _AHEAD) if known else date.min


def _starts(entry: Entry, horizon: date, most: int) -> tuple[list[date], str]:
    """Starts of a recurring event up to the horizon, and why that is not all of it (``""`` where it is)."""
    whole_day = not isinstance(entry.start, datetime)
    first = _at(entry.start)
    end = min(_at(_later(max(horizon, _day(entry.start)), timedelta(1))), _after(first, _LONGEST))
    days, why = rruleset(), ""
    days.rdate(first)
    if entry.rule:
        rule, goes_on = _walked(entry.rule, first, end, entry.row["start_zone"])
        if rule is None:
            why = "its rule is not understood"
        else:
            days.rrule(rule)
            why = f"it is followed until {end.day} {end:%B %Y}" if goes_on else ""
    for other in entry.also[:MOST_OCCURRENCES]:
        days.rdate(_at(other))
    for other in entry.never[:2000]:
        days.exdate(_at(other))
    try:
        found = list(islice(takewhile(lambda moment: moment <= end, days), most + 1))
    except (ValueError, OverflowError, TypeError):
        return [entry.start], "its rule is not understood"
    if len(found) > most:
        found, why = found[:most], f"only its first {most} occurrences are read"
    return [moment.date() if whole_day else moment for moment in found], why


def _walked(text: str, first: datetime, end: datetime, zone: str) -> tuple[rrule | None, bool]:
    """A rule as dateutil walks it, up to ``end`` at most, and whether it goes on after that; None for an odd rule."""
    text = re.sub(r"\s+", "", text.upper())
    if len(text) > 300 or not _RULE.fullmatch(text) or _REFUSED.search(text):
        return None, False
    said = _UNTIL.search(text)
    try:
        until = _until(said, zone) if said else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rule = rrulestr(_UNTIL.sub("", text).strip(";"), dtstart=first)
            if not isinstance(rule, rrule):
                return None, False
            bounded = rule.replace(until=min(until, end) if until else end)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError):
        return None, False
    return bounded, "COUNT=" not in text and (until is None or until > end)


def _until(said: re.Match[str], zone: str) -> datetime:
    """The end of a rule on the clock of the event."""
    day = datetime(int(said[1]), int(said[2]), int(said[3]))
    if said[4] is None:
        return day + timedelta(hours=23, minutes=59)
    moment = day + timedelta(hours=int(said[4]), minutes=int(said[5]), seconds=int(said[6]))
    if said[7] and zone and zone != "UTC":
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment


def _moved(entry: Entry, start: date, taken: set[str]) -> dict[str, str] | None:
    """The row of one occurrence; None for one that another event replaces."""
    row = dict(entry.row)
    shift = _at(start) - _at(entry.start)
    row["start"] = _shifted(row["start"], shift)
    row["end"] = _shifted(row["end"], shift)
    row["recurrence_id"] = row["start"]
    occurrence = occurrence_key(row["start"], row["start_zone"])
    return None if occurrence in taken else _identified(row, occurrence)


def _identified(row: dict[str, str], occurrence: str) -> dict[str, str]:
    """An occurrence has an id of its own: the event's and its first start."""
    return {**row, "uid": f"{row['uid']}/{occurrence}"} if occurrence and row["uid"] else row


def _shifted(text: str, shift: timedelta) -> str:
    """A written time moved on its own clock."""
    if not text:
        return ""
    form = "%Y-%m-%d" if len(text) == 10 else "%Y-%m-%d %H:%M:%S"
    try:
        moved = datetime.strptime(text[:19], form) + shift
    except (ValueError, OverflowError):
        return text
    return moved.strftime(form) + text[19:]


def _at(moment: date) -> datetime:
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else datetime.combine(moment, time())


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _later(day: date, length: timedelta) -> date:
    try:
        return day + length
    except OverflowError:
        return date.max - timedelta(days=2)


def _after(moment: datetime, length: timedelta) -> datetime:
    try:
        return moment + length
    except OverflowError:
        return datetime.max.replace(tzinfo=None) - timedelta(days=2)
