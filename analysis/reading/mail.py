"""A mailbox (mbox) or a single message (.eml) -> `RawTable`, one row a message, message by message."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.problems import Problem, problem
from analysis.reading.empty import nothing_read, rejects
from analysis.reading.ledger import Ledger
from analysis.reading.mail_message import COLUMNS, read_message
from analysis.reading.mail_split import Place, count_lines, find_messages
from analysis.reading.progress import Progress
from analysis.reading.raw import Dialect, RawTable

_SHOWN: Final = 20_000
_STEP: Final = 1 << 22
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_mailbox(data: bytes, name: str, sha256: str, progress: Progress | None = None) -> tuple[RawTable, ...]:
    """Read the messages of a mailbox; one that cannot be read is set aside with its lines.

    Columns as in `analysis.reading.mail_message.COLUMNS`. Beside ``data`` there is never more than one message in
    memory, and of each message only its new part is kept. ``progress`` is called with the share done.
    """
    data = _plain(data)
    box = _Mailbox(data, name)
    told = 0
    for place in find_messages(data):
        box.add(place)
        if progress is not None and place.last - told >= _STEP:
            told = place.last
            progress(told / len(data))
    return (box.table(sha256),)


def _plain(data: bytes) -> bytes:
    """Without a mark, and with line ends that end in LF."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            data = data if encoding == "utf-8" else data.decode(encoding, "replace").encode("utf-8", "replace")
    return data.replace(b"\r", b"\n") if b"\r" in data and b"\n" not in data else data


class _Mailbox:
    """A mailbox while it is being read; nothing of it outlives `read_mail`."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name
        self.columns: dict[str, list[str]] = {column: [] for column in COLUMNS}
        self.starts: list[int] = []
        self.aside: list[tuple[int, str]] = []
        self.problems: list[Problem] = []
        self.odd: dict[tuple[str, str], list[int]] = {}
        self.failed: set[str] = set()
        self.lines = count_lines(data, 0, len(data)) + (not data.endswith((b"\n", b"\r")) if data else 0)
        self.ledger = Ledger(self.lines)
        self.at = self.line = 0

    def add(self, place: Place) -> None:
        """Place one message in the table or beside it."""
        self.before(place.first)
        first = self.line
        self.forward(place.last)
        postmark = self.data[place.first : place.head].decode("latin-1")
        row, why, told = read_message(self.data[place.head : place.last], postmark)
        span = np.array([first]), np.array([self.line])
        if row is None:
            self.reject(first, place.first, place.last, why)
            self.ledger.set_aside(*span)
            return
        self.ledger.rows(*span)
        self.starts.append(first + 1)
        for column, cells in self.columns.items():
            cells.append(row[column])
        self.failed.update(told.failed)
        for code, value in told.problems:
            self.odd.setdefault((code, value if code == "mail_charset" else ""), []).append(first + 1)

    def forward(self, place: int) -> None:
        """Count lines up to a place that begins a line or is the end."""
        self.line += count_lines(self.data, self.at, place)
        self.at = place
        if place == len(self.data):
            self.line = self.lines

    def before(self, place: int) -> None:
        """Lines that belong to no message: blank, or something before the first."""
        start, first = self.at, self.line
        self.forward(place)
        if self.line == first:
            return
        span = np.array([first]), np.array([self.line])
        if not self.data[start:place].strip():
            self.ledger.drop("blank", *span)
            return
        self.reject(first, start, place, "it stands before the first message")
        self.ledger.set_aside(*span)

    def reject(self, line: int, first: int, last: int, why: str) -> None:
        """Keep what cannot be read, with its reason."""
        text = self.data[first : min(last, first + _SHOWN)].decode("utf-8", "replace")
        self.aside.append((line + 1, text))
        self.problems.append(problem("damaged_mail", self.name, line + 1, why=why, value=text[:200]))

    def table(self, sha256: str) -> RawTable:
        """Everything that was added, as a table."""
        self.before(len(self.data))
        if not self.starts:
            gone = problem("unreadable_mail", self.name)
            return nothing_read(self.data, self.name, sha256, "mail", (gone,))
        for (code, value), lines in self.odd.items():
            self.problems.append(problem(code, self.name, lines[0], value=value, count=len(lines)))
        if self.failed:
            ids = self.columns["message_id"]
            self.columns["failed"] = ["yes" if each in self.failed else "" for each in ids]
        return RawTable(
            self.name,
            "mail",
            sha256,
            pd.DataFrame({column: pd.Series(cells, dtype="str") for column, cells in self.columns.items()}),
            np.array(self.starts, dtype=np.int64),
            self.ledger.account(),
            rejects(
                [line for line, _ in self.aside], ["damaged_mail"] * len(self.aside), [text for _, text in self.aside]
            ),
            tuple(sorted(self.problems, key=lambda p: p.line)),
            Dialect("utf-8", "", "", "", 0),
        )
