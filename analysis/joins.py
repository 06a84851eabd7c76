"""Links that were made, by the records or by a person: how somebody is recorded, and what could be taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.checked import CheckedLog
from analysis.links import Links, Pair, Who
from analysis.people import people_of
from analysis.portraits import Person, Portraits
from analysis.proposals import Proposal, propose_people

_PARTS: Final = ("name", "email", "phone", "id", "system")
_FLAGS: Final = (("by_name", "joined_by_name"), ("shared", "shared_identifier"))


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a person is recorded, name and clients as written.

    ``who``, ``rest``: calling them different takes it from the others, calling them the same settles a flag.
    """

    name: str
    email: str
    phone: str
    id: str
    files: tuple[str, ...]
    clients: tuple[str, ...]
    contacts: int
    who: Who
    rest: Who


@dataclass(frozen=True, slots=True)
class Made:
    """A person who is recorded in several ways. ``decided``: pairs that a person called the same and that stand in
    this one; ``flags``: codes of findings to check."""

    person: Person
    spellings: tuple[Spelling, ...]
    decided: tuple[Pair, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhoIsWho:
    """Everything to decide on: ``proposals``, ``made`` links, and pairs that were kept ``apart``; ``candidates``: how
    many people the files hold."""

    proposals: tuple[Proposal, ...]
    made: tuple[Made, ...]
    apart: tuple[Pair, ...]
    candidates: int


def who_is_who(log: CheckedLog, links: Links) -> WhoIsWho:
    """What is proposed and what was linked in a checked log, with what a person decided so far."""
    portraits = Portraits(log, people_of(log, links))
    found = propose_people(log, portraits, links)
    return WhoIsWho(found, made_links(portraits, links), links.different, len(portraits.people.table))


def made_links(portraits: Portraits, links: Links) -> tuple[Made, ...]:
    """People whose records differ in name or address: joined by a person first, then flagged ones, then by name."""
    records, table = portraits.people.records, portraits.people.table
    decided = _decided(records, links)
    flagged = table["by_name"].to_numpy(dtype=bool) | table["shared"].to_numpy(dtype=bool)
    differ = np.zeros(len(table), dtype=bool)
    for column in ("name", "email"):
        several = records[records[column] != ""][["person", column]].drop_duplicates()["person"]
        differ[several[several.duplicated()].to_numpy(dtype=np.int64)] = True
    differ |= table["by_name"].to_numpy(dtype=bool)
    differ[list(decided)] = True
    mine = records[differ[records["person"].to_numpy(dtype=np.int64)]]
    found = []
    for number, spellings in _spellings(mine, portraits.client_names).items():
        if len(spellings) > 1:
            flags = tuple(code for column, code in _FLAGS if table[column].iloc[number])
            found.append(Made(portraits.person(number), spellings, tuple(decided.get(number, ())), flags))
    return tuple(sorted(found, key=lambda m: (not m.decided, not flagged[m.person.number], m.person.number)))


def _spellings(records: pd.DataFrame, clients: Mapping[str, str]) -> dict[int, tuple[Spelling, ...]]:
    """Person -> the ways in which each is recorded."""
    rows: dict[int, dict[Who, list[_Told]]] = {}
    columns = ("person", *_PARTS, "written", "file", "client", "contacts")
    for person, name, email, phone, number, system, written, file, client, contacts in zip(
        *(records[c].tolist() for c in columns), strict=True
    ):
        who = Who(email=email, id=number, phone=phone, name=name, system=system)
        rows.setdefault(person, {}).setdefault(who, []).append((written, file, clients.get(client, ""), contacts))
    return {
        person: tuple(_spelling(who, told, _rest(who, ways)) for who, told in sorted(ways.items()))
        for person, ways in rows.items()
    }


_Told = tuple[str, str, str, int]
"""Name as written, file, client as written, and how many contacts."""


def _rest(who: Who, ways: dict[Who, list[_Told]]) -> Who:
    """The others' record that carries most: what carries little tells them from nobody."""
    others = [other for other in ways if other != who] or [who]
    return min(others, key=lambda w: (-sum(bool(part) for part in (w.email, w.id, w.phone)), w))


def _spelling(who: Who, told: list[_Told], rest: Who) -> Spelling:
    names, files, clients, counts = zip(*told, strict=True)
    return Spelling(
        name=max(sorted(set(names)), key=names.count),
        email=who.email,
        phone=who.phone,
        id=who.id,
        files=tuple(sorted(set(files))),
        clients=tuple(sorted(set(clients) - {""})),
        contacts=sum(counts),
        who=who,
        rest=rest,
    )


def _decided(records: pd.DataFrame, links: Links) -> dict[int, list[Pair]]:
    found: dict[int, list[Pair]] = {}
    for pair in links.same:
        one, other = (set(records.loc[_fits(records, who), "person"].tolist()) for who in pair)
        for number in sorted(one & other):
            found.setdefault(number, []).append(pair)
    return found


def _fits(records: pd.DataFrame, who: Who) -> pd.Series:
    hit = pd.Series(True, index=records.index)
    for part in ("email", "id", "phone", "name"):
        if value := getattr(who, part):
            hit &= records[part] == value
    return hit
