"""What staff said once and for all of clients and candidates: read, told in words, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection

from analysis.identifiers import mapped, plain_name
from analysis.settings import CandidateSetting, ClientSetting, valid
from dashboard.store import sayings

NAME: Final = "setting"
Act = Callable[[Connection, str, datetime], object]
_MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Told:
    """What was said last, with the number it has, by whom and when; number 0 where nothing was said."""

    value: Mapping[str, Any]
    number: int = 0
    author: str = ""
    at: str = ""

    @property
    def client(self) -> ClientSetting:
        """It as a client's setting."""
        return ClientSetting(**self.value)

    @property
    def candidate(self) -> CandidateSetting:
        """It as a candidate's setting."""
        days = tuple(date.fromisoformat(day) for day in self.value.get("days_off", ()))
        return CandidateSetting(self.value.get("zone", ""), days)


NOTHING: Final = Told({})


def of_clients(connection: Connection) -> dict[str, Told]:
    """What was said of clients, by `plain_name`."""
    return _told(connection, "client")


def of_candidate(connection: Connection, key: str) -> Told:
    """What was said of one candidate."""
    return _told(connection, "candidate").get(key, NOTHING)


def say_client(client: str, setting: ClientSetting, seen: int) -> Act:
    """The act that keeps a client's setting; an empty one takes back what was said."""
    value = {name: getattr(setting, name) for name in ("route", "zone", "calendar") if getattr(setting, name)}
    return _say(("client", plain_name(client), NAME), setting, value, seen)


def say_candidate(key: str, setting: CandidateSetting, seen: int) -> Act:
    """The act that keeps a candidate's setting; an empty one takes back what was said."""
    days = [day.isoformat() for day in sorted(set(setting.days_off))]
    value = {name: told for name, told in (("zone", setting.zone), ("days_off", days)) if told}
    return _say(("candidate", key, NAME), setting, value, seen)


def clients(applications: pd.DataFrame) -> pd.DataFrame:
    """One row a client, by name: ``plain``, ``client`` (as it is written most), ``candidates``, ``applications``,
    ``routes``, ``zones``, ``calendars`` (lists of what counts now)."""
    named = applications.loc[applications["client"] != ""]
    plain = pd.Series(mapped(named["client"], plain_name), index=named.index, dtype="str")
    grouped = named.groupby(plain)
    table = pd.DataFrame(
        {
            "client": grouped["client"].agg(lambda names: str(names.mode().iloc[0])),
            "candidates": grouped["candidate_key"].nunique(),
            "applications": grouped.size(),
            "routes": grouped["route"].agg(_distinct),
            "zones": grouped["client_zone"].agg(_distinct),
            "calendars": grouped["calendar"].agg(_distinct),
        }
    )
    table = table.rename_axis("plain").reset_index()
    return table.sort_values("client", key=lambda c: c.str.casefold(), kind="stable", ignore_index=True)


def between(first: date, last: date) -> tuple[date, ...]:
    """Every day from the first to the last, at most a year of them."""
    return tuple(first + timedelta(days=n) for n in range(min((last - first).days + 1, _MOST_DAYS)))


def stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as stretches without a gap: first and last day of each, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def without(days: Iterable[date], first: date, last: date) -> tuple[date, ...]:
    """The days but those from the first to the last."""
    return tuple(day for day in days if not first <= day <= last)


def _say(place: sayings.Place, setting: ClientSetting | CandidateSetting, value: Mapping[str, Any], seen: int) -> Act:
    def act(connection: Connection, by: str, now: datetime) -> None:
        valid(setting)
        sayings.say(connection, place, dict(value), by, now, seen=seen)

    return act


def _told(connection: Connection, scope: str) -> dict[str, Told]:
    rows = sayings.last_said(connection, scope, NAME)
    return {about: Told(row["value"] or {}, int(row["id"]), row["author"], row["at"]) for about, row in rows.items()}


def _distinct(values: pd.Series) -> list[str]:
    return sorted({str(value) for value in values if value})
