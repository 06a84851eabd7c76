"""What was kept under a key is found again when more comes to light about a person."""

from __future__ import annotations

import pandas as pd

from analysis import Answers, CheckedLog, default_policy, load, score
from analysis.former import former_applications, former_keys
from analysis.links import Links, Who
from analysis.people import people_of

HEAD = "candidate,candidate_email,client,job,route,at,ended_at,sender,receiver,channel,kind\n"
MET = "2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview\n"
WROTE = "2026-03-04 10:00,,candidate,client,email,thank_you\n"
BY_NAME = f"Ana Lind,,Acme,,direct,{MET}"
BY_ADDRESS = f"Ana Lind,ana@mail.example,Acme,,direct,{WROTE}"


def log(*texts: str) -> CheckedLog:
    files = [(f"week{number}.csv", (HEAD + text).encode()) for number, text in enumerate(texts)]
    return load(files, Answers(zone="America/New_York"))


def key(found: CheckedLog, links: Links | None = None) -> str:
    (only,) = people_of(found, links or Links()).table["candidate_key"]
    return str(only)


def test_a_candidate_known_by_name_is_found_again_when_an_address_comes() -> None:
    old, new = key(log(BY_NAME)), key(log(BY_NAME, BY_ADDRESS))
    assert old != new
    assert former_keys(people_of(log(BY_NAME, BY_ADDRESS)))[old] == new


def test_a_key_that_could_be_two_peoples_belongs_to_neither() -> None:
    other = BY_ADDRESS.replace("ana@mail", "ana.l@mail").replace("Acme", "Bolt")
    people = people_of(log(BY_ADDRESS, other))
    assert len(people.table) == 2
    assert key(log(BY_NAME)) not in former_keys(people)


def test_both_keys_of_two_who_turn_out_to_be_one_lead_to_the_one() -> None:
    one, other = BY_ADDRESS, f"Anna Lind-Ek,anna@mail.example,Acme,,direct,{WROTE}"
    links = Links(same=((Who(email="ana@mail.example"), Who(email="anna@mail.example")),))
    both = people_of(log(one, other), links)
    (now,) = both.table["candidate_key"]
    found = {**former_keys(both), now: now}
    assert found[key(log(one))] == found[key(log(other))] == now


def test_an_application_is_found_again_under_the_new_key_and_with_its_job() -> None:
    def applications(found: CheckedLog) -> pd.DataFrame:
        return score(found, default_policy(), pd.Timestamp("2026-04-01", tz="America/New_York")).applications

    before = str(applications(log(BY_NAME))["application_key"].iloc[0])
    named = BY_NAME.replace("Acme,,", "Acme,Estimator,")
    later = log(named, BY_ADDRESS.replace("Acme,,", "Acme,Estimator,"))
    scores = score(later, default_policy(), pd.Timestamp("2026-04-01", tz="America/New_York"))
    (now,) = scores.applications["application_key"]
    assert before != now
    assert former_applications(scores, key(later), key(log(BY_NAME)))[before] == now
