"""A workbook made to exhaust the machine ends the process that opens it, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from reading.books import book, by_hand, open_document, zipped

from analysis import Answers, load, read_tables
from analysis.reading.apart import MOST_MEMORY, open_apart
from analysis.reading.audit import Refused

ROOT = Path(__file__).parents[2]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{LAUGHS}]>'
TEXT = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def two_cells() -> bytes:
    """1.4 kB: a value in the first cell and in the last one that a sheet has."""
    return by_hand('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def two_cells_nearer() -> bytes:
    """Columns that a table may have, but 736 million cells with the empty ones."""
    return by_hand('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>')


def two_cells_in_disguise() -> bytes:
    """The same behind other attributes and blanks than spreadsheet programs write."""
    return by_hand(
        '<row r="1"><c\tr="A1"><v>1</v></c></row><row\nr="1048576"><c\n\tr = "XFD1048576"><v>1</v></c></row>'
    )


def sheet_of_blanks() -> bytes:
    return by_hand("<row r='1'>" + " " * (100 << 20) + "</row>")


def long_cell() -> bytes:
    return by_hand(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * (64 << 20)}</t></is></c></row>')


def two_gigabytes_that_lie() -> bytes:
    """A cell of which the directory says that it is short."""
    data = bytearray(long_cell())
    place = data.index(b"xl/worksheets/sheet1.xml", data.index(b"PK\x01\x02")) - 46
    data[place + 24 : place + 28] = (5_000).to_bytes(4, "little")
    return bytes(data)


def entities() -> bytes:
    return by_hand('<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>', head=ENTITIES)


def entities_of_open_document() -> bytes:
    return open_document(
        "<table:table><table:table-row>" + TEXT.format("").replace("x", "&l9;") + "</table:table-row></table:table>",
        head=ENTITIES.replace("worksheet", "office:document-content"),
    )


def million_columns() -> bytes:
    row = TEXT.format(' table:number-columns-repeated="1000000"')
    return open_document(f'<table:table table:name="Log"><table:table-row>{row}</table:table-row></table:table>')


def thousands_of_columns() -> bytes:
    row = TEXT.format("") * 3_000
    return open_document(f'<table:table table:name="Log"><table:table-row>{row}</table:table-row></table:table>')


def million_rows() -> bytes:
    row = f'<table:table-row table:number-rows-repeated="1048576">{TEXT.format("") * 300}</table:table-row>'
    return open_document(f'<table:table table:name="Log">{row}</table:table>')


def archive_in_a_workbook() -> bytes:
    return zipped({"xl/workbook.xml": "x", "a.zip": zipped({"b.csv": "0" * (100 << 20)})})


def largest_child() -> int:
    """Most memory that any process started here has used, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (two_cells, "far_cell"),
        (two_cells_nearer, "workbook_refused"),
        (two_cells_in_disguise, "workbook_refused"),
        (sheet_of_blanks, "workbook_refused"),
        (long_cell, "workbook_refused"),
        (two_gigabytes_that_lie, "damaged_workbook"),
        (entities, "workbook_refused"),
        (entities_of_open_document, "workbook_refused"),
        (million_columns, "workbook_refused"),
        (thousands_of_columns, "too_many_columns"),
        (million_rows, "workbook_refused"),
        (archive_in_a_workbook, "damaged_workbook"),
    ],
)
def test_a_bomb_is_refused_in_a_sentence_within_the_memory_it_is_given(made: Callable[[], bytes], code: str) -> None:
    data = made()
    assert len(data) < 2 << 20
    before = psutil.Process().memory_info().rss
    (table,) = read_tables(data, "book.xlsx")
    assert [p.code for p in table.problems] == [code]
    assert not table.readable
    assert table.problems[0].kind.next_step in table.problems[0].message
    assert psutil.Process().memory_info().rss - before < 200 << 20
    assert largest_child() < MOST_MEMORY


def test_the_other_files_are_loaded_beside_a_bomb() -> None:
    log = load(
        [
            ("bomb.xlsx", two_cells()),
            ("log.xlsx", book(("Log", [["candidate", "at", "kind"], ["May Lind", "2026-03-02", "interview"]]))),
        ],
        Answers(),
    )
    assert len(log.contacts) == 1
    assert [(p.file, p.code) for p in log.problems] == [("bomb.xlsx", "far_cell")]
    assert "XFD1048576" in log.problems[0].message


def test_a_workbook_that_needs_more_memory_than_it_is_given_is_refused() -> None:
    data = by_hand('<row r="1"><c r="A1"><v>1</v></c></row><row r="4000"><c r="ZZ4000"><v>1</v></c></row>')
    assert open_apart(data, "xlsx")[0].about["rows"] == 4_000
    with pytest.raises(Refused, match="workbook_refused") as refused:
        open_apart(data, "xlsx", memory=80 << 20)
    assert "memory" in refused.value.facts["why"]


def test_a_workbook_that_takes_too_long_is_refused() -> None:
    rows = [[f"candidate {n}", n, "2026-03-02"] for n in range(20_000)]
    with pytest.raises(Refused, match="workbook_refused") as refused:
        open_apart(book(("Log", rows)), "xlsx", seconds=0)
    assert "longer" in refused.value.facts["why"]


def test_a_machine_that_starts_no_process_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(ROOT / "no-such-python"))
    (table,) = read_tables(book(("Log", [["candidate", "at"], ["May Lind", "2026-03-02"]])), "book.xlsx")
    assert [p.code for p in table.problems] == ["workbook_refused"]
    assert "cannot be started" in table.problems[0].message


def test_the_child_writes_no_file_and_loads_neither_pandas_nor_numpy() -> None:
    code = (
        "import sys; sys.path.append(sys.argv[1]);"
        "import analysis.reading.workbook.child as child, analysis.reading.workbook.scan;"
        "child.limit(1 << 30, 10);"
        "print({'pandas', 'numpy', 'pyarrow', 'duckdb'} & set(sys.modules));"
        "import os; os.name == 'posix' or sys.exit();"
        "import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    run = [sys.executable, "-I", "-S", "-c", code, str(ROOT)]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.split("\n")[0] == "set()"
    assert os.name != "posix" or said.split("\n")[1] == "(0, 0) (0, 0)"


def test_a_workbook_is_never_unpacked_by_the_process_that_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise AssertionError("a part of the workbook was opened")

    data = book(("Log", [["candidate", "at"], ["May Lind", "2026-03-02"]]))
    monkeypatch.setattr(zipfile.ZipFile, "open", refuse)
    (table,) = read_tables(data, "book.xlsx")
    assert table.frame.to_numpy().tolist() == [["May Lind", "2026-03-02"]]
