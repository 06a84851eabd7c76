"""A person's decisions on who is who, applied to what the records say by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from analysis.identifiers import plain_email, plain_name, plain_phone
from analysis.links import Links, Pair, Who
from analysis.segments import Bools, Ints

_PARTS: Final = ("email", "id", "phone", "name", "system")


def decide(
    records: pd.DataFrame, tokens: Mapping[str, Ints], label: Ints, links: Links, region: str = ""
) -> tuple[Ints, Bools]:
    """Apply ``links`` to the people that records were joined to.

    ``records``: as `analysis.people.People.records`, not yet numbered; ``tokens``: what each can be joined by. First
    those who are different are taken apart, each of the other records of theirs going where the strongest evidence
    puts it; then those who are the same are joined, except against a "different". Pairs that name nobody here, or
    leave open whom, change nothing. Returns the person per record, and which records a decision settled.
    """
    settled = np.zeros(len(records), dtype=bool)
    if not (links.same or links.different):
        return label, settled
    find = _Finder(records, region)
    label = label.copy()
    kept_apart = _take_apart(records, tokens, label, [find.both(pair) for pair in links.different], settled)
    _put_together(label, [find.people(pair, label) for pair in links.same], kept_apart, settled)
    return label, settled


class _Finder:
    """Finds the records of a `Who`."""

    def __init__(self, records: pd.DataFrame, region: str) -> None:
        self._region = region
        self._codes: dict[str, Ints] = {}
        self._known: dict[str, dict[str, int]] = {}
        for part in _PARTS:
            codes, kept = pd.factorize(records[part])
            self._codes[part] = codes.astype(np.int64)
            self._known[part] = {str(value): n for n, value in enumerate(kept)}
        self._bare = np.all([(records[part] == "").to_numpy() for part in ("email", "id", "phone")], axis=0)

    def _of(self, who: Who) -> Bools:
        """Records that carry every part that is given."""
        plain = {
            "email": plain_email(who.email),
            "id": who.id,
            "phone": plain_phone(who.phone, self._region),
            "name": plain_name(who.name),
            "system": who.system if who.id else "",
        }
        hit = np.ones(len(self._bare), dtype=bool)
        for part, value in plain.items():
            if value:
                hit &= self._codes[part] == self._known[part].get(value, -2)
        return hit

    def _only_named(self, who: Who) -> bool:
        return bool(who.name) and not (who.email or who.id or who.phone)

    def both(self, pair: Pair) -> tuple[Bools, Bools]:
        """Records of each of two people who are different; what fits both is neither's."""
        one, other = (self._of(who) for who in pair)
        if (one & other).any():
            one, other = (
                hit & self._bare if self._only_named(who) else hit for hit, who in zip((one, other), pair, strict=True)
            )
            one, other = one & ~other, other & ~one
        return one, other

    def people(self, pair: Pair, label: Ints) -> tuple[Bools, Bools] | None:
        """Records of each of two people who are the same; None where one is nobody here, or could be several."""
        found = []
        for who in pair:
            hit = self._of(who)
            if len(np.unique(label[hit])) > 1 and self._only_named(who):
                hit &= self._bare
            if len(np.unique(label[hit])) != 1:
                return None
            found.append(hit)
        return found[0], found[1]


def _take_apart(
    records: pd.DataFrame,
    tokens: Mapping[str, Ints],
    label: Ints,
    pairs: Iterable[tuple[Bools, Bools]],
    settled: Bools,
) -> list[tuple[Bools, Bools]]:
    """Split every person of whom two parts are different, in place; gives the pairs that name somebody."""
    named = [(one, other) for one, other in pairs if one.any() and other.any()]
    torn: dict[int, list[tuple[Bools, Bools]]] = {}
    for one, other in named:
        settled |= one | other
        for person in np.intersect1d(label[one], label[other]).tolist():
            torn.setdefault(person, []).append((one, other))
    for person, both in torn.items():
        rows = np.flatnonzero(label == person)
        sides = [(frozenset(np.flatnonzero(a[rows]).tolist()), frozenset(np.flatnonzero(b[rows]).tolist()))
                 for a, b in both]  # fmt: skip
        evidence = [tokens[kind][rows].tolist() for kind in ("id", "email", "phone")]
        evidence.append(pd.factorize(records["name"].iloc[rows])[0].tolist())
        part = np.array(_parts(len(rows), sides, evidence), dtype=np.int64)
        # a part is called after its first record, as every person is
        for number in np.unique(part).tolist():
            label[rows[part == number]] = rows[part == number][0]
        settled[rows] = True
    return named


