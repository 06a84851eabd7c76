"""Days and hours at which a note says something happened, seen from the day it was typed: "Tuesday night".

`analysis.named_days` reads days to come; here a weekday is the last one on or before the note's own day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from analysis.named_days import MONTHS, WEEKDAYS

FARTHEST: Final = 75
"""Days back beyond which a day without a year is not believed."""
EVENING: Final = time(18)

_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_PARTS = (
    r"(?: (?:in the )?(?:early |late |mid )?"
    r"(?P<part>morning|am|afternoon|pm|evening|eve|night|lunchtime|lunch|noon|midday)s?)?"
)
_CLOCK = (
    r"(?: ,)?(?: (?:at|around|about|approx|circa))?"
    r" (?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))? ?(?P<half>am|pm)|(?: ,)?(?: at)? (?P<h24>\d{1,2}):(?P<m24>\d{2})"
    r"|(?: ,)? at (?P<hdot>\d{1,2})\.(?P<mdot>\d{2})"
)
_AROUND = re.compile(r" (?:around|about|approx|circa) \d")
_SHAPES: Final = (
    ("ago", r"(?P<days>\d{1,2}|two|three|four|five|six) days ago"),
    ("vague", r"(?:(?:a )?(?:couple (?:of )?|few )(?:days|weeks)|a while|(?:a|one|two|three|\d) weeks?)"
              r"(?: ago| back)?|last (?:week|month)|(?:earlier )?this week|(?:over |at |on )?(?:the |this |last )?"
              r"week ?end|recently|(?:the )?other day|every (?:other )?(?:day|week)|daily|all week|twice last week"),
    ("same", r"(?:the )?(?:same|that) day|(?:the )?(?:same|that)(?= (?:evening|eve|night|afternoon|morning) )"),
    ("yesterday", r"(?:yesterday|yest|ystrdy|ysterday|y day)"),
    ("before_yesterday", r"(?:the )?day before yesterday"),
    ("last_night", r"last (?:night|evening)"),
    ("today", r"(?:earlier )?today|this (?:morning|am)|this (?:afternoon|pm)|just now|this lunchtime"),
    ("tonight", r"tonight|this evening"),
    ("future", r"tomorrow|next (?:week|month|" + _DAY + r")|(?:" + _DAY + r") (?:of )?next week"),
    ("iso", r"\d{4}-\d{2}-\d{2}"),
    ("day_month", rf"(?:(?:{_DAY})(?: ,)? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})(?: \d{{4}})?"),
    ("month_day", rf"(?:(?:{_DAY})(?: ,)? )?(?:{_MONTH}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: ,? ?\d{{4}})?"),
    ("numbers", rf"(?:(?:{_DAY})(?: ,)? )?\d{{1,2}}[/-]\d{{1,2}}(?:[/-]\d{{2,4}})?"),
    ("last_day", rf"last (?:{_DAY})"),
    ("day_nth", rf"(?:{_DAY})(?: ,)? (?:the )?{_NTH}"),
    ("day", rf"(?:this )?(?:past )?(?:{_DAY})"),
    ("nth", rf"the {_NTH}"),
)  # fmt: skip
_FIND = re.compile(" (?:on )?(?:" + "|".join(f"(?P<{n}>{s})" for n, s in _SHAPES) + ")(?= )" + _PARTS)
_TIME = re.compile(f"(?:{_CLOCK})(?= )")
_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day named in plain words: its ``shape``, its ``words``, whether an ``evening``, a ``clock`` time, its ``start``
    and ``end`` in the text."""

    shape: str
    words: str
    evening: bool
    clock: time | None
    start: int
    end: int


def past_days(text: str) -> list[PastDay]:
    """The days that plain words (`analysis.phrases.plain`) name, in their order."""
    found = []
    for match in _FIND.finditer(text):
        shape = match.lastgroup if match.lastgroup not in (None, "part", "days") else ""
        shape = next(name for name, _ in _SHAPES if match[name] is not None)
        part = match["part"] or ""
        clock = _clock(text[match.end() :], part)
        if clock is None:
            # "at 7 pm on Wednesday"
            head = text[: match.start()]
            before = [m for m in _TIME.finditer(f"{head} ") if m.end() >= len(head)]
            clock = _time(before[-1], "") if before and not _AROUND.search(before[-1][0]) else None
        evening = part in ("evening", "eve", "night") or shape in ("last_night", "tonight")
        found.append(PastDay(shape, match[shape], evening, clock, match.start(), match.end()))
    return found


