"""An upload that may not be kept as it came is kept as a file that is read as the same rows on the same lines."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from reading.books import book

from analysis.checked import Answers
from analysis.formats.private import without_private
from analysis.loading import load
from analysis.reading.reader import read_tables
from analysis.reading.rewriting import rewritten

EXPORTS = Path(__file__).parents[1] / "exports"
ROWS = [
    ["candidate", "Gender", "at", "kind", "note"],
    ["Zoë Lind", "f", "2026-03-03 10:00", "interview", 'two\nlines, and a "quote"'],
    ["Ben Cole", "m", "2026-03-04 09:00", "thank_you", ""],
]


def without(name: str, data: bytes) -> bytes:
    made = rewritten(name, [without_private(table) for table in read_tables(data, name)])
    assert made is not None
    return made


def found_in(workbook: bytes, text: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return [name for name in archive.namelist() if text in archive.read(name)]


def test_a_row_keeps_its_line_below_a_title_and_a_cell_of_several_lines() -> None:
    text = (
        "Our log\n\ncandidate;Gender;at;kind;note\n"
        'Ana;f;2026-03-03 10:00;interview;"one\ntwo"\nBen;m;2026-03-04;reply;\n'
    )
    before = load([("log.csv", text.encode("cp1252"))], Answers()).contacts
    made = without("log.csv", text.encode("cp1252"))
    assert load([("log.csv", made)], Answers()).contacts.equals(before)
    assert before["line"].tolist() == [4, 6]
    assert b"Gender" not in made


def test_sheets_of_a_workbook_stay_sheets_of_the_same_names_with_the_same_rows() -> None:
    autumn = [ROWS[0], [cell.replace("03-03", "09-03") for cell in ROWS[1]]]
    data = book(("Spring", [["Our log"], [], *ROWS]), ("Autumn 2", autumn), ("List", [["a"], ["b"]]))
    before = load([("book.xlsx", data)], Answers()).contacts
    made = without("book.xlsx", data)
    assert load([("book.xlsx", made)], Answers()).contacts.equals(before)
    assert before["file"].unique().tolist() == ["book.xlsx › Spring", "book.xlsx › Autumn 2"]
    assert before["line"].tolist() == [4, 5, 2]
    assert not found_in(made, b"Gender")


def test_one_sheet_is_one_table() -> None:
    data = book(("Log", ROWS))
    made = without("book.xlsx", data)
    assert load([("book.xlsx", made)], Answers()).contacts.equals(load([("book.xlsx", data)], Answers()).contacts)
    assert not found_in(made, b"Gender")


@pytest.mark.parametrize(
    "name", ["bullhorn_notes_api.csv", "tracker_d_two_row_header.csv", "salesforce_report_de_latin1.csv"]
)
def test_a_real_export_says_the_same_after_it_was_rewritten(name: str) -> None:
    data = (EXPORTS / name).read_bytes()
    made = rewritten(name, read_tables(data, name))
    assert made is not None
    assert load([(name, made)], Answers()).contacts.equals(load([(name, data)], Answers()).contacts)


def test_calendars_and_mailboxes_are_not_rewritten() -> None:
    for name in ("google_calendar.ics", "takeout.mbox"):
        assert rewritten(name, read_tables((EXPORTS / name).read_bytes(), name)) is None
