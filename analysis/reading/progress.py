"""How far a reading is: a callback that takes a share from 0 to 1, and parts of it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called with the share done, 0 to 1, never smaller than before. It may raise in order to stop the reading."""


def part_of(progress: Progress | None, start: float, stop: float) -> Progress:
    """A callback for the part from ``start`` to ``stop`` of ``progress``; without one it does nothing."""
    if progress is None:
        return _unseen
    given = progress

    def report(share: float) -> None:
        given(start + (stop - start) * min(1.0, max(0.0, share)))

    return report


def _unseen(share: float) -> None:
    return None