def _clock(rest: str, part: str) -> time | None:
    match = _TIME.match(rest)
    return None if match is None or _AROUND.search(match[0]) else _time(match, part)


def _time(match: re.Match[str], part: str) -> time | None:
    hour, minute = (
        int(match["hour"] or match["h24"] or match["hdot"]),
        int(match["minute"] or match["m24"] or match["mdot"] or 0),
    )
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    elif hour < 7:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment_of(day: PastDay, typed: datetime, day_only: bool) -> tuple[datetime, str] | None:
    """The local moment and its precision (`analysis.log.PRECISIONS`), seen from a note ``typed`` at that local moment.

    ``day_only``: only the day of the note is known. None where the words name no one day, or one after the note.
    """
    try:
        when = _date(day, typed.date())
    except (ValueError, OverflowError):
        return None
    if when is None or not timedelta(0) <= typed.date() - when <= timedelta(days=366):
        return None
    if day.clock is not None:
        moment, precision = datetime.combine(when, day.clock), "minute"
    elif day.evening:
        moment, precision = datetime.combine(when, EVENING), "evening"
    else:
        return datetime.combine(when, time(12)), "day"
    if when == typed.date() and not day_only and moment > typed:
        return None
    return moment, precision


def _date(day: PastDay, said: date) -> date | None:
    words = day.words.replace(",", " ").split()
    weekdays = [WEEKDAYS[w] for w in words if w in WEEKDAYS]
    if day.shape in ("yesterday", "last_night"):
        return said - timedelta(days=1)
    if day.shape == "before_yesterday":
        return said - timedelta(days=2)
    if day.shape in ("today", "tonight"):
        return said
    if day.shape == "ago":
        return said - timedelta(days=_COUNTS.get(words[0]) or int(words[0]))
    if day.shape == "iso":
        return date.fromisoformat(words[0])
    if day.shape == "day":
        return said - timedelta(days=(said.weekday() - weekdays[0]) % 7)
    if day.shape == "last_day":
        # "last Tuesday" said on a Thursday is this week's or the one before
        back = (said.weekday() - weekdays[0] - 1) % 7 + 1
        return None if weekdays[0] < said.weekday() else said - timedelta(days=back)
    if day.shape == "numbers":
        return _numbers(words[-1], weekdays, said)
    if day.shape in ("nth", "day_nth"):
        number = next(int(re.sub(r"\D", "", w)) for w in words if w[0].isdigit())
        dates = [said.replace(day=1) - relativedelta(months=back) for back in range(3)]
        return _only([_put(first, number) for first in dates], weekdays, said, first=True)
    if day.shape in ("day_month", "month_day"):
        month = next(MONTHS[w] for w in words if w in MONTHS)
        numbers = [int(re.sub(r"\D", "", w)) for w in words if w[0].isdigit()]
        years = [n for n in numbers if n > 31] or [said.year, said.year - 1]
        return _only([_put(date(y, month, 1), numbers[0]) for y in years], weekdays, said, first=True)
    return None


def _put(first: date, number: int) -> date | None:
    try:
        return first.replace(day=number)
    except ValueError:
        return None


def _numbers(text: str, weekdays: list[int], said: date) -> date | None:
    """A day in numbers, where only one order of day and month gives a day shortly before the note."""
    parts = [int(p) for p in re.split(r"[/-]", text)]
    years = [parts[2] + (2000 if parts[2] < 100 else 0)] if len(parts) > 2 else [said.year, said.year - 1]
    read = {
        _put(date(year, month, 1), day)
        for year in years
        for day, month in ((parts[0], parts[1]), (parts[1], parts[0]))
        if 1 <= month <= 12
    }
    return _only(list(read), weekdays, said)


def _only(dates: list[date | None], weekdays: list[int], said: date, first: bool = False) -> date | None:
    """The one date that is near enough and of the weekday named; the latest of several where ``first``."""
    fit = [d for d in dates if d is not None and timedelta(0) <= said - d <= timedelta(days=FARTHEST)]
    fit = sorted((d for d in fit if not weekdays or d.weekday() == weekdays[0]), reverse=True)
    return fit[0] if len(fit) == 1 or (first and fit) else None
