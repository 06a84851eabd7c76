"""Coaching sessions as rows of the workspace; the private note never leaves it with the shared one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from analysis.agreed import Action
from dashboard.store.records import add, standing, undo
from dashboard.store.schema import SESSION


@dataclass(frozen=True, slots=True)
class Session:
    """One coaching session. ``shared_note`` is for the candidate, ``private_note`` for staff alone."""

    number: int
    candidate_key: str
    held_on: date
    agreed: Action | None
    shared_note: str
    private_note: str
    author: str


def hold(
    connection: Connection,
    candidate_key: str,
    held_on: date,
    author: str,
    now: datetime,
    *,
    agreed: Action | None = None,
    shared_note: str = "",
    private_note: str = "",
) -> int:
    """Keep one session; returns its number."""
    plain = {} if agreed is None else {**asdict(agreed), "due": agreed.due.isoformat()}
    values = {"candidate_key": candidate_key, "held_on": held_on.isoformat(), "agreed": plain}
    return add(connection, SESSION, author, now, **values, shared_note=shared_note, private_note=private_note)


def sessions(connection: Connection, candidate_key: str | None = None, at: datetime | None = None) -> list[Session]:
    """The sessions of one candidate, or of all, in the order they were kept."""
    return [
        Session(
            row["id"],
            row["candidate_key"],
            date.fromisoformat(row["held_on"]),
            Action(**{**row["agreed"], "due": date.fromisoformat(row["agreed"]["due"])}) if row["agreed"] else None,
            row["shared_note"],
            row["private_note"],
            row["author"],
        )
        for row in standing(connection, SESSION, at)
        if candidate_key is None or row["candidate_key"] == candidate_key
    ]


def take_back_session(connection: Connection, number: int, author: str, now: datetime) -> None:
    """Undo one session."""
    undo(connection, SESSION, number, author, now)
