"""Week by week: the interview rounds held, and the share thanked on time where there are enough to say so."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.checked import Answers
from analysis.loading import load
from analysis.policy import default_policy
from analysis.scoring import score
from analysis.weeks import TOO_FEW, days_of, rounds_of, weeks

WHO = "candidate,candidate_email,client,route,interviewer,interviewer_email"
HEAD = f"{WHO},at,ended_at,sender,receiver,channel,kind,state"


def held(name: str, day: str, note: str = "", route: str = "direct", state: str = "") -> str:
    """An interview from ten to eleven; with a note at a moment."""
    first = f"{name},{name}@example.com,Acme,{route},Dana Osei,dana@acme.example"
    rows = [f"{first},{day} 10:00,{day} 11:00,client,candidate,in_person,interview,{state}"]
    return "\n".join([*rows, *([f"{first},{note},,candidate,client,email,thank_you,"] if note else [])])


def rounds(*interviews: str, complete: bool = True) -> pd.DataFrame:
    text = "\n".join([HEAD, *interviews, ""]).encode()
    zone = Answers(zone="America/New_York", calendar="US", complete="yes" if complete else "no")
    scores = score(load([("log.csv", text)], zone), default_policy(), pd.Timestamp("2026-06-01 12:00", tz="UTC"))
    return rounds_of(scores)


def told(table: pd.DataFrame) -> pd.DataFrame:
    return weeks(days_of(table, "America/New_York"), table["judged"].to_numpy(), table["on_time"].to_numpy())


def test_a_note_the_same_evening_is_on_time_one_a_week_later_and_none_at_all_are_not() -> None:
    found = rounds(
        held("ana", "2026-03-03", "2026-03-03 18:00"),
        held("ben", "2026-03-03", "2026-03-11 18:00"),
        held("cy", "2026-03-03"),
    )
    assert found["judged"].tolist() == [True, True, True]
    assert sorted(found["on_time"].tolist()) == [False, False, True]


def test_a_note_that_cannot_be_seen_counts_neither_way() -> None:
    found = rounds(held("ana", "2026-03-03", "2026-03-03 18:00"), held("ben", "2026-03-03"), complete=False)
    assert sorted(zip(found["judged"], found["on_time"], strict=True)) == [(False, False), (True, True)]


def test_an_interview_that_was_cancelled_is_no_round() -> None:
    assert len(rounds(held("ana", "2026-03-03"), held("ben", "2026-03-04", state="cancelled"))) == 1


def test_a_week_runs_from_monday_to_sunday() -> None:
    table = told(rounds(held("ana", "2026-03-09"), held("ben", "2026-03-15"), held("cy", "2026-03-16")))
    assert table["week"].tolist() == [pd.Timestamp("2026-03-09"), pd.Timestamp("2026-03-16")]
    assert table["rounds"].tolist() == [2, 1]


def test_a_week_is_one_on_the_agencys_clock() -> None:
    # Sunday evening in New York, Monday morning in Tokyo
    table = rounds(
        "ana,ana@example.com,Acme,direct,Dana,d@acme.example,2026-03-08 21:00,,client,candidate,call,interview,"
    )
    days = [days_of(table, zone) for zone in ("America/New_York", "Asia/Tokyo")]
    one, other = (weeks(day, table["judged"].to_numpy(), table["on_time"].to_numpy())["week"].iloc[0] for day in days)
    assert (one, other) == (pd.Timestamp("2026-03-02"), pd.Timestamp("2026-03-09"))


def test_a_week_without_an_interview_between_two_others_stands_with_none() -> None:
    table = told(rounds(held("ana", "2026-03-02"), held("ben", "2026-03-16")))
    assert table["rounds"].tolist() == [1, 0, 1]


def test_a_week_has_a_share_from_five_judged_rounds_on() -> None:
    five = [held(f"c{n}", "2026-03-03", "2026-03-03 18:00" if n else "") for n in range(TOO_FEW)]
    assert told(rounds(*five))["share"].tolist() == [0.8]
    assert np.isnan(told(rounds(*five[1:]))["share"]).all()


def test_what_cannot_be_judged_does_not_help_a_week_to_a_share() -> None:
    seen = [held(f"c{n}", "2026-03-03", "2026-03-03 18:00") for n in range(TOO_FEW - 1)]
    table = told(rounds(*seen, held("zed", "2026-03-03"), complete=False))
    assert (table["rounds"].iloc[0], table["judged"].iloc[0]) == (TOO_FEW, TOO_FEW - 1)
    assert np.isnan(table["share"].iloc[0])


def test_every_round_stands_in_one_week() -> None:
    days = np.array(["1969-12-28", "1969-12-29", "2026-03-01", "2026-03-02"], dtype="M8[D]")
    table = weeks(days, np.ones(4, dtype=bool), np.zeros(4, dtype=bool))
    assert table["rounds"].sum() == 4
    assert set(table["week"].dt.day_of_week) == {0}
    assert table.loc[table["rounds"] > 0, "week"].dt.strftime("%Y-%m-%d").tolist() == [
        "1969-12-22", "1969-12-29", "2026-02-23", "2026-03-02",
    ]  # fmt: skip


def test_no_round_makes_no_week() -> None:
    assert told(rounds()).empty
