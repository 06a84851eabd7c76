"""Cells of hand-kept sheets: ``3/6 - LVM``, ``LVM 3/6, emailed 3/9``, ``3/4 -> 3/8``, ``Yes``, ``n/a``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from analysis.formats.guessing import says_no, says_yes
from analysis.timetext import leading_time
from analysis.vocabulary import word_of

_LATE_CLOCK: Final = re.compile(
    r"^(.*?)\s*(?:at |@ ?)?(\d{1,2}(?::\d{2})\s?(?:[ap]m)?|\d{1,2}\s?[ap]m)$", re.IGNORECASE
)
_PIECES: Final = re.compile(r"\s*(?:[;,\n&+]|\band\b|\bthen\b)\s*", re.IGNORECASE)
_ARROW: Final = re.compile(
    r"\s*(?:-+>|=+>|→|➔|\b(?:moved|rescheduled|pushed|changed|resched|postponed)(?: to| for)?\b|\bnow\b)\s*",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"\s*(?:n\s*[/.]?\s*a\.?|none|nil|null|[-\u2013\u2014._?\s]+|not (?:yet|done|sent|needed|required|applicable)"
    r"|never|\u2718|\u274c|\u2612|\u00d7)\s*",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\s*(?:tb[cda]|to be (?:confirmed|scheduled|arranged|advised)|pending|awaiting.*|not scheduled|to schedule"
    r"|waiting.*|in progress|scheduling|asap)\s*[.!]?\s*",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    r"\s*(?:(?:yes|y|done|sent|left|lvm|vm|v/?mail|voice ?mail|message|msg|e-?mail(?:ed)?|mail(?:ed)?|call(?:ed)?"
    r"|phoned?|rang|tel|text(?:ed)?|sms|whatsapp|card|letter|note|linkedin|spoke|spoken|wrote|chased?|f/?u"
    r"|follow(?:ed)?[ -]?up|no answer|n/?a|again|thank(?:s|ed)?(?: you)?|ty|in ?person|zoom|teams|video|phone"
    r"|by|via|on|at|a|the|to|with|1st|2nd|3rd|first|second|third|final|offer(?:ed)?|accepted|reject(?:ed)?|declined|selected"
    r"|hired|placed|started|joined|withdr[ae]wn?|closed|not selected|cancel+ed|no[ -]?show|x ?\d)\b\.?"
    r"|[\u2713\u2714\u2611\u2705(\[:=\u2013-])(?:[\s:(\u2013/-]+|$)",
    re.IGNORECASE,
)
_CANCELLED: Final = re.compile(r"\b(?:cancel|cxl|canx|called off)", re.IGNORECASE)
_NO_SHOW: Final = re.compile(r"\bno[ -]?shows?\b|\bdna\b|\bdid(?:n[’']?t| not) (?:show|attend|turn up)", re.IGNORECASE)
_TRIED: Final = re.compile(
    r"\bno (?:answer|reply|pick ?up)\b|\bdid(?:n[’']?t| not) (?:answer|pick up)|\bengaged\b|\bbusy\b", re.IGNORECASE
)
ROUNDS: Final = {
    **{"1st": 1, "first": 1, "initial": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4},
    **{"5th": 5, "fifth": 5, "final": 99, "last": 99},
}


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a cell with the words that go with it; ``when`` is ``""`` where there is none."""

    when: str
    words: str
    state: str = ""


