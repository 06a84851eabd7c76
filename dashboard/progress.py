"""One line on a terminal that says how far the reading of a large file is."""

from __future__ import annotations

import sys
from typing import Final

from analysis.reading.progress import Progress

_LARGE: Final = 4 << 20


def progress_line(name: str, size: int) -> Progress | None:
    """A callback that rewrites one line of standard error; None for a small file or where nobody watches."""
    if size < _LARGE or not sys.stderr.isatty():
        return None
    shown = -1

    def report(share: float) -> None:
        nonlocal shown
        percent = int(share * 100)
        if percent == shown:
            return
        shown = percent
        text = f"Reading {name}: {percent} %"
        # the finished line is wiped, so that results stand alone
        sys.stderr.write(f"\r{text}" if percent < 100 else f"\r{' ' * len(text)}\r")
        sys.stderr.flush()

    return report
