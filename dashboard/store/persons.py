"""Whose contacts are whose, without a name at hand: what tells a person, in plain form or as opaque fingerprints."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, insert, select, update

from analysis.identifiers import mapped, plain_email, plain_name, plain_phone, telling_phone
from dashboard.store.records import moment, note
from dashboard.store.sayings import Place, said, say
from dashboard.store.schema import ERASED

SALT: Final[Place] = ("workspace", "", "erased salt")
_SHORTEST: Final = 3
"""Letters of the shortest word of a name that tells anything."""
Change = Callable[[str, str], str]
"""Kind and plain value -> what is compared."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells one person; ``words`` are those of the names."""

    emails: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Erased:
    """One person who was erased: an opaque key, who did it and when, and fingerprints in place of marks."""

    person: str
    author: str
    at: str
    marks: Marks


def marks_of(contacts: pd.DataFrame) -> Marks:
    """What tells the one person whose contacts these are."""
    names = {plain_name(name) for name in contacts["candidate"].unique()} - {""}
    emails = {plain_email(address) for address in contacts["candidate_email"].unique() if address}
    phones = {_phone(number) for number in contacts["candidate_phone"].unique()} - {""}
    return Marks(frozenset(emails), frozenset(phones), frozenset(names), frozenset(_words(names)))


def theirs(contacts: pd.DataFrame, marks: Marks, change: Change | None = None) -> NDArray[np.bool_]:
    """Which contacts are this person's, whatever else the workspace says of them.

    An address or number of theirs beside a word of their name, or beside no name at all; else their whole name,
    unless an address stands there that is another than theirs. ``change`` is applied to what the contacts say.
    """
    same = change or _same
    if contacts.empty:
        return np.zeros(0, dtype=bool)
    email = mapped(contacts["candidate_email"], lambda v: same("email", plain_email(v)) if v else "")
    phone = mapped(contacts["candidate_phone"], lambda v: same("phone", p) if (p := _phone(v)) else "")
    name = mapped(contacts["candidate"], lambda v: same("name", plain_name(v)))
    akin = mapped(contacts["candidate"], lambda v: _akin(v, marks.words, same))
    reached = _among(email, marks.emails) | _among(phone, marks.phones)
    other = (email != "") & ~_among(email, marks.emails) & bool(marks.emails)
    return np.asarray((reached & akin.astype(bool)) | (_among(name, marks.names) & ~other), dtype=bool)


def remember(connection: Connection, marks: Marks, author: str, now: datetime) -> str:
    """Keep the fingerprints of a person who was erased, so that no later file brings them back; returns their key."""
    change, person = _fingerprint(_salt(connection, author, now)), secrets.token_hex(8)
    kinds = {"email": marks.emails, "phone": marks.phones, "name": marks.names, "word": marks.words}
    rows = [
        {"person": person, "kind": kind, "mark": change(kind, value), "author": author, "at": moment(now)}
        for kind, values in kinds.items()
        for value in sorted(values)
    ]
    connection.execute(insert(ERASED), rows)
    return person


def let_back(connection: Connection, person: str, author: str, now: datetime) -> None:
    """Let later files bring a person back who was erased."""
    here = update(ERASED).where(ERASED.c.person == person, ERASED.c.undone_at.is_(None))
    if connection.execute(here.values(undone_by=author, undone_at=moment(now))).rowcount:
        note(connection, author, now, "let back", person)


def erased(connection: Connection) -> list[Erased]:
    """Those who were erased and may not come back, the earliest first."""
    rows = connection.execute(select(ERASED).where(ERASED.c.undone_at.is_(None)).order_by(ERASED.c.id)).mappings()
    found: dict[str, dict[str, set[str]]] = {}
    made: dict[str, tuple[str, str]] = {}
    for row in rows:
        found.setdefault(row["person"], {}).setdefault(row["kind"], set()).add(row["mark"])
        made[row["person"]] = (row["author"], row["at"])
    return [Erased(person, *made[person], _marks(kinds)) for person, kinds in found.items()]


def brought_back(connection: Connection, contacts: pd.DataFrame) -> list[tuple[Erased, NDArray[np.bool_]]]:
    """Contacts of people who were erased: each person with the rows that are theirs; nobody without rows."""
    everybody = erased(connection)
    if not everybody or contacts.empty:
        return []
    change = _fingerprint(said(connection)[SALT][1])
    found = [(one, theirs(contacts, one.marks, change)) for one in everybody]
    return [(one, rows) for one, rows in found if rows.any()]


def _marks(kinds: dict[str, set[str]]) -> Marks:
    return Marks(*(frozenset(kinds.get(kind, ())) for kind in ("email", "phone", "name", "word")))


def _salt(connection: Connection, author: str, now: datetime) -> str:
    known = said(connection).get(SALT)
    if known is not None:
        return str(known[1])
    salt = secrets.token_hex(16)
    say(connection, SALT, salt, author, now)
    return salt


def _fingerprint(salt: str) -> Change:
    key = bytes.fromhex(salt)
    return lambda kind, value: hashlib.blake2b(f"{kind} {value}".encode(), digest_size=16, key=key).hexdigest()


def _same(kind: str, value: str) -> str:
    return value


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in name.split() if len(word) >= _SHORTEST and "@" not in word}


def _akin(name: str, words: frozenset[str], same: Change) -> bool:
    """Whether a name shares a word with the person's, or is none."""
    own = _words([plain_name(name)])
    return not own or any(same("word", word) in words for word in own)


def _phone(number: str) -> str:
    """A number's last nine digits, so that it is the same with and without a country's code; ``""`` for a short one."""
    plain = telling_phone(plain_phone(number)).partition(";")[0]
    return "".join(c for c in plain if c.isdigit())[-9:]


def _among(values: NDArray[np.object_], wanted: frozenset[str]) -> NDArray[np.bool_]:
    return np.array([value in wanted for value in values.tolist()], dtype=bool)
