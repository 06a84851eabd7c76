"""Days and moments in the order of the reader's locale, weekdays named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time

_ROUGH: Final = ("day", "evening")


@dataclass(frozen=True, slots=True)
class Dates:
    """Writes dates for one reader. ``locale`` is a browser's language tag such as ``en-GB``."""

    locale: str = "en-GB"

    @property
    def _known(self) -> Locale:
        try:
            return Locale.parse(self.locale.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_GB")

    def day(self, moment: pd.Timestamp) -> str:
        """Weekday, day, month and year."""
        return format_skeleton("yMMMEd", moment.to_pydatetime(warn=False), locale=self._known)

    def short(self, moment: pd.Timestamp) -> str:
        """Weekday, day and month."""
        return format_skeleton("MMMEd", moment.to_pydatetime(warn=False), locale=self._known)

    def moment(self, moment: pd.Timestamp) -> str:
        """Weekday, day, month, year and the time to the minute."""
        clock = format_time(moment.to_pydatetime(warn=False).time(), format="short", locale=self._known)
        return f"{self.day(moment)}, {clock}"

    def known(self, moment: pd.Timestamp, precision: str) -> str:
        """A moment as exactly as it is known: the day, its evening, or the time to the minute."""
        return _roughly(self.day(moment), precision) if precision in _ROUGH else self.moment(moment)

    def brief(self, moment: pd.Timestamp, precision: str) -> str:
        """As `known`, without the year."""
        if precision in _ROUGH:
            return _roughly(self.short(moment), precision)
        clock = format_time(moment.to_pydatetime(warn=False).time(), format="short", locale=self._known)
        return f"{self.short(moment)}, {clock}"


def _roughly(day: str, precision: str) -> str:
    return f"{day}, evening" if precision == "evening" else day
