"""A calendar file (ICS, vCalendar 1.0) -> `RawTable`, one row an event or an occurrence of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.problems import Problem, problem
from analysis.reading.calendar_event import COLUMNS, read_event
from analysis.reading.calendar_series import Entry, expanded
from analysis.reading.calendar_zones import Zones
from analysis.reading.decode import decode
from analysis.reading.empty import nothing_read, rejects
from analysis.reading.ledger import Ledger
from analysis.reading.lines import Lines, find_lines
from analysis.reading.raw import Dialect, RawTable

__all__ = ["COLUMNS", "read_calendar"]

_BOUNDARY = re.compile(rb"^[ \t]*(BEGIN|END)[ \t]*:[ \t]*([A-Za-z0-9-]+)[ \t]*$", re.IGNORECASE)
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_METHOD = re.compile(r"^METHOD[^:\n]*:[ \t]*([A-Za-z]{1,20})", re.MULTILINE | re.IGNORECASE)
_NAMED = re.compile(r"^X-WR-CALNAME[^:\n]*:[ \t]*([^\s@]{1,100}@[^\s@]{1,100})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_PLACES: Final = {"": "header", "VTIMEZONE": "time zone", "BLANK": "blank"}
_ANSWERS: Final = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")
_LONGEST: Final = 1 << 20
"""Bytes of one event above which it is set aside: no event of a calendar is that long."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines ``first`` up to ``last``; ``kind`` is VEVENT, VTIMEZONE, … or "" for the calendar's own lines.

    ``calendar`` numbers the VCALENDAR it stands in.
    """

    kind: str
    first: int
    last: int
    whole: bool = True
    calendar: int = 0


def read_calendar(data: bytes, name: str, sha256: str) -> RawTable:
    """Read the events of a calendar file; an event that cannot be read is set aside with its lines.

    Columns as in `analysis.reading.calendar_event.COLUMNS`. Of several versions of an event the latest is read, of
    a recurring one each occurrence up to the bounds of `analysis.reading.calendar_series`.
    """
    decoded = decode(data, name)
    lines = find_lines(decoded.data)
    problems: list[Problem] = list(decoded.problems)
    blocks = _blocks(lines)
    owned = _owned(lines, blocks)
    spans: list[tuple[str, int, int]] = []
    entries: list[Entry] = []
    aside: list[tuple[int, str]] = []
    for block in blocks:
        line = block.first + 1
        if block.kind != "VEVENT":
            spans.append((_PLACES.get(block.kind, "not an event"), block.first, block.last))
        else:
            zones, method, owner = owned[block.calendar]
            if method in _ANSWERS:
                spans.append(("answer to an invitation", block.first, block.last))
                continue
            size = int(lines.ends[block.last - 1] - lines.starts[block.first])
            why = "" if block.whole else "it has no end"
            entry: Entry | None = None
            odd: list[tuple[str, str]] = []
            if not why and size > _LONGEST:
                why = "it is longer than a megabyte"
            if not why:
                text = lines.text(block.first, block.last)
                entry, why = read_event(text, zones, method, owner, (block.first, block.last), odd)
            if entry is None:
                text = lines.text(block.first, block.last)[:20_000]
                aside.append((line, text))
                problems.append(problem("damaged_event", name, line, value=text, why=why))
                spans.append(("aside", block.first, block.last))
            else:
                entries.append(entry)
                problems += [problem(code, name, line, value=value) for code, value in odd]
    found = expanded(entries)
    earlier = {entry.first for entry in found.replaced}
    spans += [("earlier version" if e.first in earlier else "row", e.first, e.last) for e in entries]
    ledger = Ledger(len(lines))
    ledger.place(spans)
    for code, line, value, facts in found.told:
        problems.append(problem(code, name, line, value=value, **{k: str(v) for k, v in facts.items()}))
    if not entries:
        problems.append(problem("unreadable_calendar" if aside else "no_rows", name))
        if aside and not any(block.whole for block in blocks if block.kind == "VEVENT"):
            return nothing_read(decoded.data, name, sha256, "calendar", tuple(problems))
    return RawTable(
        name,
        "calendar",
        sha256,
        pd.DataFrame({c: pd.Series([row[c] for _, row in found.rows], dtype="str") for c in COLUMNS}),
        np.array([line for line, _ in found.rows], dtype=np.int64),
        ledger.account(),
        rejects([a[0] for a in aside], ["damaged_event"] * len(aside), [a[1] for a in aside]),
        tuple(sorted(problems, key=lambda p: p.line)),
        Dialect(decoded.encoding, "", "", "", 0),
    )


def _owned(lines: Lines, blocks: list[_Block]) -> dict[int, tuple[Zones, str, str]]:
    """Of each VCALENDAR the zones, the method (CANCEL, REQUEST, …) and the address it is named after."""
    found: dict[int, tuple[Zones, str, str]] = {}
    for number in {block.calendar for block in blocks}:
        mine = [block for block in blocks if block.calendar == number]
        own = _FOLD.sub("", "\n".join(lines.text(b.first, b.last) for b in mine if b.kind == ""))
        declared = [lines.text(b.first, b.last) for b in mine if b.kind == "VTIMEZONE" and b.whole]
        method = _METHOD.search(own)
        named = _NAMED.search(own)
        zones = Zones(own, [_FOLD.sub("", text) for text in declared])
        found[number] = zones, method[1].upper() if method else "", named[1].lower() if named else ""
    return found


def _blocks(lines: Lines) -> list[_Block]:
    """The file cut at BEGIN and END of the components below VCALENDAR; every line is in one block."""
    blocks: list[_Block] = []
    stack: list[str] = []
    opened = outside = calendar = 0

    def own(first: int, last: int) -> None:
        for i in range(first, last):
            blank = not lines.data[lines.starts[i] : lines.ends[i]].strip()
            blocks.append(_Block("BLANK" if blank else "", i, i + 1, calendar=calendar))

    for i in range(len(lines)):
        found = _BOUNDARY.match(lines.data[lines.starts[i] : lines.ends[i]])
        if not found:
            continue
        begins, component = found[1].upper() == b"BEGIN", found[2].decode().upper()
        if component == "VCALENDAR":
            if stack:
                blocks.append(_Block(stack[0], opened, i, whole=False, calendar=calendar))
                stack, outside = [], i
            if begins:
                own(outside, i)
                outside, calendar = i, calendar + 1
            continue
        if begins:
            if stack and (component == "VEVENT" or component == stack[0]):
                blocks.append(_Block(stack[0], opened, i, whole=False, calendar=calendar))
                stack, outside = [], i
            if not stack:
                own(outside, i)
                opened = i
            stack.append(component)
        elif stack and component in stack:
            del stack[stack.index(component) :]
            if not stack:
                blocks.append(_Block(component, opened, i + 1, calendar=calendar))
                outside = i + 1
    if stack:
        blocks.append(_Block(stack[0], opened, len(lines), whole=False, calendar=calendar))
    else:
        own(outside, len(lines))
    return blocks
