"""What a person decided about who is who: a frozen value of pairs that outlives files and row numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal

Decision = Literal["same", "different", "later"]
DECISIONS: Final[tuple[Decision, ...]] = ("same", "different", "later")


class LinksError(ValueError):
    """Decisions that cannot be read; the message is one sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """A person by what their records carry; every part that is given must stand in the same record.

    ``email``, ``phone`` and ``name`` in plain form (`analysis.identifiers`), ``id`` with its ``system`` (the layout of
    the file it came from; without one any system's). A name alone means the records that carry nothing else, where
    other people have that name too.
    """

    email: str = ""
    id: str = ""
    phone: str = ""
    name: str = ""
    system: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.id or self.phone or self.name)


Pair = tuple[Who, Who]


def pair_of(one: Who, other: Who) -> Pair:
    """The two in a fixed order, so that one pair is one value."""
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs that a person called the same, different, or left for later; each pair stands in one of them at most.

    The same pairs give the same people, whatever the order in which they were decided.
    """

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()
    later: tuple[Pair, ...] = ()

    def say(self, decision: Decision, one: Who, other: Who) -> Links:
        """These links with a decision on two people; an earlier one on the same two gives way."""
        rest = self.forget(one, other)
        kept = tuple(sorted((*getattr(rest, decision), pair_of(one, other))))
        return replace(rest, **{decision: kept})

    def forget(self, one: Who, other: Who) -> Links:
        """These links without a decision on the two."""
        pair = pair_of(one, other)
        return Links(*(tuple(p for p in getattr(self, d) if p != pair) for d in DECISIONS))

    def decided(self, one: Who, other: Who) -> Decision | None:
        """What was decided on the two; None where nothing was."""
        pair = pair_of(one, other)
        return next((d for d in DECISIONS if pair in getattr(self, d)), None)

    def __bool__(self) -> bool:
        return bool(self.same or self.different or self.later)


NO_LINKS: Final = Links()


def as_json(links: Links) -> dict[str, Any]:
    """The decisions as plain values: decision -> list of pairs, each of two mappings without the empty parts."""
    return {d: [[who_parts(who) for who in pair] for pair in getattr(links, d)] for d in DECISIONS}


def from_json(text: str) -> Links:
    """Decisions from what `as_json` gives, written as JSON. Raises `LinksError`, a sentence, where it is not that."""
    try:
        told = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise LinksError("this is no JSON") from error
    if not isinstance(told, Mapping) or set(told) - set(DECISIONS):
        raise LinksError('write an object with lists under "same", "different" and "later"')
    links = Links()
    for decision in DECISIONS:
        for pair in _pairs(told.get(decision, [])):
            links = links.say(decision, *pair)
    return links


def _pairs(told: object) -> Iterable[Pair]:
    if not isinstance(told, list):
        raise LinksError("each decision holds a list of pairs")
    for pair in told:
        if not isinstance(pair, list) or len(pair) != 2:
            raise LinksError("each pair is a list of two people")
        yield pair_of(_who(pair[0]), _who(pair[1]))


def _who(told: object) -> Who:
    names = [f.name for f in fields(Who)]
    if not isinstance(told, Mapping) or not all(isinstance(v, str) for v in told.values()):
        raise LinksError(f"each person is an object of texts: {', '.join(names)}")
    if set(told) - set(names):
        raise LinksError(f"a person has no {', '.join(sorted(set(told) - set(names)))}; known are {', '.join(names)}")
    who = Who(**{name: told.get(name, "").strip() for name in names})
    if not who:
        raise LinksError("each person needs an email, id, phone or name")
    return who


def who_parts(who: Who) -> dict[str, str]:
    """A person as a mapping of the parts that are given."""
    return {f.name: value for f in fields(who) if (value := getattr(who, f.name))}
