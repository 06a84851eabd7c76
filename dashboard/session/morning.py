"""The action list of those whom whoever works here sees, and what of it was put away."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.put_away import PutAway, left, put_by
from dashboard.session.desk import as_of, read, write
from dashboard.session.results import policy, whole
from dashboard.store import putting_away


def today() -> date:
    """The day of the moment that is looked at."""
    return as_of().date()


def recruiters() -> list[str]:
    """The recruiters of the candidates with something to do, by name."""
    seen = whole()
    mine = seen.candidates.loc[seen.candidates["candidate_key"].isin(seen.actions["candidate_key"]), "recruiter"]
    return sorted(name for name in mine.unique() if name)


def to_do(recruiter: str = "") -> pd.DataFrame:
    """What is to do and was not put away, one row a candidate, the most urgent first; see `analysis.today.actions`.

    ``recruiter``: whose candidates, empty for everybody's.
    """
    return left(_actions(recruiter), _away(), today())


def put_aside(recruiter: str = "") -> list[tuple[PutAway, str]]:
    """What was put away and would stand on the list otherwise, with its sentence, the latest first."""
    return put_by(_actions(recruiter), _away(), today())


def _actions(recruiter: str) -> pd.DataFrame:
    seen = whole()
    if not recruiter:
        return seen.actions
    mine = seen.candidates.loc[seen.candidates["recruiter"] == recruiter, "candidate_key"]
    return seen.actions[seen.actions["candidate_key"].isin(mine)]


def age() -> int | None:
    """Days since the newest contact; None where there is none."""
    newest = whole().newest
    return None if newest is None else int((as_of() - newest).days)


def is_old() -> bool:
    """Whether the newest contact is old enough to distrust the list."""
    days = age()
    return days is None or days > policy().today.stale_days


def put_away(what: PutAway, said: str) -> bool:
    """Put a row away; whether it was done."""
    return write(lambda connection, by, now: putting_away.put_away(connection, what, by, now), said, "put away")


def bring_back(number: int) -> bool:
    """Put a row back on the list; whether it was done."""
    return write(
        lambda connection, by, now: putting_away.bring_back(connection, number, by, now), "It is back.", "put away"
    )


def _away() -> list[PutAway]:
    return read(putting_away.all_put_away)
