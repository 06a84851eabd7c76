"""The policy: every number that can move a score, read from records and frozen.

`default_policy` gives the article's defaults; `load_policy` reads a user's file over them. A record's
unit, meaning, source and date travel with it (`Policy.records`), so that a receipt can name them.
"""

from __future__ import annotations

import copy
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from typing import Any, Final, TypeVar, get_type_hints

from analysis.limits import Curve as Curve
from analysis.limits import PolicyError as PolicyError
from analysis.limits import Value as Value
from analysis.limits import within


@dataclass(frozen=True, slots=True)
class Record:
    """One number of the policy with what it is and where it comes from."""

    name: str
    value: Value
    unit: str
    meaning: str
    source: str
    since: str


@dataclass(frozen=True, slots=True)
class Weights:
    """Share of each family in the overall score; the six add up to 1."""

    thank_you: float
    timing: float
    over_contact: float
    contact_details: float
    decision_date: float
    note_quality: float


@dataclass(frozen=True, slots=True)
class Overall:
    """When an overall score is shown and what holds it down."""

    least_weight: float
    least_main: float
    over_contact_caps: Curve
    provisional_below: float


@dataclass(frozen=True, slots=True)
class Bands:
    """Lowest points of the words strong, good and needs a tweak."""

    strong: float
    good: float
    tweak: float


@dataclass(frozen=True, slots=True)
class Classes:
    """Windows by which a contact's class is worked out (the only part of the policy the facts depend on)."""

    duplicate_minutes: float
    same_call_seconds: float
    reply_days: float
    courtesy_days: float
    thank_you_days: float
    assumed_minutes: float
    talk_seconds: float
    sure_enough: float


@dataclass(frozen=True, slots=True)
class ThankYou:
    """Thank-you promptness."""

    hours: Curve
    hours_later: float
    card_days: Curve
    card_later: float
    days: Curve
    days_later: float
    best_share: float
    zero_days: float
    zero_hours: float
    moved_hours: float
    early_minutes: float


@dataclass(frozen=True, slots=True)
class Timing:
    """Timing of the first follow-up of a waiting cycle."""

    with_date: Curve
    without_date: Curve
    week: tuple[float, ...]
    hours: Curve
    hour_share: float
    missed_with_date: float
    missed_without_date: float
    due_without_date: float
    will_contact_from: float
    will_contact_to: float
    will_contact_most: float
    unknown_route_least: float


@dataclass(frozen=True, slots=True)
class OverContact:
    """Persistent, not pushy."""

    base: Curve
    spacing: Curve
    spacing_most: float
    second_channel: float
    second_channel_days: float
    unused_channel: float
    another_person: float
    dials: float
    dials_from: float
    round_agency: float
    extras_most: float
    no_calls_caps: tuple[float, ...]
    no_contact_caps: tuple[float, ...]
    will_contact_cap: float
    after_rejection_caps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """Names and channels of the interviewers."""

    days: float
    name_only: float
    large_panel: float


@dataclass(frozen=True, slots=True)
class DecisionDate:
    """Asking when they expect to decide."""

    asked: float
    asked_later: float
    not_asked: float
    days: float


@dataclass(frozen=True, slots=True)
class NoteQuality:
    """Name and restated points of a thank-you note."""

    name_share: float
    group: float
    restated: Curve
    role_only: float


@dataclass(frozen=True, slots=True)
class Today:
    """What the action list shows."""

    fresh_days: float
    debrief_days: float
    stale_days: float


@dataclass(frozen=True, slots=True)
class Policy:
    """All numbers, frozen. ``version`` names the policy in every result; ``records`` explains each number."""

    version: str
    title: str
    weights: Weights
    overall: Overall
    bands: Bands
    classes: Classes
    thank_you: ThankYou
    timing: Timing
    over_contact: OverContact
    contact_details: ContactDetails
    decision_date: DecisionDate
    note_quality: NoteQuality
    today: Today
    records: tuple[Record, ...]

    def record(self, name: str) -> Record:
        """The record called ``section.name``. Raises ``KeyError`` for a name that is not in the policy."""
        for record in self.records:
            if record.name == name:
                return record
        raise KeyError(name)


