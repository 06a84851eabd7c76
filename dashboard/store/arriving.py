"""How a file comes into the workspace: without what may not be kept, and without people who were erased."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from analysis.checked import CheckedLog
from analysis.facts import measure
from analysis.formats.private import private_columns
from analysis.gists import without_texts
from analysis.preparing import prepared
from analysis.reading.gate import kind_of_upload
from analysis.reading.raw import PART, RawTable
from analysis.reading.reader import read_tables
from analysis.reading.rewriting import rewritten
from analysis.rejects import as_corrected
from dashboard.store.imports import CONTACTS, ORIGINAL, keep, refuse_twice
from dashboard.store.naming import traces_of
from dashboard.store.persons import brought_back, erased
from dashboard.store.records import note
from dashboard.store.removing import blanked, held_imports, keep_contacts
from dashboard.store.sayings import Place, said
from dashboard.store.state import State, as_contacts, checked, state

TEXTS: Final[Place] = ("workspace", "", "texts")
"""Where it stands whether the texts of messages and notes are kept: ``whole`` (or nothing), or ``hashes``."""
_HEAD: Final = 300_000
"""Bytes of a long text file that are looked at for columns that may not be kept; its header stands there."""
_WITH_OTHERS: Final = ("calendar", "mail", "zip")
"""Kinds of upload whose people are known from the other files only."""
Tables = Callable[[bytes, str], Sequence[RawTable]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came: the import's number, and sentences on what of it was left out."""

    number: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    instead: bytes | None
    form: str
    told: tuple[str, ...]


def keep_texts(connection: Connection) -> bool:
    """Whether the texts of messages and notes are kept."""
    return bool(said(connection).get(TEXTS, (0, "whole"))[1] != "hashes")


def arrive(connection: Connection, name: str, data: bytes, author: str, now: datetime) -> Arrival:
    """Keep one file as far as it may be kept; what was left out is told, and stands in the import's account.

    Columns such as a date of birth are left out before anything is kept (`analysis.formats.private`); so are contacts
    of people who were erased, and texts where they are not kept. Raises `Conflict` where the file is there already.
    """
    refuse_twice(connection, name, hashlib.sha256(data).hexdigest())
    columns = private_in(data, name)
    kept = _Kept(None, ORIGINAL, ())
    if columns:
        kept = _without_columns(connection, name, data, columns)
    if erased(connection):
        kept = _without_erased(connection, name, data, kept)
    if not keep_texts(connection):
        kept = _without_texts(connection, name, data, kept, pd.Timestamp(now))
    account = {**({"told": list(kept.told)} if kept.told else {}), **({"left_out": columns} if columns else {})}
    number = keep(connection, name, data, author, now, account=account, instead=kept.instead, form=kept.form)
    return Arrival(number, kept.told)


def private_in(data: bytes, name: str, read: Tables = read_tables) -> list[str]:
    """Names of columns of an upload that may not be kept. Of a long text file only the head is read."""
    if kind_of_upload(data) == "delimited" and len(data) > _HEAD:
        end = data.rfind(b"\n", 0, _HEAD)
        data = data[: end + 2 if b"\0" in data[:4096] else end + 1] if end > 0 else data
    found = [column for table in read(data, name) for column in private_columns(as_corrected(table).frame)]
    return list(dict.fromkeys(found))


def drop_texts(connection: Connection, author: str, now: datetime) -> int:
    """Take the texts out of every import that is in the workspace, those taken back too; returns how many changed.

    The space must be overwritten afterwards, see `dashboard.store.removing.overwrite`.
    """
    known = state(connection)
    log = checked(known)
    notes = measure(log, pd.Timestamp(now), known.policy.classes, known.links).measured_notes
    changed = 0
    for held in held_imports(connection, known, log):
        alone = held.rows is None
        contacts = held.contacts if alone else log.contacts
        rows = np.arange(len(held.contacts)) if alone else held.rows
        assert rows is not None
        bare = without_texts(contacts, rows, {} if alone else notes)
        if held.one.form == CONTACTS and bare.equals(held.contacts):
            continue
        keep_contacts(connection, held.one, bare)
        changed += 1
    note(connection, author, now, "drop texts", str(changed))
    return changed


def _without_columns(connection: Connection, name: str, data: bytes, columns: list[str]) -> _Kept:
    one = len(columns) == 1
    told = f"{name}: {', '.join(columns)} {'is' if one else 'are'} never kept and {'was' if one else 'were'} left out."
    text = rewritten(name, [prepared(table) for table in read_tables(data, name)])
    if text is not None:
        return _Kept(text, ORIGINAL, (told,))
    contacts = _contacts(connection, name, data)[0]
    return _Kept(as_contacts(contacts), CONTACTS, (told, f"Of {name} only its contacts are kept."))


def _without_erased(connection: Connection, name: str, data: bytes, kept: _Kept) -> _Kept:
    contacts = _contacts(connection, name, data)[0]
    found = brought_back(connection, contacts)
    told = list(kept.told)
    for one, rows in found:
        count = int(rows.sum())
        shown, were = ("1 contact", "was") if count == 1 else (f"{count:,} contacts", "were")
        told.append(f"{name}: {shown} of a person erased on {one.at[:10]} {were} left out.")
    if not found:
        return kept
    stays = contacts
    for _, rows in found:
        traces = traces_of(contacts[rows], contacts)
        stays = blanked(stays, traces) if traces else stays
    gone = np.logical_or.reduce([rows for _, rows in found])
    return _Kept(as_contacts(stays[~gone]), CONTACTS, tuple(told))


def _without_texts(connection: Connection, name: str, data: bytes, kept: _Kept, now: pd.Timestamp) -> _Kept:
    known, log, rows = _with(connection, name, data, kept)
    notes = measure(log, now, known.policy.classes, known.links).measured_notes
    bare = without_texts(log.contacts, rows, notes)
    told = (*kept.told, f"{name}: its texts were read and are not kept; hashes of them are.")
    if not len(bare):
        told = (*told, f"No contact was found in {name}, and nothing else of it is kept: describe its layout first.")
    return _Kept(as_contacts(bare), CONTACTS, told)


def _contacts(connection: Connection, name: str, data: bytes) -> tuple[pd.DataFrame, State]:
    """The contacts of a new file: read beside the others only where they are needed to tell who is who."""
    known = state(connection)
    if kind_of_upload(data) in _WITH_OTHERS:
        log = checked(replace(known, files=(*known.files, (name, data))))
        return log.contacts[_of(log, name)].reset_index(drop=True), known
    return checked(replace(known, files=((name, data),), kept=(), typed=b"")).contacts, known


def _with(connection: Connection, name: str, data: bytes, kept: _Kept) -> tuple[State, CheckedLog, np.ndarray]:
    """The log with a new file in it, and where its contacts stand."""
    known = state(connection)
    if kept.form == CONTACTS and kept.instead is not None:
        new = replace(known, kept=(*known.kept, kept.instead))
        log = checked(new)
        size = len(log.contacts) - len(checked(known).contacts)
        return new, log, np.arange(len(log.contacts) - size, len(log.contacts), dtype=np.int64)
    new = replace(known, files=(*known.files, (name, kept.instead or data)))
    log = checked(new)
    return new, log, np.flatnonzero(_of(log, name))


def _of(log: CheckedLog, name: str) -> np.ndarray:
    files = log.contacts["file"]
    return ((files == name) | files.str.startswith(name + PART)).to_numpy(dtype=bool)
