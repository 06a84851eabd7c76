"""Columns of equal length by name: what a table is while it is measured and scored.

A data frame costs a tenth of a millisecond a step however few its rows are, and one candidate takes hundreds of steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Columns:
    """Arrays of equal length by name; not changed once made."""

    __slots__ = ("_arrays", "_size")

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = dict(arrays)
        self._size = len(next(iter(self._arrays.values()))) if self._arrays else 0

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def having(self, **more: NDArray[Any]) -> Columns:
        """The same with columns added, or others in their places."""
        return Columns({**self._arrays, **more})

    def rows(self, which: NDArray[Any]) -> Columns:
        """Some rows: by number, or those of a mask."""
        return Columns({name: values[which] for name, values in self._arrays.items()})


def texts(size: int, text: str = "") -> NDArray[np.object_]:
    """An array of one text."""
    return np.full(size, text, dtype=object)
