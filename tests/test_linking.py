"""Which application a contact belongs to: by job, interviewer or client, else the latest interview; else we ask."""

from __future__ import annotations

import itertools

import pandas as pd

from analysis import Answers, Scores, default_policy, load, score

HEAD = (
    "candidate,client,job,interviewer,interviewer_email,route,client_zone,at,ended_at,sender,receiver,channel,kind,note"
)
TWO = """\
Ana Diaz,Acme,Analyst,Dana Osei,dana@acme.example,direct,,2026-03-03 10:00,,client,candidate,video,interview,
Ana Diaz,Borealis,Welder,Kim Ray,kim@borealis.example,direct,,2026-03-03 14:00,,client,candidate,video,interview,
"""


def scored(rows: str, complete: str = "yes") -> Scores:
    answers = Answers(zone="America/New_York", calendar="US", complete="yes" if complete == "yes" else "not-sure")
    log = load([("log.csv", (HEAD + "\n" + rows).encode())], answers)
    return score(log, default_policy(), pd.Timestamp("2026-03-30 12:00", tz="America/New_York"))


def client_of(scores: Scores, line: int) -> str:
    """The client whose application the contact of a line belongs to; "" where it belongs to none."""
    contact = scores.contacts[scores.contacts["line"] == line].iloc[0]
    found = scores.applications[scores.applications["application_key"] == contact["application_key"]]
    return "" if found.empty else str(found["client"].iloc[0])


def test_a_contact_that_names_the_job_belongs_to_it() -> None:
    scores = scored(TWO + "Ana Diaz,,Welder,,,,,2026-03-10 10:00,,candidate,client,email,follow_up,\n")
    assert client_of(scores, 4) == "Borealis"


def test_a_contact_that_names_the_interviewer_belongs_where_they_met() -> None:
    named = 'Ana Diaz,,,"Osei, Dana",,,,2026-03-10 10:00,,candidate,client,email,follow_up,\n'
    by_mail = "Ana Diaz,,,,kim@borealis.example,,,2026-03-11 10:00,,candidate,client,email,follow_up,\n"
    scores = scored(TWO + named + by_mail)
    assert [client_of(scores, 4), client_of(scores, 5)] == ["Acme", "Borealis"]


def test_a_contact_that_names_only_the_client_belongs_to_the_only_job_there() -> None:
    scores = scored(TWO + "Ana Diaz,ACME,,,,,,2026-03-10 10:00,,candidate,client,email,follow_up,\n")
    assert client_of(scores, 4).casefold() == "acme"
    assert len(scores.applications) == 2


def test_a_contact_that_names_nothing_belongs_to_the_latest_interview_before_it() -> None:
    later = (
        "Ana Diaz,Cobalt,Fitter,Lee Fox,,direct,,2026-03-12 10:00,2026-03-12 11:00,client,candidate,video,interview,\n"
    )
    scores = scored(TWO + later + "Ana Diaz,,,,,,,2026-03-13 10:00,,candidate,client,email,thank_you,\n")
    assert client_of(scores, 5) == "Cobalt"


def test_a_contact_that_fits_two_interviews_of_one_day_is_left_to_a_person_and_flagged() -> None:
    scores = scored(TWO + "Ana Diaz,,,,,,,2026-03-10 10:00,,candidate,client,email,follow_up,Any news?\n")
    contact = scores.contacts[scores.contacts["line"] == 4].iloc[0]
    assert client_of(scores, 4) == ""
    assert bool(contact["ambiguous"])
    assert (contact["class"], contact["why"]) == ("other", "it fits two applications: please decide")
    assert "ambiguous_link" in scores.findings["finding"].tolist()


def test_what_fits_two_applications_is_held_against_neither() -> None:
    pushy = "".join(
        f"Ana Diaz,,,,,,,2026-03-{day} 10:00,,candidate,client,voicemail,follow_up,LVM\n" for day in (10, 11, 12, 13)
    )
    scores = scored(TWO + pushy)
    assert scores.applications["over_contact_status"].tolist() == ["not scored", "not scored"]


def test_two_jobs_at_one_client_are_two_applications() -> None:
    rows = (
        "Ana Diaz,Acme,Analyst,Dana Osei,,direct,,2026-03-03 10:00,2026-03-03 11:00,client,candidate,video,interview,\n"
        "Ana Diaz,Acme,Planner,Dana Osei,,direct,,2026-03-10 10:00,2026-03-10 11:00,client,candidate,video,interview,\n"
    )
    assert sorted(scored(rows).applications["job"]) == ["Analyst", "Planner"]


def test_a_contact_before_any_interview_is_shown_without_an_application() -> None:
    scores = scored("Ana Diaz,,,,,,,2026-03-02 10:00,,agency,candidate,call,other,first talk\n")
    assert scores.contacts["why"].tolist() == ["no application known"]
    assert scores.applications.empty


def test_a_candidate_never_receives_another_candidates_contacts() -> None:
    ben = "Ben Ito,,,,,,,2026-03-10 10:00,,candidate,client,email,follow_up,\n"
    scores = scored(TWO + ben)
    assert client_of(scores, 4) == ""


def test_the_route_and_zone_of_a_client_hold_for_all_its_applications() -> None:
    rows = (
        "Ana Diaz,Acme,Analyst,Dana,,via_agency,America/Chicago,2026-03-03 10:00,,client,candidate,video,interview,\n"
        "Ben Ito,Acme,Planner,Dana Osei,,,,2026-03-10 10:00,,client,candidate,video,interview,\n"
        "Ben Ito,Borealis,Welder,Kim Ray,,,,2026-03-11 10:00,,client,candidate,video,interview,\n"
    )
    table = scored(rows).applications.set_index(["candidate", "client"])
    assert table.loc[("Ben Ito", "Acme"), ["route", "client_zone"]].tolist() == ["via_agency", "America/Chicago"]
    assert table.loc[("Ben Ito", "Borealis"), ["route", "client_zone"]].tolist() == ["unknown", "America/New_York"]


def test_the_order_of_the_rows_does_not_decide_what_belongs_where() -> None:
    rows = [
        *TWO.splitlines(),
        "Ana Diaz,,Welder,,,,,2026-03-10 10:00,,candidate,client,email,follow_up,one",
        "Ana Diaz,,,Dana Osei,,,,2026-03-11 10:00,,candidate,client,email,follow_up,two",
        "Ana Diaz,,,,,,,2026-03-12 10:00,,candidate,client,email,follow_up,three",
    ]
    seen = set()
    for order in itertools.islice(itertools.permutations(rows), 0, 120, 23):
        contacts = scored("\n".join(order) + "\n").contacts
        seen.add(tuple(sorted(zip(contacts["note"], contacts["application_key"], contacts["at"], strict=True))))
    assert len(seen) == 1
