"""Days that people name in words: "the 20th", "end of next week", "by Friday".

Numbers alone ("10/16") are left to `analysis.when`, which knows the order of day and month of a column; only
ISO dates are read here. A vague date is the latest day it may plausibly mean (docs/rules.md, "Vague dates").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pandas as pd
from dateutil.relativedelta import FR, relativedelta

from analysis.phrases import plain, readable

WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mondays montag lunes lundi",
            "tue tues tuesday dienstag martes mardi",
            "wed weds wednesday mittwoch miercoles mercredi",
            "thu thur thurs thursday donnerstag jueves jeudi",
            "fri friday freitag viernes vendredi",
            "sat saturday samstag sabado samedi",
            "sun sunday sonntag domingo dimanche",
        )
    )
    for name in names.split()
}
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar enero janvier",
            "feb february februar febrero fevrier",
            "mar march marz maerz marzo mars",
            "apr april abril avril",
            "may mai mayo",
            "jun june juni junio juin",
            "jul july juli julio juillet",
            "aug august agosto aout",
            "sep sept september septiembre septembre",
            "oct october oktober octubre octobre okt",
            "nov november noviembre novembre",
            "dec december dezember diciembre decembre dez",
        ),
        1,
    )
    for name in names.split()
}
_NUMBERS: Final = {
    "a": 1, "an": 1, "another": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "couple": 2, "few": 3, "fortnight": 2,
}  # fmt: skip

_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NTH = (
    r"\d{1,2}(?:st|nd|rd|th)(?! (?:round|interview|stage|meeting|call|email|message|text|follow|chase|check|note|visit"
    r"|attempt|time|try|choice|chance|placed?|person|candidate|one|floor|shift|line|half|quarter|degree|year|week)s?\b)"
)
_DATED = rf"(?:{_NTH}|\d{{1,2}}(?![\d:/]))"
_YEAR = r"(?:(?: ,)? \d{4})?"
_ON_DAY = rf"(?:(?:{_DAY})(?: ,)? )?"
_SPAN = r"(?:business |working |calendar )?(?:days?|weeks?|fortnights?|months?)"
_COUNT = rf"(?:a couple(?: of)?|couple(?: of)?|a few|{'|'.join(_NUMBERS)}|\d{{1,2}})"

_SHAPES: Final[tuple[tuple[str, str], ...]] = (
    ("iso", r"\d{4}-\d{2}-\d{2}"),
    ("numbers", r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?"),
    ("day_month", rf"{_ON_DAY}(?:the )?{_DATED}(?: of)?(?: \.)? (?:{_MONTH}){_YEAR}"),
    ("month_day", rf"{_ON_DAY}(?:{_MONTH}) (?:the )?{_DATED}{_YEAR}"),
    ("end_of_week", r"(?:the )?(?:end of (?:the |this )?week|end of this week|later this week|this week)"),
    ("next_week_day", rf"(?:{_DAY}) (?:of )?next week|next week (?:on )?(?:{_DAY})"),
    ("after_next", r"(?:the )?week after next"),
    ("early_next_week", r"(?:early|beginning of|start of|the beginning of|the start of|first thing) next week"),
    ("middle_next_week", r"(?:mid|middle of|the middle of) next week"),
    ("next_week", r"(?:(?:the )?end of |late |later |some ?time |sometime )?(?:the )?(?:next|following) week"),
    ("part_of_month", rf"(?:the )?(?:(?:early|mid|late|later)(?: in| of)?|(?:beginning|start|middle|end) of)"
                      rf" (?:the |this |next )?(?:{_MONTH}|month)"),
    ("day_week", rf"(?:{_DAY}) week|(?:a )?week on (?:{_DAY})"),
    ("day_nth", rf"(?:{_DAY})(?: ,)? (?:the )?{_NTH}"),
    ("next_day", rf"next (?:{_DAY})"),
    ("day", rf"(?:this |coming )?(?:{_DAY})"),
    ("nth", rf"(?:the )?{_NTH}"),
    ("tomorrow", r"(?:by )?(?:tomorrow|morgen|manana|demain)(?! (?:morgen))"),
    ("today", r"(?:end of (?:the )?day|close of business|cob|today|tonight|this (?:morning|afternoon|evening))"),
    ("span", rf"(?:(?:in|within|over|after) )?(?:about |around |roughly |the next )?{_COUNT} (?:more )?{_SPAN}"),
    ("next_month", r"(?:some ?time )?(?:next|this) month"),
)  # fmt: skip

DATE_WORDS: Final = "|".join(f"(?:{shape})" for _, shape in _SHAPES)
"""Expression for a day named in plain words (`analysis.phrases.plain`), without group names."""

_FIND = re.compile("|".join(f"(?P<{name}> (?:{shape}))(?= )" for name, shape in _SHAPES))
_UNCLEAR = re.compile(r" (?:not before|no earlier than|no sooner than|after|from|since|or|maybe not|before) ")
_YEARS = re.compile(r" (\d{4}) ")
Found = tuple[date | None, bool]


def decision_days(words: pd.Series, said_on: pd.Series) -> pd.DataFrame:
    """The day each text names, seen from the day it was said.

    ``words``: text. ``said_on``: datetimes (naive; the day counts), aligned by position. Returns ``day``
    (datetime64[us], naive midnight, NaT where no one day is named) and ``vague`` (bool: the latest plausible day
    of an inexact date), with the index of ``words``. Worked out once per distinct pair.
    """
    days = pd.Series(said_on.to_numpy()).astype("datetime64[us]").dt.normalize()
    pairs = pd.DataFrame({"words": words.fillna("").astype("str").to_numpy(), "day": days})
    number = pairs.groupby(["words", "day"], sort=False, dropna=False).ngroup().to_numpy()
    distinct = pairs.drop_duplicates()
    said = [None if pd.isna(day) else day.date() for day in distinct["day"]]
    named = [_named_day(text, day) for text, day in zip(distinct["words"], said, strict=True)]
    found = pd.DataFrame(
        {
            "day": pd.Series([d for d, _ in named], dtype="object").astype("datetime64[us]"),
            "vague": pd.Series([v for _, v in named], dtype="bool"),
        }
    )
    return found.take(number).set_axis(words.index)


_SHORTHAND: Final = {"wk": "week", "eow": "end of week", "eom": "end of month", "eod": "end of day"}


def _named_day(words: str, said: date | None) -> Found:
    """Day and vagueness of one text; (None, False) where it names none, two, or a bound only."""
    text = plain(readable(words)[:300], _SHORTHAND)
    if _UNCLEAR.search(text) and " after next " not in text:
        return None, False
    found = list(_FIND.finditer(text))
    if len(found) != 1:
        return None, False
    shape = found[0].lastgroup or ""
    try:
        day, vague = _READERS[shape](found[0][0].strip(), said)
    except (ValueError, OverflowError):
        return None, False
    if said is not None and day is not None and day < said and shape != "iso":
        return None, False
    return day, vague and day is not None


def _iso(text: str, said: date | None) -> Found:
    day = date.fromisoformat(text)
    return (None if said is not None and day < said else day), False


def _numbers(text: str, said: date | None) -> Found:
    return None, False


def _with_month(text: str, said: date | None) -> Found:
    """A day of a named month; without a year the first such day on or after ``said``."""
    month = next(MONTHS[w] for w in text.split() if w in MONTHS)
    day = next(int(re.sub(r"\D", "", w)) for w in text.split() if w[0].isdigit() and len(w) <= 4)
    year = _YEARS.search(f" {text} ")
    if year:
        named = date(int(year[1]), month, day)
        return (None if said is not None and named < said else named), False
    if said is None:
        return None, False
    for years in range(5):
        try:
            named = date(said.year + years, month, day)
        except ValueError:
            continue
        if named >= said:
            return named if _weekday_agrees(text, named) else None, False
    return None, False


def _weekday_agrees(text: str, day: date) -> bool:
    """False where the words name another weekday than the day is."""
    return all(WEEKDAYS[w] == day.weekday() for w in text.split() if w in WEEKDAYS)


def _nth(text: str, said: date | None) -> Found:
    """The first day of that number on or after ``said`` (and of that weekday, within a year)."""
    if said is None:
        return None, False
    number = next(int(re.sub(r"\D", "", w)) for w in text.split() if w[0].isdigit())
    for month in range(3):
        first = said.replace(day=1) + relativedelta(months=month)
        try:
            day = first.replace(day=number)
        except ValueError:
            continue
        if day >= said and _weekday_agrees(text, day):
            return day, False
    return None, False


def _day_of_week(text: str, said: date | None) -> Found:
    if said is None:
        return None, False
    number = next(WEEKDAYS[w] for w in text.split() if w in WEEKDAYS)
    return said + timedelta(days=(number - said.weekday() - 1) % 7 + 1), False


def _next_day(text: str, said: date | None) -> Found:
    """ "Next Friday" may be this week's or the next one's: the later."""
    return _next_week_day(text, said)[0], True


def _day_week(text: str, said: date | None) -> Found:
    day, _ = _day_of_week(text, said)
    return (None if day is None else day + timedelta(days=7)), False


def _next_week_day(text: str, said: date | None) -> Found:
    if said is None:
        return None, False
    number = next(WEEKDAYS[w] for w in text.split() if w in WEEKDAYS)
    return said + timedelta(days=7 - said.weekday() + number), False


def _friday(weeks: int) -> Callable[[str, date | None], Found]:
    def read(text: str, said: date | None) -> Found:
        if said is None:
            return None, False
        monday = said - timedelta(days=said.weekday())
        friday = monday + timedelta(days=4 + 7 * weeks)
        return (friday if friday >= said else friday + relativedelta(weekday=FR(2))), True

    return read


def _weekday_of_next_week(number: int) -> Callable[[str, date | None], Found]:
    def read(text: str, said: date | None) -> Found:
        return (None if said is None else said + timedelta(days=7 - said.weekday() + number)), True

    return read


def _part_of_month(text: str, said: date | None) -> Found:
    """Early is the 10th, mid the 20th, late and end the last day of the month."""
    if said is None:
        return None, False
    words = text.split()
    month = next((MONTHS[w] for w in words if w in MONTHS), 0)
    early, middle = {"early", "beginning", "start"} & set(words), {"mid", "middle"} & set(words)
    first = said.replace(day=1)
    if month:
        first = date(said.year + (month < said.month), month, 1)
    elif "next" in words:
        first += relativedelta(months=1)
    step = 12 if month else 1
    for _ in range(2):
        last = first + relativedelta(months=1, days=-1)
        day = first.replace(day=10) if early else first.replace(day=20) if middle else last
        if day >= said:
            return day, True
        first += relativedelta(months=step)
    return None, False


def _today(text: str, said: date | None) -> Found:
    return said, False


def _tomorrow(text: str, said: date | None) -> Found:
    return (None if said is None else said + timedelta(days=1)), False


def _span(text: str, said: date | None) -> Found:
    """ "In two weeks", "a few days", "within a week": so many business days (5 a week) or months on."""
    if said is None:
        return None, False
    words = text.split()
    count = next((int(w) for w in words if w.isdigit()), 0)
    if not count:
        count = max(_NUMBERS.get(w, 0) for w in words)
    if any(w.startswith("month") for w in words):
        return said + relativedelta(months=count), True
    per = 10 if any(w.startswith("fortnight") for w in words) else 5 if any(w.startswith("week") for w in words) else 1
    return _business_days(said, count * per), True


def _business_days(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _next_month(text: str, said: date | None) -> Found:
    if said is None:
        return None, False
    months = 2 if "next" in text.split() else 1
    return said.replace(day=1) + relativedelta(months=months, days=-1), True


_READERS: Final[dict[str, Callable[[str, date | None], Found]]] = {
    "iso": _iso,
    "numbers": _numbers,
    "day_month": _with_month,
    "month_day": _with_month,
    "end_of_week": _friday(0),
    "next_week_day": _next_week_day,
    "after_next": _friday(2),
    "early_next_week": _weekday_of_next_week(1),
    "middle_next_week": _weekday_of_next_week(3),
    "next_week": _friday(1),
    "part_of_month": _part_of_month,
    "day_week": _day_week,
    "day_nth": _nth,
    "next_day": _next_day,
    "day": _day_of_week,
    "nth": _nth,
    "tomorrow": _tomorrow,
    "today": _today,
    "span": _span,
    "next_month": _next_month,
}
