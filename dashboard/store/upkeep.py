"""What is done when a workspace is opened: what was removed is overwritten, and what is too old is purged."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import pandas as pd
from sqlalchemy import Connection, Engine, select

from dashboard.store.care import purge
from dashboard.store.engine import StoreError, reading
from dashboard.store.removing import is_left, overwrite
from dashboard.store.sayings import Place, said
from dashboard.store.schema import AUDIT

KEPT_FOR: Final[Place] = ("workspace", "", "kept for")
"""Where it stands for how many months contacts are kept; nothing, or 0: for ever."""
_BY: Final = "Followthrough"
_LONGEST: Final = 600


def months_kept(connection: Connection) -> int:
    """For how many months contacts are kept; 0 for ever."""
    value = said(connection).get(KEPT_FOR, (0, 0))[1]
    return int(value) if isinstance(value, int) and 0 < value <= _LONGEST else 0


def limit(months: int, now: datetime) -> datetime:
    """The moment before which contacts are too old: the begin of the day so many months ago."""
    return (pd.Timestamp(now).normalize() - pd.DateOffset(months=months)).to_pydatetime()


def look_after(engine: Engine, now: datetime) -> list[str]:
    """Finish what an earlier run could not, and purge what is too old; returns sentences on what was done.

    Once a day: what was looked through for one limit is not looked through again.
    """
    told: list[str] = []
    with reading(engine) as connection:
        left, months = is_left(connection), months_kept(connection)
        before = limit(months, now) if months else now
        done = AUDIT.c.did == "purge", AUDIT.c.about == before.date().isoformat()
        purged = not months or connection.execute(select(AUDIT.c.id).where(*done)).first() is not None
    try:
        if left:
            overwrite(engine, _BY, now)
            told.append("What was removed earlier is overwritten now.")
        if not purged:
            count = purge(engine, before, _BY, now)
            if count:
                were = "1 contact was" if count == 1 else f"{count:,} contacts were"
                told.append(f"{were} removed, older than {months} months (before {before.date().isoformat()}).")
    except StoreError as problem:
        told.append(str(problem))
    return told
