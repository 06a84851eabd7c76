"""Before a policy is saved: who would move, by how much, and into which band."""

from __future__ import annotations

import pandas as pd

from analysis import Answers, default_policy, load, load_policy
from analysis.facts import Facts, measure
from analysis.moves import Moves, moves
from analysis.policy import Policy
from analysis.scoring import score_facts

ZONE = "America/New_York"
HEAD = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on\n"
ANA = "Ana Diaz,Acme,direct,Dana Osei,dana@acme.example"
BEN = "Ben Hale,Bolt,direct,Eve Roy,eve@bolt.example"
LOG = f"""{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,,interview,2026-03-13
{ANA},2026-03-03 15:00,,candidate,client,email,thank_you,
{ANA},2026-03-13 10:00,,candidate,client,email,follow_up,
{BEN},2026-03-03 10:00,2026-03-03 11:00,client,candidate,,interview,2026-03-13
{BEN},2026-03-03 15:00,,candidate,client,email,thank_you,
{BEN},2026-03-16 10:00,,candidate,client,email,follow_up,
"""
# Ana wrote on the day itself (85 points), Ben the business day after (100)
STRICTER = "[timing.with_date]\nvalue = [[-5, 10], [0, 25], [1, 100], [5, 100], [20, 30]]\n"


def facts() -> Facts:
    log = load([("log.csv", (HEAD + LOG).encode())], Answers(zone=ZONE, calendar="US", complete="yes"))
    return measure(log, pd.Timestamp("2026-04-15 12:00", tz=ZONE), default_policy().classes)


def under(policy: Policy) -> Moves:
    usual = default_policy()
    measured = facts()
    return moves(score_facts(measured, usual), score_facts(measured, policy), usual.bands, policy.bands)


def row(found: Moves, family: str) -> pd.Series:
    return found.families.set_index("family").loc[family]


def test_the_same_policy_moves_nobody() -> None:
    found = under(default_policy())
    assert (found.candidates, found.moved, len(found.movers), len(found.bands)) == (2, 0, 0, 0)
    assert found.families[["up", "down", "appear", "vanish", "bands"]].to_numpy().sum() == 0
    assert found.families["mean"].isna().all()


def test_a_stricter_day_moves_the_one_who_wrote_on_it_by_what_it_says() -> None:
    found = under(load_policy(STRICTER))
    assert found.moved == 1
    timing = row(found, "timing")
    assert (timing["up"], timing["down"], timing["mean"], timing["bands"]) == (0, 1, -60.0, 1)
    assert row(found, "thank_you")["down"] == 0
    (mover,) = found.movers.to_dict("records")
    assert mover["candidate"] == "Ana Diaz"
    assert (mover["title"], mover["most"]) == ("Follow-up timing", -60.0)
    assert mover["change"] == mover["after"] - mover["before"] < 0


def test_a_change_of_band_is_counted_by_where_from_and_where_to() -> None:
    found = under(load_policy("[bands.strong]\nvalue = 99.5\n"))
    # Ana stands between 90 and 99.5: her word changes, nobody's points do
    assert found.families[["up", "down"]].to_numpy().sum() == 0
    assert found.bands["candidates"].sum() == row(found, "overall")["bands"] == 1
    assert set(found.bands["before"]) == {"strong"}
    assert set(found.bands["after"]) == {"good"}
    assert found.movers["change"].isna().all()
    assert list(found.movers["candidate"]) == sorted(found.movers["candidate"])


def test_an_overall_that_is_no_longer_shown_is_said_and_not_counted_as_a_fall() -> None:
    found = under(load_policy("[overall.least_weight]\nvalue = 1\n"))
    overall = row(found, "overall")
    assert (overall["vanish"], overall["down"]) == (2, 0)
    assert set(found.bands["after"]) == {"not scored"}
    back = moves_back()
    assert row(back, "overall")["appear"] == 2


def moves_back() -> Moves:
    measured, strict = facts(), load_policy("[overall.least_weight]\nvalue = 1\n")
    usual = default_policy()
    return moves(score_facts(measured, strict), score_facts(measured, usual), strict.bands, usual.bands)


def test_the_largest_move_stands_first() -> None:
    found = under(load_policy(STRICTER + "[timing.hour_share]\nvalue = 0\n[note_quality.role_only]\nvalue = 0\n"))
    sizes = found.movers["change"].abs().tolist()
    assert sizes == sorted(sizes, reverse=True)
    assert found.moved == len(found.movers)
