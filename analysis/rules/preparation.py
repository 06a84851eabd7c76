"""What a candidate gathers at the interview: the interviewers' details, and when they expect to decide."""

from __future__ import annotations

import numpy as np

from analysis.facts import Facts
from analysis.policy import Policy
from analysis.rules.deductions import NOT_SCORED, SCORED, Family, Ledger, Verdict, new_units
from analysis.segments import group_count, group_sum


def score_contact_details(facts: Facts, policy: Policy) -> Family:
    """Share of the interviewers with name and channel in time; in a large panel the host's channel is enough."""
    rules, members, rounds = policy.contact_details, facts.members, facts.rounds
    size = len(rounds)
    number = members["round"]
    named = members["named"]
    in_time = members["channel_days"] <= rules.days
    people = group_count(number, size)
    host = members["order"] == 0
    large = people > rules.large_panel
    host_reached = np.zeros(size, dtype=bool)
    host_reached[number[host & in_time]] = True
    whole = named & (in_time | (large & host_reached)[number]) if len(members) else named
    worth = np.where(whole, 1.0, np.where(named, rules.name_only, 0.0))
    # an address without a name is a channel without a name: half, as a name without a channel
    worth = np.where(~named & in_time, rules.name_only, worth)
    share = np.divide(group_sum(worth, number, size), people, out=np.zeros(size), where=people > 0)
    verdict = Verdict.start(size)
    verdict.put(rounds["with_agency"], NOT_SCORED, "interview_with_agency")
    verdict.put(people == 0, NOT_SCORED, "not_recorded")
    verdict.put(np.ones(size, dtype=bool), SCORED)
    ledger = Ledger()
    complete = group_sum((worth >= 1).astype(np.float64), number, size).astype(np.int64)
    measured = np.array(
        [
            f"{a} of {b} interviewers with name and channel"
            for a, b in zip(complete.tolist(), people.tolist(), strict=True)
        ],
        dtype=object,
    )
    ledger.take(
        verdict.is_(SCORED),
        np.arange(size, dtype=np.int64),
        np.round(100 * (1 - share), 9),
        "contact_details.share",
        "contact_details_missing",
        measured,
        f"name and channel of each within {rules.days:g} business day",
        rounds["entry"],
    )
    return _family("contact_details", facts, verdict, ledger)


def score_decision_date(facts: Facts, policy: Policy) -> Family:
    """Asked at the interview or volunteered, asked soon after, or known not to have been asked."""
    rules, asking, rounds = policy.decision_date, facts.asking, facts.rounds
    size = len(rounds)
    at_meeting = asking["at_meeting"]
    later = asking["in_note"] | (asking["later_days"] <= rules.days)
    not_asked = asking["not_asked"]
    verdict = Verdict.start(size)
    verdict.put(rounds["with_agency"], NOT_SCORED, "interview_with_agency")
    verdict.put(~at_meeting & ~later & ~not_asked, NOT_SCORED, "not_recorded")
    verdict.put(np.ones(size, dtype=bool), SCORED)
    points = np.select([at_meeting, later], [rules.asked, rules.asked_later], rules.not_asked)
    measured = np.select([at_meeting, later], ["asked at the interview", "asked after the interview"], "not asked")
    ledger = Ledger()
    ledger.take(
        verdict.is_(SCORED),
        np.arange(size, dtype=np.int64),
        100.0 - points,
        "decision_date.asked",
        "date_not_asked",
        measured.astype(object),
        "ask before leaving the interview",
        asking["entry"],
    )
    return _family("decision_date", facts, verdict, ledger)


def _family(name: str, facts: Facts, verdict: Verdict, ledger: Ledger) -> Family:
    """A family with one unit a round."""
    rounds = facts.rounds
    units = new_units(
        rounds["app"],
        verdict=verdict,
        round_number=rounds["number"],
        starts=rounds["starts"],
        ends=rounds["ends"],
    )
    return ledger.family(name, units, [[e] for e in rounds["entry"].tolist()])
