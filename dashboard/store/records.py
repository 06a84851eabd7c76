"""What every table of the workspace has in common: a row is added, read as of a moment, and taken back once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, func, insert, or_, select, update

from dashboard.store.engine import Conflict, StoreError
from dashboard.store.schema import AUDIT

REMOVED: Final = ("erase candidate", "purge", "drop texts")
"""What in the audit log removed something for good."""


def moment(now: datetime) -> str:
    """A moment as it stands in the tables. Raises ``ValueError`` for one without a zone."""
    if now.tzinfo is None:
        raise ValueError("a moment in the workspace needs a zone")
    return now.astimezone(UTC).isoformat(timespec="microseconds")


def add(connection: Connection, table: Table, author: str, now: datetime, **values: Any) -> int:
    """Add one row and say so in the audit log; returns its number."""
    number = connection.execute(insert(table).values(author=author, at=moment(now), **values)).inserted_primary_key
    assert number is not None
    note(connection, author, now, f"add {table.name}", str(number[0]))
    return int(number[0])


def undo(connection: Connection, table: Table, number: int, author: str, now: datetime) -> None:
    """Take one row back. Raises `Conflict` where somebody did already, `StoreError` where there is none."""
    here = update(table).where(table.c.id == number, table.c.undone_at.is_(None))
    if connection.execute(here.values(undone_by=author, undone_at=moment(now))).rowcount == 1:
        note(connection, author, now, f"undo {table.name}", str(number))
        return
    row = connection.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise StoreError(f"There is no {table.name} {number} in this workspace; look at the list again.")
    raise Conflict(f"{row['undone_by']} took this back already ({row['undone_at'][:16].replace('T', ' ')} UTC).")


def standing(connection: Connection, table: Table, at: datetime | None = None) -> Sequence[RowMapping]:
    """The rows that hold now, or held at a moment, in the order they were added."""
    rows = select(table).order_by(table.c.id)
    if at is None:
        rows = rows.where(table.c.undone_at.is_(None))
    else:
        then = moment(at)
        rows = rows.where(table.c.at <= then, or_(table.c.undone_at.is_(None), table.c.undone_at > then))
    return connection.execute(rows).mappings().all()


def note(connection: Connection, who: str, now: datetime, did: str, about: str) -> None:
    """Write one line into the audit log; ``about`` is a number or an opaque key, never a name."""
    connection.execute(insert(AUDIT).values(at=moment(now), who=who, did=did, about=about))


def version(connection: Connection) -> int:
    """A number that grows with every change of the workspace: that of the audit log's last line."""
    return int(connection.execute(select(func.coalesce(func.max(AUDIT.c.id), 0))).scalar_one())


def last_removal(connection: Connection) -> int:
    """The number of the audit log's last line that removed something for good; 0 where nothing was."""
    last = select(func.coalesce(func.max(AUDIT.c.id), 0)).where(AUDIT.c.did.in_(REMOVED))
    return int(connection.execute(last).scalar_one())


def changes(connection: Connection, among: Sequence[str], most: int = 20) -> list[tuple[int, str, datetime]]:
    """The latest changes of some kinds (``add upload``): number, what was done, when; one a moment, latest first."""
    rows = select(func.max(AUDIT.c.id), func.max(AUDIT.c.did), AUDIT.c.at).where(AUDIT.c.did.in_(list(among)))
    grouped = rows.group_by(AUDIT.c.at).order_by(func.max(AUDIT.c.id).desc()).limit(most)
    return [(int(number), str(did), datetime.fromisoformat(at)) for number, did, at in connection.execute(grouped)]
