"""How well known layouts fit a header, and which of them it is: one, none, or several that a person decides between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from analysis.formats.profile import Profile, normal_header, profiles

_LIKE: Final = 90
"""How alike (of 100) a header must be to one of a layout to be read as it."""
_PERSON: Final = (
    *("candidate", "candidate_email", "candidate_phone", "candidate_id"),
    *("last_name", "first_name", "people", "title"),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How one layout fits a header.

    ``known``: headers of the file that the layout reads or leaves out on purpose. ``evidence``: those by which it is
    known. ``lacks``: what it is known by and the file has not. ``renamed``: header of the file -> the header of the
    layout that it is nearly written like. ``share``: known headers of all, 0 to 1.
    """

    profile: Profile
    known: frozenset[str]
    evidence: frozenset[str]
    lacks: tuple[str, ...]
    renamed: Mapping[str, str]
    share: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Which layout a header is. ``fit`` is None where none is, or where it is open between ``rivals``."""

    fit: Fit | None = None
    rivals: tuple[Fit, ...] = field(default=())


def choose(columns: Iterable[str], known: Iterable[Profile] | None = None) -> Choice:
    """The layout that fits a header.

    A layout fits where every header it is known by is there, in any order, language, case and spacing. Of several, the
    one that knows most wins, if it also knows all that speaks for the others; else a person decides. Where none fits,
    one that lacks little of what it is known by is taken, and `Fit.lacks` says what.
    """
    headers = tuple(str(c) for c in columns)
    fits = [found for p in (profiles() if known is None else known) if (found := fit(p, headers)) is not None]
    whole = [f for f in fits if not f.lacks]
    near = [f for f in fits if f.lacks and _strong(f)]
    for group in (whole, near):
        if not group:
            continue
        group.sort(key=lambda f: (len(f.known) - len(f.renamed), -len(f.lacks), len(f.evidence), f.profile.name))
        best = group[-1]
        rivals = tuple(f for f in group[:-1] if not f.evidence <= best.known or _equal(f, best))
        return Choice(None, (best, *reversed(rivals))) if rivals else Choice(best)
    return Choice()


def fit(profile: Profile, columns: tuple[str, ...]) -> Fit | None:
    """How a layout fits a header, None where it is out of the question."""
    if not columns or not (profile.needs or profile.one_of or profile.events):
        return None
    own = {column: profile.own(column) for column in columns}
    here = set(own.values())
    groups = [(need,) for need in profile.needs] + list(profile.one_of)
    lacking = [group for group in groups if not here.intersection(group)]
    if groups and len(lacking) * 2 > len(groups):
        return None
    known = {column for column in columns if profile.knows(column)}
    renamed = _renamed([c for c in columns if c not in known], here, profile) if groups else {}
    here |= set(renamed.values())
    lacking = [group for group in lacking if not here.intersection(group)]
    wanted = {header for group in groups for header in group}
    evidence = {c for c in columns if own[c] in wanted or renamed.get(c) in wanted}
    if profile.events:
        events = {c for c in columns if profile.is_event(c) and own[c] not in profile.columns}
        person = any(profile.field_of(c) in _PERSON for c in columns)
        # remarks or a date of sending alone are in many a log
        holds = any(re.fullmatch(e.match, normal_header(c)) for e in profile.events for c in events)
        if not holds or len(events) < (1 if person else 2):
            return None
        evidence |= events
    known |= set(renamed)
    return Fit(
        profile,
        frozenset(known),
        frozenset(evidence),
        tuple(group[0] for group in lacking),
        renamed,
        len(known) / len(columns),
    )


def _strong(found: Fit) -> bool:
    """Whether a layout that lacks something may still be named: little is lacking, and what is there is its own."""
    wanted = len(found.profile.needs) + len(found.profile.one_of)
    if len(found.lacks) > max(1, wanted // 4) or wanted - len(found.lacks) < 3 or found.share < 0.5:
        return False
    own = {found.renamed.get(c, found.profile.own(c)) for c in found.known}
    return sum(1 / max(1, _commonness()[header]) for header in own) >= 2


@cache
def _commonness() -> Counter[str]:
    """Normal header -> in how many layouts it stands."""
    return Counter(header for p in profiles() for header in p.columns)


def _equal(one: Fit, other: Fit) -> bool:
    """Whether nothing speaks more for one than for the other."""
    return (
        len(one.known) == len(other.known)
        and len(one.evidence) == len(other.evidence)
        and other.evidence <= one.known
        and len(one.lacks) == len(other.lacks)
    )


def _renamed(unknown: list[str], here: set[str], profile: Profile) -> dict[str, str]:
    """Unknown headers that are nearly written like one of the layout's that is not there."""
    free = [h for h in profile.columns if profile.same.get(h, h) not in here]
    found: dict[str, str] = {}
    for column in unknown:
        name = normal_header(column)
        same_numbers = [h for h in free if re.findall(r"\d+", h) == re.findall(r"\d+", name)]
        close = process.extractOne(name, same_numbers, scorer=fuzz.ratio, score_cutoff=_LIKE) if name else None
        if close is not None:
            meant = profile.same.get(close[0], close[0])
            found[column] = meant
            free = [h for h in free if profile.same.get(h, h) != meant]
    return found
