"""What the page of the morning says of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from analysis.put_away import PutAway
from dashboard.dates import Dates

TAGS: Final = {
    "stop": ("⏹", "Stop"),
    "date_today": ("◆", "Date due"),
    "note": ("✉", "Note"),
    "check_in": ("☎", "Check-in"),
    "date_passed": ("◇", "Date gone by"),
    "debrief": ("✎", "Our debrief"),
}
"""Sign and word of each kind of row."""

REASONS: Final = ("It was settled by phone", "The process is over", "The files do not show it", "Another reason")
"""Why a row may not be needed; the last one is said in words."""
_HELD: Final = {"done": "Done", "not_needed": "Not needed"}


def later(today: date) -> dict[str, date]:
    """When a row can come back: the next working days, in words."""
    monday = today + timedelta(days=7 - today.weekday())
    tomorrow = today + timedelta(days=1)
    days = {"Tomorrow": tomorrow if tomorrow.weekday() < 5 else monday, "Next Monday": monday}
    return {**days, "In two weeks": today + timedelta(days=14)}


def reason(one: Mapping[Any, Any]) -> str:
    """Why a row stands on the list, and whether more waits behind it."""
    behind = int(one["behind"])
    return f"{one['reason']}{f' · {behind} more for them behind this' if behind else ''}"


def away(one: PutAway, dates: Dates) -> str:
    """How a row was put away, and by whom."""
    if one.how == "later" and one.until is not None:
        said = f"Later: back on {dates.day(pd.Timestamp(one.until))}"
    else:
        said = f"{_HELD.get(one.how, 'Put away')}{f', because: {one.reason}' if one.reason else ''}"
    return f"{said} ({one.author}, {dates.day(pd.Timestamp(one.at))})"


_MANY: Final = {
    "stop": ("1 to stop", "{} to stop"),
    "date_today": ("1 decision date due", "{} decision dates due"),
    "note": ("1 note not seen", "{} notes not seen"),
    "check_in": ("1 check-in welcome", "{} check-ins welcome"),
    "date_passed": ("1 date gone by", "{} dates gone by"),
    "debrief": ("1 debrief that we owe", "{} debriefs that we owe"),
}


def summary(rows: pd.DataFrame) -> str:
    """The list in one sentence: how many people, and why."""
    if rows.empty:
        return "Nobody needs a word today, as far as these files show."
    counts = rows["what"].value_counts()
    told = [
        (one if counts[what] == 1 else many).format(counts[what])
        for what, (one, many) in _MANY.items()
        if what in counts
    ]
    people = "1 person needs" if len(rows) == 1 else f"{len(rows):,} people need"
    return f"{people} a word: {', '.join(told)}."
