"""What was agreed in a coaching session, and whether it was kept: kept, missed, cannot see, or still open.

Days are those of the employer's clock. What happened on the day of the session itself counts only in the candidate's
favour, since nobody knows at what hour it was agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import pandas as pd

from analysis.calendars import holiday_days
from analysis.results import FAMILIES, Scores

Outcome = Literal["kept", "missed", "cannot see", "open"]

RULES: Final = {
    "next_round": "at the next interview, or the next wait after it, the family scores at least `least`",
    "one_message": "by the due date the candidate has sent the employer one message or more: a follow-up or thanks",
    "leave_it": "until the due date the candidate sends the employer no follow-up; answering them is fine",
}
"""How an agreed action can be checked; each needs no judgement afterwards."""

WHY: Final = (
    "not_due",
    "not_loaded",
    "seen",
    "none_seen",
    "not_complete",
    "judged",
    "no_round",
    "round_pending",
    "round_not_seen",
    "round_not_judged",
    "application_gone",
)
"""What an outcome rests on: the due day is not over; nothing was loaded since; a message that is there; none in files
that hold everything; files that may not hold everything; the points of a round; no round since; one that is not due,
not visible or not judged; an application that is no longer in the files."""

_PUSH: Final = ("follow_up", "after_rejection")
_MESSAGE: Final = (*_PUSH, "thank_you")
_ABSENT: Final = ("thank_you_missing", "missed", "panel_partly_thanked")
"""Findings that rest on something that was not seen."""


@dataclass(frozen=True, slots=True)
class Action:
    """One agreed action: a sentence for the candidate, its rule (of `RULES`), and by when.

    ``family`` (of `analysis.results.FAMILIES`) and ``least`` (points) belong to ``next_round``; ``application_key``
    narrows it to one application, empty for any.
    """

    sentence: str
    rule: str
    due: date
    family: str = ""
    least: float = 90.0
    application_key: str = ""

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"there is no rule {self.rule!r}; one of {', '.join(RULES)} is")
        if (self.rule == "next_round") != (self.family in FAMILIES):
            raise ValueError("a family belongs to the rule next_round, and to no other")

    @property
    def practises(self) -> str:
        """The family that is practised."""
        return {"one_message": "timing", "leave_it": "over_contact"}.get(self.rule, self.family)


@dataclass(frozen=True, slots=True)
class Check:
    """How an action stands: ``why`` (of `WHY`), the day of what decided it, points, and where that stands.

    ``reason``: code of `analysis.advice.REASONS` where a round could not be judged.
    """

    outcome: Outcome
    why: str
    on: date | None = None
    points: float | None = None
    references: tuple[str, ...] = ()
    reason: str = ""


def outcome(
    action: Action, agreed_on: date, scores: Scores, candidate_key: str, loaded: Mapping[str, date] | None = None
) -> Outcome:
    """How an action agreed on a day stands in a result, see `check`."""
    return check(action, agreed_on, scores, candidate_key, loaded).outcome


def check(
    action: Action, agreed_on: date, scores: Scores, candidate_key: str, loaded: Mapping[str, date] | None = None
) -> Check:
    """How an action agreed on a day stands in a result, and what that rests on.

    ``loaded``: file of the contacts -> the day it was loaded. What a file does not show was not done only where it
    holds everything and was loaded after the day in question; None: every file reaches the moment of the scores.
    """
    mine = _Known(action, scores, candidate_key, loaded)
    if action.application_key and mine.applications.empty:
        return Check("cannot see" if mine.over(action.due) else "open", "application_gone")
    if action.rule == "next_round":
        return _next_round(action, agreed_on, scores, mine)
    contacts = mine.contacts[mine.contacts["class"].isin(_PUSH if action.rule == "leave_it" else _MESSAGE)]
    day = contacts["local_at"].dt.normalize()
    since = day > pd.Timestamp(agreed_on) if action.rule == "leave_it" else day >= pd.Timestamp(agreed_on)
    within = contacts[since & (day <= pd.Timestamp(action.due))].sort_values("local_at", kind="stable")
    done: Outcome = "missed" if action.rule == "leave_it" else "kept"
    left: Outcome = "kept" if action.rule == "leave_it" else "missed"
    if len(within):
        return Check(done, "seen", within["local_at"].iloc[0].date(), references=tuple(within["reference"]))
    if not mine.over(action.due):
        return Check("open", "not_due")
    if mine.all_seen(action.due):
        return Check(left, "none_seen")
    if mine.is_behind(action.due):
        return Check("open", "not_loaded")
    return Check("cannot see", "not_complete")


def working_day(after: date, count: int, calendar: str) -> date:
    """The day ``count`` working days after a day, which is rolled forward first; 0 gives the day itself or the next.

    ``calendar`` as in `analysis.calendars.valid_calendar`; ``""`` knows weekends only.
    """
    off = holiday_days(calendar, range(after.year, after.year + 2 + count // 250))
    found = np.busday_offset(np.datetime64(after), count, roll="forward", holidays=off)
    return date.fromisoformat(str(found))


class _Known:
    """What a result knows of one candidate, and of one application where the action names it."""

    def __init__(self, action: Action, scores: Scores, key: str, loaded: Mapping[str, date] | None) -> None:
        tables = []
        for table in (scores.applications, scores.contacts, scores.units):
            part = table[table["candidate_key"] == key]
            if action.application_key:
                part = part[part["application_key"] == action.application_key]
            tables.append(part)
        self.applications, self.contacts, self.units = tables
        self._as_of, self._loaded = scores.as_of, loaded

    def over(self, due: date) -> bool:
        """Whether a day is over at every employer in question."""
        zones = set(self.applications["client_zone"]) - {""} or {str(self._as_of.tz)}
        return all(self._as_of.tz_convert(zone).date() > due for zone in zones)

    def all_seen(self, until: date) -> bool:
        """Whether files that hold everything reach beyond a day: what they do not show until then was not done."""
        whole = self.contacts.loc[self.contacts["complete"], "file"].unique()
        if self._loaded is None:
            return bool(len(whole))
        return any(self._loaded.get(str(file), date.min) > until for file in whole)

    def is_behind(self, until: date) -> bool:
        """Whether no file at all was loaded after a day: the next one may tell."""
        return self._loaded is not None and max(self._loaded.values(), default=date.min) <= until

    def days(self, units: pd.DataFrame, column: str) -> pd.Series:
        """The local day of instants, on the clock of each unit's employer."""
        zone = units["application_key"].map(self.applications.set_index("application_key")["client_zone"])
        local = [
            t.tz_convert(z or "UTC").tz_localize(None).normalize() if not pd.isna(t) else pd.NaT
            for t, z in zip(units[column], zone, strict=True)
        ]
        return pd.Series(local, index=units.index, dtype="datetime64[us]")


