"""What only a person can say about the times of a file, with the words to ask it in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pandas as pd

from analysis.formats.profile import Profile, normal_header
from analysis.timetext import leading_time, split_times
from analysis.when import in_words, place

_SAMPLE: Final = 1000
_YEARLESS: Final = 2000
_TIMES: Final = ("at", "date", "time", "ended_at", "logged_at")
_TYPED: Final = re.compile(
    r"\b(?:creat|enter|add|log|modif|updat|sav|record|(?:time ?)?stamp|erfasst|angelegt|saisi|registr)"
)


def order_readings(cells: Iterable[str], shown: int = 3) -> dict[str, str]:
    """The first dates of a column that day first and month first read differently, in words by order.

    ``{"dmy": "11 February 2026, 11 March 2026", "mdy": "2 November 2026, 3 November 2026"}``; empty where there is
    no such date. A cell may begin with its date (``3/6 - LVM``). A date without a year is told without one.
    """
    leading = [leading_time(str(cell))[0] for cell in dict.fromkeys(cells)]
    parts = split_times(pd.Series([text for text in leading if text], dtype="str"))
    telling = (parts["state"] == "numeric") & (parts["a"] != parts["b"])
    telling &= (parts["a"] <= 12) & (parts["b"] <= 12)
    some = parts[telling.to_numpy()].drop_duplicates(["a", "b", "year"]).head(shown).reset_index(drop=True)
    if some.empty:
        return {}
    dated = some["year"] > 0
    some["year"] = some["year"].where(dated, _YEARLESS)
    readings = {}
    for order in ("dmy", "mdy"):
        days = [in_words(moment) for moment in place(some, order)["local"]]
        readings[order] = ", ".join(
            day if known else day.removesuffix(f" {_YEARLESS}") for day, known in zip(days, dated, strict=True)
        )
    return readings


def time_columns(frame: pd.DataFrame, profile: Profile) -> list[str]:
    """The columns of a raw table that hold the times of its contacts."""
    return [str(c) for c in frame.columns if profile.field_of(str(c)) in _TIMES]


def lacks_zone(frame: pd.DataFrame, profile: Profile) -> bool:
    """Whether times of day are read whose zone neither the file nor its layout gives."""
    if profile.zone or {"zone", "client_zone"} & {profile.field_of(str(c)) for c in frame.columns}:
        return False
    names = time_columns(frame, profile)
    names += [str(c) for c in frame.columns if profile.events and profile.knows(str(c)) and str(c) not in names]
    for name in names:
        cells = frame[name].astype("str").head(_SAMPLE).drop_duplicates()
        if profile.events:
            cells = pd.Series([leading_time(cell)[0] for cell in cells], dtype="str")
        parts = split_times(cells)
        known = parts["state"].isin(("done", "numeric", "named", "clock"))
        clock = parts["precision"].isin(("second", "minute")) & parts["offset"].isna() & (parts["clock"] != 0)
        midnight = (parts["state"] == "done") & (parts["local"] % 86_400_000_000 == 0)
        if (known & clock & ~midnight).any():
            return True
    return False


def doubtful_time(frame: pd.DataFrame, profile: Profile) -> str:
    """The column whose name leaves open whether it tells when something happened or when it was typed in.

    ``""`` where that is clear, said by a person, or another column gives the time of the contact.
    """
    if profile.told_on and profile.time_is == "logged":
        return ""
    by_field: dict[str, list[str]] = {}
    for column in map(str, frame.columns):
        by_field.setdefault(profile.field_of(column), []).append(column)
    happened = [*by_field.get("at", []), *by_field.get("date", [])]
    typed = by_field.get("logged_at", [])
    if happened:
        lone = happened[0] if len(happened) == 1 else ""
        return lone if lone and profile.time_is == "contact" and _TYPED.search(normal_header(lone)) else ""
    return typed[0] if typed else ""
