"""What a person takes away: cells that a spreadsheet would run are defused, and nothing else is changed."""

from __future__ import annotations

import csv as reader
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports import csv


def cells(data: bytes) -> list[list[str]]:
    return list(reader.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("https://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "  =1+1", "\uff1d1"]
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    data = csv(pd.DataFrame({"text": [cell]}))
    assert cells(data)[1] == ["'" + cell]


def test_ordinary_text_and_numbers_leave_as_they_came() -> None:
    data = csv(pd.DataFrame({"line": [7], "text": ["Zoë wrote, twice"], "minus": [-4.2]}))
    assert cells(data) == [["line", "text", "minus"], ["7", "Zoë wrote, twice", "-4.2"]]


def test_a_column_named_like_a_formula_is_defused_too() -> None:
    assert cells(csv(pd.DataFrame({"=1+1": ["a"]})))[0] == ["'=1+1"]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0")), min_size=1))
def test_no_text_at_all_leaves_as_a_formula(texts: list[str]) -> None:
    rows = cells(csv(pd.DataFrame({"text": texts, "line": range(len(texts))})))[1:]
    assert len(rows) == len(texts)
    assert not any(row[0].lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for row in rows)
    assert all(row[0] in (text, "'" + text) for row, text in zip(rows, texts, strict=True))
