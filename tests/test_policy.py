"""The policy: every number a record with its source, refused when it cannot be used, named in every result."""

from __future__ import annotations

import re
import tomllib
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import Answers, Policy, PolicyError, Scores, default_policy, load, load_policy, score
from analysis.facts import measure
from analysis.policy import Weights
from analysis.results import FAMILIES
from analysis.scoring import score_facts

TABLE = tomllib.loads((Path(analysis.__file__).parent / "policy.toml").read_text("utf-8"))
LOG = """\
candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on,note
Ana Diaz,Acme,direct,Dana Osei,d@acme.example,2026-03-03 10:00,2026-03-03 11:00,client,candidate,,interview,2026-03-13,
Ana Diaz,Acme,direct,Dana Osei,,2026-03-05 11:00,,candidate,client,email,thank_you,,
Ana Diaz,Acme,direct,Dana Osei,,2026-03-16 16:00,,candidate,client,call,follow_up,,no answer
Ana Diaz,Acme,direct,Dana Osei,,2026-03-20 10:00,,candidate,client,email,follow_up,,Any news?
Ana Diaz,Acme,direct,Dana Osei,,2026-03-24 10:00,,candidate,client,email,follow_up,,Any news?
"""


def scored(policy: Policy) -> Scores:
    log = load([("log.csv", LOG.encode())], Answers(zone="America/New_York", calendar="US", complete="yes"))
    return score(log, policy, pd.Timestamp("2026-04-15 12:00", tz="America/New_York"))


def points(family: str, policy: Policy) -> float:
    return float(scored(policy).candidates[family].iloc[0])


