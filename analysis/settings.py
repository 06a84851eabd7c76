"""What staff said once and for all about a client or a candidate: route, zone, calendar, days off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.calendars import country_of_zone, valid_calendar, valid_zone
from analysis.clock import with_days_off
from analysis.identifiers import mapped, plain_name
from analysis.log import ROUTES


class SettingError(ValueError):
    """A setting that cannot be meant; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class ClientSetting:
    """About one client; empty where nothing was said. ``zone``: an IANA name; ``calendar``: ``US`` or ``GB-ENG``."""

    route: str = ""
    zone: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class CandidateSetting:
    """About one candidate: ``zone`` (IANA) and the days declared as unavailable; no reason is kept."""

    zone: str = ""
    days_off: tuple[date, ...] = ()


_NO_CLIENTS: Final[Mapping[str, ClientSetting]] = MappingProxyType({})
_NO_CANDIDATES: Final[Mapping[str, CandidateSetting]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """``clients``: by name, as `analysis.people.plain_name` writes it. ``candidates``: by candidate key."""

    clients: Mapping[str, ClientSetting] = field(default_factory=lambda: _NO_CLIENTS)
    candidates: Mapping[str, CandidateSetting] = field(default_factory=lambda: _NO_CANDIDATES)

    def __bool__(self) -> bool:
        return bool(self.clients or self.candidates)


def valid(setting: ClientSetting | CandidateSetting) -> None:
    """Nothing, for a setting that can be meant. Raises `SettingError` otherwise."""
    if setting.zone and not valid_zone(setting.zone):
        raise SettingError(f"{setting.zone!r} is no time zone; write it as Europe/London.")
    if isinstance(setting, ClientSetting):
        if setting.route and setting.route not in ROUTES:
            raise SettingError(f"{setting.route!r} is no route; one of {', '.join(ROUTES)} is.")
        if setting.calendar and not valid_calendar(setting.calendar):
            raise SettingError(f"{setting.calendar!r} is no holiday calendar; write it as US, US-MI or GB-ENG.")


def settle(table: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Applications (``table`` of `analysis.linking.Applications`) with what was said of their clients and candidates.

    A setting outweighs what files say. Days off make a calendar of their own, for the employer's days and the
    candidate's alike.
    """
    if not settings or table.empty:
        return table
    out = table.copy()
    client = mapped(table["client"], plain_name)
    key = table["candidate_key"].to_numpy(dtype=object)
    said = {name: settings.clients.get(name, ClientSetting()) for name in set(client.tolist())}
    about = {name: settings.candidates.get(name, CandidateSetting()) for name in set(key.tolist())}
    same_zone = (table["client_zone"] == table["candidate_zone"]).to_numpy()
    out["route"] = _over(table["route"], client, {name: one.route for name, one in said.items()})
    out["client_zone"] = _over(table["client_zone"], client, {name: one.zone for name, one in said.items()})
    # a candidate of whom nothing is known stays where the client is
    home = np.where(same_zone, out["client_zone"], table["candidate_zone"])
    out["candidate_zone"] = _over(pd.Series(home), key, {name: one.zone for name, one in about.items()})
    out["calendar"] = _moved(table["calendar"], table["client_zone"], out["client_zone"])
    out["calendar"] = _over(out["calendar"], client, {name: one.calendar for name, one in said.items()})
    own = _moved(table["candidate_calendar"], table["candidate_zone"], out["candidate_zone"])
    with_client = (out["client_zone"] == out["candidate_zone"]).to_numpy()
    out["candidate_calendar"] = np.where(with_client, out["calendar"], own)
    days = {name: one.days_off for name, one in about.items() if one.days_off}
    for column in ("calendar", "candidate_calendar") if days else ():
        codes = [with_days_off(code, days.get(who, ())) for code, who in zip(out[column], key, strict=True)]
        out[column] = np.array(codes, dtype=object)
    return out


def _over(values: pd.Series, group: NDArray[np.object_], said: Mapping[str, str]) -> NDArray[np.object_]:
    new = np.array([said[name] for name in group.tolist()], dtype=object)
    return np.where(new == "", values.to_numpy(dtype=object), new)


def _moved(calendar: pd.Series, before: pd.Series, after: pd.Series) -> NDArray[np.object_]:
    """The calendar of the new zone's country where the zone was changed into another country."""
    codes = {zone: country_of_zone(zone) for zone in {*before, *after}}
    new = np.array([codes[zone] for zone in after], dtype=object)
    old = np.array([codes[zone] for zone in before], dtype=object)
    return np.where((new != old) & (new != ""), new, calendar.to_numpy(dtype=object))
