"""Care for personal data: a person erased for good, a legal hold, contacts purged by age."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, Table, delete, select, update

from analysis.checked import CheckedLog
from analysis.corrected import as_said
from analysis.facts import measure
from analysis.former import former_keys, keys_of
from analysis.identity import identities
from analysis.log import PLAIN_COLUMNS
from analysis.results import Scores
from analysis.scoring import score_facts
from dashboard.store.engine import StoreError, writing
from dashboard.store.naming import Traces, traces_of
from dashboard.store.persons import Marks, marks_of, remember, theirs
from dashboard.store.records import moment, note, standing
from dashboard.store.removing import held_imports, keep_only, may_name, overwrite
from dashboard.store.schema import (
    AUDIT,
    CACHE,
    CORRECTION,
    HOLD,
    LINK,
    POLICY,
    PUT_AWAY,
    SESSION,
    SETTING,
    TYPED,
    UPLOAD,
)
from dashboard.store.state import State, checked, state

_GONE: Final = "erased"
"""What stands in the audit log in place of the key of a person who was erased."""


class Held(StoreError):
    """Nothing may be removed: a legal hold stands; the message says since when."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure removed: contacts, rewritten imports, corrections, sessions, contacts typed by hand."""

    contacts: int
    imports: int
    remarks: int


def erase(engine: Engine, candidate_key: str, author: str, now: datetime) -> Erasure:
    """Remove a person for good, from every import, correction, session, setting and decision, undone ones too.

    An import that held the person, or may name them, is kept as the contacts of the others; its original goes, and so
    do rows of it that were set aside or hold no date. Names, addresses and numbers are blanked in what was written
    about others. Later files do not bring the person back (`dashboard.store.persons`). The space is overwritten.
    Backups made before still hold the person. Raises `Held` under a legal hold, `StoreError` where there is nobody of
    that key, or where the space could not be overwritten yet.
    """
    with writing(engine) as connection:
        known, log, scores, former = _everything(connection, now)
        keys = keys_of(candidate_key, former)
        _no_hold(connection, keys)
        mine = scores.contacts[scores.contacts["candidate_key"] == candidate_key]
        if mine.empty:
            raise StoreError("There is nobody of that kind in this workspace any more.")
        marks, traces = marks_of(mine), traces_of(mine, scores.contacts)
        lost = {*identities(log.contacts.loc[mine.index]), *identities(mine)}
        gone = touched = 0
        for held in held_imports(connection, known, log):
            theirs_too = theirs(held.contacts, marks) | np.isin(identities(held.contacts), list(lost))
            if not theirs_too.any() and not may_name(held, traces):
                continue
            keep_only(connection, held, ~theirs_too, traces, erased_from=True)
            gone, touched = gone + int(theirs_too.sum()), touched + 1
        remarks = _forget(connection, keys, lost, marks, traces)
        remember(connection, marks, author, now)
        connection.execute(delete(CACHE))
        connection.execute(update(AUDIT).where(AUDIT.c.about.in_(sorted(keys))).values(about=_GONE))
        note(connection, author, now, "erase candidate", _GONE)
    overwrite(engine, author, now)
    return Erasure(gone, touched, remarks)


def put_on_hold(connection: Connection, candidate_key: str, author: str, now: datetime) -> None:
    """A legal hold: nothing of this candidate is purged or erased until it is lifted."""
    connection.execute(HOLD.insert().values(candidate_key=candidate_key, author=author, at=moment(now)))
    note(connection, author, now, "hold candidate", candidate_key)


def lift_hold(connection: Connection, keys: Collection[str], author: str, now: datetime) -> None:
    """Lift every legal hold on a candidate; ``keys``: the candidate's, former ones too."""
    here = update(HOLD).where(HOLD.c.candidate_key.in_(sorted(keys)), HOLD.c.undone_at.is_(None))
    connection.execute(here.values(undone_by=author, undone_at=moment(now)))
    for key in sorted(keys):
        note(connection, author, now, "lift hold", key)


def holds(connection: Connection) -> dict[str, tuple[str, str]]:
    """Candidates under a legal hold: key -> who put it on, and when."""
    return {row["candidate_key"]: (row["author"], row["at"]) for row in standing(connection, HOLD)}


