"""The checked log of a workspace, kept in parts by candidate, so that one of them can be read without the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine

from analysis.checked import CheckedLog, FileAccount
from analysis.people import People
from analysis.portion import MARKS, marked, plain
from analysis.problems import Problem
from dashboard.store import kept
from dashboard.store.engine import reading

KIND: Final = "log"
_IN_PART: Final = 8_000
_MOST_PARTS: Final = 128
_ROW: Final = "row"


@dataclass(frozen=True, slots=True)
class Base:
    """A checked log as it is kept under ``key``. ``people``: table of `analysis.people.People`, of the whole log.

    ``index``: a number for the identity of each contact, sorted; ``place``: the part in which that contact stands.
    """

    key: str
    contacts: int
    parts: int
    zone: str
    calendar: str
    people: pd.DataFrame
    index: NDArray[np.uint64]
    place: NDArray[np.uint8]

    def part_of(self, candidate_key: str) -> int:
        """The part in which a candidate's contacts stand."""
        return int(candidate_key, 16) % self.parts

    def parts_with(self, identities: Sequence[str]) -> set[int]:
        """The parts in which contacts of these identities stand."""
        sought = _numbers(np.array(list(identities), dtype=object))
        first, last = (np.searchsorted(self.index, sought, side=s) for s in ("left", "right"))
        return {int(p) for a, b in zip(first, last, strict=True) for p in self.place[a:b]}


def keep(connection: Connection, key: str, log: CheckedLog, people: People, now: datetime) -> Base:
    """Keep a checked log, and nothing else of its kind."""
    contacts = marked(log.contacts, people).assign(**{_ROW: np.arange(len(log.contacts))})
    parts = int(np.clip(len(contacts) // _IN_PART, 1, _MOST_PARTS))
    keys, where = np.unique(contacts["candidate_key"].to_numpy(dtype=object).astype(str), return_inverse=True)
    part = np.array([int(k, 16) % parts for k in keys], dtype=np.uint8)[where]
    number = _numbers(contacts["identity"].to_numpy(dtype=object))
    order = np.argsort(number, kind="stable")
    base = Base(
        key, len(contacts), parts, log.zone, log.calendar, people.table, number[order], part[order].astype(np.uint8)
    )
    head = {"contacts": base.contacts, "parts": parts, "zone": log.zone, "calendar": log.calendar}
    tables = {
        "people": people.table,
        "index": pd.DataFrame({"index": base.index, "place": base.place}),
        "set_aside": log.set_aside,
        "undated": log.undated,
    }
    packed = {
        "head": kept.as_json(head),
        "files": kept.as_json([asdict(account) for account in log.files]),
        **{name: kept.packed(table) for name, table in tables.items()},
        **{str(n): kept.packed(contacts[part == n]) for n in range(parts)},
    }
    kept.only(connection, KIND, {key})
    kept.put(connection, key, KIND, packed, now)
    return base


def find(connection: Connection, key: str) -> Base | None:
    """The base that is kept under a key; None where it is not."""
    head = kept.get(connection, key, "head")
    if head is None:
        return None
    told = kept.of_json(head)
    index, people = _table(connection, key, "index"), _table(connection, key, "people")
    return Base(
        key,
        people=people,
        index=index["index"].to_numpy(dtype=np.uint64),
        place=index["place"].to_numpy(dtype=np.uint8),
        **told,
    )


def part(engine: Engine, base: Base, number: int) -> pd.DataFrame:
    """One part: contacts with `analysis.portion.MARKS`, in the order in which they were read."""
    with reading(engine) as connection:
        return _table(connection, base.key, str(number))


def log_of(base: Base, contacts: pd.DataFrame) -> CheckedLog:
    """A log of some of the contacts, without what belongs to whole files."""
    none = pd.DataFrame()
    return CheckedLog(plain(contacts), none, none, (), calendar=base.calendar, zone=base.zone)


def whole_log(engine: Engine, base: Base) -> CheckedLog:
    """The whole checked log, put together again."""
    with reading(engine) as connection:
        parts = [_table(connection, base.key, str(n)) for n in range(base.parts)]
        aside, late = (_table(connection, base.key, name) for name in ("set_aside", "undated"))
        files = kept.of_json(kept.get(connection, base.key, "files") or b"[]")
    contacts = pd.concat(parts, ignore_index=True).sort_values(_ROW, ignore_index=True).drop(columns=[_ROW, *MARKS])
    return CheckedLog(contacts, aside, late, tuple(_account(a) for a in files), calendar=base.calendar, zone=base.zone)


def _account(told: dict[str, Any]) -> FileAccount:
    return FileAccount(**{**told, "problems": tuple(Problem(**p) for p in told["problems"])})


def _table(connection: Connection, key: str, name: str) -> pd.DataFrame:
    data = kept.get(connection, key, name)
    if data is None:
        raise LookupError(f"the part {name} of what was kept is gone")
    return kept.unpacked(data)


def _numbers(identities: NDArray[np.object_]) -> NDArray[np.uint64]:
    return pd.util.hash_array(identities, categorize=False).astype(np.uint64)
