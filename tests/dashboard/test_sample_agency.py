"""The sample agency that a new installation shows."""

from __future__ import annotations

import pandas as pd

from dashboard.sample import sample


def test_the_sample_comes_in_several_forms_with_the_answers_that_go_with_them() -> None:
    agency = sample()
    assert {name.rpartition(".")[2] for name, _ in agency.files} == {"csv", "ics"}
    assert set(agency.complete) == {name for name, _ in agency.files}
    assert set(agency.complete.values()) == {"yes", "not-sure"}


def test_the_moment_that_the_sample_is_looked_at_is_fixed_and_has_a_zone() -> None:
    agency = sample()
    assert agency.as_of == pd.Timestamp("2026-10-26 08:30", tz="America/Detroit")
