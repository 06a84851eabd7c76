"""A short run of the fuzzer in ``benchmarks/fuzz.py``; the long one is recorded in ``docs/reading.md``."""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import fuzz

from analysis import read_tables


def test_damaged_exports_and_logs_are_accounted_for_to_the_line() -> None:
    files = fuzz.seeds()
    for number in range(150):
        story, data = fuzz.damaged(random.Random(number), files)
        assert fuzz.check(read_tables(data, "fuzzed")) == "", story
