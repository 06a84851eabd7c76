"""Decisions on who is who, as rows of the workspace."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, select

from analysis.links import Decision, Links, Who, as_json, from_json, pair_of
from dashboard.store.records import add, standing, undo
from dashboard.store.schema import LINK


def decide(connection: Connection, decision: Decision, one: Who, other: Who, author: str, now: datetime) -> int:
    """Keep what a person decided on two people; an earlier decision on the same two gives way."""
    first, second = (_text(who) for who in pair_of(one, other))
    earlier = select(LINK.c.id).where(LINK.c.one == first, LINK.c.other == second, LINK.c.undone_at.is_(None))
    for number in connection.execute(earlier).scalars().all():
        undo(connection, LINK, number, author, now)
    return add(connection, LINK, author, now, one=first, other=second, decision=decision)


def forget(connection: Connection, one: Who, other: Who, author: str, now: datetime) -> None:
    """Take back what was decided on two people, so that their records speak for themselves again."""
    first, second = (_text(who) for who in pair_of(one, other))
    here = select(LINK.c.id).where(LINK.c.one == first, LINK.c.other == second, LINK.c.undone_at.is_(None))
    for number in connection.execute(here).scalars().all():
        undo(connection, LINK, number, author, now)


def links(connection: Connection, at: datetime | None = None) -> Links:
    """The decisions that hold now, or held at a moment."""
    told: dict[str, list[list[object]]] = {}
    for row in standing(connection, LINK, at):
        told.setdefault(row["decision"], []).append([json.loads(row["one"]), json.loads(row["other"])])
    return from_json(json.dumps(told))


def _text(who: Who) -> str:
    (pair,) = as_json(Links(later=((who, who),)))["later"]
    return json.dumps(pair[0], sort_keys=True)