Rows = frozenset[int]


def _parts(size: int, sides: list[tuple[Rows, Rows]], evidence: list[list[int]]) -> list[int]:
    """Part of each of a person's records, given which sets of them are different and what they can be joined by."""
    seeds: list[set[int]] = []
    for rows in sorted({side for pair in sides for side in pair}, key=sorted):
        hit = [s for s in seeds if s & rows]
        seeds = [s for s in seeds if not s & rows] + [set(rows).union(*hit)]
    seeds.sort(key=min)
    part = [-1] * size
    for number, seed in enumerate(seeds):
        for row in seed:
            part[row] = number
    apart = {frozenset((part[min(a)], part[min(b)])) for a, b in sides if part[min(a)] != part[min(b)]}
    while True:
        reach = _reach(part, evidence)
        if not reach:
            break
        for row, number in reach.items():
            part[row] = number
    _unite(part, evidence, apart)
    _rest(part, evidence)
    return part


def _reach(part: list[int], evidence: list[list[int]]) -> dict[int, int]:
    """Where the strongest evidence puts records that have no part yet; what two parts carry is no evidence."""
    for tokens in evidence:
        holders: dict[int, set[int]] = {}
        for row, token in enumerate(tokens):
            if token >= 0 and part[row] >= 0:
                holders.setdefault(token, set()).add(part[row])
        found = {
            row: next(iter(holders[token]))
            for row, token in enumerate(tokens)
            if part[row] < 0 and len(holders.get(token, ())) == 1
        }
        if found:
            return found
    return {}


def _unite(part: list[int], evidence: list[list[int]], apart: set[frozenset[int]]) -> None:
    """Join parts that nobody called different and that share what only they carry."""
    for tokens in evidence:
        holders: dict[int, set[int]] = {}
        for row, token in enumerate(tokens):
            if token >= 0 and part[row] >= 0:
                holders.setdefault(token, set()).add(row)
        for rows in holders.values():
            numbers = sorted({part[row] for row in rows})
            if len(numbers) > 1 and not any(p <= set(numbers) for p in apart):
                into, gone = numbers[0], set(numbers)
                apart |= {frozenset(into if n in gone else n for n in p) for p in apart}
                part[:] = [into if n in gone else n for n in part]


def _rest(part: list[int], evidence: list[list[int]]) -> None:
    """Records that could be either's are people of their own, joined among themselves by all they carry."""
    for row in [r for r, n in enumerate(part) if n < 0]:
        if part[row] >= 0:
            continue
        part[row] = max(part) + 1
        grown = True
        while grown:
            grown = False
            for tokens in evidence:
                mine = {tokens[r] for r, n in enumerate(part) if n == part[row]} - {-1}
                for other, token in enumerate(tokens):
                    if part[other] < 0 and token in mine:
                        part[other], grown = part[row], True


def _put_together(
    label: Ints, pairs: Iterable[tuple[Bools, Bools] | None], kept_apart: list[tuple[Bools, Bools]], settled: Bools
) -> None:
    """Join in place whom a person called the same; the order of the pairs does not matter unless they contradict."""
    for pair in pairs:
        if pair is None:
            continue
        one, other = (int(label[hit][0]) for hit in pair)
        if one != other and any(_contradicts(label, sides, one, other) for sides in kept_apart):
            continue
        label[np.isin(label, (one, other))] = min(one, other)
        settled |= label == min(one, other)


def _contradicts(label: Ints, sides: tuple[Bools, Bools], one: int, other: int) -> bool:
    left, right = (set(label[side].tolist()) for side in sides)
    return (one in left and other in right) or (one in right and other in left)
