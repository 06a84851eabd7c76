"""Scores readers on a folder of polluted tables: ``csv/`` holds the files, ``clean/`` what each should give.

Each file gets one point for being read and three for each of header, records and cells (precision, recall and
their mean over the bags of both sides), which is how the Pollock benchmark (VLDB 2023) counts; ten is perfect. Every
reader sees the bytes alone. ``silent`` counts the files with a lost or changed record of which the reader said nothing.

    python benchmarks/polluted.py FOLDER [--weights weights.json] [--readers ours,pandas] [--show 20]
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pandas as pd

from analysis import read

Rows = list[list[str]]
csv.field_size_limit(sys.maxsize)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reader gave for one file: its rows with the header first, and whether it named any trouble."""

    rows: Rows
    told: bool = False


def ours(data: bytes, path: Path) -> Outcome:
    """This project's reader, header first; numbers given to nameless and repeated columns taken off again."""
    table = read(data, path.name)
    rows = [list(map(str, row)) for row in table.frame.itertuples(index=False, name=None)]
    labels = [str(label) for label in table.frame.columns]
    if table.account.header:
        bare = [re.sub(r" \(\d+\)$", "", label) for label in labels]
        labels = [b if b in labels else label for label, b in zip(labels, bare, strict=True)]
        rows.insert(0, ["" if re.fullmatch(r"column \d+", label) else label for label in labels])
    return Outcome(rows, any(p.code != "no_header" for p in table.problems))


def pandas_plain(data: bytes, path: Path) -> Outcome:
    """pandas as it comes."""
    return Outcome(_rows(pd.read_csv(io.BytesIO(data), header=None), data))


def pandas_tolerant(data: bytes, path: Path) -> Outcome:
    """pandas told to sniff, to keep text, and to skip what it cannot read."""
    frame = pd.read_csv(
        io.BytesIO(data), sep=None, engine="python", dtype=str, keep_default_na=False, on_bad_lines="skip", header=None
    )
    return Outcome(_rows(frame, data))


def sniffer(data: bytes, path: Path) -> Outcome:
    """The standard library's sniffer and reader."""
    text = _text(data)
    return Outcome(list(csv.reader(io.StringIO(text, newline=""), csv.Sniffer().sniff(text[:100_000]))))


def clever(data: bytes, path: Path) -> Outcome:
    """clevercsv's detection with its own reader (only where it is installed)."""
    import clevercsv  # type: ignore[import-untyped, unused-ignore]

    text = _text(data)
    dialect = clevercsv.Sniffer().sniff(text[:100_000])
    return Outcome([list(row) for row in clevercsv.reader(io.StringIO(text, newline=""), dialect)])


def duckdb_auto(data: bytes, path: Path) -> Outcome:
    """duckdb's own detection, all text."""
    return _duckdb(path, "all_varchar=true")


def duckdb_tolerant(data: bytes, path: Path) -> Outcome:
    """duckdb told to go on past errors and to fill short rows."""
    return _duckdb(path, "all_varchar=true, ignore_errors=true, null_padding=true, strict_mode=false, parallel=false")


READERS: dict[str, Callable[[bytes, Path], Outcome]] = {
    "ours": ours,
    "pandas": pandas_plain,
    "pandas-tolerant": pandas_tolerant,
    "sniffer": sniffer,
    "clevercsv": clever,
    "duckdb": duckdb_auto,
    "duckdb-tolerant": duckdb_tolerant,
}


def _duckdb(path: Path, options: str) -> Outcome:
    with duckdb.connect() as connection:
        found = connection.execute(f"select * from read_csv(?, {options})", [str(path)])
        labels = [str(column[0]) for column in found.description or []]
        rows = [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()]
    return Outcome(rows if all(re.fullmatch(r"column\d+", label) for label in labels) else [labels, *rows])


