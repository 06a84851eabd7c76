"""Rows put away from the action list, as rows of the workspace."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from analysis.put_away import PutAway
from dashboard.store.records import add, standing, undo
from dashboard.store.schema import PUT_AWAY


def put_away(connection: Connection, what: PutAway, author: str, now: datetime) -> int:
    """Keep that a row was put away; ``what``'s own number, author and moment do not count. Returns its number."""
    values = {"candidate_key": what.candidate_key, "about": what.about, "how": what.how, "reason": what.reason.strip()}
    return add(connection, PUT_AWAY, author, now, **values, until=what.until.isoformat() if what.until else "")


def all_put_away(connection: Connection, at: datetime | None = None) -> list[PutAway]:
    """What was put away and not brought back, in the order it was put away."""
    return [
        PutAway(
            row["id"],
            row["candidate_key"],
            row["about"],
            row["how"],
            date.fromisoformat(row["until"]) if row["until"] else None,
            row["reason"],
            row["author"],
            row["at"],
        )
        for row in standing(connection, PUT_AWAY, at)
    ]


def bring_back(connection: Connection, number: int, author: str, now: datetime) -> None:
    """Put a row back on the list."""
    undo(connection, PUT_AWAY, number, author, now)
