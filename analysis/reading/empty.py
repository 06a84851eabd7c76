"""Tables without rows: what a refused or empty upload becomes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.problems import Problem
from analysis.reading.raw import Dialect, Format, LineAccount, RawTable


def no_rejects() -> pd.DataFrame:
    """The rejects table without a row: ``line`` int64, ``code`` and ``text`` str."""
    return rejects([], [], [])


def rejects(lines: list[int], codes: list[str], texts: list[str]) -> pd.DataFrame:
    """Rows set aside, in line order."""
    frame = pd.DataFrame(
        {
            "line": pd.Series(lines, dtype="int64"),
            "code": pd.Series(codes, dtype="str"),
            "text": pd.Series(texts, dtype="str"),
        }
    )
    return frame.sort_values("line", kind="stable", ignore_index=True)


def nothing_read(
    data: bytes,
    name: str,
    sha256: str,
    format: Format,
    problems: tuple[Problem, ...],
    dialect: Dialect | None = None,
) -> RawTable:
    """A table without rows for a file that is not read: its lines count as dropped, "not read"."""
    breaks = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    lines = breaks + bool(data and not data.endswith((b"\n", b"\r")))
    account = LineAccount(lines, 0, 0, {"not read": lines} if lines else {})
    return RawTable(
        name, format, sha256, pd.DataFrame(), np.zeros(0, dtype=np.int64), account, no_rejects(), problems, dialect
    )
