"""Feeds damaged files to `analysis.read_tables` and checks what must hold whatever a file is like.

The seeds are the samples in ``tests/exports`` and the polluted tables of ``tests/reading/polluted.py``; each file is a
seed, or two of them, with one to eight changes. For each: no exception, at most
five seconds of the processor and sixty of the clock, an account that adds up, every line in exactly one place (rows,
header and rejects do not overlap and stay within the file), cells that are text, a readable table or a sentence. Same
seed number, same files.

    nice python benchmarks/fuzz.py [--files 50000] [--seed 1] [--from 0] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import random
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "reading"))

from polluted import families  # noqa: E402

from analysis import read_tables  # noqa: E402
from analysis.reading.raw import RawTable  # noqa: E402

LIMIT_SECONDS = 5.0
_SIGNS = [
    b'"',
    b"'",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\\",
    b" ",
    b'""',
    b'","',
    b"\n\n",
    b"=",
    b"<",
    b":",
]
_BYTES = [
    b"\0",
    b"\xff",
    b"\xfe",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x85",
    b"\xe9",
    b"\x93",
    b"\xe2\x80\xa8",
    b"\x1a",
    b"\x1f",
]


def seeds() -> dict[str, bytes]:
    """Every sample and every polluted family, by name."""
    found = {path.name: path.read_bytes() for path in sorted((ROOT / "tests" / "exports").rglob("*")) if path.is_file()}
    found.update({f"polluted {name}": data for name, data in families()})
    found["archive.zip"] = archive(found)
    return {name: data[:20_000] if name.endswith((".csv", ".txt")) else data for name, data in found.items() if data}


def archive(files: dict[str, bytes]) -> bytes:
    """Three files packed without compression, so that changes reach them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for name in ("polluted clean", "polluted titles", "google_calendar.ics"):
            into.writestr(zipfile.ZipInfo(f"desk/{name}"), files[name])
    return packed.getvalue()


def flip(dice: random.Random, data: bytearray) -> None:
    """A bit turned over."""
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def insert(dice: random.Random, data: bytearray) -> None:
    """Bytes drawn at random put in."""
    at = dice.randrange(len(data) + 1)
    data[at:at] = dice.randbytes(dice.randint(1, 8))


def delete(dice: random.Random, data: bytearray) -> None:
    """A piece left out."""
    at = dice.randrange(len(data))
    del data[at : at + dice.choice([1, 1, 2, 8, 64])]


def double(dice: random.Random, data: bytearray) -> None:
    """A piece repeated, once or often."""
    at = dice.randrange(len(data))
    piece = data[at : at + dice.choice([1, 4, 40, 400])]
    data[at:at] = piece * dice.choice([1, 1, 2, 30])


def move(dice: random.Random, data: bytearray) -> None:
    """A piece in another place."""
    at = dice.randrange(len(data))
    piece = data[at : at + dice.randint(1, 200)]
    del data[at : at + len(piece)]
    to = dice.randrange(len(data) + 1)
    data[to:to] = piece


def truncate(dice: random.Random, data: bytearray) -> None:
    """The end or the start cut off."""
    at = dice.randrange(len(data))
    if dice.random() < 0.7:
        del data[at:]
    else:
        del data[:at]


def sign(dice: random.Random, data: bytearray) -> None:
    """A quote, delimiter, line end or escape put in, at one place or at many."""
    for _ in range(dice.choice([1, 1, 3, 20])):
        at = dice.randrange(len(data) + 1)
        data[at:at] = dice.choice(_SIGNS)


def odd_byte(dice: random.Random, data: bytearray) -> None:
    """A zero byte, a byte-order mark, a broken UTF-8 byte put in, here and there."""
    for _ in range(dice.choice([1, 1, 4, 40])):
        at = dice.randrange(len(data) + 1)
        data[at:at] = dice.choice(_BYTES)


def swap(dice: random.Random, data: bytearray) -> None:
    """One sign that matters turned into another, throughout."""
    data[:] = bytes(data).replace(dice.choice(_SIGNS), dice.choice(_SIGNS))


