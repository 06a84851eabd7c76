"""What is said once and for all of a client or a candidate: kept, told in words, and told of in a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from analysis.settings import CandidateSetting, ClientSetting, SettingError
from dashboard import settings
from dashboard.store.engine import Conflict, open_engine, reading, writing
from dashboard.store.state import state

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
MONDAY, TUESDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 13)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(str(tmp_path / "workspace.db"))
    yield opened
    opened.dispose()


def keep(engine: Engine, act: settings.Act, by: str = "Kim") -> None:
    with writing(engine) as connection:
        act(connection, by, NOON)


def test_a_client_is_known_by_its_name_however_it_is_written(engine: Engine) -> None:
    keep(engine, settings.say_client("ACME", ClientSetting(route="via_agency"), 0))
    with reading(engine) as connection:
        told = settings.of_clients(connection)
        assert state(connection).settings.clients == {"acme": ClientSetting(route="via_agency")}
    assert (told["acme"].client, told["acme"].author) == (ClientSetting(route="via_agency"), "Kim")


def test_what_is_taken_back_holds_no_more_and_can_be_said_anew(engine: Engine) -> None:
    keep(engine, settings.say_client("Acme", ClientSetting(zone="Europe/London"), 0))
    with reading(engine) as connection:
        number = settings.of_clients(connection)["acme"].number
    keep(engine, settings.say_client("Acme", ClientSetting(), number))
    with reading(engine) as connection:
        assert state(connection).settings.clients == {}
        assert settings.of_clients(connection)["acme"].client == ClientSetting()


def test_the_later_of_two_people_is_told_of_the_earlier(engine: Engine) -> None:
    keep(engine, settings.say_client("Acme", ClientSetting(route="direct"), 0))
    with pytest.raises(Conflict, match="Kim changed this at 2026-03-03 12:00 UTC"):
        keep(engine, settings.say_client("Acme", ClientSetting(route="via_agency"), 0), "Lee")
    with reading(engine) as connection:
        assert settings.of_clients(connection)["acme"].client.route == "direct"


def test_a_zone_that_does_not_exist_is_refused_and_nothing_is_kept(engine: Engine) -> None:
    with pytest.raises(SettingError, match="no time zone"):
        keep(engine, settings.say_candidate("k" * 16, CandidateSetting(zone="Mars/Base"), 0))
    with reading(engine) as connection:
        assert settings.of_candidate(connection, "k" * 16) == settings.NOTHING


def test_of_days_away_the_days_are_kept_and_nothing_else(engine: Engine) -> None:
    setting = CandidateSetting("Europe/Berlin", (TUESDAY, MONDAY, MONDAY))
    keep(engine, settings.say_candidate("k" * 16, setting, 0))
    with reading(engine) as connection:
        told = settings.of_candidate(connection, "k" * 16)
        assert state(connection).settings.candidates["k" * 16].days_off == (MONDAY, TUESDAY)
    assert dict(told.value) == {"zone": "Europe/Berlin", "days_off": ["2026-03-09", "2026-03-10"]}


def test_days_are_told_as_stretches_and_taken_out_as_such() -> None:
    days = (*settings.between(MONDAY, TUESDAY), FRIDAY)
    assert settings.stretches(days) == [(MONDAY, TUESDAY), (FRIDAY, FRIDAY)]
    assert settings.without(days, MONDAY, TUESDAY) == (FRIDAY,)
    assert settings.stretches(()) == []


def test_a_mistyped_year_does_not_fill_the_workspace_with_days() -> None:
    assert len(settings.between(date(2026, 1, 1), date(9026, 1, 1))) == 366


def test_spellings_of_a_client_stand_in_one_row_with_what_counts() -> None:
    applications = pd.DataFrame(
        {
            "client": ["Acme", "Acme", "ACME", "Bolt", ""],
            "candidate_key": ["a", "b", "b", "a", "c"],
            "route": ["direct", "direct", "unknown", "via_agency", "direct"],
            "client_zone": ["America/New_York"] * 5,
            "calendar": ["US", "US", "US", "", "US"],
        }
    )
    rows = settings.clients(applications).to_dict("records")
    assert [(r["client"], r["candidates"], r["applications"], r["routes"], r["calendars"]) for r in rows] == [
        ("Acme", 2, 3, ["direct", "unknown"], ["US"]),
        ("Bolt", 1, 1, ["via_agency"], []),
    ]
    assert settings.clients(applications.head(0)).empty