def record(name: str, value: str) -> Policy:
    """The defaults with one number changed."""
    return load_policy(f"[{name}]\nvalue = {value}\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[thank_you", "not valid TOML"),
        ("[moon.phase]\nvalue = 1", r"does not know \[moon\]"),
        ("[thank_you.glitter]\nvalue = 1", r"does not know thank_you\.glitter"),
        ("[thank_you.best_share]\nmeaning = 'x'", "needs a line `value"),
        ("thank_you = 3", r"does not know \[thank_you\]"),
        ("[thank_you]\nbest_share = 0.5", "needs a line `value"),
        ("[thank_you.best_share]\nvalue = 0.5\ncolour = 'red'", "a key the policy does not know: colour"),
        ("[thank_you.best_share]\nvalue = 'half'", "must be a number, not 'half'"),
        ("[thank_you.best_share]\nvalue = true", "must be a number, not True"),
        ("[thank_you.hours]\nvalue = 12", "must be a list"),
        ("[thank_you.hours]\nvalue = []", "must be a list"),
        ("[thank_you.hours]\nvalue = [12, 24]", "must be a list of pairs"),
        ("[thank_you.hours]\nvalue = [[12, 100, 3]]", "must be a list of pairs"),
        ("[thank_you.hours]\nvalue = [[24, 90], [12, 100]]", r"thank_you\.hours must rise"),
        ("[thank_you.hours]\nvalue = [[12, 100], [12, 90]]", "must rise"),
        ("[timing.week]\nvalue = ['seven', 5]", "must be a number"),
        ("[timing.week]\nvalue = [7]", r"timing\.week must be two numbers"),
        ("[weights.timing]\nvalue = 0.4", r"must add up to 1; they add up to 1\.1"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused_with_the_record_and_the_reason(text: str, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        load_policy(text)


def test_every_number_is_a_record_with_unit_meaning_source_and_date() -> None:
    for entry in default_policy().records:
        assert all((entry.unit, entry.meaning, entry.source, entry.since)), entry.name
    written = {f"{section}.{name}" for section, part in TABLE.items() if isinstance(part, dict) for name in part}
    assert {entry.name for entry in default_policy().records} == written


def test_a_record_is_found_by_its_name_and_an_unknown_one_is_an_error() -> None:
    assert default_policy().record("thank_you.best_share").value == 0.7
    with pytest.raises(KeyError):
        default_policy().record("thank_you.glitter")


def test_the_weights_add_up_to_one_and_follow_the_articles_five_advices() -> None:
    weights = default_policy().weights
    assert sum(getattr(weights, f.name) for f in fields(Weights)) == pytest.approx(1)
    assert weights.thank_you + weights.note_quality == pytest.approx(0.35)


def test_a_policy_is_frozen_once_read() -> None:
    with pytest.raises(FrozenInstanceError):
        default_policy().bands.strong = 50  # type: ignore[misc]


def test_an_empty_file_is_the_defaults_under_their_own_version() -> None:
    assert load_policy("") == default_policy()
    assert default_policy().version == TABLE["version"]


def test_a_changed_number_gets_a_version_of_its_own_the_same_each_time() -> None:
    one, again, other = (record("bands.good", v) for v in ("75", "75", "76"))
    assert one.version == again.version != other.version
    assert one.version.startswith(default_policy().version + "+")
    assert load_policy('version = "house-2"\n[bands.good]\nvalue = 75').version == "house-2"


def test_a_result_names_the_policy_that_made_it() -> None:
    assert scored(default_policy()).policy == default_policy().version
    mine = load_policy('version = "house-2"\n[thank_you.best_share]\nvalue = 0.6')
    assert scored(mine).policy == "house-2"


@pytest.mark.parametrize(
    ("family", "name", "value", "before", "after"),
    [
        ("thank_you", "thank_you.hours", "[[12, 100], [24, 90], [48, 80], [72, 50], [120, 30]]", 70.0, 80.0),
        ("timing", "timing.hour_share", "0.5", 85.0, 70.0),  # 16:00 is worth 0.4 of the hour's share
        ("timing", "timing.hour_share", "0", 85.0, 100.0),
        ("timing", "timing.with_date", "[[0, 0], [1, 60], [5, 60]]", 85.0, 51.0),
        # the check-in of 16 March falls to the employer's missed date; 20 and 24 March count, two business days apart
        ("over_contact", "over_contact.base", "[[1, 100], [2, 50], [3, 0]]", 70.0, 30.0),
        ("over_contact", "over_contact.spacing", "[[1, 30], [2, 40], [4, 10]]", 70.0, 50.0),
    ],
)
def test_a_changed_threshold_moves_the_score_by_what_it_says(
    family: str, name: str, value: str, before: float, after: float
) -> None:
    assert points(family, default_policy()) == before
    assert points(family, record(name, value)) == after


def test_a_changed_band_changes_the_word_and_not_the_points() -> None:
    lenient = record("bands.strong", "70")
    rows = [scored(p).candidates.iloc[0] for p in (default_policy(), lenient)]
    assert rows[0]["thank_you"] == rows[1]["thank_you"] == 70.0
    assert [row["thank_you_word"] for row in rows] == ["good", "strong"]


def test_a_curve_that_never_reaches_full_points_still_names_its_best_days() -> None:
    rows = scored(record("timing.with_date", "[[0, 0], [1, 60], [5, 60]]")).rows
    assert "1 to 5 business days after their date" in rows.loc[rows["family"] == "timing", "limit"].tolist()


def test_a_single_best_hour_is_enough_for_a_policy() -> None:
    rows = scored(record("timing.hours", "[[10, 1.0], [16, 0.4]]")).rows
    (limit,) = rows.loc[rows["rule"] == "timing.hour", "limit"]
    assert limit.startswith("10:00 to 10:00")


RULES_PAGE = (Path(__file__).parents[1] / "docs" / "rules.md").read_text("utf-8").splitlines()


def numbers(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)]


def told_numbers() -> list[tuple[str, list[float]]]:
    """Every number of the tables of docs/rules.md with the record it is said to be; a curve column by column."""
    told = []
    for line, text in enumerate(RULES_PAGE):
        if named := re.fullmatch(r"<!-- (\w+\.\w+) -->", text):
            first, second = (RULES_PAGE[line + n].strip("| ").split(" | ")[1:] for n in (1, 3))
            told.append((named[1], [float(n) for pair in zip(first, second, strict=True) for n in pair]))
        if named := re.fullmatch(r"\|[^|]+\|([^|]+)\| `(\w+\.\w+)` \|", text):
            told.append((named[2], numbers(named[1])))
    return told


@pytest.mark.parametrize(("name", "said"), told_numbers(), ids=[name for name, _ in told_numbers()])
def test_every_number_in_the_tables_of_the_rules_is_the_policys(name: str, said: list[float]) -> None:
    assert said == np.ravel(default_policy().record(name).value).tolist()


def test_the_rules_leave_out_no_number_of_the_policy_and_stay_readable() -> None:
    assert sorted(name for name, _ in told_numbers()) == sorted(entry.name for entry in default_policy().records)
    assert len(RULES_PAGE) <= 270


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("thank_you.best_share", "1.5", "between 0 and 1"),
        ("over_contact.base", "[[1, 120]]", "between 0 and 100"),
        ("over_contact.base", "[[-1, 100]]", "between 0 and"),
        ("timing.hours", "[[25, 1.0]]", "between 0 and 24"),
        ("timing.with_date", "[[-300, 10]]", "between -250 and 250"),
        ("contact_details.days", "-1", "between 0 and 250"),
        ("classes.duplicate_minutes", "inf", "between 0 and"),
        ("classes.sure_enough", "nan", "between 0 and 1"),
        ("bands.good", "95", "The bands must rise"),
    ],
)
def test_a_number_out_of_its_bounds_is_refused_and_named(name: str, value: str, says: str) -> None:
    with pytest.raises(PolicyError, match=says) as refused:
        record(name, value)
    assert refused.value.record in (name, "bands")


def edges(entry: analysis.policy.Record) -> list[str]:
    """Values at the edge of what a record may be: none, and very much."""
    if isinstance(entry.value, float):
        return [] if entry.name.startswith("weights.") else ["0", "1", "90"]
    if isinstance(entry.value[0], float):
        return ["[0, 0]", "[1, 0]"] if entry.name == "timing.week" else ["[0]", "[1]"]
    return ["[[0, 0]]", "[[1, 1]]"]


@pytest.mark.parametrize("section", sorted({r.name.partition(".")[0] for r in default_policy().records}))
def test_every_policy_that_is_accepted_scores_between_0_and_100_and_adds_up(section: str) -> None:
    log = load([("log.csv", LOG.encode())], Answers(zone="America/New_York", calendar="US", complete="yes"))
    moment = pd.Timestamp("2026-04-15 12:00", tz="America/New_York")
    usual = measure(log, moment, default_policy().classes)
    for entry in default_policy().records:
        for value in edges(entry) if entry.name.startswith(f"{section}.") else ():
            try:
                policy = record(entry.name, value)
            except PolicyError:
                continue
            facts = measure(log, moment, policy.classes) if section == "classes" else usual
            scores = score_facts(facts, policy)
            for family in FAMILIES:
                (points,) = scores.candidates[family]
                off = scores.rows.loc[scores.rows["family"] == family, "candidate_points"].sum()
                assert np.isnan(points) or (0 <= points <= 100 and round(100 - off, 1) == points), (entry.name, value)
