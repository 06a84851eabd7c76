"""Taking contacts out of imports for good: what is left is kept as contacts, and the space is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from analysis.checked import CheckedLog
from analysis.identity import identities
from analysis.reading.gate import kind_of_upload
from analysis.reading.raw import PART
from dashboard.store.engine import StoreError, writing
from dashboard.store.imports import CONTACTS, Import, contents, imports, pack
from dashboard.store.naming import Traces
from dashboard.store.records import last_removal, note
from dashboard.store.schema import AUDIT, CACHE, CONTENT, CORRECTION, METADATA, UPLOAD
from dashboard.store.state import State, as_contacts, checked, kept_contacts

OVERWRITTEN: Final = "overwrite"
_OWN: Final = ("candidate", "candidate_email", "candidate_phone", "candidate_id")
_PATIENCE: Final = "30s"
Choose = Callable[[pd.DataFrame], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Held:
    """One import with its contacts, before corrections; ``rows``: their places in the log, none where it was undone."""

    one: Import
    data: bytes
    contacts: pd.DataFrame
    rows: NDArray[np.int64] | None


def held_imports(connection: Connection, known: State, log: CheckedLog) -> Iterator[Held]:
    """Every import, those taken back too, one at a time; ``log``: what ``known`` makes before corrections."""
    standing = {one.number for one in known.imports}
    files = log.contacts["file"]
    # contacts that are kept as such stand behind those of files, in the order of their imports
    behind = len(files) - sum(len(kept_contacts(body)) for body in known.kept)
    first = behind
    for one in imports(connection, everything=True):
        body = contents(connection, [one.number]).get(one.number)
        if body is None:
            continue
        if one.form == CONTACTS:
            contacts, here = kept_contacts(body), None
            if one.number in standing:
                here = np.arange(behind, behind + len(contacts), dtype=np.int64)
                behind += len(contacts)
        elif one.number in standing:
            mine = (files == one.name) | files.str.startswith(one.name + PART)
            here = np.flatnonzero(mine.to_numpy(dtype=bool) & (np.arange(len(files)) < first))
            contacts = log.contacts.iloc[here].reset_index(drop=True)
        else:
            alone = replace(known, imports=(one,), files=((one.name, body),), kept=(), typed=b"")
            here, contacts = None, checked(alone).contacts
        yield Held(one, body, contacts, here)


def keep_only(
    connection: Connection, held: Held, stays: NDArray[np.bool_], traces: Traces | None, **account: Any
) -> None:
    """Keep an import as some of its contacts, in which nobody finds a person any more; its original goes."""
    kept = held.contacts[stays].reset_index(drop=True)
    if traces is not None:
        before, kept = identities(kept), blanked(kept, traces)
        moved = zip(before, identities(kept), strict=True)
        for old, new in {(old, new) for old, new in moved if old != new}:
            # what was corrected of a contact whose text named the person stays with it
            connection.execute(update(CORRECTION).where(CORRECTION.c.about == old).values(about=new))
    keep_contacts(connection, held.one, kept, **account)


def keep_contacts(connection: Connection, one: Import, kept: pd.DataFrame, **account: Any) -> None:
    """Keep an import as these contacts."""
    body = pack(as_contacts(kept))
    connection.execute(update(CONTENT).where(CONTENT.c.upload_id == one.number).values(packed=body))
    told = {**one.account, **account, "contacts": len(kept), "rewritten": True}
    here = update(UPLOAD).where(UPLOAD.c.id == one.number)
    connection.execute(here.values(form=CONTACTS, account=told))
    connection.execute(delete(CACHE))


def blanked(contacts: pd.DataFrame, traces: Traces) -> pd.DataFrame:
    """Contacts of others without a person, wherever a text could name them."""
    out = contacts.copy()
    for column in _texts(out):
        codes, distinct = pd.factorize(out[column])
        cleaned = [traces.blank(str(value)) for value in distinct]
        if cleaned != list(distinct):
            out[column] = pd.Series(cleaned, dtype="str").take(codes).to_numpy()
    return out


def may_name(held: Held, traces: Traces | None) -> bool:
    """Whether an import names a person, or may do so where nobody can look: only plain text can be searched."""
    if traces is None:
        return False
    if held.one.form != CONTACTS and (kind_of_upload(held.data) != "delimited" or b"\0" in held.data):
        return True
    if held.one.form != CONTACTS and traces.found_in(held.data):
        return True
    return bool(
        any(traces.found(str(value)) for column in _texts(held.contacts) for value in held.contacts[column].unique())
    )


def _texts(contacts: pd.DataFrame) -> list[str]:
    """Columns that could name somebody else than their candidate, who may well be a namesake."""
    return [name for name in contacts.columns if str(contacts[name].dtype) == "str" and name not in _OWN]


def overwrite(engine: Engine, author: str, now: datetime) -> None:
    """Give the space back, so that no file of the database holds what was removed, and note that it was done.

    Raises `StoreError` where somebody else's look at the workspace stands in the way; the next opening tries again.
    """
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if engine.dialect.name == "sqlite":
                connection.execute(text("VACUUM"))
                busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
            else:
                busy = 0
                connection.execute(text(f"SET lock_timeout = '{_PATIENCE}'"))
                for table in METADATA.sorted_tables:
                    connection.execute(text(f'VACUUM FULL "{table.name}"'))
                connection.execute(text("CHECKPOINT"))
    except DBAPIError:
        busy = 1
    if busy:
        raise StoreError(
            "It is removed, but its space could not be overwritten while somebody else looks at the workspace; "
            "this is done when it is opened next."
        )
    with writing(engine) as connection:
        note(connection, author, now, OVERWRITTEN, "")


def is_left(connection: Connection) -> bool:
    """Whether something was removed whose space was not overwritten, for example because the machine went off."""
    done = connection.execute(select(func.max(AUDIT.c.id)).where(AUDIT.c.did == OVERWRITTEN)).scalar()
    return last_removal(connection) > (done or 0)
