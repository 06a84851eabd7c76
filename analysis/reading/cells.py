"""What a single cell looks like: its kind (number, date, e-mail …) and its shape."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
_ZONE = r"(?:\s*(?:z|utc|gmt|[ecmp][sd]t|[+-]\d{2}:?\d{2}))?"
_DAY = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})|\d{{1,2}}[-/]\d{{1,2}}"
    rf"|\d{{1,2}}\.?[ -]{_MONTH}[ ,-]*(?:\d{{4}}|\d{{2}})?|{_MONTH}\s*\d{{1,2}}(?:,?\s*\d{{4}})?)"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"

_KINDS: Final = (
    ("number", re.compile(r"[-+]?(?:\d+|\d{1,3}(?:[ ,.']\d{3})+)(?:[.,]\d+)?(?:e[-+]?\d+)?", re.I)),
    ("date", re.compile(rf"{_WEEKDAY}{_DAY}", re.I)),
    ("time", re.compile(rf"{_CLOCK}{_ZONE}", re.I)),
    ("datetime", re.compile(rf"{_WEEKDAY}{_DAY}(?:t|,?\s+(?:at\s+)?){_CLOCK}{_ZONE}", re.I)),
    ("money", re.compile(r"(?:[$€£¥]|[A-Z]{3})\s?-?\d[\d.,' ]*|-?\d[\d.,' ]*\s?(?:[$€£¥]|[A-Z]{3})|-?[\d.,]+\s?%")),
    ("email", re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")),
    ("url", re.compile(r"(?:https?|ftp)://\S+|www\.\S+", re.I)),
    ("phone", re.compile(r"[+(]?\d[\d ()./-]{6,}\d(?:\s*(?:x|ext\.?)\s*\d+)?", re.I)),
    ("flag", re.compile(r"yes|no|y|n|true|false|ja|nein|si|sí|oui|non", re.I)),
    ("missing", re.compile(r"n/?a|null|none|nan|-+|\?+", re.I)),
)


@lru_cache(maxsize=1 << 16)
def kind_of(cell: str) -> str:
    """``""`` for an empty cell, one of the kinds above, or ``"text"``."""
    text = cell.strip()
    if not text:
        return ""
    if len(text) <= 80:
        for name, pattern in _KINDS:
            if pattern.fullmatch(text):
                return name
    return "text"


_RUN = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def shape_of(cell: str) -> str:
    """The cell with letters as A and a, digits as 9: ``May 3`` -> ``Aaa 9``; cut at 40 characters."""
    return "".join("9" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else c for c in cell[:40])


@lru_cache(maxsize=1 << 16)
def outline_of(cell: str) -> str:
    """The shape with repeated signs as one: ``2024-03-05`` -> ``9-9-9``, ``May Lind`` -> ``Aa Aa``."""
    return _RUN.sub(r"\1", shape_of(cell))
