"""The catalogue of problems: every entry says what is wrong and what to do next, and every entry is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from analysis.problems import CATALOGUE, Kind, problem, shortened

CORE = Path(__file__).parents[1] / "analysis"
FACTS = {"count": 3, "shown": "some", "other": "others", "also": "", "needed": "the date", "instead": "UTC"}


def code_without_catalogue() -> str:
    return "\n".join(p.read_text("utf-8") for p in sorted(CORE.rglob("*.py")) if p.name != "problems.py")


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_every_problem_says_what_and_what_next_in_whole_sentences(kind: Kind) -> None:
    assert kind.title
    assert not kind.title.endswith(".")
    assert kind.sentence.endswith((".", "?", "}"))
    assert kind.next_step.endswith((".", "?"))
    assert len(kind.next_step.split()) >= 3
    assert "{file}" in kind.sentence


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_every_message_names_its_file_and_holds_the_next_step(kind: Kind) -> None:
    wanted = {name for text in (kind.sentence, kind.next_step) for _, name, _, _ in Formatter().parse(text) if name}
    facts = {name: FACTS.get(name, "x") for name in wanted - {"file", "line", "column", "value"}}
    told = problem(kind.code, "log.csv", 7, column="When", value="x", **facts)
    assert "log.csv" in told.message
    assert not re.search(r"[{}]", told.message)
    assert "{line}" not in kind.sentence or "7" in told.message


def test_every_code_is_given_out_somewhere() -> None:
    text = code_without_catalogue()
    by_kind = {f"unreadable_{word}" for word in re.findall(r'"([a-z_0-9]+)"', text)}
    unused = [code for code in CATALOGUE if f'"{code}"' not in text and code not in by_kind]
    assert unused == []


def test_a_long_cell_is_shortened_in_a_message_and_kept_whole_beside_it() -> None:
    told = problem("unreadable_date", "log.csv", 7, column="When", value="x" * 500)
    assert shortened("x" * 500) in told.message
    assert len(told.message) < 300
    assert told.value == "x" * 500