CHANGES = (flip, insert, delete, double, move, truncate, sign, sign, odd_byte, swap)


def damaged(dice: random.Random, files: dict[str, bytes]) -> tuple[str, bytes]:
    """One damaged file and how it came about."""
    names = list(files)
    name = dice.choice(names)
    data = bytearray(files[name])
    story = [name]
    if dice.random() < 0.1:
        other = dice.choice(names)
        cut = dice.randrange(len(data))
        data[cut:] = files[other][dice.randrange(len(files[other])) :]
        story.append(f"splice {other}")
    if dice.random() < 0.03:
        data = bytearray(bytes(data).decode("utf-8", "replace").encode(dice.choice(["utf-16", "utf-16-le", "utf-32"])))
        story.append("wide")
    for _ in range(dice.randint(1, 8)):
        if not data:
            break
        change = dice.choice(CHANGES)
        change(dice, data)
        story.append(change.__name__)
    return ", ".join(story), bytes(data[:400_000])


def check(tables: tuple[RawTable, ...]) -> str:
    """What does not hold, or an empty text."""
    if not tables:
        return "no table"
    for table in tables:
        account = table.account
        if account.rows + account.header + account.set_aside + sum(account.dropped.values()) != account.lines:
            return "the account does not add up"
        if len(table.lines) != len(table.frame):
            return "rows without a line"
        if len(table.lines) and (table.lines[0] < 1 or table.lines[-1] > account.lines):
            return "a row outside the file"
        if not (np.diff(table.lines) > 0).all():
            return "two rows on one line"
        if np.isin(table.lines, table.rejects["line"]).any():
            return "a line both read and set aside"
        if len(table.frame) > account.rows or len(table.rejects) > account.set_aside:
            return "more rows than lines"
        if (account.rows > 0) != (len(table.frame) > 0) or (account.set_aside > 0) != (len(table.rejects) > 0):
            return "lines accounted for that are not there"
        if table.frame.columns.has_duplicates or any(str(kind) != "str" for kind in table.frame.dtypes):
            return "columns not text or not distinct"
        if table.frame.isna().any(axis=None):
            return "a cell without text"
        if not len(table.frame) and not len(table.rejects) and not table.problems:
            return "nothing read and nothing said"
        for found in table.problems:
            if not found.message or found.line > max(1, account.lines):
                return f"a problem outside the file: {found.code} on line {found.line}"
    return ""


def main() -> int:
    """Run, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="start")
    parser.add_argument("--keep", type=Path, help="a folder for the files that fail")
    given = parser.parse_args()
    files = seeds()
    failures: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    slowest = 0.0
    began = time.monotonic()
    for number in range(given.start, given.start + given.files):
        story, data = damaged(random.Random(given.seed * 1_000_003 + number), files)
        faulthandler.dump_traceback_later(60, exit=True)
        start = time.process_time()
        try:
            tables = read_tables(data, "fuzzed")
            wrong = check(tables)
            kinds.update({t.format if t.readable else f"{t.format}, refused" for t in tables})
        except Exception as error:
            place = error.__traceback__
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
            wrong = f"{type(error).__name__} at {where}: {str(error)[:80]}"
        seconds = time.process_time() - start
        slowest = max(slowest, seconds)
        if seconds > LIMIT_SECONDS:
            wrong = wrong or f"too slow: {seconds:.1f} s"
        if wrong:
            failures[wrong] += 1
            print(f"file {number} ({len(data)} bytes; {story}): {wrong}", flush=True)
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{number}.bin").write_bytes(data)
        if number % 5000 == 4999:
            done = number + 1 - given.start
            print(f"{done} files, {failures.total()} failures, {time.monotonic() - began:.0f} s", flush=True)
    faulthandler.cancel_dump_traceback_later()
    print(f"{given.files} files from {len(files)} seeds: {failures.total()} failures, slowest {slowest:.2f} s")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    for wrong, count in failures.most_common():
        print(f"  {count} × {wrong}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
