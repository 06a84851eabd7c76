"""Why a score changed: the same candidate scored at the corners between two moments, one cause switched at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.identity import identities
from analysis.results import FAMILIES, Scores

CAUSES: Final = ("contacts", "corrections", "clock", "policy")
"""What can change a score, in the order in which they are switched: new or withdrawn contacts (imports, contacts typed
by hand, links between people), corrections, the moment of scoring, the policy."""


@dataclass(frozen=True, slots=True)
class Change:
    """One score of one candidate before and after.

    ``parts``: one row a cause, in the order of `CAUSES`: ``cause``, ``points`` (what it added or took; 0 where it did
    nothing, NaN where it made the score begin or end), ``before``, ``after`` (NaN where not scored),
    ``status_before``, ``status_after``. Where both ends are scored the points add up to ``after - before``, to 0.1.
    """

    name: str
    before: float
    after: float
    parts: pd.DataFrame


def explain(corners: Sequence[Scores], candidate_key: str) -> dict[str, Change]:
    """Explain every family and ``overall`` of one candidate.

    ``corners``: the scores before, then after each cause was switched, one more than `CAUSES` (``ValueError``
    otherwise). ``candidate_key`` is that of the last corner; a person whose key changed is found by common contacts.
    Method: sequential switching; each part is the difference that one cause makes given those before it.
    """
    if len(corners) != len(CAUSES) + 1:
        raise ValueError(f"{len(CAUSES) + 1} corners are needed, not {len(corners)}")
    rows = [_row(corner, _key_there(corner, corners[-1], candidate_key)) for corner in corners]
    return {name: _change(name, rows) for name in (*FAMILIES, "overall")}


def new_contacts(before: Scores, after: Scores, candidate_key: str) -> pd.DataFrame:
    """The candidate's contacts that only one of two results holds: the columns of ``Scores.contacts`` and ``now``
    (True where it came, False where it went)."""
    mine = after.contacts[after.contacts["candidate_key"] == candidate_key]
    theirs = before.contacts[before.contacts["candidate_key"] == _key_there(before, after, candidate_key)]
    here, there = identities(mine), identities(theirs)
    came, went = mine[~np.isin(here, there)].assign(now=True), theirs[~np.isin(there, here)].assign(now=False)
    return pd.concat([came, went], ignore_index=True).sort_values("at", kind="stable", ignore_index=True)


def _key_there(corner: Scores, last: Scores, key: str) -> str:
    """The key under which a person stood in another result: the same, else that of most of their contacts."""
    if (corner.candidates["candidate_key"] == key).any() or corner is last:
        return key
    mine = identities(last.contacts[last.contacts["candidate_key"] == key])
    there = corner.contacts.loc[np.isin(identities(corner.contacts), mine), "candidate_key"].value_counts()
    return str(there.index[0]) if len(there) else ""


def _row(corner: Scores, key: str) -> pd.Series | None:
    found = corner.candidates[corner.candidates["candidate_key"] == key]
    return found.iloc[0] if len(found) else None


def _change(name: str, rows: Sequence[pd.Series | None]) -> Change:
    points = [float("nan") if row is None else float(row[name]) for row in rows]
    status = [
        "" if row is None else str(row["overall_reason" if name == "overall" else f"{name}_status"]) for row in rows
    ]
    known, parts = points[0], []
    for cause, before, after, was, now in zip(CAUSES, points, points[1:], status, status[1:], strict=False):
        # a score that ends and begins again is compared with the last one known
        step = 0.0 if np.isnan(after) and np.isnan(before) else round(after - known, 1)
        known = known if np.isnan(after) else after
        parts.append((cause, step, before, after, was, now))
    columns = ["cause", "points", "before", "after", "status_before", "status_after"]
    return Change(name, points[0], points[-1], pd.DataFrame(parts, columns=columns))
