"""What a candidate is asked: after which interviews the files show no note, and nothing that they do show."""

from __future__ import annotations

import pandas as pd

from analysis import Answers, Scores, default_policy, load, score
from analysis.unseen import Unseen, unseen

HEAD = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,note\n"


def met(day: str, client: str = "Acme", who: str = "Dana Osei") -> str:
    address = ";".join(f"{name.split()[0].lower()}@{client.lower()}.example" for name in who.split(";"))
    times = f"2026-03-{day} 10:00,2026-03-{day} 11:00"
    return f"Ana Lind,{client},direct,{who},{address},{times},client,candidate,video,interview,\n"


def wrote(day: str, kind: str = "thank_you", client: str = "Acme") -> str:
    return f"Ana Lind,{client},direct,Dana Osei,,2026-03-{day} 18:00,,candidate,client,email,{kind},\n"


def scored(rows: str, complete: str = "not-sure", as_of: str = "2026-03-20 09:00") -> Scores:
    answers = Answers("America/New_York", "US", complete=complete)  # type: ignore[arg-type]
    log = load([("log.csv", (HEAD + rows).encode())], answers)
    return score(log, default_policy(), pd.Timestamp(as_of, tz="America/New_York"))


def asked(rows: str, complete: str = "not-sure", as_of: str = "2026-03-20 09:00") -> tuple[Unseen, ...]:
    scores = scored(rows, complete, as_of)
    return unseen(scores, str(scores.candidates["candidate_key"].iloc[0]))


def test_where_no_note_can_be_seen_the_interview_and_whom_they_met_is_asked_about() -> None:
    (one,) = asked(met("03", who="Dana Osei;Tom Ray"))
    assert (one.client, one.names, one.status) == ("Acme", ("Dana Osei", "Tom Ray"), "cannot see")
    assert (one.at, one.ended) == (pd.Timestamp("2026-03-03 10:00"), pd.Timestamp("2026-03-03 11:00"))


def test_a_note_that_is_there_is_not_asked_about() -> None:
    assert asked(met("03") + wrote("03")) == ()


def test_complete_files_have_shown_it_already_and_nothing_is_asked() -> None:
    assert asked(met("03"), complete="yes") == ()


def test_the_latest_interview_is_asked_about_first() -> None:
    assert [one.client for one in asked(met("03") + met("10", client="Bolt"))] == ["Bolt", "Acme"]


def test_an_interview_that_is_not_over_is_not_asked_about() -> None:
    assert asked(met("03"), as_of="2026-03-03 10:30") == ()


def test_a_no_told_in_a_debrief_counts_and_is_not_asked_again() -> None:
    told = "Ana Lind,Acme,direct,,,2026-03-03 11:00,,candidate,agency,,debrief,No note was sent.\n"
    assert asked(met("03") + told) == ()
    assert scored(met("03") + told).candidates["thank_you"].iloc[0] == 0