def _next_round(action: Action, agreed_on: date, scores: Scores, mine: _Known) -> Check:
    units = mine.units[(mine.units["family"] == action.family) & mine.units["starts"].notna()]
    units = units.assign(day=mine.days(units, "starts")).sort_values("starts", kind="stable")
    scored = units["status"] == "scored"
    today = units[(units["day"] == pd.Timestamp(agreed_on)) & scored & (units["points"] >= action.least)]
    later = units[units["day"] > pd.Timestamp(agreed_on)]
    judged = pd.concat([today, later[later["status"] == "scored"]])
    if judged.empty:
        return _not_judged(later, "no_round" if mine.over(action.due) else "not_due")
    unit = judged.iloc[0]
    held, points = unit["day"].date(), float(unit["points"])
    rows = scores.rows[scores.rows["unit_key"] == unit["unit_key"]]
    shown = scores.contacts.loc[list(unit["contacts"]), "reference"]
    if points >= action.least:
        if action.family == "over_contact" and not mine.over(action.due):
            return Check("open", "not_due", held, points)
        return Check("kept", "judged", held, points, tuple(shown))
    absent = bool((rows["finding"].isin(_ABSENT) & (rows["points"] > 0)).any())
    until = mine.days(judged.head(1), "good_to").iloc[0]
    by_files = bool(mine.contacts["complete"].any())
    if absent and by_files and not mine.all_seen(held if pd.isna(until) else until.date()):
        return Check("open", "not_loaded", held)
    return Check("missed", "judged", held, points, tuple(shown))


def _not_judged(later: pd.DataFrame, none: str) -> Check:
    """Where no round since could be judged: the first of not seen, not due, not judged at all; ``none``: why if none
    began."""
    found: tuple[tuple[str, Outcome, str], ...] = (
        ("cannot see", "cannot see", "round_not_seen"),
        ("pending", "open", "round_pending"),
        ("not scored", "open", "round_not_judged"),
    )
    for status, how, why in found:
        units = later[later["status"] == status]
        if len(units):
            return Check(how, why, units["day"].iloc[0].date(), reason=str(units["reason"].iloc[0]))
    return Check("open", none)
