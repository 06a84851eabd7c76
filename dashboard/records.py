"""What the Records page shows and does: imports, what was typed and corrected, the audit log. No screen."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Engine, select

from analysis.reading.raw import PART
from analysis.rejects import defused
from dashboard.store import arriving, imports, sayings, upkeep
from dashboard.store.backup import back_up
from dashboard.store.care import purge
from dashboard.store.engine import writing
from dashboard.store.imports import ORIGINAL
from dashboard.store.records import moment
from dashboard.store.removing import overwrite
from dashboard.store.schema import AUDIT, CORRECTION, TYPED, UPLOAD
from dashboard.store.state import completeness

DID: Final[Mapping[str, str]] = {
    "add upload": "took in a file",
    "undo upload": "took an import back",
    "add typed": "typed in a contact",
    "undo typed": "took back a typed contact",
    "add correction": "corrected something",
    "undo correction": "took a correction back",
    "add link": "decided who is who",
    "undo link": "took back who is who",
    "add setting": "changed a setting or an answer",
    "add policy": "saved a policy",
    "add session": "kept a coaching session",
    "undo session": "took back a coaching session",
    "add put_away": "put a row of Today away",
    "undo put_away": "put a row of Today back",
    "hold candidate": "put a legal hold",
    "lift hold": "lifted a legal hold",
    "erase candidate": "erased a person",
    "let back": "let an erased person come back",
    "copy": "made a copy of what is held",
    "purge": "removed contacts older than",
    "drop texts": "dropped the texts of imports:",
    "overwrite": "overwrote what was removed",
}
"""What the audit log says, in words; what is not here is shown as it stands."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One import as it is listed. ``told``: what was left out when it came; ``whole``: a file to download is there."""

    number: int
    name: str
    author: str
    at: str
    size: int
    sha256: str
    whole: bool
    contacts: int
    complete: Mapping[str, str]
    told: tuple[str, ...]
    undone_by: str
    undone_at: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking an import back does: contacts and candidates that go with it, and corrections that wait for it."""

    contacts: int
    elsewhere: int
    candidates: int
    corrections: int


def listed(connection: Connection) -> list[Listed]:
    """Every import, the latest first, those taken back too."""
    said = sayings.said(connection)
    rows = connection.execute(select(UPLOAD).order_by(UPLOAD.c.id.desc())).mappings()
    return [
        Listed(
            row["id"],
            row["name"],
            row["author"],
            row["at"],
            row["size"],
            row["sha256"],
            row["form"] == ORIGINAL,
            int(row["account"].get("contacts", 0)),
            {**row["complete"], **said.get(completeness(row["sha256"]), (0, {}))[1]},
            tuple(row["account"].get("told", ())),
            row["undone_by"] or "",
            row["undone_at"] or "",
        )
        for row in rows
    ]


def of_import(contacts: pd.DataFrame, name: str) -> pd.Series:
    """Which contacts came with an import."""
    return (contacts["file"] == name) | contacts["file"].str.startswith(name + PART)


def undoing(contacts: pd.DataFrame, name: str, corrected: Iterable[str]) -> Undoing:
    """What goes and what stays if this import is taken back; ``corrected``: what corrections hang on.

    ``contacts``: as from `dashboard.store.results.Results.contacts`.
    """
    mine = of_import(contacts, name)
    only = mine & ~contacts["identity"].isin(contacts.loc[~mine, "identity"])
    left = set(contacts.loc[~mine, "candidate_key"])
    gone = set(contacts.loc[mine, "candidate_key"]) - left
    waiting = set(contacts.loc[only, "identity"]) & set(corrected)
    return Undoing(int(only.sum()), int((mine & ~only).sum()), len(gone), len(waiting))


def take_back(connection: Connection, number: int, author: str, now: datetime) -> None:
    """Undo one import."""
    imports.take_back(connection, number, author, now)


def answer_complete(connection: Connection, one: Listed, answer: str, author: str, now: datetime) -> None:
    """Say of an import whose contacts alone are kept whether it records everything."""
    told = {**one.complete, one.name: answer}
    sayings.say(connection, completeness(one.sha256), told, author, now)


def original(connection: Connection, number: int) -> bytes:
    """The file of an import as it is kept."""
    return imports.contents(connection, [number])[number]


def typed(connection: Connection) -> list[dict[str, Any]]:
    """Everything typed by hand, the latest first, what was taken back too: the rows of that table."""
    return [dict(row) for row in connection.execute(select(TYPED).order_by(TYPED.c.id.desc())).mappings()]


def corrections(connection: Connection) -> list[dict[str, Any]]:
    """Every correction, the latest first, those taken back too: the rows of that table."""
    return [dict(row) for row in connection.execute(select(CORRECTION).order_by(CORRECTION.c.id.desc())).mappings()]


def people_in_audit(connection: Connection) -> list[str]:
    """Everybody whom the audit log names as having done something."""
    return sorted(connection.execute(select(AUDIT.c.who).distinct()).scalars())


def last_day(connection: Connection) -> date | None:
    """The day (UTC) on which something was done last; None for a workspace in which nothing was."""
    last = connection.execute(select(AUDIT.c.at).order_by(AUDIT.c.id.desc()).limit(1)).scalar()
    return date.fromisoformat(last[:10]) if last else None


def audit(connection: Connection, first: date, last: date, who: str = "") -> pd.DataFrame:
    """The audit log of some days (UTC), the latest first; columns ``at``, ``who``, ``did``, ``about``, all text."""
    begin, end = (moment(pd.Timestamp(day, tz="UTC").to_pydatetime()) for day in (first, last + timedelta(days=1)))
    rows = select(AUDIT).where(AUDIT.c.at >= begin, AUDIT.c.at < end).order_by(AUDIT.c.id.desc())
    if who:
        rows = rows.where(AUDIT.c.who == who)
    found = [
        (row["at"][:19].replace("T", " "), row["who"], DID.get(row["did"], row["did"]), row["about"])
        for row in connection.execute(rows).mappings()
    ]
    return pd.DataFrame(found, columns=["at", "who", "did", "about"], dtype="str")


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV that a spreadsheet opens and runs nothing of."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([defused(str(cell)) for cell in row] for row in table.itertuples(index=False, name=None))
    return out.getvalue().encode("utf-8-sig")


def backup_of(engine: Engine) -> bytes:
    """The whole workspace as one file. Raises `dashboard.store.engine.StoreError`."""
    with tempfile.TemporaryDirectory(prefix="followthrough-") as folder:
        path = Path(folder) / "workspace.backup"
        back_up(engine, path)
        return path.read_bytes()


def too_old(contacts: pd.DataFrame, months: int, held: Iterable[str], now: datetime) -> int:
    """How many contacts are older than so many months, and of nobody under a legal hold."""
    old = contacts["at"] < pd.Timestamp(upkeep.limit(months, now))
    return int((old & ~contacts["candidate_key"].isin(list(held))).sum())


def keep_for(engine: Engine, months: int, author: str, now: datetime) -> str:
    """Keep contacts for so many months from now on, and remove what is older at once; 0: for ever."""
    with writing(engine) as connection:
        sayings.say(connection, upkeep.KEPT_FOR, months, author, now)
    if not months:
        return "Contacts are kept for ever."
    gone = purge(engine, upkeep.limit(months, now), author, now)
    went = "1 contact was" if gone == 1 else f"{gone:,} contacts were"
    return f"Contacts are kept for {months} months from now on; {went} removed."


def keep_texts(engine: Engine, whole: bool, author: str, now: datetime) -> str:
    """Keep the texts of messages and notes or not; where not, those that are there go at once."""
    with writing(engine) as connection:
        sayings.say(connection, arriving.TEXTS, "whole" if whole else "hashes", author, now)
        changed = 0 if whole else arriving.drop_texts(connection, author, now)
    if whole:
        return "Files that come from now on are kept whole."
    overwrite(engine, author, now)
    files = "1 import" if changed == 1 else f"{changed:,} imports"
    return f"The texts of {files} are gone; what was read from them stays, and so do the scores."


def shown(values: Sequence[str]) -> str:
    """A few values in a row, the rest counted."""
    head = ", ".join(values[:3])
    return head if len(values) <= 3 else f"{head} and {len(values) - 3:,} more"
