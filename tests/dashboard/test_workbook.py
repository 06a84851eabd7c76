"""The workbook that a person takes away: text stays text, numbers and moments are such; the same bytes each time."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
from contact_logs import HOSTILE_NAMES, TOO_EARLY, hostile_log
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from analysis import Answers, Scores, default_policy, load, score
from analysis.report import report
from analysis.summary import caseload
from dashboard import sheets, workbook
from dashboard.workbook import Sheet

POLICY = default_policy()
MADE = pd.Timestamp("2026-03-20 12:00", tz="America/New_York")
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cells(data: bytes) -> dict[str, list[list[object]]]:
    """Every sheet by name, row by row."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def written(table: pd.DataFrame, name: str = "Sheet") -> list[list[object]]:
    return cells(workbook.workbook([Sheet(name, table)], MADE))[name]


def scored(log: str) -> Scores:
    loaded = load([("log.csv", log.encode())], Answers(zone="America/New_York", calendar="US", complete="yes"))
    return score(loaded, POLICY, pd.Timestamp("2026-04-15 12:00", tz="America/New_York"))


@pytest.fixture(scope="module")
def hostile() -> bytes:
    return sheets.score_book(scored(hostile_log()), POLICY.bands)


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("https://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "\uff1d1"]
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    # line endings in a cell come back as one kind
    assert str(written(pd.DataFrame({"text": [text]}))[1][0]).replace("_x000D_", "\r") == "'" + text


def test_an_address_is_no_link_and_a_number_kept_as_text_stays_text() -> None:
    data = workbook.workbook([Sheet("a", pd.DataFrame({"text": ["https://evil.example", "007", "{=1+1}"]}))], MADE)
    assert [row[0] for row in cells(data)["a"][1:]] == ["https://evil.example", "007", "{=1+1}"]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "rels" in name and "sheet" in name]


def test_numbers_moments_and_yes_and_no_are_written_as_such() -> None:
    day = pd.Timestamp("2026-03-20 09:30")
    table = pd.DataFrame({"points": [82.5, None], "when": [day, pd.NaT], "sure": [True, False], "count": [3, 4]})
    assert written(table)[1] == [82.5, day.to_pydatetime(), "yes", 3.0]
    assert written(table)[2] == ["", "", "no", 4.0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_no_text_at_all_breaks_the_file_or_leaves_as_a_formula(texts: list[str]) -> None:
    data = workbook.workbook([Sheet("a", pd.DataFrame({"text": pd.Series(texts, dtype="object")}))], MADE)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    found = [str(row[0]) for row in cells(data)["a"][1:]]
    assert not [text for text in found if text.lstrip(" ").startswith(STARTS)]


def test_a_text_longer_than_a_cell_is_cut_and_not_lost() -> None:
    assert len(str(written(pd.DataFrame({"text": ["a" * 40_000]}))[1][0])) == 32_767


def test_rows_beyond_what_a_sheet_holds_stand_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    found = cells(workbook.workbook([Sheet("Deductions", pd.DataFrame({"row": range(5)}))], MADE))
    assert list(found) == ["Deductions", "Deductions 2", "Deductions 3"]
    assert [row[0] for name in found for row in found[name][1:]] == [0, 1, 2, 3, 4]


def test_a_list_that_is_too_long_for_its_deductions_says_so_on_their_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = scored(hostile_log())
    table = caseload(scores, POLICY.bands)
    asked = [("Client", "Acme")]
    short = cells(sheets.list_book(table, lambda: scores, MADE, "v1", asked))
    assert len(short["Deductions"]) > len(HOSTILE_NAMES)
    assert ["Client", "Acme"] in short["About"]
    monkeypatch.setattr(sheets, "MOST_RECEIPTS", 3)
    long = cells(sheets.list_book(table, lambda: pytest.fail("nobody asked for the deductions"), MADE, "v1", asked))
    assert long["Deductions"] == [
        ["Deductions are listed for up to 3 candidates. Narrow the list, and download it again."]
    ]
    assert long["Candidates"] == short["Candidates"]


def test_the_same_scores_give_the_same_bytes() -> None:
    scores = scored(TOO_EARLY)
    assert sheets.score_book(scores, POLICY.bands) == sheets.score_book(scores, POLICY.bands)


def test_a_workbook_of_scores_holds_candidates_deductions_and_what_it_is_for() -> None:
    found = cells(sheets.score_book(scored(TOO_EARLY), POLICY.bands))
    assert list(found) == ["Candidates", "Deductions", "About"]
    head, row = found["Candidates"]
    cleo = dict(zip(map(str, head), row, strict=True))
    # RULES: one business day before the date is 50 points
    assert (cleo["Candidate"], cleo["Follow-up timing"], cleo["Clients"]) == ("Cleo Marsh", 50, "Acme")
    assert ["Cleo Marsh", "Acme", "Follow-up timing", "The first follow-up came too early", 50, "log.csv:4"] in [
        [row[0], row[1], row[3], row[4], row[7], row[8]] for row in found["Deductions"]
    ]
    about = dict(found["About"])
    assert about["What this is"] == "An aid for coaching, not for selecting people."
    assert about["Policy"] == POLICY.version


def test_the_deductions_of_a_candidate_and_family_are_what_is_missing_from_a_hundred() -> None:
    scores = scored(TOO_EARLY)
    table = sheets.deductions(scores).table
    taken = table.groupby("Family")["Points off"].sum()
    assert taken["Follow-up timing"] == 100 - scores.candidates["timing"].iloc[0]


def test_not_scored_is_an_empty_cell_with_its_reason_and_no_zero() -> None:
    only = "\n".join(TOO_EARLY.splitlines()[:2]) + "\n"
    loaded = load([("log.csv", only.encode())], Answers(zone="America/New_York", calendar="US"))
    found = cells(sheets.score_book(score(loaded, POLICY, MADE), POLICY.bands))
    ana = dict(zip(map(str, found["Candidates"][0]), found["Candidates"][1], strict=True))
    assert (ana["Overall"], ana["In words"]) == ("", "not scored")
    assert ana["Thank-you promptness"] == ""
    assert str(ana["Thank-you promptness: in words"]).startswith("cannot see: ")


def test_hostile_names_and_notes_stay_text_on_every_sheet(hostile: bytes) -> None:
    found = cells(hostile)
    texts = [str(cell) for rows in found.values() for row in rows for cell in row]
    assert not [text for text in texts if text.startswith(STARTS)]
    names = {str(row[0]).removeprefix("'") for row in found["Candidates"][1:]}
    assert names == set(HOSTILE_NAMES)
    with zipfile.ZipFile(io.BytesIO(hostile)) as parts:
        sheet_parts = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not [part for part in sheet_parts if b"<f>" in part or b"<hyperlink" in part]


def test_a_workbook_of_one_candidate_holds_scores_deductions_and_contacts() -> None:
    scores = scored(TOO_EARLY)
    view = report(scores, str(scores.candidates["candidate_key"].iloc[0]), POLICY.bands)
    found = cells(workbook.workbook([sheets.families(view), sheets.deductions(scores), sheets.contacts(view)], MADE))
    assert [row[-1] for row in found["Contacts"]] == ["Where", "log.csv:2", "log.csv:3", "log.csv:4"]
    assert [row[6] for row in found["Contacts"][1:]] == ["Interview", "Thank-you", "Follow-up"]
    assert ["Acme", "Follow-up timing", 50.0] in [row[:3] for row in found["Scores"]]