def round_of(header: str) -> int:
    """The number that a normal header names: 2 of ``"interview 2 date"`` and ``"second interview"``, 0 for none."""
    for word in header.split():
        if word in ROUNDS:
            return ROUNDS[word]
        digits = re.fullmatch(r"[a-z]*(\d{1,2})", word)
        if digits:
            return int(digits[1])
    return 0


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there was nothing: ``n/a``, ``-``, ``not yet``, a cross."""
    return not cell.strip() or bool(_NOTHING.fullmatch(cell))


def is_open(cell: str) -> bool:
    """Whether a cell says that it is still to come: ``TBC``, ``pending``."""
    return bool(_OPEN.fullmatch(cell))


def dates_of(cell: str) -> list[Dated]:
    """The dates of a cell in their order, each with its words; a moved date is cancelled.

    Words before a date belong to it where they are how or that it was done (``LVM 3/6``, ``Yes (3/5)``); a date within
    other words (``will call back by 3/12``) is none of its own. A cell without a date comes back whole.
    """
    steps = [step for step in _ARROW.split(cell.strip()) if step]
    found: list[Dated] = []
    for n, step in enumerate(steps):
        for dated in _pieces(step):
            moved = n + 1 < len(steps) and bool(dated.when)
            found.append(Dated(dated.when, dated.words, "cancelled" if moved else _state(dated.words)))
    whole = [d for d in found if d.when]
    if not whole:
        return [Dated("", cell.strip(), _state(cell))] if cell.strip() else []
    if len(whole) < len(found):
        # words that go with no date of their own join the last date before them
        joined: list[Dated] = []
        for dated in found:
            if dated.when or not joined:
                joined.append(dated)
            else:
                last = joined[-1]
                words = "; ".join(w for w in (last.words, dated.words) if w)
                joined[-1] = Dated(last.when, words, last.state or _state(dated.words))
        if not joined[0].when:
            first, second = joined[0], joined[1]
            words = "; ".join(w for w in (first.words, second.words) if w)
            joined[:2] = [Dated(second.when, words, second.state or _state(words))]
        return joined
    return whole


def _pieces(step: str) -> list[Dated]:
    parts: list[str] = []
    for piece in _PIECES.split(step):
        if not piece:
            continue
        if parts and not _one(piece).when:
            parts[-1] = f"{parts[-1]}, {piece}"
        else:
            parts.append(piece)
    if len(parts) == 1:
        parts = [step]
    found: list[Dated] = []
    for part in parts:
        dated = _one(part)
        # two dates with nothing but a blank between them
        while dated.when and (following := leading_time(dated.words))[0]:
            found.append(Dated(dated.when, ""))
            dated = Dated(*following)
        found.append(dated)
    return found


def _one(piece: str) -> Dated:
    when, words = leading_time(piece)
    if when:
        late = _LATE_CLOCK.match(words)
        if late is not None and ":" not in when and not re.search(r"[ap]m\b", when, re.IGNORECASE):
            when, words = f"{when} {late[2]}", late[1].strip(" ,;-\u2013@")
        return Dated(when, words)
    at = 0
    while (before := _BEFORE.match(piece, at)) is not None and before.end() > at:
        at = before.end()
        when, after = leading_time(piece[at:])
        if when:
            words = " ".join(w for w in (piece[:at].strip(" \t-\u2013:([/"), after.strip(" )]")) if w)
            return Dated(when, "" if says_yes(words) else words)
    return Dated("", piece.strip())


def _state(words: str) -> str:
    if _CANCELLED.search(words):
        return "cancelled"
    if _NO_SHOW.search(words):
        return "no_show"
    return "attempted" if _TRIED.search(words) else ""


def channel_in(words: str) -> dict[str, str]:
    """The channel that one of some words names."""
    for word in [words, *re.split(r"[\s,;/()]+", words)]:
        known = word_of("channel", word)
        if known and known != "other":
            return {"channel": known}
    return {}


def said_done(cell: str) -> bool:
    """Whether a cell says yes, with a mark or in a word."""
    return says_yes(cell) or bool(re.fullmatch(r"\s*[\u2611\u2705]\s*", cell))


def said_undone(cell: str) -> bool:
    """Whether a cell says no, with a mark or in a word."""
    words = r"\s*[\u2718\u274c\u2612\u00d7]\s*|\s*not (?:sent|yet|done)\s*"
    return says_no(cell) or bool(re.fullmatch(words, cell, re.IGNORECASE))
