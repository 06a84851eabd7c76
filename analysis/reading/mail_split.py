"""Where the messages of a mailbox begin and end, found over the bytes; only one message is copied at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LINE: Final = rb"From [^\r\n]{1,400}"
_CLOCK: Final = re.compile(rb"\d\d?:\d\d")
_YEAR: Final = re.compile(rb"\b(?:19|20)\d\d\b")
_ASCTIME: Final = re.compile(
    rb"From .{0,300}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d\d?|\d\d? +[A-Z][a-z]{2}) .{0,40}\d\d:\d\d"
)
_POSTMARK: Final = re.compile(_LINE)
_HEADER: Final = re.compile(rb"[!-9;-~]{1,76}[ \t]*:|>From ")
_BREAK: Final = re.compile(rb"\r\n|\n|\r")
_END_OF_HEADERS: Final = re.compile(rb"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_LENGTH: Final = re.compile(rb"(?:\A|[\r\n])Content-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*[\r\n]", re.IGNORECASE)
_FIELDS: Final = re.compile(
    rb"^(From|Date|Message-ID|Received|MIME-Version|Subject|To|Return-Path|Delivered-To|Content-Type)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCK: Final = re.compile(
    rb"(?:[!-9;-~]{1,76}[ \t]*:[^\r\n]*(?:\r\n|\n|\r)(?:[ \t][^\r\n]*(?:\r\n|\n|\r))*)+(?=[\r\n]|\Z)"
)
_HEADERS_READ: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Place:
    """One message: bytes ``first`` up to ``last``, its headers from ``head`` on (behind the postmark, if any)."""

    first: int
    head: int
    last: int


def is_mailbox(data: bytes) -> bool:
    """Whether ``data`` begins with a postmark: ``From``, a sender, a moment, and the headers of a message below."""
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    return _is_postmark(head, _first_line(head))


def is_message(data: bytes) -> bool:
    """Whether ``data`` begins with the headers of one message (an .eml file)."""
    head = data[:_HEADERS_READ].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    block = _BLOCK.match(head)
    if block is None:
        return False
    names = {found.group(1).lower() for found in _FIELDS.finditer(block.group())}
    several = len(names & {b"date", b"message-id", b"received", b"mime-version", b"to"}) >= 2
    return b"from" in names and several and b"@" in block.group()


def find_messages(data: bytes) -> Iterator[Place]:
    """The messages of a mailbox in file order; of a single message without postmark that one.

    A postmark is a line ``From sender moment`` at the start or after a line end, with a header below it. Where a
    message gives its ``Content-Length`` and a postmark stands where that ends, postmarks inside are its text.
    """
    start = _first_line(data)
    if start >= len(data):
        return
    if not _is_postmark(data, start):
        first = _next_postmark(data, start)
        if is_message(data[start : start + _HEADERS_READ]):
            yield Place(start, start, first)
        start = first
    while start < len(data):
        head = _after_line(data, start)
        end = _by_length(data, head) or _next_postmark(data, head)
        yield Place(start, head, end)
        start = end


def count_lines(data: bytes, first: int, last: int) -> int:
    """Line ends (LF, CR, CRLF) between two places."""
    returns = data.count(b"\r", first, last)
    return data.count(b"\n", first, last) + (returns - data.count(b"\r\n", first, last) if returns else 0)


def _first_line(data: bytes) -> int:
    at = 0
    while at < len(data) and data[at] in b"\r\n\t ":
        at += 1
    # a line that is indented is no postmark and no header
    while at > 0 and data[at - 1] in b"\t ":
        at -= 1
    return at


def _after_line(data: bytes, at: int) -> int:
    found = _BREAK.search(data, at)
    return found.end() if found else len(data)


def _next_postmark(data: bytes, at: int) -> int:
    """The next line after ``at`` that is a postmark, or the end."""
    place = data.find(b"From ", at)
    while place >= 0:
        if (place == 0 or data[place - 1] in b"\r\n") and _is_postmark(data, place):
            return place
        place = data.find(b"From ", place + 5)
    return len(data)


def _is_postmark(data: bytes, at: int) -> bool:
    line = _POSTMARK.match(data, at)
    if line is None or not _CLOCK.search(line.group()) or not _YEAR.search(line.group()):
        return False
    below = _after_line(data, line.end())
    if _HEADER.match(data, below):
        return True
    # a message that lost its headers: only where the line can hardly be anything else
    alone = at == 0 or data[max(0, at - 2) : at] == b"\n\n" or data[max(0, at - 4) : at] == b"\r\n\r\n"
    return alone and _ASCTIME.match(line.group()) is not None


def _by_length(data: bytes, head: int) -> int:
    """Where a message ends that gives its length, 0 where it gives none or a wrong one."""
    headers = _END_OF_HEADERS.search(data, head, min(len(data), head + _HEADERS_READ))
    if headers is None:
        return 0
    said = _LENGTH.search(data, head, headers.start() + 1)
    if said is None:
        return 0
    end = headers.end() + int(said.group(1))
    while end < len(data) and data[end] in b"\r\n":
        end += 1
    if end == len(data) or (end < len(data) and data[end - 1] in b"\r\n" and _is_postmark(data, end)):
        return end
    return 0
