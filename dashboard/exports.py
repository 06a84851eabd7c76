"""Tables to bytes that a person takes away; cells that a spreadsheet would run as a formula are defused."""

from __future__ import annotations

import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defuse(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text (and column name) that a spreadsheet would take for a formula."""
    safe = table.copy()
    for name in safe.columns:
        if pd.api.types.is_string_dtype(safe[name].dtype) or safe[name].dtype == object:
            text = safe[name].astype("str")
            safe[name] = text.mask(text.str.lstrip(" ").str.startswith(_STARTS).fillna(False), "'" + text)
    return safe.rename(columns=lambda n: f"'{n}" if str(n).lstrip(" ").startswith(_STARTS) else n)


def csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with a mark, so that Excel reads the letters right; formulas defused."""
    return defuse(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