def purge(engine: Engine, before: datetime, author: str, now: datetime) -> int:
    """Remove contacts older than a moment, typed ones and those of imports taken back too; returns how many.

    Candidates under a legal hold keep theirs. An import with some old contacts is kept as its others. Sessions held and
    corrections of contacts that are gone go with them. Raises `StoreError` as `erase` does.
    """
    limit = pd.Timestamp(before)
    with writing(engine) as connection:
        known, log, scores, former = _everything(connection, now)
        held_keys = {key for old in holds(connection) for key in keys_of(former.get(old, old), former)}
        spared = scores.contacts["candidate_key"].isin(held_keys).to_numpy()
        spared_marks = [marks_of(part) for _, part in scores.contacts[spared].groupby("candidate_key")]
        gone = 0
        lost: set[str] = set()
        for held in held_imports(connection, known, log):
            old = (held.contacts["at"] < limit).to_numpy(copy=True)
            if held.rows is not None:
                old &= ~spared[held.rows]
            for marks in spared_marks:
                old &= ~theirs(held.contacts, marks)
            if not old.any():
                continue
            lost |= set(identities(held.contacts[old]))
            keep_only(connection, held, ~old, None)
            gone += int(old.sum())
        gone += _purge_typed(connection, limit, spared_marks)
        connection.execute(delete(CORRECTION).where(CORRECTION.c.about.in_(sorted(lost))))
        connection.execute(delete(CACHE))
        past = SESSION.c.held_on < before.date().isoformat()
        connection.execute(delete(SESSION).where(past, SESSION.c.candidate_key.not_in(sorted(held_keys))))
        away = PUT_AWAY.c.at < moment(before)
        connection.execute(delete(PUT_AWAY).where(away, PUT_AWAY.c.candidate_key.not_in(sorted(held_keys))))
        note(connection, author, now, "purge", before.date().isoformat())
    overwrite(engine, author, now)
    return gone


def _everything(connection: Connection, now: datetime) -> tuple[State, CheckedLog, Scores, dict[str, str]]:
    """What is known, its log before corrections, the scores, whose contacts stand in the same order, and under which
    keys somebody may have stood before."""
    known = state(connection)
    log = checked(known)
    corrected, people = as_said(log, known.corrections, known.links)
    facts = measure(corrected, pd.Timestamp(now), known.policy.classes, people=people)
    return known, log, score_facts(facts, known.policy), former_keys(people)


def _no_hold(connection: Connection, keys: Collection[str]) -> None:
    for held in (held for key, held in holds(connection).items() if key in keys):
        raise Held(f"A legal hold stands since {held[1][:10]} ({held[0]}); lift it first.")


def _purge_typed(connection: Connection, limit: pd.Timestamp, spared: list[Marks]) -> int:
    rows = connection.execute(select(TYPED)).mappings().all()
    if not rows:
        return 0
    fields = _plain_contacts([row["fields"] for row in rows])
    at = pd.to_datetime(fields["at"], errors="coerce", utc=True, format="mixed")
    old = (at < limit).to_numpy(copy=True)
    for marks in spared:
        old &= ~theirs(fields, marks)
    gone = [row["id"] for row, is_old in zip(rows, old, strict=True) if is_old]
    connection.execute(delete(TYPED).where(TYPED.c.id.in_(gone)))
    return len(gone)


def _plain_contacts(fields: list[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{name: str(one.get(name, "")) for name in PLAIN_COLUMNS} for one in fields]).astype("str")


def _forget(connection: Connection, keys: Collection[str], lost: set[str], marks: Marks, traces: Traces | None) -> int:
    """Remove what hangs on the person; blank the name in what was said about others."""
    about, mine_too = [*sorted(lost), *sorted(keys)], sorted(keys)
    gone = connection.execute(delete(CORRECTION).where(CORRECTION.c.about.in_(about))).rowcount
    for table in (SESSION, PUT_AWAY):
        gone += connection.execute(delete(table).where(table.c.candidate_key.in_(mine_too))).rowcount
    settings = delete(SETTING).where(SETTING.c.scope == "candidate", SETTING.c.about.in_(mine_too))
    gone += connection.execute(settings).rowcount
    connection.execute(delete(HOLD).where(HOLD.c.candidate_key.in_(mine_too)))
    typed = connection.execute(select(TYPED)).mappings().all()
    if typed:
        mine = theirs(_plain_contacts([row["fields"] for row in typed]), marks)
        numbers = [row["id"] for row, is_mine in zip(typed, mine, strict=True) if is_mine]
        gone += connection.execute(delete(TYPED).where(TYPED.c.id.in_(numbers))).rowcount
    if traces is None:
        return gone
    naming: tuple[tuple[Table, tuple[str, ...]], ...] = ((LINK, ("one", "other")), (CORRECTION, ("value",)))
    for table, columns in naming:
        rows = connection.execute(select(table)).mappings().all()
        named = [row["id"] for row in rows if any(traces.blank_in(row[c]) != row[c] for c in columns)]
        gone += connection.execute(delete(table).where(table.c.id.in_(named))).rowcount if named else 0
    for table, columns in (
        (TYPED, ("fields",)),
        (CORRECTION, ("reason",)),
        (SESSION, ("agreed", "private_note", "shared_note")),
        (PUT_AWAY, ("reason",)),
        (SETTING, ("about", "value")),
        (POLICY, ("name", "changes")),
        (UPLOAD, ("name", "complete", "account")),
    ):
        _blank(connection, table, columns, traces)
    return gone


def _blank(connection: Connection, table: Table, columns: tuple[str, ...], traces: Traces) -> None:
    for row in connection.execute(select(table)).mappings().all():
        cleaned = {name: traces.blank_in(row[name]) for name in columns}
        changed = {name: value for name, value in cleaned.items() if value != row[name]}
        if changed:
            connection.execute(update(table).where(table.c.id == row["id"]).values(**changed))
