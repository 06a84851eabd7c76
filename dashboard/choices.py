"""What a person can choose from: time zones, holiday calendars, fields of the contact log."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import holidays
import pandas as pd
from babel import Locale

from analysis.formats.profile import IGNORED
from analysis.formats.recognising import choices as field_words

UNUSED: Final = IGNORED

_OLD: Final = ("Etc/", "SystemV/", "US/", "posix", "right")


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """IANA time zones by region, without the old aliases."""
    return (*sorted(z for z in zoneinfo.available_timezones() if "/" in z and not z.startswith(_OLD)), "UTC")


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


def fields() -> dict[str, str]:
    """What a column can be, each in words; `UNUSED` leaves it out."""
    return field_words()


def glimpse(values: pd.Series) -> str:
    """The first values of a column in a line."""
    shown = [str(v).replace("\n", " ") for v in dict.fromkeys(values) if v]
    return " · ".join(v if len(v) <= 40 else v[:39] + "…" for v in shown[:3]) or "empty"


def at(options: Sequence[str], value: str) -> int:
    """The place of a value among options, the first where it is none of them."""
    return options.index(value) if value in options else 0
