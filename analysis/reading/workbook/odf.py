"""Streams an OpenDocument sheet's XML before calamine sees it, as `analysis.reading.workbook.scan` does for an XLSX."""

from __future__ import annotations

import re
import zipfile
from xml.parsers import expat

from analysis.reading.workbook.scan import Marks, Unsafe, no_entities

_CHUNK = 1 << 20
_REPEATED_CELL = re.compile(rb"<table:table-cell\b[^>]*number-columns-repeated=\"(\d{4,})\"[^>]*(?<!/)>(?!</)")
_REPEATED_ROW = re.compile(rb"<table:table-row\b[^>]*number-rows-repeated=\"(\d{5,})\"[^>]*(?<!/)>")
_OFTEN = re.compile(rb"-repeated=\"\d{4,}\"")
_MARKED = (b"-spanned=", b'="error"', b"visibility=", b"table:formula=")
_FILLED = re.compile(rb"<text:p|office:value=|office:date-value=|office:string-value=\"[^\"]")


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument sheet is protected by a password."""
    name = "META-INF/manifest.xml"
    if name not in archive.namelist():
        return False
    with archive.open(name) as part:
        return b"encryption-data" in part.read(_CHUNK)


def scan_open_document(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Name of a sheet -> its marks. Raises `Unsafe` where a filled cell or row is repeated beyond any table."""
    for name in archive.namelist():
        if name.endswith(".xml"):
            no_entities(archive, name)
    if "content.xml" not in archive.namelist():
        return {}
    left = b""
    marked = False
    with archive.open("content.xml") as content:
        while chunk := content.read(_CHUNK):
            text = left + chunk
            marked = marked or any(sign in text for sign in _MARKED)
            often = _OFTEN.search(text) is not None
            if often and _REPEATED_CELL.search(text):
                raise Unsafe("workbook_refused", why="it repeats one cell across thousands of columns")
            for row in _REPEATED_ROW.finditer(text) if often else ():
                end = text.find(b"</table:table-row>", row.end())
                if _FILLED.search(text, row.end(), end if end >= 0 else len(text)):
                    raise Unsafe("workbook_refused", why=f"it repeats one row {row[1].decode()} times")
            cut = text.rfind(b"<table:table-row")
            left = text[cut:] if cut >= 0 else text[-200:]
            if len(left) > 16 * _CHUNK:
                left = left[-200:]
    return _marks(archive) if marked else {}


def _marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Merged cells, errors, formulas without a result, and hidden rows and columns, by the places of the cells."""
    found: dict[str, Marks] = {}
    marks = Marks()
    row = column = repeated = 0
    inside = 0
    wrong: tuple[int, int] | None = None

    def started(name: str, about: dict[str, str]) -> None:
        nonlocal marks, row, column, repeated, inside, wrong
        if name == "table:table":
            inside += 1
            if inside == 1:
                marks = found.setdefault(about.get("table:name", ""), Marks())
                row = repeated = 0
        elif name == "table:table-row":
            row += repeated
            repeated, column = _times(about, "rows"), 0
            if about.get("table:visibility") in ("collapse", "filter"):
                marks.hidden_rows += repeated
        elif name == "table:table-column" and about.get("table:visibility") in ("collapse", "filter"):
            marks.hidden_columns += _times(about, "columns")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            _cell(marks, about, row, column)
            wrong = (row, column) if (row, column) in marks.errors else None
            column += _times(about, "columns")

    def ended(name: str) -> None:
        nonlocal inside
        inside -= name == "table:table"

    def said(text: str) -> None:
        nonlocal wrong
        if wrong is not None and text.strip():
            marks.errors[wrong], wrong = text.strip()[:20], None

    parser = expat.ParserCreate()
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = said
    try:
        with archive.open("content.xml") as content:
            parser.ParseFile(content)
    except expat.ExpatError:
        pass  # calamine says what is wrong with it
    return found


def _times(about: dict[str, str], what: str) -> int:
    times = about.get(f"table:number-{what}-repeated", "1")
    return int(times) if times.isascii() and times.isdigit() and len(times) < 10 else 1


def _cell(marks: Marks, about: dict[str, str], row: int, column: int) -> None:
    down, across = (about.get(f"table:number-{what}-spanned", "1") for what in ("rows", "columns"))
    if (down, across) != ("1", "1") and down.isdigit() and across.isdigit() and len(down + across) < 14:
        marks.merges.append((row, column, row + int(down) - 1, column + int(across) - 1))
    if about.get("calcext:value-type") == "error":
        marks.errors[row, column] = "Err"
    elif "table:formula" in about and "office:value-type" not in about:
        marks.uncalculated.append((row, column))
