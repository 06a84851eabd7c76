"""Settings and policies: what somebody said last holds, and what was said before can still be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from analysis.policy import Policy, default_policy, load_policy
from dashboard.store.engine import Conflict
from dashboard.store.records import add, moment
from dashboard.store.schema import POLICY, SETTING

Place = tuple[str, str, str]
"""Scope (``workspace``, ``client``, ``candidate``, ``layout``), what it is about, and its name."""


def say(
    connection: Connection, place: Place, value: Any, author: str, now: datetime, *, seen: int | None = None
) -> int:
    """Set one thing; returns the number of what was said.

    ``seen`` is the number that the person had before their eyes (0 for nothing): where somebody else said something
    since, `Conflict` is raised and nothing is changed.
    """
    scope, about, name = place
    here = (SETTING.c.scope == scope, SETTING.c.about == about, SETTING.c.name == name)
    _still(connection, select(SETTING).where(*here).order_by(SETTING.c.id.desc()), seen, "changed this")
    return add(connection, SETTING, author, now, scope=scope, about=about, name=name, value=value)


def _still(connection: Connection, rows: Select[Any], seen: int | None, did: str) -> None:
    """Nothing, where the last of these rows is the one that was seen. Raises `Conflict` otherwise."""
    if seen is None:
        return
    last = connection.execute(rows.limit(1)).mappings().first()
    if last is not None and last["id"] != seen:
        when = last["at"][:16].replace("T", " ")
        raise Conflict(f"{last['author']} {did} at {when} UTC; look at it again before you change it.")


def said(connection: Connection, at: datetime | None = None) -> dict[Place, tuple[int, Any]]:
    """Everything that holds now, or held at a moment: place -> its number and value."""
    last = select(func.max(SETTING.c.id)).group_by(SETTING.c.scope, SETTING.c.about, SETTING.c.name)
    if at is not None:
        last = last.where(SETTING.c.at <= moment(at))
    rows = connection.execute(select(SETTING).where(SETTING.c.id.in_(last)).order_by(SETTING.c.id)).mappings()
    return {(row["scope"], row["about"], row["name"]): (row["id"], row["value"]) for row in rows}


def last_said(connection: Connection, scope: str, name: str) -> dict[str, Mapping[str, Any]]:
    """What holds in one scope: what it is about -> its row: ``id``, ``value``, ``author``, ``at``."""
    here = (SETTING.c.scope == scope, SETTING.c.name == name)
    last = select(func.max(SETTING.c.id)).where(*here).group_by(SETTING.c.about)
    rows = connection.execute(select(SETTING).where(SETTING.c.id.in_(last))).mappings()
    return {row["about"]: dict(row) for row in rows}


def save_policy(
    connection: Connection, name: str, changes: str, author: str, now: datetime, *, seen: int | None = None
) -> Policy:
    """Save a policy by its changes (TOML) to the article's defaults; it holds from now on.

    ``seen`` is the number of the policy that the person started from (0 for the article's defaults): where somebody
    saved another since, `Conflict` is raised and nothing is changed. Raises `analysis.policy.PolicyError` for changes
    that cannot be used.
    """
    made = load_policy(changes)
    _still(connection, select(POLICY).order_by(POLICY.c.id.desc()), seen, "saved another policy")
    add(connection, POLICY, author, now, name=name, version=made.version, changes=changes)
    return made


def policies(connection: Connection) -> list[Mapping[str, Any]]:
    """Every policy that was saved, the oldest first: ``id``, ``name``, ``version``, ``changes``, ``author``, ``at``."""
    return [dict(row) for row in connection.execute(select(POLICY).order_by(POLICY.c.id)).mappings()]


def policy(connection: Connection, at: datetime | None = None) -> Policy:
    """The policy that holds now, or held at a moment."""
    rows = select(POLICY.c.changes).order_by(POLICY.c.id.desc()).limit(1)
    if at is not None:
        rows = rows.where(POLICY.c.at <= moment(at))
    changes = connection.execute(rows).scalar()
    return load_policy(changes) if changes else default_policy()
