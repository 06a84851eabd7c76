"""The page on reading notes says what the code does, and reading has not become worse than it was measured at."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def notes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notes", ROOT / "benchmarks" / "notes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_the_page_are_those_of_the_code(notes: ModuleType) -> None:
    assert notes.figures() in (ROOT / "docs" / "notes.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("part", "recall", "precision"),
    [("dev", 0.96, 0.97), ("held-out", 0.57, 0.85), ("other-writer", 0.47, 0.87)],
)
def test_notes_are_read_no_worse_than_measured(notes: ModuleType, part: str, recall: float, precision: float) -> None:
    _, totals = notes.measured(part)
    assert totals["recall"] >= recall
    assert totals["precision_lowering"] >= precision


@pytest.fixture(scope="module")
def told() -> ModuleType:
    spec = importlib.util.spec_from_file_location("told", ROOT / "benchmarks" / "told.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_contacts_told_of_is_that_of_the_code(told: ModuleType) -> None:
    assert told.figures() in (ROOT / "docs" / "notes.md").read_text("utf-8")


@pytest.mark.parametrize(("part", "recall", "precision"), [("dev", 0.9, 0.95), ("held-out", 0.7, 0.85)])
def test_contacts_told_of_are_found_no_worse_than_measured(
    told: ModuleType, part: str, recall: float, precision: float
) -> None:
    totals = told.measured(part)
    assert totals["right"] / totals["told"] >= recall
    assert totals["right"] / totals["found"] >= precision
