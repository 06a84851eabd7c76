"""Text of people as a page can carry it: one line or a few, no control signs, and of a length that fits."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DIRECTION: Final = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the order of what stands beside them; a name in a script of its own needs none."""
_BREAK: Final = "\u200b"
_NO_TEXT: Final = {"Cc", "Cs", "Co", "Cn"}
_MARKS_ON_ONE: Final = 3
_LONG: Final = 24
"""Letters of a word that a column holds."""
_LONG_ACROSS: Final = 40
"""Letters of a word that the whole page holds; what is shorter stays as it is, so that an address can be copied."""
_ACROSS: Final = 105
"""About the letters in a line of the page."""


def plain(text: str, longest: int = _LONG_ACROSS) -> str:
    """The text with ends of lines kept, without signs that are no text, and with places at which a word of more than
    ``longest`` letters breaks."""
    lines = unicodedata.normalize("NFC", text.replace(_BREAK, "")).splitlines()
    long = re.compile(rf"\S{{{longest + 1},}}")
    return "\n".join(
        long.sub(lambda found: _breaking(found.group(), longest // 2), " ".join(_legible(one).split())) for one in lines
    ).strip()


def line(text: str, most: int) -> str:
    """The text as one line of at most so many letters, cut at a word with ``…``."""
    return shortened(" ".join(plain(text, _LONG).split()), most, "…")


def shortened(text: str, most: int, sign: str) -> str:
    """At most so many letters, ``sign`` included, cut between words where there is one near."""
    if len(text) <= most:
        return text
    room = max(most - len(sign), 1)
    kept = text[:room]
    word = max(kept.rfind(" "), kept.rfind("\n"))
    return (kept[:word] if word > room * 0.7 else kept).rstrip(f" \n,;:{_BREAK}") + sign


def cuts(text: str, sign: str) -> list[str]:
    """A note as it could stand on the page, the whole first, each next one shorter, ``sign`` alone last."""
    whole = re.sub(r"\n{2,}", "\n", plain(text))
    found = [whole]
    for rows in (24, 18, 14, 11, 9, 7, 5, 4, 3, 2):
        kept: list[str] = []
        for part in whole.split("\n"):
            room = rows - sum(1 + len(one) // _ACROSS for one in kept)
            if room <= 0:
                break
            kept.append(shortened(part, room * _ACROSS - 1, "…"))
        told = "\n".join(kept)
        if told != whole:
            found.append(f"{told.rstrip('…')}{sign}")
    return [*found, sign.strip()] if whole else [""]


def _legible(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for sign in text:
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind == "Mn" else 0
        if sign == "\t":
            kept.append(" ")
        elif sign not in _DIRECTION and kind not in _NO_TEXT and marks <= _MARKS_ON_ONE:
            kept.append(sign)
    return "".join(kept)


def _breaking(word: str, piece: int) -> str:
    return _BREAK.join(word[start : start + piece] for start in range(0, len(word), piece))
