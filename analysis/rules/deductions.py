"""Rows that add up: the table every rule writes, and what a family hands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.segments import Bools, Floats, Ints, group_sum

SCORED: Final = "scored"
PENDING: Final = "pending"
CANNOT_SEE: Final = "cannot see"
NOT_SCORED: Final = "not scored"


@dataclass(frozen=True, slots=True)
class Family:
    """One family's result. ``units``: one row a thing scored; ``rows``: one row a deduction.

    ``units``: ``app``, ``round``, ``starts``, ``ends``, ``good_from``, ``good_to`` (microseconds, NaN where none),
    ``due`` (day, -1), ``points`` (NaN unless scored), ``status``, ``reason``, ``length``, ``counts``, ``word`` (""
    takes the band's).
    ``contacts``: entries per unit. ``rows``: ``unit``, ``rule``, ``finding``, ``measured``, ``limit``, ``points``,
    ``correction`` (key of the correction that waived it, else "");
    ``row_contacts``: entries per row. ``findings``: ``unit``, ``finding`` beyond those of the rows.
    """

    name: str
    units: pd.DataFrame
    contacts: list[list[int]]
    rows: pd.DataFrame
    row_contacts: list[list[int]]
    findings: pd.DataFrame


@dataclass(slots=True)
class Ledger:
    """Collects deductions block by block, then makes the table."""

    blocks: list[pd.DataFrame] = field(default_factory=list)
    entries: list[list[int]] = field(default_factory=list)
    marks: list[pd.DataFrame] = field(default_factory=list)

    def take(
        self,
        mask: Bools,
        unit: Ints,
        points: Floats,
        rule: str,
        finding: str | NDArray[np.object_],
        measured: NDArray[np.object_] | pd.Series,
        limit: str | NDArray[np.object_] | pd.Series,
        entries: Sequence[list[int]] | Ints,
    ) -> None:
        """Deduct ``points`` from ``unit`` where ``mask`` holds and there is something to deduct."""
        where = np.flatnonzero(mask & (points > 1e-9))
        if not len(where):
            return

        def pick(values: object) -> object:
            return values if isinstance(values, str) else np.asarray(values, dtype=object)[where]

        self.blocks.append(
            pd.DataFrame(
                {
                    "unit": unit[where],
                    "rule": rule,
                    "finding": pick(finding),
                    "measured": pick(measured),
                    "limit": pick(limit),
                    "points": points[where],
                    "correction": "",
                }
            )
        )
        if isinstance(entries, np.ndarray):
            self.entries += [[e] if e >= 0 else [] for e in entries[where].tolist()]
        else:
            self.entries += [entries[i] for i in where.tolist()]

    def mark(self, mask: Bools, unit: Ints, finding: str) -> None:
        """Note a finding that costs nothing."""
        if mask.any():
            self.marks.append(pd.DataFrame({"unit": unit[mask], "finding": finding}))

    def family(self, name: str, units: pd.DataFrame, contacts: list[list[int]]) -> Family:
        """Close the ledger: the points of every scored unit are 100 minus its rows."""
        empty = pd.DataFrame(
            {
                "unit": np.empty(0, np.int64),
                "rule": np.empty(0, object),
                "finding": np.empty(0, object),
                "measured": np.empty(0, object),
                "limit": np.empty(0, object),
                "points": np.empty(0, np.float64),
                "correction": np.empty(0, object),
            }
        )
        rows = pd.concat(self.blocks, ignore_index=True) if self.blocks else empty
        order = np.argsort(rows["unit"].to_numpy(), kind="stable")
        rows = rows.iloc[order].reset_index(drop=True)
        entries = [self.entries[i] for i in order.tolist()]
        scored = (units["status"] == SCORED).to_numpy()
        total = group_sum(rows["points"].to_numpy(dtype=np.float64), rows["unit"].to_numpy(dtype=np.int64), len(units))
        units = units.assign(points=np.where(scored, 100 - total, np.nan))
        empty_marks = pd.DataFrame({"unit": np.empty(0, np.int64), "finding": np.empty(0, object)})
        marks = pd.concat(self.marks, ignore_index=True) if self.marks else empty_marks
        return Family(name, units, contacts, rows, entries, marks)


def new_units(
    app: Ints,
    *,
    round_number: Ints | None = None,
    starts: NDArray[np.generic] | None = None,
    ends: NDArray[np.generic] | None = None,
    good_from: NDArray[np.generic] | None = None,
    good_to: NDArray[np.generic] | None = None,
    due: Ints | None = None,
    length: Ints | None = None,
) -> pd.DataFrame:
    """Units of a family before anything is known of their status."""
    size = len(app)

    def or_nan(values: NDArray[np.generic] | None) -> NDArray[np.float64]:
        return np.full(size, np.nan) if values is None else values.astype(np.float64)

    return pd.DataFrame(
        {
            "app": app,
            "round": np.zeros(size, np.int64) if round_number is None else round_number,
            "starts": or_nan(starts),
            "ends": or_nan(ends),
            "good_from": or_nan(good_from),
            "good_to": or_nan(good_to),
            "due": np.full(size, -1, np.int64) if due is None else due,
            "points": np.full(size, np.nan),
            "status": np.full(size, "", dtype=object),
            "reason": np.full(size, "", dtype=object),
            "length": np.zeros(size, np.int64) if length is None else length,
            "counts": np.ones(size, dtype=bool),
            "word": np.full(size, "", dtype=object),
        }
    )


@dataclass(slots=True)
class Verdict:
    """Status and reason per unit; what is decided first stands."""

    status: NDArray[np.object_]
    reason: NDArray[np.object_]

    @classmethod
    def start(cls, size: int) -> Verdict:
        """Nothing decided yet."""
        return cls(np.full(size, "", dtype=object), np.full(size, "", dtype=object))

    def put(self, mask: Bools, status: str, reason: str = "") -> None:
        """Decide the units of ``mask`` that are still open."""
        hit = mask & (self.status == "")
        self.status[hit], self.reason[hit] = status, reason

    def is_(self, status: str) -> Bools:
        """Units with this status."""
        return np.asarray(self.status == status)


def spoken(values: NDArray[np.generic], one: str, many: str) -> NDArray[np.object_]:
    """Numbers as text with their unit: ``spoken(17, "counted hour", "counted hours")`` is ``17 counted hours``."""
    if not len(values):
        return np.empty(0, dtype=object)
    kept, inverse = np.unique(np.round(values.astype(np.float64), 1), return_inverse=True)
    text = np.array([f"{v:g} {one if v == 1 else many}" for v in kept.tolist()], dtype=object)
    return text[inverse]


def curve(points: tuple[tuple[float, float], ...], x: NDArray[np.generic]) -> Floats:
    """A piecewise linear curve, flat beyond its ends."""
    at = np.array(points, dtype=np.float64)
    return np.interp(x.astype(np.float64), at[:, 0], at[:, 1])
