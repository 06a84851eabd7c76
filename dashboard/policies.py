"""Policies in words: their numbers by group, how a value is shown and edited, and what differs between two."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from types import MappingProxyType
from typing import Any, Final, Literal

import pandas as pd

from analysis.policy import Policy, PolicyError, Record, Value, default_policy, load_policy
from analysis.report import FAMILY_TITLES

GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **FAMILY_TITLES,
        "weights": "How much each family counts",
        "overall": "When an overall score is shown",
        "bands": "Words for points",
        "classes": "What counts as what",
        "today": "The action list",
    }
)
"""The sections of the policy in the words of the trade, in the order they are shown."""

Kind = Literal["number", "percent", "time"]
_CLOCK: Final = "hour on the employer's clock"
_PLACES: Final = {"timing.week": ("calendar days", "business days they count as")}
_ORDINALS: Final = ("the first time", "the second time", "the third time", "the fourth time", "the fifth time")
_NO_CHANGES: Final[Mapping[str, Value]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Part:
    """How one number is edited: as a number, in per cent, or as a time of day; ``unit`` in words after it."""

    kind: Kind
    unit: str

    def shown(self, value: float) -> float | time:
        """The number as it stands in its field."""
        if self.kind == "time":
            minutes = min(round(value * 60), 24 * 60 - 1)
            return time(minutes // 60, minutes % 60)
        return round(value * 100, 6) if self.kind == "percent" else float(value)

    def meant(self, shown: float | time) -> float:
        """The number that a field means."""
        if isinstance(shown, time):
            return round(shown.hour + shown.minute / 60, 4)
        return round(shown / 100, 8) if self.kind == "percent" else float(shown)

    def text(self, value: float) -> str:
        """The number for a reader, without its unit."""
        told = self.shown(value)
        if isinstance(told, time):
            return f"{told:%H:%M}"
        # a number is not parted from its sign of per cent at the end of a line
        return f"{told:g}\u00a0%" if self.kind == "percent" else f"{told:g}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy that is being changed: which saved one it starts from (0: the article's), and what differs from it."""

    seen: int
    changed: Mapping[str, Value] = field(default_factory=lambda: _NO_CHANGES)
    name: str = ""

    def put(self, record: str, value: Value, base: Policy) -> Draft:
        """The draft with another value; one that is as in ``base`` is no change."""
        rest = {name: told for name, told in self.changed.items() if name != record}
        if value != base.record(record).value:
            rest[record] = value
        return replace(self, changed=rest)


def part(unit: str) -> Part:
    """How a number with this unit is edited."""
    unit = unit.strip()
    if unit == _CLOCK:
        return Part("time", "on the employer's clock")
    for word in ("share", "sureness, 0-1"):
        if unit.startswith(word):
            return Part("percent", "%" + unit.removeprefix(word))
    return Part("number", unit)


def parts_of(record: Record) -> tuple[Part, ...]:
    """How a record's numbers are edited: one, two for a curve, one for each of a list."""
    unit = default_policy().record(record.name).unit
    if is_curve(record.value):
        first, _, second = unit.partition("->")
        return part(first), part(second)
    if isinstance(record.value, tuple):
        words = _PLACES.get(record.name) or tuple(f"{unit}, {_ordinal(n)}" for n in range(len(record.value)))
        return tuple(Part("number", word) for word in words)
    return (part(unit),)


def is_curve(value: Value) -> bool:
    """Whether a value is a list of pairs."""
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], tuple)


def shown(record: Record, value: Value) -> str:
    """A value in a line, with its unit where it has only one."""
    parts = parts_of(replace(record, value=value))
    if not isinstance(value, tuple):
        unit = parts[0].unit.removeprefix("%").strip()
        return f"{parts[0].text(value)} {unit}".strip()
    if is_curve(value):
        return ", ".join(f"{parts[0].text(x)}\u00a0→\u00a0{parts[1].text(y)}" for x, y in value)  # type: ignore[misc]
    return ", ".join(each.text(number) for each, number in zip(parts, value, strict=True))  # type: ignore[arg-type]


def groups(policy: Policy) -> dict[str, list[Record]]:
    """The records by section, in the order of `GROUPS`."""
    found: dict[str, list[Record]] = {name: [] for name in GROUPS}
    for record in policy.records:
        found[section(record.name)].append(record)
    return found


def section(record: str) -> str:
    """The section of a record's name."""
    return record.partition(".")[0]


def values(policy: Policy) -> dict[str, Value]:
    """Each record's value."""
    return {record.name: record.value for record in policy.records}


def differing(one: Policy, other: Policy) -> list[Record]:
    """The records of ``other`` whose value is not that in ``one``."""
    before = values(one)
    return [record for record in other.records if record.value != before[record.name]]


def changes(told: Mapping[str, Value], title: str = "") -> str:
    """TOML of what differs from the article's defaults; empty where nothing does."""
    usual = values(default_policy())
    rows = [f"[{name}]\nvalue = {_toml(told[name])}\n" for name in usual if name in told and told[name] != usual[name]]
    if not rows:
        return ""
    return "\n".join([f"title = {_quoted(title)}\n", *rows] if title else rows)


def policy_of(saved: Mapping[str, Any] | None) -> Policy:
    """The policy of a saved row; the article's defaults where there is none, or where it changes nothing."""
    return load_policy(saved["changes"]) if saved and saved["changes"] else default_policy()


def drafted(base: Policy, draft: Draft) -> Policy:
    """The policy that a draft makes of the one it starts from. Raises `PolicyError`."""
    return load_policy(changes({**values(base), **draft.changed}, draft.name))


def whats_wrong(base: Policy, draft: Draft) -> PolicyError | None:
    """Why a draft cannot be used, None where it can."""
    try:
        drafted(base, draft)
    except PolicyError as problem:
        return problem
    return None


def towards(base: Policy, target: Policy, seen: int, name: str) -> Draft:
    """A draft that makes ``base`` into ``target``."""
    return Draft(seen, {record.name: record.value for record in differing(base, target)}, name)


def read_file(data: bytes) -> Policy:
    """The policy in an uploaded file. Raises `PolicyError` for one that cannot be used."""
    try:
        return load_policy(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as problem:
        raise PolicyError("The file is not text in UTF-8; save it as plain text and try again.") from problem


def sentence(problem: PolicyError) -> str:
    """The message with the record's meaning in place of its name."""
    known = {record.name for record in default_policy().records}
    if problem.record not in known:
        return str(problem)
    return str(problem).replace(problem.record, f"“{default_policy().record(problem.record).meaning}”", 1)


def difference(one: Policy, other: Policy) -> pd.DataFrame:
    """What differs between two policies: ``group``, ``meaning``, ``one``, ``other``, all text."""
    rows = [
        (GROUPS[section(r.name)], _meaning(r.name), shown(r, one.record(r.name).value), shown(r, r.value))
        for r in sorted(differing(one, other), key=lambda r: list(GROUPS).index(section(r.name)))
    ]
    return pd.DataFrame(rows, columns=["group", "meaning", "one", "other"], dtype="str")


def clean_name(text: str) -> str:
    """A policy's name as it is kept: one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _meaning(record: str) -> str:
    return default_policy().record(record).meaning


def _ordinal(place: int) -> str:
    return _ORDINALS[place] if place < len(_ORDINALS) else f"time {place + 1}"


def _toml(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return str(int(value)) if value == int(value) else repr(float(value))


def _quoted(text: str) -> str:
    return json.dumps(clean_name(text), ensure_ascii=False)
