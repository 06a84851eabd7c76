"""Time and memory of reading a large log, ours beside bare library reads, each in a process of its own.

The log is drawn with a seed: nine columns, quoted notes, some of them over two lines. ``dirty`` breaks one row in a
thousand (a cell too many, a cell too few, a stray quote, an unclosed one). Every reader gets the file's bytes from
the page cache; the time is that of the read alone, the peak that of the whole process, start included.

    python benchmarks/reading.py [--megabytes 100] [--rounds 3] [--readers duckdb,ours,...]
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADER = "candidate,candidate_email,client,job,interviewer,at,channel,kind,note"
FIRST = ["May", "Sam", "Kim", "Ana", "Lee", "Ola", "Ida", "Max", "Eva", "Tom", "José", "Zoë"]
LAST = ["Lind", "Poe", "Ray", "Petrov", "Oak", "Berg", "Holm", "Roth", "Novak", "Vale", "Peña", "Kurz"]
CLIENTS = ["Acme", "Brightside", "Cobalt", "Delta Works", "Evergreen"]
NOTES = [
    "left message",
    "asked for the date",
    '"sent a thank-you, short and by name"',
    '"said ""great chat"" twice"',
    '"called again,\nnobody there"',
    "thanks for the talk about the night shifts and the depot",
    "",
]


def log(megabytes: int, broken: float, seed: int = 3) -> bytes:
    """A log of about that size; ``broken`` is the share of rows that are damaged."""
    dice = random.Random(seed)
    block: list[str] = []
    for i in range(20_000):
        first, last = dice.choice(FIRST), dice.choice(LAST)
        cells = [
            f"{first} {last}",
            f"{first}.{last}{i}@mail.example".lower(),
            dice.choice(CLIENTS),
            dice.choice(["Estimator", "Welder", "Night nurse"]),
            f"{dice.choice(FIRST)} {dice.choice(LAST)}",
            f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02} {dice.randint(7, 18):02}:{dice.randint(0, 59):02}",
            dice.choice(["email", "call", "voicemail", "text"]),
            dice.choice(["thank_you", "follow_up", "interview", ""]),
            dice.choice(NOTES),
        ]
        if dice.random() < broken:
            damage = dice.randrange(4)
            if damage == 0:
                cells.insert(dice.randrange(9), "")
            elif damage == 1:
                cells.pop(dice.randrange(1, 8))
            elif damage == 2:
                cells[2] = 'Ac"me'
            else:
                cells[8] = '"left message'
        block.append(",".join(cells))
    text = ("\n".join(block) + "\n").encode()
    return f"{HEADER}\n".encode() + text * max(1, round(megabytes * 1e6 / len(text)))


def read_once(reader: str, path: Path) -> dict[str, float]:
    """One read in this process: seconds, rows, and the peak of memory in megabytes."""
    shown: list[float] = []
    if reader == "ours":
        from analysis import read

        data = path.read_bytes()
        began = time.perf_counter()
        table = read(data, path.name, progress=shown.append)
        rows = len(table.frame) + len(table.rejects)
    elif reader == "duckdb":
        import duckdb

        began = time.perf_counter()
        names = ", ".join(f"'{name}': 'VARCHAR'" for name in HEADER.split(","))
        found = duckdb.sql(
            f"select * from read_csv('{path}', delim=',', quote='\"', escape='\"', header=true,"
            f" columns={{{names}}}, auto_detect=false)"
        ).to_arrow_table()
        rows = found.num_rows
    elif reader == "pyarrow":
        import pyarrow as pa
        from pyarrow import csv as arrow

        began = time.perf_counter()
        text = arrow.ConvertOptions(column_types=dict.fromkeys(HEADER.split(","), pa.string()))
        rows = arrow.read_csv(
            path, parse_options=arrow.ParseOptions(newlines_in_values=True), convert_options=text
        ).num_rows
    elif reader == "pandas":
        import pandas as pd

        began = time.perf_counter()
        rows = len(pd.read_csv(path, dtype="str", keep_default_na=False))
    else:
        began = time.perf_counter()
        with path.open(encoding="utf-8", newline="") as stream:
            rows = sum(1 for _ in csv.reader(stream)) - 1
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "rows": rows, "peak": peak, "steps": len(shown)}


def main() -> None:
    """Print a table: median seconds, megabytes a second, rows, peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--readers", default="duckdb,pyarrow,pandas,csv,ours")
    parser.add_argument("--one", nargs=2, metavar=("READER", "PATH"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(read_once(given.one[0], Path(given.one[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind, broken in (("clean", 0.0), ("dirty", 0.001)):
            path = Path(folder) / f"{kind}.csv"
            path.write_bytes(log(given.megabytes, broken))
            size = path.stat().st_size / 1e6
            print(f"{kind}: {size:.0f} MB")
            found: dict[str, list[dict[str, float]]] = {name: [] for name in given.readers.split(",")}
            for _ in range(given.rounds):
                for name, outcomes in found.items():
                    done = subprocess.run(
                        [sys.executable, __file__, "--one", name, str(path)],
                        capture_output=True,
                        text=True,
                        check=False,
                    )
                    if done.returncode == 0:
                        outcomes.append(json.loads(done.stdout))
            for name, outcomes in found.items():
                if not outcomes:
                    print(f"  {name:8} error")
                    continue
                middle = sorted(outcomes, key=lambda o: o["seconds"])[len(outcomes) // 2]
                print(
                    f"  {name:8} {middle['seconds']:7.2f} s {size / middle['seconds']:7.1f} MB/s"
                    f" {middle['rows']:9.0f} rows {middle['peak']:7.0f} MB peak",
                    flush=True,
                )


if __name__ == "__main__":
    main()
