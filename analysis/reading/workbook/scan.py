"""Streams a workbook's XML before calamine sees it: how far a sheet reaches, and what calamine keeps to itself.

The patterns look for what spreadsheet programs write. They are no fence: a file that hides its extent from them meets
the memory limit of the process.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from analysis.reading.workbook.cells import column_of

MOST_COLUMNS: Final = 2_000
MOST_CELLS: Final = 30_000_000
_CHUNK: Final = 1 << 20
_PROLOG: Final = 1 << 16
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(rb"<[A-Za-z_]")
_PREFIX = re.compile(rb"<(/?)\w+:")
_SINGLE = re.compile(rb"='([^'\"<>]*)'")
_THREE_LETTERS = re.compile(rb' r="[A-Z]{3}\d')
_FAR = re.compile(rb'<c\b[^>]*? r="([A-Z]{3})(\d{1,7})"[^>]*(?<!/)>')
_ROW = re.compile(rb"<row\b([^>]*)>")
_NUMBER = re.compile(rb' r="(\d{1,10})"')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b[^>]* hidden="(?:1|true)"')
_CELL = re.compile(rb"<c\b([^>]*)>")
_REF = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'<c\b([^>]* t="e"[^>]*)>(?:(?!</c>).)*?<v>([^<]{0,20})<', re.DOTALL)
_UNCALCULATED = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


class Unsafe(Exception):
    """A workbook that is not opened: a problem's ``code`` and the facts of its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(slots=True)
class Marks:
    """What a sheet holds that its values do not show; cells as (row, column) from 0.

    ``padded``: digits that a format of zeros shows. ``merges``: first row and column, last row and column, where
    calamine does not give them.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    padded: dict[tuple[int, int], int] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def scan_workbook(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Name of a sheet -> its marks, for the sheets of an XLSX. Raises `Unsafe`."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            no_entities(archive, name)
    pads = _padding_styles(archive)
    return {sheet: scan_sheet(archive, part, sheet, pads) for sheet, part in sheet_parts(archive).items()}


def no_entities(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a part that declares a document type: no spreadsheet program writes one, bombs of entities need it."""
    with archive.open(name) as part:
        head = part.read(_PROLOG)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    root = _ROOT.search(head)
    declared = _DOCTYPE.search(head)
    if declared and (root is None or declared.start() < root.start()):
        raise Unsafe("workbook_refused", why="it declares entities of its own, which no spreadsheet program does")
    if root is None and len(head) == _PROLOG:
        raise Unsafe("workbook_refused", why=f"its part {name[:80]} does not begin as spreadsheet programs write it")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of a worksheet -> its part in the package."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, about: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = about.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            targets[about.get("Id", "")] = whole

    def sheet(name: str, about: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            key = next((value for key, value in about.items() if key.rpartition(":")[2] == "id"), "")
            sheets.append((about.get("name", ""), key))

    names = set(archive.namelist())
    for part, started in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        if part in names:
            _parse(archive, part, started)
    return {name: targets[key] for name, key in sheets if targets.get(key) in names}


def _parse(archive: zipfile.ZipFile, name: str, started: object) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = started  # type: ignore[assignment]
    try:
        with archive.open(name) as part:
            parser.ParseFile(part)
    except expat.ExpatError:
        pass  # calamine says what is wrong with it


def _padding_styles(archive: zipfile.ZipFile) -> dict[bytes, int]:
    """Number of a cell style -> digits, for formats of nothing but zeros (``00000`` shows 123 as 00123)."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    zeros: dict[str, int] = {}
    pads: dict[bytes, int] = {}
    inside = [False]
    styles = [0]

    def started(name: str, about: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "numFmt" and re.fullmatch(r"0{2,30}", about.get("formatCode", "")):
            zeros[about.get("numFmtId", "")] = len(about["formatCode"])
        elif local in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = local == "cellXfs"
        elif local == "xf" and inside[0]:
            if about.get("numFmtId", "") in zeros:
                pads[str(styles[0]).encode()] = zeros[about["numFmtId"]]
            styles[0] += 1

    _parse(archive, "xl/styles.xml", started)
    return pads


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet in pieces that end behind a whole row."""
    left = b""
    with archive.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = left + chunk
            cut = max(text.rfind(b"</row>"), text.rfind(b":row>"))
            if cut < 0 and len(text) < 32 * _CHUNK:
                left = text
                continue
            if cut < 0:
                yield _plain(text)
                left = b""
                continue
            cut = text.index(b">", cut) + 1
            yield _plain(text[:cut])
            left = text[cut:]
    yield _plain(left)


def _plain(text: bytes) -> bytes:
    """The XML as most programs write it: without prefixes, attributes in double quotes."""
    if b"<row" not in text and b":row" in text:
        text = _PREFIX.sub(rb"<\1", text)
    return _SINGLE.sub(rb'="\1"', text) if b"='" in text[:4096] else text


def scan_sheet(archive: zipfile.ZipFile, part: str, sheet: str, pads: dict[bytes, int]) -> Marks:
    """One sheet's marks. Raises `Unsafe` where a value stands far outside any table."""
    marks = Marks()
    padded = re.compile(rb'<c\b([^>]* s="(' + b"|".join(map(re.escape, pads)) + rb')"[^>]*)(?<!/)>') if pads else None
    last = 0
    for text in _pieces(archive, part):
        for far in _FAR.finditer(text) if _THREE_LETTERS.search(text) else ():
            column, row = column_of(far[1].decode()), int(far[2])
            if column >= MOST_COLUMNS:
                raise Unsafe("far_cell", value=sheet, cell=f"{far[1].decode()}{row}")
        rows = _ROW.findall(text)
        number = _NUMBER.search(rows[-1]) if rows else None
        last = max(last + len(rows), int(number[1])) if number else last + len(rows)
        if b"hidden=" in text:
            marks.hidden_rows += sum(_HIDDEN.search(about) is not None for about in rows)
            marks.hidden_columns += len(_HIDDEN_COLUMN.findall(text))
        if b' t="e"' in text:
            for found in _ERROR.finditer(text):
                place = _place(found[1])
                if place:
                    marks.errors[place] = found[2].decode("utf-8", "replace")
        if b"<f" in text:
            marks.uncalculated += _uncalculated(text)
        if padded is not None:
            for found in padded.finditer(text):
                place = _place(found[1])
                if place:
                    marks.padded[place] = pads[found[2]]
    if last > 1 << 20:
        raise Unsafe("far_cell", value=sheet, cell=f"A{last}")
    return marks


def _place(about: bytes) -> tuple[int, int] | None:
    ref = _REF.search(about)
    return (int(ref[2]) - 1, column_of(ref[1].decode())) if ref else None


def _uncalculated(text: bytes) -> list[tuple[int, int]]:
    """Cells with a formula and no result; calamine gives them as empty without a word."""
    found = []
    for end in _UNCALCULATED.finditer(text):
        start = text.rfind(b"<c ", 0, end.start())
        cell = _CELL.match(text, start) if start >= 0 else None
        place = _place(cell[1]) if cell else None
        # a formula that gives an empty text has the type of one
        if cell and place and b't="str"' not in cell[1]:
            found.append(place)
    return found


def as_archive(data: bytes) -> zipfile.ZipFile:
    """The package, whose directory the parent process has looked at before."""
    return zipfile.ZipFile(io.BytesIO(data))
