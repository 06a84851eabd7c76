"""Columns that say yes or no of a row, or how long it took: cancelled, done, answered, voicemail, duration."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.formats.guessing import says_no, says_yes
from analysis.timetext import split_times
from analysis.when import place

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_LASTING: Final = re.compile(
    r"\s*(?:(?:(\d+):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?|(\d+)(?:[.,]0+)?\s*(?:min(?:utes?)?)?)\s*"
)


def _none(text: str) -> bool:
    """Whether a cell says that there was nothing: no, a dash, or a time of zero."""
    return says_no(text) or not re.search(r"[^\s\-\u2013.:0]", text) or text.strip().lower() in ("n/a", "none", "null")


def _there(text: str) -> bool:
    return not _none(text)


def _yes_or_when(text: str) -> bool:
    """Whether a cell says yes, or when it was."""
    return says_yes(text) or (_there(text) and len(re.findall(r"\d", text)) >= 6)


_STATES: Final[tuple[tuple[str, str, Callable[[str], bool]], ...]] = (
    ("draft", "draft", says_yes),
    ("failed", "failed", _there),
    ("cancelled", "cancelled", _yes_or_when),
    ("done", "planned", says_no),
    ("answered", "attempted", says_no),
    ("answered", "happened", says_yes),
    ("talked", "attempted", _none),
)
"""Part, the state it gives, and which cells give it; the first that holds counts."""


def flags(sheet: Sheet) -> None:
    """States, voicemail and deletion of a row from its flags, and its end from how long it took."""
    if "voicemail" in sheet.cells:
        # a message was left: nobody picked up, and it is not the try that counts
        left = _where(sheet, "voicemail", _there)
        _fill(sheet, "channel", "voicemail", left)
        _fill(sheet, "state", "happened", left)
    for part, state, holds in _STATES:
        if part in sheet.cells:
            _fill(sheet, "state", state, _where(sheet, part, holds))
    if "picked_up_at" in sheet.cells:
        spoken = (sheet.cells["picked_up_at"] != "").to_numpy()
        for state, where in (("happened", spoken), ("attempted", ~spoken)):
            _fill(sheet, "state", state, where)
    if "deleted" in sheet.cells:
        sheet.drop = pd.Series(_where(sheet, "deleted", says_yes))
    if "duration" in sheet.cells or "hours" in sheet.cells:
        _ends(sheet)


def _where(sheet: Sheet, part: str, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
    """The rows whose cell is filled and ``holds``."""
    codes, distinct = pd.factorize(sheet.cells[part])
    return np.array([str(d) != "" and holds(str(d)) for d in distinct], dtype=bool)[codes]


def _fill(sheet: Sheet, name: str, value: str, where: NDArray[np.bool_]) -> None:
    if where.any():
        sheet.fill(name, pd.Series(np.where(where, value, ""), dtype="str"))


def minutes_of(text: str) -> float:
    """How many minutes ``30``, ``30 min``, ``0:30:00`` or ``30:00`` are; NaN where it is none of these."""
    found = _LASTING.fullmatch(text)
    if found is None:
        return float("nan")
    hours, minutes, seconds, plain = found.groups()
    return float(plain) if plain else int(hours or 0) * 60 + int(minutes) + int(seconds) / 60


def _ends(sheet: Sheet) -> None:
    """The end of a row, where its start can be read without a doubt about day and month."""
    parts = split_times(sheet.get("at"))
    start = place(parts, sheet.profile.date_order or "ymd")["local"]
    codes, distinct = pd.factorize(sheet.get("duration"))
    minutes = np.array([minutes_of(str(d)) for d in distinct], dtype="float64")[codes]
    if "hours" in sheet.cells:
        hours = pd.to_numeric(sheet.cells["hours"].str.replace(",", "."), errors="coerce").to_numpy(dtype="float64")
        minutes = np.where(np.isnan(minutes), hours * 60, minutes)
    sure = (parts["state"] == "done").to_numpy() & start.notna().to_numpy() & (minutes > 0) & (minutes < 24 * 60)
    sure &= ~(parts["clock"].to_numpy() < 0)
    if not sure.any():
        return
    lasting = pd.to_timedelta(pd.Series(np.where(sure, minutes * 60, 0)).round(), unit="s")
    ended = (start + lasting).dt.strftime("%Y-%m-%d %H:%M:%S")
    offset = sheet.get("at").str.extract(r"(?<=\d)\s*(Z|UTC|[+-]\d{2}:?\d{2})$")[0].fillna("")
    # a count since 1970 carries no zone in its text, and is universal time
    offset = offset.where((offset != "") | parts["offset"].isna(), "Z")
    sheet.fill("ended_at", ended.str.cat(offset.astype("str")).where(sure, "").fillna("").astype("str"))
    lasted = "duration" if "duration" in sheet.cells else "hours"
    sheet.source.setdefault("ended_at", sheet.source.get(lasted, lasted))
