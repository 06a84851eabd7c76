"""Time and memory of reading a large mailbox.

Every second message answers another one with a quoted text, all have plain text and HTML, every twentieth an
attachment. The reading runs in a process of its own: its time is what the processor worked for it, its memory what came
on top of the file itself and the libraries. Same seed, same file.

    nice python benchmarks/mailbox.py [--megabytes 100]
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

SAID = (
    "thank you for the time on Tuesday I enjoyed the talk about the depot night shifts team schedule please let me "
    "know when you expect to decide best regards"
)
WORDS = SAID.split()


def message(dice: random.Random, number: int) -> str:
    """One message between an invented candidate and a client, the agency in copy."""

    def text(most: int) -> list[str]:
        return textwrap.wrap(" ".join(dice.choices(WORDS, k=dice.randrange(20, most))), 72)

    who, where = dice.randrange(400), dice.randrange(60)
    body, moment = text(200), f"Tue, 5 Mar 2024 10:{number % 60:02d}:31 -0500"
    quoted = ["On Tue, Mar 5, 2024 Dana wrote:", "", *("> " + line for line in text(600))] if number % 2 else []
    parts = [
        "--a", "Content-Type: text/plain; charset=utf-8", "", *body, "", *quoted, "--a",
        "Content-Type: text/html; charset=utf-8", "", "<html><body><p>", *body, "</p></body></html>", "--a--",
    ]  # fmt: skip
    if not number % 20:
        attached = base64.encodebytes(dice.randbytes(60_000)).decode().splitlines()
        parts += [
            "--b",
            "Content-Type: application/pdf; name=cv.pdf",
            "Content-Transfer-Encoding: base64",
            "",
            *attached,
        ]
    head = [
        f"From {number}@xxx Tue Mar 05 15:20:31 +0000 2024", "X-Gmail-Labels: Inbox",
        "Delivered-To: ines@agency.example",
        f"Received: by mx.example; {moment}", f"Message-ID: <m{number}@example.com>", f"Date: {moment}",
        f"From: May Lind {who} <may{who}@gmail.com>", f"To: Dana Osei <dana@client{where}.example>",
        "Cc: Ines Rivera <ines@agency.example>", f"Subject: =?utf-8?q?Thank_you_{number}?=",
        "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: multipart/alternative; boundary=a", "",
    ]  # fmt: skip
    return "\r\n".join([*head, *parts, "--b--", "", ""])


def make(path: Path, megabytes: int) -> int:
    """Write a mailbox; the number of its messages."""
    dice, size, number = random.Random(7), 0, 0
    with path.open("wb") as out:
        while size < megabytes << 20:
            number += 1
            size += out.write(message(dice, number).encode())
    return number


def read(path: Path) -> dict[str, float]:
    """Read the mailbox in this process and measure it."""
    from analysis.reading.reader import read_tables

    read_tables(b"From a@b Tue Mar 05 15:20:31 +0000 2024\nFrom: a@b\n\nx\n", "warm.mbox")
    data = path.read_bytes()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    (table,) = read_tables(data, path.name)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": time.process_time() - start, "megabytes_more": (peak - before) / 1024, "rows": len(table.frame)}


def main() -> None:
    """Make, read, tell."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--megabytes", type=int, default=100)
    options.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.read:
        print(json.dumps(read(told.read)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.mbox"
        count = make(path, told.megabytes)
        done = subprocess.run(
            [sys.executable, __file__, "--read", str(path)], capture_output=True, text=True, check=True
        )
    found = json.loads(done.stdout)
    assert found["rows"] == count
    took = f"{found['seconds']:.1f} s, {found['megabytes_more']:.0f} MB beside the file"
    print(f"{told.megabytes} MB, {count} messages: {took}")


if __name__ == "__main__":
    main()
