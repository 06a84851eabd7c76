"""The child process: a workbook on standard input, its sheets as lines of text on standard output.

Started by `analysis.reading.apart` as a script, with a limit of memory, so that a workbook made to exhaust the machine
ends this process and nothing else. The answer is `MAGIC`, the length of a JSON head (8 bytes), the head, and for each
sheet of the head its rows (UTF-8, one line each, cells divided by `BETWEEN`) and one byte a row: 0 blank, 1 only the
first cell filled, 2 more.
"""

from __future__ import annotations

import json
import struct
import sys
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO, Final

MAGIC: Final = b"followthrough sheets 1\n"
_MOST_TEXT: Final = 1 << 30
_LONGEST_CELL: Final = 1_000_000
_HEADER_ROWS: Final = 60


@dataclass(slots=True)
class _Sheet:
    """One sheet on its way out; rows and columns from 0, columns counted from ``left``."""

    rows: list[str] = field(default_factory=list)
    fill: bytearray = field(default_factory=bytearray)
    left: int = 0
    width: int = 0
    rounded: dict[int, list[int]] = field(default_factory=dict)
    filled_down: list[int] = field(default_factory=lambda: [0, 0])


def main(source: BinaryIO, out: BinaryIO, kind: str) -> None:
    """Read a workbook of ``kind`` (xlsx, xlsb, xls, ods) from ``source`` and answer on ``out``."""
    from analysis.reading.workbook.scan import Unsafe

    bodies: list[bytes] = []
    try:
        head: dict[str, Any] = {"sheets": _sheets(source.read(), kind, bodies)}
    except Unsafe as refused:
        head, bodies = {"problem": refused.code, "facts": refused.facts}, []
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeError, ValueError, NotImplementedError):
        head, bodies = {"problem": "damaged_workbook", "facts": {}}, []
    except MemoryError:
        raise
    except BaseException as error:
        # calamine's own faults are no Exception; one of ours is named, never what stood in the file
        panic = type(error).__name__ == "PanicException"
        why = f"opening it met a fault of the program ({type(error).__name__})"
        head, bodies = {"problem": "damaged_workbook" if panic else "workbook_refused", "facts": {"why": why}}, []
    text = json.dumps(head).encode()
    out.write(MAGIC + struct.pack("<Q", len(text)) + text)
    for body in bodies:
        out.write(body)
    out.flush()


