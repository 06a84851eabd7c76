"""Time and memory of reading a workbook, ours beside calamine alone; and damaged workbooks by the hundred.

Each reading runs in a process of its own. Its time is what the processors worked for the read, without the start of
Python; its peak that of the process and of those it started. ``--damaged N`` reads N workbooks with one to ten changed
places, in the package or in a part of it, and expects a table or a sentence. Same seed, same files.

    nice python benchmarks/sheets.py [--rows 100000] [--rounds 3] [--damaged 0]
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "reading"))
HEADER = [
    "candidate",
    "client",
    "at",
    "channel",
    "kind",
    "note",
    "id",
    "phone",
    "sender",
    "receiver",
    "job",
    "recruiter",
]


def rows(count: int) -> list[list[Any]]:
    """A log of ``count`` contacts, drawn with a seed."""
    dice, first = random.Random(7), datetime(2026, 1, 5, 9)
    return [
        HEADER,
        *(
            [
                f"Candidate {dice.randrange(5_000)}",
                dice.choice(["Acme", "Brightside", "Cobalt"]),
                first + timedelta(minutes=dice.randrange(400_000)),
                dice.choice(["email", "call", "text"]),
                dice.choice(["follow_up", "thank_you", "interview"]),
                f"asked where they stand, talk {n}",
                n,
                15_550_000_000 + dice.randrange(10_000),
                "candidate",
                "client",
                "Estimator",
                dice.choice(["Ana", "Lee"]),
            ]
            for n in range(count)
        ),
    ]


def cpu() -> float:
    """Seconds of work of this process and those it started, so that a busy machine does not count."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def one(path: str, how: str) -> None:
    """One reading of one workbook, its time and peak on standard output."""
    data = Path(path).read_bytes()
    if how == "ours":
        from analysis import read_tables

        started = cpu()
        count = len(read_tables(data, "log")[0].frame)
    else:
        from python_calamine import CalamineWorkbook

        started = cpu()
        count = len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()) - 1
    spent = cpu() - started
    own = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    peaks = [int(own) >> 10, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10]
    print(json.dumps({"seconds": spent, "rows": count, "megabytes": peaks}))


def compare(count: int, rounds: int) -> None:
    """The best of ``rounds`` for each kind of workbook and reader."""
    from books import book, open_book

    contacts = rows(count)
    with tempfile.TemporaryDirectory() as folder:
        for kind, made in (("xlsx", book), ("ods", open_book)):
            path = Path(folder) / f"log.{kind}"
            path.write_bytes(made(("Log", contacts)))
            for how in ("calamine", "ours"):
                command = [sys.executable, __file__, "--one", str(path), how]
                found = [
                    json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(rounds)
                ]
                best = min(found, key=lambda f: float(f["seconds"]))
                what = f"{kind} {path.stat().st_size / 1e6:.1f} MB, {best['rows']:,} rows, {how}"
                print(f"{what}: {best['seconds']:.2f} s, peak {best['megabytes']} MB", flush=True)


def damaged(count: int) -> None:
    """What becomes of ``count`` damaged workbooks."""
    from books import book, old_book, open_book, zipped

    from analysis import read_tables

    dice = random.Random(11)
    contacts = rows(20)
    seeds = [made(("Log", contacts), ("More", contacts)) for made in (book, old_book, open_book)]

    def changed(data: bytes) -> bytes:
        out = bytearray(data)
        for _ in range(dice.choice([1, 3, 10])):
            at, how = dice.randrange(len(out) + 1), dice.randrange(5)
            if how == 0:
                out[at : at + 1] = dice.randbytes(1)
            elif how == 1:
                del out[at : at + dice.randrange(1, 60)]
            elif how == 2:
                out[at:at] = dice.randbytes(dice.randrange(1, 20))
            elif how == 3:
                again = dice.randrange(len(out) + 1)
                out[at:at] = out[again : again + 50]
            elif dice.randrange(4) == 0:
                del out[at:]
        return bytes(out)

    outcome: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(count):
        data = dice.choice(seeds)
        if data.startswith(b"PK") and dice.random() < 0.7:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
            part = dice.choice(list(parts))
            held = parts[part]
            assert isinstance(held, bytes)
            parts[part] = changed(held)
            data = zipped(parts)
        else:
            data = changed(data)
        started = time.perf_counter()
        tables = read_tables(data, "book")
        slowest = max(slowest, time.perf_counter() - started)
        outcome["read" if tables[0].readable else tables[0].problems[0].code] += 1
    print(f"{count} damaged workbooks, none raised; slowest {slowest:.1f} s; {dict(outcome.most_common())}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--damaged", type=int, default=0)
    parser.add_argument("--one", nargs=2)
    told = parser.parse_args()
    if told.one:
        one(*told.one)
    elif told.damaged:
        damaged(told.damaged)
    else:
        compare(told.rows, told.rounds)
