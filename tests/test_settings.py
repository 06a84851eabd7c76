"""What is known of a client or a candidate once and for all outweighs what a file says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis import Answers, Scores, default_policy, load, score
from analysis.settings import CandidateSetting, ClientSetting, SettingError, Settings, valid

HEAD = "candidate,client,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
ANA = "Ana Lind,Acme,Dana Osei,dana@acme.example"
LOG = f"""{ANA},2026-03-05 10:00,2026-03-05 11:00,client,candidate,in_person,interview
{ANA},2026-03-10 10:00,,candidate,client,email,thank_you
{ANA},2026-03-12 16:30,,candidate,client,call,follow_up
"""
NEW_YORK = "America/New_York"


def scored(settings: Settings | None = None) -> Scores:
    log = load([("log.csv", (HEAD + LOG).encode())], Answers(zone=NEW_YORK, calendar="US", route="direct"))
    return score(
        replace(log, settings=settings or Settings()), default_policy(), pd.Timestamp("2026-04-15", tz=NEW_YORK)
    )


def test_nothing_said_changes_nothing() -> None:
    pd.testing.assert_frame_equal(scored(Settings()).applications, scored().applications)


def test_the_route_of_a_client_counts_for_every_candidate_there() -> None:
    scores = scored(Settings(clients={"acme": ClientSetting(route="via_agency")}))
    assert scores.applications[["route", "timing_reason"]].iloc[0].tolist() == ["via_agency", "via_agency"]


def test_a_client_in_another_zone_is_called_by_its_own_clock() -> None:
    hours = scored(Settings(clients={"acme": ClientSetting(zone="America/Los_Angeles")})).rows
    before = scored().rows
    assert "timing.hour" in before["rule"].tolist(), "half past four in New York is late"
    late = hours.loc[hours["rule"] == "timing.hour", "measured"].tolist()
    assert late != before.loc[before["rule"] == "timing.hour", "measured"].tolist()


def test_days_on_which_a_candidate_was_unavailable_are_no_delay() -> None:
    key = scored().candidates["candidate_key"].iloc[0]
    ill = (date(2026, 3, 6), date(2026, 3, 9))
    away = scored(Settings(candidates={key: CandidateSetting(days_off=ill)}))
    assert away.candidates["thank_you"].iloc[0] > scored().candidates["thank_you"].iloc[0]
    assert away.applications["calendar"].iloc[0] == "US", "nobody is shown the days"


def test_a_client_moved_into_another_country_has_its_holidays() -> None:
    scores = scored(Settings(clients={"acme": ClientSetting(zone="Europe/London")}))
    assert scores.applications["calendar"].iloc[0] == "GB"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        (ClientSetting(zone="Mars/Base"), "no time zone"),
        (ClientSetting(route="by pigeon"), "is no route"),
        (ClientSetting(calendar="XX"), "no holiday calendar"),
        (CandidateSetting(zone="Berlin"), "no time zone"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_in_words(
    setting: ClientSetting | CandidateSetting, says: str
) -> None:
    with pytest.raises(SettingError, match=says):
        valid(setting)
