"""Before and after a session: a clear change is said only where chance would hardly give it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import date
from statistics import mean

import pandas as pd
import pytest

from analysis import Answers, Scores, default_policy, load, score
from analysis.before_after import MOST, BeforeAfter, before_after, compare, permutation_share

HEAD = "candidate,client,client_zone,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
TRIALS = 1000


def rounds(*noted: tuple[str, str]) -> Scores:
    """Interviews of one candidate, each at a client of its own, with the day of the interview and that of the note."""
    rows = HEAD
    for number, (held, note) in enumerate(noted):
        about = f"Ana Lind,Client {number},America/New_York,direct,Dana Osei,dana@c{number}.example"
        rows += f"{about},{held} 10:00,{held} 11:00,client,candidate,in_person,interview\n"
        rows += f"{about},{note} 18:00,,candidate,client,email,thank_you\n"
    log = load([("log.csv", rows.encode())], Answers(zone="America/New_York", calendar="US", complete="yes"))
    return score(log, default_policy(), pd.Timestamp("2026-06-30", tz="America/New_York"))


def noted(scores: Scores, day: date, family: str = "thank_you") -> BeforeAfter:
    return before_after(scores, str(scores.candidates["candidate_key"].iloc[0]), family, day)


LATE = [(f"2026-03-{day:02}", f"2026-03-{day + 3:02}") for day in (2, 3, 9, 10, 16, 17)]
PROMPT = [(f"2026-04-{day:02}", f"2026-04-{day:02}") for day in (6, 7, 13, 14, 20, 21)]


def test_six_late_notes_and_then_six_prompt_ones_are_clearly_better() -> None:
    found = noted(rounds(*LATE, *PROMPT), date(2026, 4, 1))
    assert (found.rounds_before, found.rounds_after, found.after) == (6, 6, 100.0)
    assert found.before is not None
    assert found.before < 80
    assert (found.verdict, found.enough) == ("better", True)


def test_six_prompt_notes_and_then_six_late_ones_are_clearly_lower() -> None:
    early = [(f"2026-02-{day:02}", f"2026-02-{day:02}") for day in (2, 3, 9, 10, 17, 18)]
    assert noted(rounds(*early, *LATE), date(2026, 3, 1)).verdict == "worse"


def test_one_interview_on_each_side_shows_nothing_and_says_that_it_cannot() -> None:
    found = noted(rounds(LATE[0], PROMPT[0]), date(2026, 4, 1))
    assert (found.verdict, found.enough, found.share) == ("no clear change", False, 1.0)


def test_an_interview_on_the_day_itself_belongs_to_neither_side() -> None:
    found = noted(rounds(LATE[0], PROMPT[0], PROMPT[1]), date(2026, 4, 6))
    assert (found.rounds_before, found.rounds_after) == (1, 1)


def test_without_a_round_on_a_side_there_is_nothing_to_compare() -> None:
    found = noted(rounds(LATE[0]), date(2026, 4, 1))
    assert (found.before is None, found.after, found.share, found.verdict) == (False, None, None, "no clear change")


def test_the_rounds_nearest_to_the_day_are_compared() -> None:
    found = compare("timing", [0.0] * 30 + [100.0] * MOST, [100.0] * MOST + [0.0] * 30)
    assert (found.before, found.after, found.rounds_before, found.rounds_after) == (100.0, 100.0, MOST, MOST)


def test_the_share_of_orders_is_counted_as_by_hand() -> None:
    chance = random.Random(11)
    for _ in range(60):
        sides = [[chance.choice((0.0, 30.5, 84.2, 100.0)) for _ in range(chance.randint(1, 4))] for _ in range(2)]
        everything, picked = sides[0] + sides[1], len(sides[1])
        seen = abs(mean(sides[1]) - mean(sides[0]))
        as_far = [
            abs(
                mean(everything[n] for n in chosen)
                - mean(everything[n] for n in range(len(everything)) if n not in chosen)
            )
            >= seen - 1e-9
            for chosen in itertools.combinations(range(len(everything)), picked)
        ]
        assert permutation_share(*sides) == pytest.approx(mean(as_far))


def points(chance: random.Random, strong: float) -> float:
    """Points as families give them: often the full hundred, else anything."""
    return 100.0 if chance.random() < strong else round(chance.uniform(0, 100), 1)


def any_session(chance: random.Random) -> BeforeAfter:
    strong = chance.random()
    sides = [[points(chance, strong) for _ in range(chance.randint(1, 12))] for _ in range(2)]
    return compare("timing", sides[0], sides[1])


def the_family_that_looked_worst(chance: random.Random) -> BeforeAfter:
    strong, before, after = chance.random(), chance.randint(1, 12), chance.randint(1, 12)
    families = [
        ([points(chance, strong) for _ in range(before)], [points(chance, strong) for _ in range(after)])
        for _ in range(6)
    ]
    return compare("timing", *min(families, key=lambda f: mean(f[0])), 6)


def called_in_after_a_bad_round(chance: random.Random) -> BeforeAfter:
    strong, least = chance.random(), chance.randint(2, 5)
    families: list[list[float]] = [[] for _ in range(6)]
    while len(families[0]) < 20:
        for family in families:
            family.append(points(chance, strong))
        if len(families[0]) >= least and min(family[-1] for family in families) < 45:
            break
    worst = min(families, key=lambda family: family[-1])
    return compare("timing", worst, [points(chance, strong) for _ in range(chance.randint(1, 12))], 6)


@pytest.mark.parametrize("happened", [any_session, the_family_that_looked_worst, called_in_after_a_bad_round])
def test_where_nothing_changed_it_says_no_clear_change_at_least_95_times_of_100(
    happened: Callable[[random.Random], BeforeAfter],
) -> None:
    chance = random.Random(20)
    told = [happened(chance).verdict for _ in range(TRIALS)]
    assert told.count("no clear change") >= 0.95 * TRIALS


def test_a_real_change_is_seen_when_there_are_rounds_enough() -> None:
    chance = random.Random(5)
    told = [
        compare(
            "timing", [points(chance, 0.1) for _ in range(10)], [points(chance, 0.95) for _ in range(10)], 6
        ).verdict
        for _ in range(100)
    ]
    assert told.count("better") > 80
    assert told.count("worse") == 0