_SECTIONS: Final[dict[str, type[Any]]] = {
    "weights": Weights,
    "overall": Overall,
    "bands": Bands,
    "classes": Classes,
    "thank_you": ThankYou,
    "timing": Timing,
    "over_contact": OverContact,
    "contact_details": ContactDetails,
    "decision_date": DecisionDate,
    "note_quality": NoteQuality,
    "today": Today,
}

_T = TypeVar("_T")


@lru_cache(maxsize=1)
def default_policy() -> Policy:
    """The article's defaults, from the packaged ``policy.toml``."""
    return _build(_table())


def load_policy(text: str) -> Policy:
    """Read a user's policy (TOML text) over the defaults.

    The file may name any of the records; what it leaves out keeps its default. Its ``version`` is kept, or
    made from the changed values where it has none. Raises `PolicyError` for text that is no TOML, for a
    record or key the policy does not know, and for a value of the wrong shape or out of its bounds.
    """
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PolicyError(f"The policy file is not valid TOML: {error}.") from error
    table = copy.deepcopy(dict(_table()))
    changed: list[str] = []
    for section, records in given.items():
        if section in ("version", "title"):
            continue
        if section not in _SECTIONS or not isinstance(records, dict):
            raise PolicyError(f"The policy does not know [{section}]. It knows: {', '.join(_SECTIONS)}.")
        for name, record in records.items():
            if name not in table[section]:
                raise PolicyError(f"The policy does not know {section}.{name}.")
            if not isinstance(record, dict) or "value" not in record:
                where = f"{section}.{name}"
                raise PolicyError(f"{where} needs a line `value = …` below [{where}].", where)
            unknown = set(record) - {"value", "unit", "meaning", "source", "since"}
            if unknown:
                raise PolicyError(f"{section}.{name} has a key the policy does not know: {sorted(unknown)[0]}.")
            table[section][name] = {**table[section][name], **record}
            changed.append(f"{section}.{name}={record['value']!r}")
    digest = hashlib.sha256("\n".join(sorted(changed)).encode()).hexdigest()[:8]
    default = f"{table['version']}+{digest}" if changed else table["version"]
    table["version"] = str(given.get("version", default))
    table["title"] = str(given.get("title", table["title"]))
    return _build(table)


def _build(table: Mapping[str, Any]) -> Policy:
    records: list[Record] = []
    parts = {section: _section(section, kind, table[section], records) for section, kind in _SECTIONS.items()}
    policy = Policy(version=table["version"], title=table["title"], records=tuple(records), **parts)
    total = sum(getattr(policy.weights, f.name) for f in fields(Weights))
    if abs(total - 1) > 1e-9:
        raise PolicyError(f"The weights must add up to 1; they add up to {total:g}.", "weights")
    bands = policy.bands
    if not bands.tweak <= bands.good <= bands.strong:
        steps = f"{bands.tweak:g}, {bands.good:g} and {bands.strong:g}"
        raise PolicyError(f"The bands must rise from needs a tweak over good to strong; they are {steps}.", "bands")
    if len(policy.timing.week) != 2:
        raise PolicyError(
            "timing.week must be two numbers such as [7, 5]: calendar days, and the business days they count as.",
            "timing.week",
        )
    return policy


def _section(section: str, kind: type[_T], table: Mapping[str, Any], records: list[Record]) -> _T:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for name, hint in hints.items():
        if name not in table:
            raise PolicyError(f"The policy lacks {section}.{name}.")
        entry = table[name]
        values[name] = within(f"{section}.{name}", entry["value"], hint, _units()[f"{section}.{name}"])
        records.append(
            Record(
                f"{section}.{name}",
                values[name],
                str(entry["unit"]),
                str(entry["meaning"]),
                str(entry["source"]),
                str(entry["since"]),
            )
        )
    unknown = set(table) - set(hints)
    if unknown:
        raise PolicyError(f"The policy does not know {section}.{sorted(unknown)[0]}.")
    return kind(**values)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    """The packaged ``policy.toml``."""
    return tomllib.loads(resources.files("analysis").joinpath("policy.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _units() -> Mapping[str, str]:
    """The unit of each record; a user's file may word it otherwise, but not change what it is."""
    return {
        f"{section}.{name}": str(_table()[section][name]["unit"]) for section in _SECTIONS for name in _table()[section]
    }
