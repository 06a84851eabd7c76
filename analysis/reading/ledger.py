"""The ledger: every physical line of a file is placed exactly once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from analysis.reading.raw import LineAccount

_UNPLACED, _ROW, _HEADER, _ASIDE, _FIRST_REASON = 0, 1, 2, 3, 4


class Ledger:
    """Places lines as they are dealt with; `account` refuses a file with a line left over or placed twice."""

    def __init__(self, lines: int) -> None:
        self._place: NDArray[np.int16] = np.zeros(lines, dtype=np.int16)
        self._reasons: list[str] = []

    def _put(self, first: NDArray[np.int64], last: NDArray[np.int64], code: int) -> None:
        if len(first) and (first[1:] == last[:-1]).all():
            # one stretch without a gap, as most rows are
            first, last = first[:1], last[-1:]
        lengths = last - first
        total = int(lengths.sum())
        if not total:
            return
        if len(first) == 1:
            stretch = self._place[int(first[0]) : int(last[0])]
            if len(stretch) != total or stretch.any():
                raise AssertionError("a line of the file was placed twice")
            stretch[:] = code
            return
        before = np.cumsum(lengths) - lengths
        where = np.repeat(first - before, lengths) + np.arange(total)
        taken = self._place[where] != _UNPLACED
        # a line placed twice within this call shows as fewer distinct places than lines
        marked = np.count_nonzero(self._place)
        self._place[where] = code
        if taken.any() or np.count_nonzero(self._place) != marked + total:
            raise AssertionError("a line of the file was placed twice")

    def rows(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> None:
        """Lines ``first[i]`` up to but not including ``last[i]`` (from 0) belong to rows."""
        self._put(first, last, _ROW)

    def header(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> None:
        """These lines belong to the header."""
        self._put(first, last, _HEADER)

    def set_aside(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> None:
        """These lines went to the rejects."""
        self._put(first, last, _ASIDE)

    def drop(self, reason: str, first: NDArray[np.int64], last: NDArray[np.int64]) -> None:
        """These lines hold no data, for the reason given (a word or two)."""
        if reason not in self._reasons:
            self._reasons.append(reason)
        self._put(first, last, _FIRST_REASON + self._reasons.index(reason))

    def place(self, spans: Iterable[tuple[str, int, int]]) -> None:
        """Place many spans at once: ``row``, ``header``, ``aside`` or why dropped; first line, line behind the last."""
        kinds: dict[str, tuple[list[int], list[int]]] = {}
        for kind, first, last in spans:
            firsts, lasts = kinds.setdefault(kind, ([], []))
            firsts.append(first)
            lasts.append(last)
        for kind, (firsts, lasts) in kinds.items():
            span = np.array(firsts, dtype=np.int64), np.array(lasts, dtype=np.int64)
            if kind == "row":
                self.rows(*span)
            elif kind == "header":
                self.header(*span)
            elif kind == "aside":
                self.set_aside(*span)
            else:
                self.drop(kind, *span)

    def account(self) -> LineAccount:
        """The sums. Raises ``AssertionError`` if a line was never placed."""
        counts = np.bincount(self._place, minlength=_FIRST_REASON + len(self._reasons))
        if counts[_UNPLACED]:
            missing = int(np.flatnonzero(self._place == _UNPLACED)[0]) + 1
            raise AssertionError(f"{counts[_UNPLACED]} lines were not placed, the first is line {missing}")
        dropped = {
            reason: int(counts[_FIRST_REASON + i])
            for i, reason in enumerate(self._reasons)
            if counts[_FIRST_REASON + i]
        }
        return LineAccount(
            lines=len(self._place),
            rows=int(counts[_ROW]),
            header=int(counts[_HEADER]),
            dropped=dropped,
            set_aside=int(counts[_ASIDE]),
        )