def _sheets(data: bytes, kind: str, bodies: list[bytes]) -> list[dict[str, Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    from analysis.reading.workbook import biff, odf, scan

    marks: dict[str, scan.Marks] = {}
    if kind == "xlsx":
        marks = scan.scan_workbook(scan.as_archive(data))
    elif kind == "ods":
        archive = scan.as_archive(data)
        if odf.is_encrypted(archive):
            raise scan.Unsafe("encrypted_workbook")
        marks = odf.scan_open_document(archive)
    elif kind == "xls":
        marks = biff.scan_old_workbook(data)
    found = []
    written = 0
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            for number, about in enumerate(book.sheets_metadata):
                if about.typ != SheetTypeEnum.WorkSheet:
                    found.append({"name": about.name, "chart": True})
                    continue
                sheet = book.get_sheet_by_index(number)
                noted = marks.get(about.name, scan.Marks())
                merges = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
                merges += noted.merges
                start = sheet.start
                if start is not None and (sheet.width > scan.MOST_COLUMNS):
                    raise scan.Unsafe("too_many_columns", columns=str(sheet.width), most=str(scan.MOST_COLUMNS))
                taken = _taken(sheet.iter_rows(), start[1] if start else 0, merges, noted)
                found.append(_described(about.name, about.visible != SheetVisibleEnum.Visible, taken, merges, noted))
                bodies.append("".join(f"{row}\n" for row in taken.rows).encode("utf-8", "replace"))
                bodies.append(bytes(taken.fill))
                found[-1]["bytes"] = len(bodies[-2])
                written += len(bodies[-2])
                if written > _MOST_TEXT:
                    raise scan.Unsafe("workbook_refused", why=f"its cells hold more than {_MOST_TEXT >> 20} MB of text")
    except PasswordError as error:
        raise scan.Unsafe("encrypted_workbook") from error
    except CalamineError as error:
        protected = "password" in str(error).lower()
        raise scan.Unsafe("encrypted_workbook" if protected else "damaged_workbook") from error
    return found


def _taken(rows: Any, offset: int, merges: list[tuple[int, int, int, int]], marks: Any) -> _Sheet:
    """The rows as text, without the empty columns before and behind the table and the empty rows behind it."""
    from analysis.reading.workbook.cells import BETWEEN, BREAK, ROUNDED, TEXT, number, one_line
    from analysis.reading.workbook.scan import Unsafe

    taken = _Sheet()
    down = _downward(merges)
    padded = marks.padded
    active: list[tuple[int, int, str]] = []
    left, right, wide = 1 << 20, -1, 0
    lines, fill = taken.rows, taken.fill
    large: list[float] = []

    def number_text(value: float) -> str:
        if -ROUNDED < value < ROUNDED:
            return number(value)
        large.append(value)
        return number(value)

    text = {**TEXT, float: number_text}
    for at, row in enumerate(rows):
        cells = [value if type(value) is str else text[type(value)](value) for value in row]
        wide = len(cells)
        if padded:
            _pad(cells, row, at, offset, padded)
        if down:
            active = [merge for merge in active if merge[1] >= at]
            if active and any(cells):
                for column, _, label in active:
                    if not cells[column]:
                        cells[column] = label
                        taken.filled_down[0] += 1
                        taken.filled_down[1] = taken.filled_down[1] or at + 1
            for column, last in down.get(at, ()):
                place = column - offset
                if 0 <= place < wide and cells[place]:
                    active.append((place, last, cells[place]))
        line = BETWEEN.join(cells)
        if len(line) > _LONGEST_CELL and max(map(len, cells)) > _LONGEST_CELL:
            raise Unsafe("workbook_refused", why=f"a cell in row {at + 1} holds more than {_LONGEST_CELL:,} characters")
        if line.count(BETWEEN) != wide - 1 or "\n" in line or "\r" in line or BREAK in line or "\0" in line:
            cells = [one_line(cell) for cell in cells]
            line = BETWEEN.join(cells)
        if large:
            large.clear()
            for place, value in enumerate(row):
                if type(value) is float and abs(value) >= ROUNDED:
                    known = taken.rounded.setdefault(place, [0, at + 1])
                    known[0] += 1
        if all(cells):
            left, right = (0, wide - 1) if wide else (left, right)
            lines.append(line)
            fill.append(2 if wide > 1 else 1)
            continue
        filled = [place for place, cell in enumerate(cells) if cell]
        if filled:
            left, right = min(left, filled[0]), max(right, filled[-1])
        lines.append(line if filled else "")
        fill.append(0 if not filled else 1 if len(filled) == 1 and filled[0] == 0 else 2)
    while fill and not fill[-1]:
        fill.pop()
        lines.pop()
    if right >= 0:
        _trim(taken, left, wide - 1 - right, offset)
        taken.width = right - left + 1
    return taken


def _trim(taken: _Sheet, left: int, behind: int, offset: int) -> None:
    """Leave out empty columns on both sides; an empty cell is nothing but the sign behind it."""
    if left or behind:
        taken.rows = [row[left : len(row) - behind] if row else row for row in taken.rows]
    taken.left = offset + left
    taken.rounded = {place - left: known for place, known in taken.rounded.items()}


def _downward(merges: list[tuple[int, int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """First row -> (column, last row) of the merged cells that reach over several rows."""
    down: dict[int, list[tuple[int, int]]] = {}
    for top, column, bottom, _ in merges:
        if bottom > top:
            down.setdefault(top, []).append((column, bottom))
    return down


def _pad(cells: list[str], row: list[Any], at: int, offset: int, padded: dict[tuple[int, int], int]) -> None:
    """Give numbers the leading zeros that their format shows."""
    for place, value in enumerate(row):
        digits = padded.get((at, place + offset))
        if digits and type(value) is float and value >= 0 and cells[place].isdigit():
            cells[place] = cells[place].zfill(digits)


def _described(
    name: str, hidden: bool, taken: _Sheet, merges: list[tuple[int, int, int, int]], marks: Any
) -> dict[str, Any]:
    """The head's entry of one sheet."""
    across = [
        (top, first - taken.left, last - taken.left)
        for top, first, _, last in merges
        if last > first and top < _HEADER_ROWS
    ]
    within = range(taken.left, taken.left + taken.width)
    errors: dict[int, list[Any]] = {}
    for (row, column), shown in sorted(marks.errors.items()):
        if column in within and row < len(taken.rows):
            known = errors.setdefault(column - taken.left, [0, row + 1, shown])
            known[0] += 1
    formulas: dict[int, list[int]] = {}
    outside = 0
    for row, column in sorted(marks.uncalculated):
        if column in within and row < len(taken.rows):
            known = formulas.setdefault(column - taken.left, [0, row + 1])
            known[0] += 1
        else:
            outside += 1
    return {
        "name": name,
        "hidden": hidden,
        "chart": False,
        "rows": len(taken.rows),
        "left": taken.left,
        "width": taken.width,
        "across": across[:1000],
        "errors": errors,
        "uncalculated": formulas,
        "uncalculated_outside": outside,
        "hidden_rows": min(marks.hidden_rows, len(taken.rows)),
        "hidden_columns": min(marks.hidden_columns, taken.left + taken.width),
        "rounded": taken.rounded,
        "filled_down": taken.filled_down,
    }


def limit(memory: int, seconds: int) -> None:
    """Bind this process to ``memory`` bytes and ``seconds`` of work, without files and core dumps, where POSIX can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", seconds + 1),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
    ):
        try:
            number = getattr(resource, what)
            hard = resource.getrlimit(number)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(number, (most, most))
        except (AttributeError, ValueError, OSError):
            continue


if __name__ == "__main__":
    limit(int(sys.argv[2]), int(sys.argv[3]))
    sys.path += sys.argv[4:]
    try:
        main(sys.stdin.buffer, sys.stdout.buffer, sys.argv[1])
    except MemoryError:
        sys.exit(9)
