"""What is put away from the action list stays away until its day, or until something new happens."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis import Answers, default_policy, load, score
from analysis.put_away import PutAway, left, put_by
from analysis.today import actions, every_action

HEAD = "candidate,client,route,interviewer,at,ended_at,sender,receiver,channel,kind\n"
MET = "Ben Ito,Acme,direct,Dana Osei,2026-03-03 10:00,2026-03-03 11:00,client,candidate,video,interview\n"
CHASED = "".join(
    f"Ben Ito,Acme,direct,,2026-03-{day} 10:00,,candidate,client,email,follow_up\n" for day in ("10", "12")
)
AGAIN = "Ben Ito,Acme,direct,,2026-03-13 09:00,,candidate,client,email,follow_up\n"
THE_13TH = date(2026, 3, 13)


def listed(rows: str, moment: str) -> pd.DataFrame:
    log = load([("log.csv", (HEAD + rows).encode())], Answers("America/New_York", "US", complete="yes"))
    return every_action(score(log, default_policy(), pd.Timestamp(moment, tz="America/New_York")))


def away(rows: pd.DataFrame, how: str = "done", until: date | None = None) -> list[PutAway]:
    row = rows.iloc[0]
    return [PutAway(1, row["candidate_key"], row["about"], how, until)]  # type: ignore[arg-type]


def test_what_is_done_leaves_the_list_and_stays_away_the_next_morning() -> None:
    friday, saturday = listed(MET + CHASED, "2026-03-13 08:30"), listed(MET + CHASED, "2026-03-14 08:30")
    assert friday["what"].iloc[0] == saturday["what"].iloc[0] == "stop"
    done = away(friday)
    assert "stop" not in set(left(friday, done, THE_13TH)["what"])
    assert "stop" not in set(left(saturday, done, date(2026, 3, 14))["what"])


def test_a_further_follow_up_brings_the_stop_back() -> None:
    done = away(listed(MET + CHASED, "2026-03-13 08:30"))
    now = left(listed(MET + CHASED + AGAIN, "2026-03-13 12:00"), done, THE_13TH)
    assert list(now["what"])[:1] == ["stop"]
    assert "3 follow-ups" in now["sentence"].iloc[0]


def test_what_is_put_off_comes_back_on_its_day_and_not_before() -> None:
    rows = listed(MET + CHASED, "2026-03-13 08:30")
    later = away(rows, "later", date(2026, 3, 16))
    assert "stop" not in set(left(rows, later, date(2026, 3, 15))["what"])
    assert "stop" in set(left(rows, later, date(2026, 3, 16))["what"])
    assert put_by(rows, later, date(2026, 3, 16)) == []
    ((_, sentence),) = put_by(rows, later, date(2026, 3, 15))
    assert sentence.startswith("Ask Ben Ito to leave it")


def test_behind_what_is_put_away_the_next_thing_to_do_for_the_same_candidate_shows() -> None:
    early = CHASED.replace("2026-03-10", "2026-03-04").replace("2026-03-12", "2026-03-05")
    rows = listed(MET + early, "2026-03-06 08:30")
    assert list(rows["what"]) == ["stop", "debrief"]
    assert left(rows, [], THE_13TH)[["what", "behind"]].to_numpy().tolist() == [["stop", 1]]
    assert list(left(rows, away(rows), THE_13TH)["what"]) == ["debrief"]


def test_the_list_names_each_candidate_once_with_the_most_urgent() -> None:
    log = load([("log.csv", (HEAD + MET).encode())], Answers("America/New_York", "US", complete="yes"))
    scores = score(log, default_policy(), pd.Timestamp("2026-03-04 08:30", tz="America/New_York"))
    found = left(every_action(scores), [], THE_13TH)
    pd.testing.assert_frame_equal(actions(scores), found.drop(columns="behind"))
