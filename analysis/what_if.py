"""What if: the same process with one thing done differently, measured and scored by the same rules. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

import pandas as pd

from analysis.corrections import Correction
from analysis.results import Scores

Change = Literal["note", "window", "one"]
KnownAs = Callable[[int], tuple[str, ...]]
"""Identities of a contact and of its copies, by its number in the scores."""
_EVENING: Final = pd.Timedelta(hours=18)
_MORNING: Final = pd.Timedelta(hours=10)
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_OWN_TEXTS: Final = ("subject", "note", "message_id", "topics", "decision_on", "decision_asked", "gist", "correction")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One supposition on a candidate's worst case of a family.

    ``change``: ``note`` (the note sent that evening), ``window`` (the check-in sent when it was welcome), ``one`` (the
    first follow-up alone). ``at``: when, naive on the employer's clock. ``corrections`` are laid over the log; ``like``
    is the identity of a contact of which a copy with ``cells`` is added, empty where none is.
    """

    family: str
    application_key: str
    client: str
    change: Change
    at: pd.Timestamp
    corrections: tuple[Correction, ...] = ()
    like: str = ""
    cells: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a supposition gives: points of the family in its application and the candidate's overall, before and
    after (None where not shown)."""

    what_if: WhatIf
    family_before: float
    family_after: float
    overall_before: float | None
    overall_after: float | None


def what_if(scores: Scores, candidate_key: str, family: str, application_key: str, known_as: KnownAs) -> WhatIf | None:
    """What to suppose for a family of an application; None where nothing was lost, or it could not have been mended.

    ``known_as``: identities of a contact and of its copies, by its number in ``scores``.
    """
    units = scores.units[
        (scores.units["family"] == family)
        & (scores.units["candidate_key"] == candidate_key)
        & (scores.units["application_key"] == application_key)
        & (scores.units["status"] == "scored")
        & (scores.units["points"] < 100)
    ].sort_values(["points", "starts"], kind="stable")
    about = scores.applications.set_index("application_key")
    if units.empty or application_key not in about.index:
        return None
    unit, row = units.iloc[0], about.loc[application_key]
    zone, client = str(row["client_zone"]) or "UTC", str(row["client"])
    make = {"thank_you": _note, "timing": _window, "over_contact": _one}.get(family)
    found = make(scores, unit, zone, known_as) if make else None
    if found is None or found["at"].tz_localize(zone, nonexistent="shift_forward", ambiguous=True) > scores.as_of:
        return None
    return WhatIf(family, application_key, client, **found)


def outcome(idea: WhatIf, before: Scores, after: Scores, candidate_key: str) -> Outcome | None:
    """What a supposition gives; None where it would not have helped."""
    points = [
        _points(table.applications, "application_key", idea.application_key, idea.family) for table in (before, after)
    ]
    overall = [_points(table.candidates, "candidate_key", candidate_key, "overall") for table in (before, after)]
    if points[0] is None or points[1] is None or points[1] <= points[0]:
        return None
    return Outcome(idea, points[0], points[1], overall[0], overall[1])


def added(contacts: pd.DataFrame, idea: WhatIf) -> pd.DataFrame:
    """The contact that is supposed, as a row of ``contacts`` (`analysis.portion.marked`); none where none is."""
    like = contacts[contacts["identity"] == idea.like].head(1) if idea.like else contacts.head(0)
    cells = {**dict.fromkeys(_OWN_TEXTS, ""), **idea.cells} if len(like) else {}
    kinds = contacts.dtypes
    return like.assign(
        **{name: pd.Series([value] * len(like), like.index, kinds[name]) for name, value in cells.items()}
    )


def _note(scores: Scores, unit: pd.Series, zone: str, known_as: KnownAs) -> dict[str, Any] | None:
    ended = pd.Timestamp(unit["ends"]).tz_convert(zone).tz_localize(None)
    evening = max(ended.normalize() + _EVENING, ended + pd.Timedelta(hours=1))
    when, exact = (evening, "evening") if evening.hour == _EVENING.components.hours else (evening, "minute")
    notes = _of(scores, unit, "thank_you")
    if len(notes):
        return {"change": "note", "at": when, "corrections": _moved(known_as(int(notes.index[0])), when, zone, exact)}
    meetings = _of(scores, unit, "interview", of_round=True)
    if meetings.empty:
        return None
    cells = {"kind": "thank_you", "channel": "email", **_sent(when, zone, exact)}
    return {"change": "note", "at": when, "like": known_as(int(meetings.index[-1]))[0], "cells": cells}


def _window(scores: Scores, unit: pd.Series, zone: str, known_as: KnownAs) -> dict[str, Any] | None:
    if pd.isna(unit["good_from"]) or pd.isna(unit["good_to"]):
        return None
    first, last = (pd.Timestamp(unit[name]).tz_convert(zone).tz_localize(None) for name in ("good_from", "good_to"))
    morning = first.normalize() + _MORNING
    when = morning if first <= morning <= last else first
    asked = _of(scores, unit, "follow_up")
    if asked.empty:
        return None
    return {"change": "window", "at": when, "corrections": _moved(known_as(int(asked.index[0])), when, zone, "minute")}


def _one(scores: Scores, unit: pd.Series, zone: str, known_as: KnownAs) -> dict[str, Any] | None:
    asked = _of(scores, unit, "follow_up")
    if len(asked) < 2:
        return None
    gone = [each for number in asked.index[1:] for each in known_as(int(number))]
    corrections = tuple(Correction("supposed", "left_out", about) for about in dict.fromkeys(gone))
    return {"change": "one", "at": pd.Timestamp(asked["local_at"].iloc[0]), "corrections": corrections}


def _of(scores: Scores, unit: pd.Series, counted_as: str, of_round: bool = False) -> pd.DataFrame:
    """The contacts of a unit (or of its round) that were counted as one class, in order of time."""
    log = scores.contacts[scores.contacts["class"] == counted_as]
    if of_round:
        mine = log[(log["application_key"] == unit["application_key"]) & (log["round"] == unit["round"])]
    else:
        mine = log[log.index.isin([int(c) for c in unit["contacts"]])]
    return pd.DataFrame(mine.sort_values("at", kind="stable"))


def _sent(when: pd.Timestamp, zone: str, exact: str) -> dict[str, Any]:
    at = when.tz_localize(zone, nonexistent="shift_forward", ambiguous=True).tz_convert("UTC")
    return {
        "sender": "candidate",
        "receiver": "client",
        "at": at,
        "ended_at": pd.NaT,
        "precision": exact,
        "time_is": "contact",
        "state": "happened",
        "decision_day": pd.NaT,
        "told_at": pd.NaT,
    }


def _moved(about: tuple[str, ...], when: pd.Timestamp, zone: str, exact: str) -> tuple[Correction, ...]:
    at = when.tz_localize(zone, nonexistent="shift_forward", ambiguous=True).isoformat()
    return tuple(Correction("supposed", "moment", one, {"at": at, "precision": exact}) for one in about)


def _points(table: pd.DataFrame, key: str, value: str, column: str) -> float | None:
    found = table.loc[table[key] == value, column]
    return None if found.empty or pd.isna(found.iloc[0]) else float(found.iloc[0])
