"""Rows that add up: the table every rule writes, and what a family hands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analysis.columns import Columns, texts
from analysis.segments import Bools, Floats, Ints

SCORED: Final = "scored"
PENDING: Final = "pending"
CANNOT_SEE: Final = "cannot see"
NOT_SCORED: Final = "not scored"


@dataclass(frozen=True, slots=True)
class Family:
    """One family's result. ``units``: one row a thing scored; ``rows``: one row a deduction.

    ``units``: ``app``, ``round``, ``starts``, ``ends``, ``good_from``, ``good_to`` (microseconds, NaN where none),
    ``due`` (day, -1), ``status``, ``reason``, ``length``, ``counts``, ``word`` ("" takes the band's).
    ``contacts``: entries per unit. ``rows``: ``unit``, ``rule``, ``finding``, ``measured``, ``limit``, ``points``,
    ``correction`` (key of the correction that waived it, else ""); a scored unit's points are 100 minus its rows.
    ``row_contacts``: entries per row. ``findings``: ``unit``, ``finding`` beyond those of the rows.
    """

    name: str
    units: Columns
    contacts: list[list[int]]
    rows: Columns
    row_contacts: list[list[int]]
    findings: Columns


_ROW: Final = {
    "unit": np.int64,
    "rule": np.object_,
    "finding": np.object_,
    "measured": np.object_,
    "limit": np.object_,
    "points": np.float64,
}


@dataclass(slots=True)
class Ledger:
    """Collects deductions block by block, then makes the table."""

    blocks: list[tuple[NDArray[Any], ...]] = field(default_factory=list)
    entries: list[list[int]] = field(default_factory=list)
    marks: list[tuple[Ints, NDArray[np.object_]]] = field(default_factory=list)

    def take(
        self,
        mask: Bools,
        unit: Ints,
        points: Floats,
        rule: str,
        finding: str | NDArray[np.object_],
        measured: NDArray[np.object_],
        limit: str | NDArray[np.object_],
        entries: Sequence[list[int]] | Ints,
    ) -> None:
        """Deduct ``points`` from ``unit`` where ``mask`` holds and there is something to deduct."""
        where = np.flatnonzero(mask & (points > 1e-9))
        if not len(where):
            return

        def pick(values: str | NDArray[np.object_]) -> NDArray[np.object_]:
            return texts(len(where), values) if isinstance(values, str) else values[where]

        self.blocks.append((unit[where], pick(rule), pick(finding), pick(measured), pick(limit), points[where]))
        if isinstance(entries, np.ndarray):
            self.entries += [[e] if e >= 0 else [] for e in entries[where].tolist()]
        else:
            self.entries += [entries[i] for i in where.tolist()]

    def mark(self, mask: Bools, unit: Ints, finding: str) -> None:
        """Note a finding that costs nothing."""
        if mask.any():
            marked = unit[mask]
            self.marks.append((marked, texts(len(marked), finding)))

    def family(self, name: str, units: Columns, contacts: list[list[int]]) -> Family:
        """Close the ledger."""
        parts = list(zip(*self.blocks, strict=True)) or [()] * len(_ROW)
        columns = [_joined(part, kind) for part, kind in zip(parts, _ROW.values(), strict=True)]
        order = np.argsort(columns[0], kind="stable")
        rows = Columns({column: values[order] for column, values in zip(_ROW, columns, strict=True)})
        entries = [self.entries[i] for i in order.tolist()]
        marked, found = list(zip(*self.marks, strict=True)) or ((), ())
        marks = Columns({"unit": _joined(marked, np.int64), "finding": _joined(found, np.object_)})
        return Family(name, units, contacts, rows.having(correction=texts(len(rows))), entries, marks)


def _joined(parts: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.empty(0, dtype=kind)


def new_units(
    app: Ints,
    *,
    verdict: Verdict,
    round_number: Ints | None = None,
    starts: NDArray[np.generic] | None = None,
    ends: NDArray[np.generic] | None = None,
    good_from: NDArray[np.generic] | None = None,
    good_to: NDArray[np.generic] | None = None,
    due: Ints | None = None,
    length: Ints | None = None,
    counts: Bools | None = None,
    word: NDArray[np.object_] | None = None,
) -> Columns:
    """Units of a family with their status."""
    size = len(app)

    def or_nan(values: NDArray[np.generic] | None) -> NDArray[np.float64]:
        return np.full(size, np.nan) if values is None else values.astype(np.float64)

    return Columns(
        {
            "app": app,
            "round": np.zeros(size, np.int64) if round_number is None else round_number,
            "starts": or_nan(starts),
            "ends": or_nan(ends),
            "good_from": or_nan(good_from),
            "good_to": or_nan(good_to),
            "due": np.full(size, -1, np.int64) if due is None else due,
            "status": verdict.status,
            "reason": verdict.reason,
            "length": np.zeros(size, np.int64) if length is None else length,
            "counts": np.ones(size, dtype=bool) if counts is None else counts,
            "word": texts(size) if word is None else word,
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
