"""Policies in words: what a number is, how it is edited, what differs, and what a file of them says."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.policy import PolicyError, default_policy, load_policy
from dashboard import policies
from dashboard.policies import Draft

USUAL = default_policy()
LATER = ((1.0, 10.0), (6.0, 100.0), (10.0, 100.0))


def test_every_number_of_the_policy_stands_in_a_group_with_a_title() -> None:
    grouped = policies.groups(USUAL)
    names = [record.name for records in grouped.values() for record in records]
    assert sorted(names) == sorted(record.name for record in USUAL.records)
    assert next(iter(grouped)) == "thank_you"


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("timing.missed_with_date", "10 business days after the decision date"),
        ("thank_you.best_share", "70 %"),
        ("weights.timing", "30 % of the overall score"),
        ("classes.sure_enough", "50 %"),
        ("timing.hours", "08:00 → 40 %, 09:00 → 70 %, 09:30 → 100 %"),
        ("timing.with_date", "−5 → 10, −3 → 20"),
        ("over_contact.base", "1 → 100, 2 → 90, 3 → 65"),
        ("timing.week", "7, 5"),
        ("over_contact.after_rejection_caps", "100, 60, 30, 10"),
    ],
)
def test_a_value_is_shown_in_the_words_of_its_unit(record: str, told: str) -> None:
    one = USUAL.record(record)
    assert policies.shown(one, one.value).replace("\u00a0", " ").startswith(told)


def test_every_value_of_the_policy_comes_back_from_its_field_as_it_went_in() -> None:
    for record in USUAL.records:
        parts = policies.parts_of(record)
        value = record.value if isinstance(record.value, tuple) else (record.value,)
        for each in value:
            numbers = each if isinstance(each, tuple) else (each,)
            fields = parts if isinstance(each, tuple) else (parts[0],) * len(numbers)
            assert [p.meant(p.shown(n)) for p, n in zip(fields, numbers, strict=True)] == list(numbers), record.name


def test_an_hour_is_edited_as_a_time_of_day() -> None:
    clock, _ = policies.parts_of(USUAL.record("timing.hours"))
    assert clock.shown(9.5) == time(9, 30)
    assert clock.meant(time(16, 45)) == 16.75
    assert clock.shown(24) == time(23, 59), "there is no later time of day"


def test_a_number_put_back_is_no_change() -> None:
    draft = Draft(0).put("bands.good", 75.0, USUAL)
    assert draft.changed == {"bands.good": 75.0}
    assert draft.put("bands.good", 70.0, USUAL).changed == {}


def test_a_draft_makes_the_policy_it_says_under_its_name() -> None:
    draft = Draft(0, {"timing.without_date": LATER}, "Busy season")
    made = policies.drafted(USUAL, draft)
    assert made.timing.without_date == LATER
    assert made.title == "Busy season"
    assert [r.name for r in policies.differing(USUAL, made)] == ["timing.without_date"]


def test_the_articles_defaults_are_no_changes_at_all() -> None:
    ours = load_policy("[bands.good]\nvalue = 75\n[thank_you.best_share]\nvalue = 0.6\n")
    back = policies.towards(ours, USUAL, seen=3, name="The article's defaults")
    assert set(back.changed) == {"bands.good", "thank_you.best_share"}
    assert policies.changes({**policies.values(ours), **back.changed}, back.name) == ""
    assert policies.drafted(ours, back) == USUAL


def test_a_bad_value_is_refused_with_a_sentence_that_says_which() -> None:
    problem = policies.whats_wrong(USUAL, Draft(0, {"bands.good": 175.0}))
    assert problem is not None
    assert problem.record == "bands.good"
    assert policies.sentence(problem) == "“From here on: good” must lie between 0 and 100 (points), not 175."
    assert policies.whats_wrong(USUAL, Draft(0, {"bands.good": 75.0})) is None


def test_weights_that_do_not_add_up_are_refused_as_a_group() -> None:
    problem = policies.whats_wrong(USUAL, Draft(0, {"weights.timing": 0.4}))
    assert problem is not None
    assert (problem.record, policies.sentence(problem)) == (
        "weights",
        "The weights must add up to 1; they add up to 1.1.",
    )


def test_what_differs_is_told_for_both_policies() -> None:
    table = policies.difference(USUAL, load_policy("[bands.good]\nvalue = 75\n[timing.hour_share]\nvalue = 0.5\n"))
    assert table.to_numpy().tolist() == [
        [
            "Follow-up timing",
            "The most that the hour of a call can cost",
            "25\u00a0% of the day's points",
            "50\u00a0% of the day's points",
        ],
        ["Words for points", "From here on: good", "70 points", "75 points"],
    ]
    assert policies.difference(USUAL, USUAL).empty


@given(name=st.text(max_size=80))
def test_any_name_survives_the_file(name: str) -> None:
    text = policies.changes({"bands.good": 75.0}, name)
    assert load_policy(text).title in (policies.clean_name(name), USUAL.title)
    assert policies.read_file(text.encode("utf-8")).bands.good == 75


def test_a_file_comes_back_as_the_same_policy_of_the_same_version() -> None:
    told = {"timing.without_date": LATER, "over_contact.no_calls_caps": (40.0, 20.0, 10.0), "weights.timing": 0.25}
    told["weights.thank_you"] = 0.35
    text = policies.changes(told, "Ours")
    assert policies.read_file(text.encode()) == load_policy(text)
    assert policies.values(load_policy(text)) == {**policies.values(USUAL), **told}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[timing.week", "not valid TOML"),
        (b"a = " + b"[" * 5000, "not valid TOML"),
        (b"[moon.phase]\nvalue = 1\n", "does not know"),
        (b"[bands.good]\nvalue = nan\n", "between 0 and 100"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        policies.read_file(data)
