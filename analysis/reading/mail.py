"""A mailbox (mbox) or a single message (.eml) -> `RawTable`, one row a message, message by message."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems import Problem, problem
from analysis.reading.calendar import read_calendar
from analysis.reading.empty import nothing_read, rejects
from analysis.reading.ledger import Ledger
from analysis.reading.mail_message import COLUMNS, read_message
from analysis.reading.mail_split import Place, count_lines, find_messages
from analysis.reading.progress import Progress
from analysis.reading.raw import INVITATIONS, PART, Dialect, LineAccount, RawTable

_SHOWN: Final = 20_000
_STEP: Final = 1 << 22
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_mailbox(data: bytes, name: str, sha256: str, progress: Progress | None = None) -> tuple[RawTable, ...]:
    """Read the messages of a mailbox; one that cannot be read is set aside with its lines.

    Columns as in `analysis.reading.mail_message.COLUMNS`. Beside ``data`` there is never more than one message in
    memory, and of each message only its new part is kept. The events of invitations are a second table, as
    `analysis.reading.calendar.read_calendar` reads them. ``progress`` is called with the share done.
    """
    data = _plain(data)
    box = _Mailbox(data, name)
    told = 0
    for place in find_messages(data):
        box.add(place)
        if progress is not None and place.last - told >= _STEP:
            told = place.last
            progress(told / len(data))
    messages, invitations = box.table(sha256), box.invitations()
    if invitations is None or not messages.readable:
        return (messages,)
    part = "messages"
    return replace(messages, name=f"{name}{PART}{part}", part=part), invitations


def _plain(data: bytes) -> bytes:
    """Without a mark, and with line ends that end in LF."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            data = data if encoding == "utf-8" else data.decode(encoding, "replace").encode("utf-8", "replace")
    return data.replace(b"\r", b"\n") if b"\r" in data and b"\n" not in data else data


def _sound(cell: str) -> str:
    """A cell without halves of characters, which damaged messages can hold and no table can."""
    return cell if cell.isascii() else cell.encode("utf-8", "replace").decode()


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
        self.spans: list[tuple[str, int, int]] = []
        self.calendars: list[tuple[int, int, bytes]] = []
        self.at = self.line = 0

    def add(self, place: Place) -> None:
        """Place one message in the table or beside it."""
        self.before(place.first)
        first = self.line
        self.forward(place.last)
        postmark = self.data[place.first : place.head].decode("latin-1")
        row, why, told = read_message(self.data[place.head : place.last], postmark)
        self.spans.append(("aside" if row is None else "row", first, self.line))
        if row is None:
            self.reject(first, place.first, place.last, why)
            return
        self.starts.append(first + 1)
        for column, cells in self.columns.items():
            cells.append(_sound(row[column]))
        self.failed.update(told.failed)
        for calendar in told.calendars:
            self.calendars.append((first, self.line, calendar))
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
        if not self.data[start:place].strip():
            self.spans.append(("blank", first, self.line))
            return
        self.reject(first, start, place, "it stands before the first message")
        self.spans.append(("aside", first, self.line))

    def reject(self, line: int, first: int, last: int, why: str) -> None:
        """Keep what cannot be read, with its reason."""
        text = self.data[first : min(last, first + _SHOWN)].decode("utf-8", "replace")
        self.aside.append((line + 1, text))
        self.problems.append(problem("damaged_mail", self.name, line + 1, why=why, value=text[:200]))

    def invitations(self) -> RawTable | None:
        """The events of calendar parts, each on the line of its message; None where there is none."""
        joined = b"".join(text.rstrip(b"\r\n") + b"\r\n" for _, _, text in self.calendars)
        if not joined:
            return None
        name = f"{self.name}{INVITATIONS}"
        read = read_calendar(joined, name, hashlib.sha256(joined).hexdigest())
        if not len(read.frame):
            return None
        ends = np.cumsum([count_lines(text.rstrip(b"\r\n") + b"\r\n", 0, 1 << 62) for _, _, text in self.calendars])
        starts = np.array([first + 1 for first, _, _ in self.calendars], dtype=np.int64)

        def told(p: Problem) -> Problem:
            line = int(place(np.array([p.line]))[0])
            return replace(p, line=line, message=p.message.replace(f"line {p.line}", f"line {line}", 1))

        def place(lines: NDArray[np.int64]) -> NDArray[np.int64]:
            found = np.searchsorted(ends, np.maximum(lines, 1) - 1, side="right")
            return np.where(lines > 0, starts[np.minimum(found, len(starts) - 1)], 0)

        inside = sum(last - first for first, last in {(first, last) for first, last, _ in self.calendars})
        rest = self.lines - inside
        return replace(
            read,
            lines=place(read.lines),
            account=LineAccount(self.lines, inside, 0, {"read as messages": rest} if rest else {}),
            rejects=read.rejects.assign(line=place(read.rejects["line"].to_numpy())),
            problems=tuple(told(p) for p in read.problems),
            part="invitations",
        )

    def table(self, sha256: str) -> RawTable:
        """Everything that was added, as a table."""
        self.before(len(self.data))
        ledger = Ledger(self.lines)
        ledger.place(self.spans)
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
            ledger.account(),
            rejects(
                [line for line, _ in self.aside], ["damaged_mail"] * len(self.aside), [text for _, text in self.aside]
            ),
            tuple(sorted(self.problems, key=lambda p: p.line)),
            Dialect("utf-8", "", "", "", 0),
        )
