"""People as they are shown beside each other, and what each is told by in a decision."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from analysis.checked import CheckedLog
from analysis.links import Who
from analysis.people import IDENTIFIERS, People

_WHO: Final = ("email", "id", "phone", "name", "system")


@dataclass(frozen=True, slots=True)
class Person:
    """One candidate. ``who``: what they are told by in a decision; ``newest``: newest contact (UTC), None without one.

    Addresses and numbers in plain form, names and clients as written.
    """

    number: int
    key: str
    candidate: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    ids: tuple[str, ...]
    clients: tuple[str, ...]
    files: tuple[str, ...]
    contacts: int
    newest: pd.Timestamp | None
    who: Who


class Portraits:
    """All people of a log, each looked up by number; what is shown is worked out once, for everybody."""

    def __init__(self, log: CheckedLog, people: People) -> None:
        self.people = people
        self._log = log
        self._values: dict[str, dict[int, tuple[str, ...]]] = {}

    def get(self, column: str, person: int) -> tuple[str, ...]:
        """The different values that a person's records carry in a column of `People.records`, sorted."""
        return self.all(column).get(person, ())

    def all(self, column: str) -> dict[int, tuple[str, ...]]:
        """Person -> values, as `get`; people without a value are left out."""
        if column not in self._values:
            self._values[column] = _sets(self.people.records, column)
        return self._values[column]

    @cached_property
    def clients(self) -> dict[int, tuple[str, ...]]:
        """Person -> clients as written."""
        said = pd.DataFrame({"person": self.people.person, "client": self._log.contacts["client"].to_numpy()})
        return _sets(said, "client")

    @cached_property
    def client_names(self) -> dict[str, str]:
        """Client in plain form -> as written (the first in the alphabet where it is written in several ways)."""
        plain = self.people.records["client"].to_numpy(dtype=object)[self.people.record]
        said = pd.DataFrame({"plain": plain, "client": self._log.contacts["client"].to_numpy(dtype=object)})
        return dict(said.drop_duplicates().groupby("plain")["client"].min())

    @cached_property
    def _newest(self) -> pd.Series:
        return self._log.contacts["at"].groupby(self.people.person).max()

    @cached_property
    def _contacts(self) -> pd.Series:
        return self.people.records.groupby("person")["contacts"].sum()

    @cached_property
    def _whos(self) -> dict[int, Who]:
        records = self.people.records
        found: dict[int, Who] = {}
        # the weakest first, so that what lasts longest stands in the end: e-mail, then id, then phone
        told = records.sort_values(["contacts", "name", "email", "id", "phone"], ascending=[False, *[True] * 4])
        told = told.drop_duplicates("person")
        for number, *parts in zip(*(told[c].tolist() for c in ("person", *_WHO)), strict=True):
            found[number] = Who(*parts)
        for part in reversed(IDENTIFIERS):
            some = records[records[part] != ""]
            value = [part, "system"] if part == "id" else [part]
            owners = some[["person", *value]].drop_duplicates().drop_duplicates(value, keep=False)
            owners = owners.sort_values(value, ascending=False)
            for number, *parts in zip(*(owners[c].tolist() for c in ("person", *value)), strict=True):
                found[number] = Who(**dict(zip(value, parts, strict=True)))
        return found

    def who(self, person: int) -> Who:
        """What tells this person from all others and lasts longest: e-mail, id, phone, else all of a record."""
        return self._whos[person]

    def person(self, number: int) -> Person:
        """The person as shown."""
        table = self.people.table
        newest = self._newest.get(number)
        return Person(
            number=number,
            key=str(table["candidate_key"].iloc[number]),
            candidate=str(table["candidate"].iloc[number]),
            names=self.get("written", number),
            emails=self.get("email", number),
            phones=self.get("phone", number),
            ids=self.get("id", number),
            clients=self.clients.get(number, ()),
            files=self.get("file", number),
            contacts=int(self._contacts.get(number, 0)),
            newest=None if newest is None or pd.isna(newest) else pd.Timestamp(newest),
            who=self.who(number),
        )


def _sets(table: pd.DataFrame, column: str) -> dict[int, tuple[str, ...]]:
    told = table[table[column] != ""][["person", column]].drop_duplicates().sort_values(["person", column])
    found: dict[int, list[str]] = {}
    for person, value in zip(told["person"].tolist(), told[column].tolist(), strict=True):
        found.setdefault(person, []).append(value)
    return {person: tuple(values) for person, values in found.items()}