def _rows(frame: pd.DataFrame, data: bytes) -> Rows:
    return [["" if pd.isna(cell) else str(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


@dataclass(slots=True)
class Tally:
    """Sums over the files of one reader."""

    scores: dict[str, float] = field(default_factory=dict)
    crashes: int = 0
    changed: int = 0
    silent: list[str] = field(default_factory=list)
    seconds: float = 0.0


def normal(cell: str) -> str:
    """Case and outer blanks aside, and numbers by their value: writers may reformat these."""
    cell = cell.strip()
    try:
        return str(float(cell)) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell.lower()
    except ValueError:
        return cell.lower()


def overlap(wanted: list[str], found: list[str]) -> float:
    """Precision, recall and their harmonic mean over two bags, summed (0 to 3)."""
    if not wanted:
        return 3.0
    both = (Counter(wanted) & Counter(found)).total()
    if not both:
        return 0.0
    recall, precision = both / len(wanted), both / len(found)
    return recall + precision + 2 * recall * precision / (recall + precision)


def score(clean: Rows, found: Rows) -> tuple[float, bool]:
    """Points of a file that was read (1 to 10), and whether every record came back."""
    if not clean:
        return 10.0, True
    head = [normal(c) for c in clean[0]], [normal(c) for c in found[0]] if found else []
    records = ["".join(map(normal, row)) for row in clean[1:]], ["".join(map(normal, row)) for row in found[1:]]
    cells = [cell for row in clean for cell in row], [cell for row in found for cell in row]
    whole = not Counter(records[0]) - Counter(records[1])
    return 1.0 + overlap(*head) + overlap(*records) + overlap(*cells), whole


def run(reader: Callable[[bytes, Path], Outcome], folder: Path, files: list[Path]) -> Tally:
    """Read and score every file."""
    tally = Tally()
    for path in files:
        clean_path = folder / "clean" / path.name
        with clean_path.open(encoding="utf-8-sig", newline="") as stream:
            clean = list(csv.reader(stream))
        if clean and all(re.fullmatch(r"\s*col_\d+", cell) for cell in clean[0]):
            # the file has no header and these names were made up
            clean = clean[1:]
        began = time.perf_counter()
        try:
            outcome = reader(path.read_bytes(), path)
        except Exception:
            tally.crashes += 1
            tally.scores[path.name] = 0.0
            continue
        finally:
            tally.seconds += time.perf_counter() - began
        tally.scores[path.name], whole = score(clean, outcome.rows)
        if not whole:
            tally.changed += 1
            if not outcome.told:
                tally.silent.append(path.name)
    return tally


def main() -> None:
    """Print one row a reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--readers", default="ours")
    parser.add_argument("--show", type=int, default=0, help="the files with the fewest points")
    parser.add_argument("--every", type=int, default=1, help="only each n-th file")
    parser.add_argument("--from", type=int, default=0, dest="start", help="the first of these")
    given = parser.parse_args()
    files = sorted(p for p in (given.folder / "csv").iterdir() if (given.folder / "clean" / p.name).exists())
    files = files[given.start :: given.every]
    weights = json.loads(given.weights.read_text()) if given.weights else {}
    print(f"{'reader':16} {'simple':>7} {'weighted':>8} {'crashes':>7} {'changed':>7} {'silent':>6} {'seconds':>7}")
    for name in given.readers.split(","):
        tally = run(READERS[name], given.folder, files)
        simple = sum(tally.scores.values()) / len(files)
        total = sum(weights.get(file, 0) for file in tally.scores)
        weighted = sum(weights.get(f, 0) * points for f, points in tally.scores.items()) / total if total else 0.0
        print(
            f"{name:16} {simple:7.3f} {weighted:8.3f} {tally.crashes:7} {tally.changed:7} {len(tally.silent):6}"
            f" {tally.seconds:7.1f}",
            flush=True,
        )
        for file, points in sorted(tally.scores.items(), key=lambda item: item[1])[: given.show]:
            print(f"    {points:6.3f} {'silent ' if file in tally.silent else '       '}{file}")


if __name__ == "__main__":
    main()
