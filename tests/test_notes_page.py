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


@pytest.mark.parametrize(("part", "recall", "precision"), [("dev", 0.89, 0.93), ("held-out", 0.44, 0.75)])
def test_notes_are_read_no_worse_than_measured(notes: ModuleType, part: str, recall: float, precision: float) -> None:
    _, totals = notes.measured(part)
    assert totals["recall"] >= recall
    assert totals["precision_lowering"] >= precision
