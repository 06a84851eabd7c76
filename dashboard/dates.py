"""Days and moments in the order of the reader's locale, weekdays named."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time


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
        """A moment as exactly as it is known: no clock time where only the day is."""
        return self.day(moment) if precision in ("day", "evening") else self.moment(moment)

    def brief(self, moment: pd.Timestamp, precision: str) -> str:
        """As `known`, without the year."""
        if precision in ("day", "evening"):
            return self.short(moment)
        clock = format_time(moment.to_pydatetime(warn=False).time(), format="short", locale=self._known)
        return f"{self.short(moment)}, {clock}"
