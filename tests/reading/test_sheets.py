"""A workbook is read as staff see it: one table a sheet, every cell as the sheet says it, every row accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.books import book, by_hand, old_book, open_book, open_document, write, xlsx, zipped

from analysis import Answers, default_policy, load, read, read_tables, score
from analysis.reading.raw import RawTable

HEADER = ["candidate", "client", "at", "kind", "note"]
ROWS = [
    HEADER,
    ["May Lind", "Acme", dt.datetime(2026, 3, 3, 10, 0), "interview", "two lines\nin one cell"],
    ["Sam Poe", "Acme", dt.datetime(2026, 3, 4, 18, 30, 5), "thank_you", ""],
    ["Ana Diaz", "Bolt; Sons", dt.date(2026, 3, 5), "follow_up", 'says "soon", maybe'],
]
TEXTS = [
    ["May Lind", "Acme", "2026-03-03 10:00", "interview", "two lines\nin one cell"],
    ["Sam Poe", "Acme", "2026-03-04 18:30:05", "thank_you", ""],
    ["Ana Diaz", "Bolt; Sons", "2026-03-05", "follow_up", 'says "soon", maybe'],
]
SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "contact_log.csv"


def cells(table: RawTable) -> list[list[str]]:
    return table.frame.to_numpy().tolist()


def codes(table: RawTable) -> list[str]:
    return [p.code for p in table.problems]


def one(data: bytes) -> RawTable:
    (table,) = read_tables(data, "book.xlsx")
    return table


@pytest.mark.parametrize("made", [book, old_book, open_book])
def test_every_kind_of_workbook_gives_the_same_text(made: Callable[..., bytes]) -> None:
    found = one(made(("Log", ROWS)))
    assert list(found.frame.columns) == HEADER
    assert cells(found) == TEXTS
    assert {str(dtype) for dtype in found.frame.dtypes} == {"str"}
    assert found.lines.tolist() == [2, 3, 4]
    assert (found.account.lines, found.account.header, found.account.rows) == (4, 1, 3)
    assert (found.name, found.part, found.format, found.problems) == ("book.xlsx", "", "sheet", ())


def test_a_sheet_says_what_its_cells_say_and_no_more() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        sheet = made.add_worksheet()
        write(sheet, [["what", "value"]], style)
        for row, (what, value, shown) in enumerate(
            [
                ("phone", 15551230001, None),
                ("id of 15 digits", 123456789012345, None),
                ("share", 0.1 + 0.2, None),
                ("tiny", 1e-7, None),
                ("padded id", 123, "00000"),
                ("serial as a date", 46084, "dd/mm/yyyy"),
                ("serial with time", 46084.75, "yyyy-mm-dd hh:mm"),
                ("serial a hair before noon", 46084.49999999, "yyyy-mm-dd hh:mm"),
                ("clock", 0.4375, "h:mm AM/PM"),
                ("hours worked", 1.75, "[h]:mm"),
                ("yes", True, None),
            ],
            start=1,
        ):
            sheet.write_string(row, 0, what)
            sheet.write(row, 1, value, style(shown) if shown else None)

    assert dict(cells(one(xlsx(make)))) == {
        "phone": "15551230001",
        "id of 15 digits": "123456789012345",
        "share": "0.3",
        "tiny": "0.0000001",
        "padded id": "00123",
        "serial as a date": "2026-03-03",
        "serial with time": "2026-03-03 18:00",
        "serial a hair before noon": "2026-03-03 12:00",
        "clock": "10:30",
        "hours worked": "42:00",
        "yes": "TRUE",
    }


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        write(made.add_worksheet(), ROWS, style)

    assert cells(one(xlsx(make, date_1904=True))) == TEXTS


def test_a_number_of_more_than_15_digits_is_flagged_and_has_no_exponent() -> None:
    found = one(book(("Log", [["candidate", "id"], ["May Lind", 123456789012345678], ["Sam Poe", 7]])))
    assert found.frame["id"].tolist() == ["123456789012346000", "7"]
    assert [(p.code, p.column, p.line, p.count) for p in found.problems] == [("rounded_numbers", "id", 2, 1)]


def test_every_sheet_is_a_table_of_its_own_with_its_own_rows() -> None:
    data = book(("Interviews", ROWS[:2]), ("Empty", []), ("Follow-ups", [HEADER, *ROWS[2:]]))
    first, second = read_tables(data, "book.xlsx")
    assert (first.name, second.name) == ("book.xlsx › Interviews", "book.xlsx › Follow-ups")
    assert (first.part, second.part) == ("Interviews", "Follow-ups")
    assert (first.lines.tolist(), second.lines.tolist()) == ([2], [2, 3])
    log = load([("book.xlsx", data)], Answers())
    assert log.contacts[["file", "line"]].to_numpy().tolist() == [
        ["book.xlsx › Interviews", 2],
        ["book.xlsx › Follow-ups", 2],
        ["book.xlsx › Follow-ups", 3],
    ]
    assert codes(read(data, "book.xlsx")) == ["more_tables"]


def test_a_workbook_in_an_archive_is_read_too() -> None:
    tables = read_tables(zipped({"book.xlsx": book(("Log", ROWS), ("More", ROWS)), "may.csv": "a,b\n1,2\n"}), "all.zip")
    assert [t.name for t in tables] == [
        "all.zip › book.xlsx › Log",
        "all.zip › book.xlsx › More",
        "all.zip › may.csv",
    ]
    assert [t.part for t in tables] == ["book.xlsx › Log", "book.xlsx › More", "may.csv"]


def test_the_same_workbook_saved_again_adds_nothing_twice() -> None:
    log = load([("one.xlsx", book(("Log", ROWS))), ("two.xlsx", book(("Copy", ROWS)))], Answers())
    assert len(log.contacts) == 3
    assert [p.code for p in log.problems if p.file == "two.xlsx"] == ["same_file_twice"]


def test_a_hidden_sheet_is_named_and_left_alone() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        write(made.add_worksheet("Log"), ROWS, style)
        for name, hide in (("Old log", "hide"), ("Lists", "very_hidden")):
            sheet = made.add_worksheet(name)
            write(sheet, ROWS, style)
            getattr(sheet, hide)()

    found = one(xlsx(make))
    assert cells(found) == TEXTS
    assert [(p.code, p.value) for p in found.problems] == [("hidden_sheet", "Old log"), ("hidden_sheet", "Lists")]
    assert "4 rows" in found.problems[0].message


def test_a_workbook_of_which_only_hidden_sheets_hold_anything_is_read() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        made.add_worksheet("Cover")
        sheet = made.add_worksheet("Log")
        write(sheet, ROWS, style)
        sheet.hide()

    assert cells(one(xlsx(make))) == TEXTS


def test_a_list_or_remark_on_a_sheet_of_its_own_is_left_out_with_a_word() -> None:
    log, remark = read_tables(book(("Log", ROWS), ("Read me", [["Update daily"], ["Ask Kim"]])), "book.xlsx")
    assert cells(log) == TEXTS
    assert (remark.name, codes(remark), remark.account.lines) == ("book.xlsx › Read me", ["sheet_left_out"], 2)
    assert cells(one(book(("Log", [["candidate"], ["May Lind"]])))) == [["May Lind"]]


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        sheet = made.add_worksheet()
        write(sheet, ROWS, style)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    found = one(xlsx(make))
    assert cells(found) == TEXTS
    assert codes(found) == ["hidden_cells"]


def test_a_table_that_begins_further_in_keeps_the_numbers_of_its_rows() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        sheet = made.add_worksheet()
        sheet.write(1, 1, "Follow-ups of the Toledo desk")
        write(sheet, ROWS, style, top=4, left=1)
        sheet.write(9, 1, "Grand total: 3")

    found = one(xlsx(make))
    assert list(found.frame.columns) == HEADER
    assert cells(found) == TEXTS
    assert found.lines.tolist() == [6, 7, 8]
    assert dict(found.account.dropped) == {"title": 1, "footer": 1, "blank": 4}
    assert found.account.lines == 10


def test_a_header_of_two_rows_with_merged_cells_becomes_one() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "Candidate")
        sheet.merge_range(0, 1, 0, 2, "Interview")
        sheet.merge_range(0, 3, 0, 4, "Follow-up")
        write(sheet, [["Date", "With", "Date", "How"]], style, top=1, left=1)
        write(
            sheet,
            [
                ["May Lind", dt.date(2026, 3, 3), "Dana Osei", dt.date(2026, 3, 10), "call"],
                ["Sam Poe", dt.date(2026, 3, 4), "Lee Wu", dt.date(2026, 3, 12), "email"],
                ["Ana Diaz", dt.date(2026, 3, 5), "Lee Wu", dt.date(2026, 3, 13), "email"],
            ],
            style,
            top=2,
        )

    found = one(xlsx(make))
    assert list(found.frame.columns) == [
        "Candidate",
        "Interview Date",
        "Interview With",
        "Follow-up Date",
        "Follow-up How",
    ]
    assert cells(found)[1] == ["Sam Poe", "2026-03-04", "Lee Wu", "2026-03-12", "email"]
    assert found.account.header == 2


def test_a_name_merged_down_its_rows_holds_for_each_of_them_and_a_title_for_none() -> None:
    def make(made: Any, style: Callable[[str], Any]) -> None:
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 1, 3, "Follow-ups in March")
        write(sheet, [["candidate", "at", "kind", "note"]], style, top=2)
        sheet.merge_range(3, 0, 5, 0, "May Lind")
        sheet.merge_range(6, 0, 8, 0, "Sam Poe")
        for row in (3, 4, 5, 6, 7):
            write(sheet, [[dt.date(2026, 3, row), "follow_up"]], style, top=row, left=1)
        sheet.merge_range(7, 2, 7, 3, "reply")

    found = one(xlsx(make))
    assert found.frame["candidate"].tolist() == ["May Lind"] * 3 + ["Sam Poe"] * 2
    assert cells(found)[-1] == ["Sam Poe", "2026-03-07", "reply", ""]
    assert [(p.code, p.line) for p in found.problems] == [("merged_cells", 5)]
    assert found.account.dropped["title"] == 1


def test_formulas_give_their_value_and_errors_and_missing_results_are_said() -> None:
    cell = '<c r="{}" t="{}"><f>x</f><v>{}</v></c>'
    text = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    head = "".join(text.format(ref, word) for ref, word in (("A1", "candidate"), ("B1", "at"), ("C1", "note")))
    found = one(
        by_hand(
            f'<row r="1">{head}</row>'
            f'<row r="2">{text.format("A2", "May Lind")}{cell.format("B2", "str", "2026-03-03")}'
            f"{cell.format('C2', 'str', '')}</row>"
            f'<row r="3">{text.format("A3", "Sam Poe")}<c r="B3"><f>TODAY()</f><v></v></c>'
            f"{cell.format('C3', 'e', '#N/A')}</row>"
            f'<row r="4">{text.format("A4", "Ana Diaz")}<c r="B4"><f>TODAY()</f></c>'
            f"{cell.format('C4', 'e', '#REF!')}</row>"
        )
    )
    assert cells(found) == [["May Lind", "2026-03-03", ""], ["Sam Poe", "", ""], ["Ana Diaz", "", ""]]
    assert [(p.code, p.column, p.line, p.count, p.value) for p in found.problems] == [
        ("uncalculated_formula", "at", 3, 2, ""),
        ("error_cells", "note", 3, 2, "#N/A"),
    ]


def test_an_open_document_says_its_merged_cells_errors_and_missing_results_too() -> None:
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    error = '<table:table-cell office:value-type="string" calcext:value-type="error" table:formula="of:=NA()">'
    rows = [
        "".join(text.format("", word) for word in ("candidate", "at", "note")),
        text.format(' table:number-rows-spanned="2"', "May Lind")
        + text.format("", "2026-03-03")
        + text.format("", "x"),
        "<table:covered-table-cell/>"
        + text.format("", "2026-03-04")
        + f"{error}<text:p>#N/A</text:p></table:table-cell>",
        text.format("", "Sam Poe") + '<table:table-cell table:formula="of:=TODAY()"/>' + text.format("", "y"),
    ]
    blank = '<table:table-cell table:number-columns-repeated="16384"></table:table-cell>'
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    lines += (
        f'<table:table-row table:number-rows-repeated="1048000" table:visibility="filter">{blank}</table:table-row>'
    )
    columns = '<table:table-column table:visibility="collapse"/>'
    found = one(open_document(f'<table:table table:name="Log">{columns}{lines}</table:table>'))
    assert found.frame["candidate"].tolist() == ["May Lind", "May Lind", "Sam Poe"]
    assert found.frame["at"].tolist() == ["2026-03-03", "2026-03-04", ""]
    assert [(p.code, p.column, p.line, p.value) for p in found.problems] == [
        ("hidden_cells", "", 0, ""),
        ("error_cells", "note", 3, "#N/A"),
        ("merged_cells", "", 3, ""),
        ("uncalculated_formula", "at", 4, ""),
    ]


def test_an_old_workbook_says_its_errors_and_hidden_rows_too() -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("Log")
    for row in range(3):
        for place, word in enumerate(("candidate", "note") if not row else (f"May Lind {row}", "x")):
            sheet.write(row, place, word)
    sheet.row(3).write(0, "Sam Poe")
    sheet.row(3).set_cell_error(1, 0x2A)
    sheet.row(2).hidden = True
    out = io.BytesIO()
    made.save(out)
    found = one(out.getvalue())
    assert cells(found) == [["May Lind 1", "x"], ["May Lind 2", "x"], ["Sam Poe", ""]]
    assert [(p.code, p.column, p.line, p.value) for p in found.problems] == [
        ("hidden_cells", "", 0, ""),
        ("error_cells", "note", 4, "#N/A"),
    ]


def test_a_sheet_that_says_a_wrong_size_is_read_to_its_end() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>2</v></c></row>' for n in range(1, 10))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    found = one(by_hand(f'<worksheet xmlns="{space}"><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>'))
    assert found.account.lines == 9
    assert found.frame.shape == (9, 2)


def test_a_sheet_written_with_prefixes_and_single_quotes_is_understood_too() -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(
        f"<x:row r='{n}' hidden='1'><x:c r='A{n}'><x:v>{n}</x:v></x:c><x:c r='B{n}' t='e'><x:v>#N/A</x:v></x:c>"
        f"<x:c r='C{n}'><x:v>3</x:v></x:c></x:row>"
        for n in range(1, 4)
    )
    sheet = f"<x:worksheet xmlns:x='{space}'><x:sheetData>{rows}</x:sheetData></x:worksheet>"
    found = one(by_hand(sheet))
    assert cells(found) == [["1", "", "3"], ["2", "", "3"], ["3", "", "3"]]
    assert sorted(codes(found)) == ["error_cells", "hidden_cells", "no_header"]


def test_a_second_table_under_the_first_is_set_aside_row_by_row() -> None:
    more = [["recruiter", "target", "calls", "mails", "met"], ["Lee", 1, 2, 3, 4], ["Kim", 5, 6, 7, 8]]
    found = one(book(("Log", [*ROWS, [], *more])))
    assert cells(found) == TEXTS
    assert codes(found) == ["second_table"]
    assert found.rejects["line"].tolist() == [6, 7, 8]
    assert list(csv.reader(io.StringIO(found.rejects["text"][0]))) == [more[0]]
    assert (found.account.rows, found.account.set_aside) == (3, 3)


def test_exports_pasted_under_one_another_repeat_their_header() -> None:
    found = one(book(("Log", [*ROWS, HEADER, *ROWS[1:]])))
    assert len(found.frame) == 6
    assert codes(found) == ["repeated_header"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (book(("Log", [])), "empty_file"),
        (book(("Log", ROWS))[:2000], "damaged_workbook"),
        (old_book(("Log", ROWS))[:-300], "damaged_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "encrypted_workbook",
        ),
        (
            open_document(
                "", manifest='<m:manifest xmlns:m="u"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
            ),
            "encrypted_workbook",
        ),
        (by_hand("<row><c>"), "damaged_workbook"),
    ],
)
def test_a_workbook_that_cannot_be_opened_says_what_to_do(data: bytes, code: str) -> None:
    found = one(data)
    assert codes(found) == [code]
    assert not found.readable
    assert found.problems[0].kind.next_step in found.problems[0].message


def as_typed(at: str) -> dt.date | str:
    """A date as somebody typing it into a sheet makes it; what is none stays text."""
    try:
        return dt.date.fromisoformat(at) if len(at) == 10 else dt.datetime.fromisoformat(at).replace(tzinfo=None)
    except ValueError:
        return at


@pytest.mark.parametrize("made", [book, open_book])
def test_the_sample_as_a_workbook_scores_exactly_like_its_csv(made: Callable[..., bytes]) -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[:200]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    place = rows[0].index("at")
    typed = [rows[0], *([*row[:place], as_typed(row[place]), *row[place + 1 :]] for row in rows[1:])]
    answers = Answers(zone="America/Detroit", calendar="US-MI", complete="yes")
    moment = pd.Timestamp("2026-10-26 08:30", tz="America/Detroit")
    said, book_said = (
        score(load([("log", data)], answers), default_policy(), moment)
        for data in (out.getvalue().encode(), made(("Log", typed)))
    )
    assert len(said.candidates) > 10
    pd.testing.assert_frame_equal(said.candidates, book_said.candidates)
    pd.testing.assert_frame_equal(said.rows, book_said.rows)


LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
VALUES = st.one_of(
    st.text(LETTERS, max_size=12),
    st.integers(-(10**14), 10**14),
    st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0)),
)


@settings(max_examples=15)
@given(st.lists(st.lists(VALUES, min_size=4, max_size=4), max_size=12))
def test_every_row_of_a_sheet_is_in_one_place_and_says_what_was_written(rows: list[list[Any]]) -> None:
    found = one(book(("Log", [["candidate", "client", "at", "note"], *rows])))
    last = max([0, *(n for n, row in enumerate(rows, start=1) if any(cell != "" for cell in row))]) + 1
    assert found.account.lines == last
    assert found.account.rows == len(found.frame) == len(found.lines)
    for line, cells_read in zip(found.lines, cells(found), strict=True):
        for value, text in zip(rows[line - 2], cells_read, strict=False):
            expected = (
                value.isoformat(" ", "minutes").removesuffix(" 00:00") if isinstance(value, dt.datetime) else value
            )
            assert text == str(expected)
