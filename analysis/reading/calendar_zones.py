"""Time zones of a calendar file: IANA and Windows names, names of other vendors, rules written out in the file."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_FAULTS: Final = (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, AssertionError)


class Zones:
    """The zones that one VCALENDAR declares, and its own zone for times that name none."""

    def __init__(self, own: str, declared: list[str]) -> None:
        """``own``: the calendar's own lines, unfolded; ``declared``: its VTIMEZONE components, unfolded."""
        self.places: dict[str, str] = {}
        self.rules: dict[str, str] = {}
        for text in declared:
            tzid = re.search(r"^TZID[^:\n]*:(.+?)\s*$", text, re.MULTILINE | re.IGNORECASE)
            if tzid is None:
                continue
            place = re.search(r"^X-LIC-LOCATION[^:\n]*:(.+?)\s*$", text, re.MULTILINE)
            if place:
                self.places[tzid[1]] = place[1]
            self.rules[tzid[1]] = text
        named = re.search(r"^X-WR-TIMEZONE[^:\n]*:(.+?)\s*$", own, re.MULTILINE | re.IGNORECASE)
        self.default = self.iana(named[1]) if named else ""

    def iana(self, tzid: str) -> str:
        """The IANA name for a TZID, ``""`` if none is known."""
        tzid = tzid.strip().strip('"')
        for name in (tzid, WINDOWS_TO_OLSON.get(tzid, ""), self.places.get(tzid, ""), _named_in(tzid)):
            if name in _iana_names():
                return name
        return ""

    def instant(self, local: datetime, tzid: str) -> datetime | None:
        """The moment in UTC of a local time in a zone that only the file's own rules describe."""
        text = self.rules.get(tzid.strip().strip('"'), "")
        zone = _of_rules(text) if text else None
        if zone is None:
            return None
        try:
            return local.replace(tzinfo=zone).astimezone(UTC)
        except _FAULTS:
            return None


@lru_cache(maxsize=64)
def _of_rules(text: str) -> tzinfo | None:
    if len(text) > 20_000 or re.search(r"FREQ=(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY)", text, re.IGNORECASE):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            component = Timezone.from_ical(re.sub(r"\r\n|\r|\n", "\r\n", text))
            return component.to_tz() if isinstance(component, Timezone) else None
    except (*_FAULTS, RecursionError):
        return None


@lru_cache(maxsize=1)
def _iana_names() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=256)
def _named_in(tzid: str) -> str:
    """A name at the end of a longer id, as in ``/vendor/20230104/Europe/Berlin``."""
    parts = tzid.strip("/").split("/")[-6:]
    for start in range(len(parts)):
        name = "/".join(parts[start:])
        if name in _iana_names():
            return name
    return ""
