"""The worked examples of the Help page: real receipts of the sample whose lines add up."""

from __future__ import annotations

import pytest

from analysis import Answers, default_policy, load, score
from analysis.examples import Example, examples
from analysis.policy import load_policy
from analysis.report import FAMILY_TITLES
from dashboard.helping import texts
from dashboard.sample import sample


@pytest.fixture(scope="module")
def found() -> dict[str, Example]:
    told = sample()
    answers = {name: Answers(told.zone, told.calendar, complete) for name, complete in told.complete.items()}
    log = load(told.files, Answers(told.zone, told.calendar), answers)
    return examples(score(log, default_policy(), told.as_of), default_policy().bands)


def test_every_family_has_an_example_whose_lines_add_up_to_its_score(found: dict[str, Example]) -> None:
    assert list(found) == list(FAMILY_TITLES)
    for family, example in found.items():
        assert example.family.family == family
        taken = [row.points for row in example.family.deductions]
        assert 1 <= len(taken) <= 3
        assert example.family.points == pytest.approx(100 - sum(taken))


def test_nothing_taken_off_means_no_example() -> None:
    head = "candidate,client,route,at,sender,receiver,channel,kind\n"
    log = load(
        [("log.csv", f"{head}Ana,Acme,direct,2026-03-03 10:00,client,candidate,video,interview\n".encode())],
        Answers("UTC", "US"),
    )
    assert examples(score(log, default_policy(), sample().as_of), default_policy().bands) == {}


def test_what_help_says_of_a_family_follows_the_policy_that_counts() -> None:
    assert "Within 12 hours" in texts.about("thank_you", default_policy())
    strict = load_policy("[thank_you.hours]\nvalue = [[4, 100], [24, 50]]\n")
    assert "Within 4 hours" in texts.about("thank_you", strict)
    assert "5 to 10 business days of waiting" in texts.about("timing", default_policy())
    assert texts.weight("timing", default_policy()) == "Counts 30% of the overall score."
