"""Public holidays and the countries of time zones, from the ``holidays`` and ``tzdata`` packages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import holidays
import numpy as np
from numpy.typing import NDArray


@cache
def _zone_table() -> dict[str, str]:
    """Zone -> country, of tzdata's table, with the old names that link to one zone of it."""
    folder = resources.files("tzdata") / "zoneinfo"
    table: dict[str, str] = {}
    for line in (folder / "zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            table[zone] = country
    links = [line.split() for line in (folder / "tzdata.zi").read_text("utf-8").splitlines() if line.startswith("L ")]
    for _, target, alias in links:
        if target in table:
            table.setdefault(alias, table[target])
    return table


@cache
def valid_zone(name: str) -> bool:
    """Whether a name is an IANA time zone."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*", name):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def country_of_zone(zone: str) -> str:
    """ISO country of an IANA zone, ``""`` where the zone belongs to none (``UTC``)."""
    return _zone_table().get(zone, "")


@cache
def _supported() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=False)


@cache
def valid_calendar(code: str) -> bool:
    """Whether ``code`` (``US``, ``GB-ENG``, ``US-MI``) names a calendar of public holidays that is known here."""
    country, _, part = code.partition("-")
    known = _supported()
    return country in known and (not part or part in known[country])


@cache
def _year(code: str, year: int) -> NDArray[np.datetime64]:
    country, _, part = code.partition("-")
    days = holidays.country_holidays(country, subdiv=part or None, years=year)
    return np.array(sorted(days), dtype="datetime64[D]")


def holiday_days(code: str, years: Iterable[int]) -> NDArray[np.datetime64]:
    """Public holidays of a calendar in the given years, sorted ``datetime64[D]``.

    ``code`` as in `valid_calendar`; ``""`` gives none. Raises ``ValueError`` for an unknown calendar.
    Source: the ``holidays`` package.
    """
    if not code:
        return np.array([], dtype="datetime64[D]")
    if not valid_calendar(code):
        raise ValueError(f"no calendar of public holidays is known as {code!r}")
    found = [_year(code, year) for year in sorted(set(years))]
    return np.unique(np.concatenate(found)) if found else np.array([], dtype="datetime64[D]")
