"""Every export in ``tests/exports`` is known, and no line of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from expected import EXPORTS, loaded

GUESSED = {"excel_sep_semicolon.csv", "tracker_f_long_other_words.csv"}
"""Exports of no system that is known: their columns are guessed."""
SAMPLES = sorted(p for p in EXPORTS.iterdir() if p.suffix == ".csv")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_a_sample_is_known_and_each_of_its_lines_stands_somewhere(sample: Path) -> None:
    log = loaded(sample.name)
    account = log.files[0]
    assert (account.format == "guessed") == (sample.name in GUESSED)
    told = log.contacts["told_at"].notna()
    assert (~told).sum() == account.contacts
    assert told.sum() == account.told
    assert len(log.undated) == account.undated
    assert len(log.set_aside) == account.set_aside
    stands = set(log.contacts["line"]) | set(log.undated["line"]) | set(log.set_aside["line"])
    assert stands
    assert max(stands) <= account.lines
