"""What a person can choose from: time zones, holiday calendars, fields of the contact log."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache
from typing import Final

import holidays
from babel import Locale

from analysis.log import PLAIN_COLUMNS

_OLD: Final = ("Etc/", "SystemV/", "US/", "posix", "right")


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """IANA time zones by region, without the old aliases."""
    return tuple(sorted(z for z in zoneinfo.available_timezones() if "/" in z and not z.startswith(_OLD))) + ("UTC",)


@lru_cache(maxsize=1)
def calendars() -> dict[str, str]:
    """Code of every calendar of public holidays (``US``, ``US-MI``) with a name to read, by name."""
    territories = Locale.parse("en").territories
    named: dict[str, str] = {}
    for country, parts in holidays.list_supported_countries(include_aliases=False).items():
        name = str(territories.get(country, country))
        named[country] = name
        named.update({f"{country}-{part}": f"{name}: {part}" for part in parts})
    return dict(sorted(named.items(), key=lambda item: item[1]))


def fields() -> tuple[str, ...]:
    """Fields of the contact log that a column can be."""
    return PLAIN_COLUMNS
