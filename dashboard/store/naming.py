"""Where a person is named in what was written about others, however it is spelt, and how that is blanked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

import pandas as pd

from analysis.phrases import fold

ERASED: Final = "[erased]"
_BETWEEN: Final = r"(?:[\s,;._\-+%]|\\u00a0){1,3}"
_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss"})
_WORD: Final = re.compile(r"[^\W\d_][^\W\d_'’\-]*")
_OTHERS: Final = ("candidate", "interviewer", "recruiter", "client")


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person can be found by in a text: ``whole``: names, addresses, numbers; ``alone``: a word of their name
    that is nobody else's here, with its capital."""

    whole: re.Pattern[str]
    alone: re.Pattern[str] | None

    def found(self, text: str) -> bool:
        """Whether a text names the person."""
        return bool(self.whole.search(text) or (self.alone and self.alone.search(text)))

    def found_in(self, data: bytes) -> bool:
        """Whether the bytes of a text file do, in the usual encodings and written as entities."""
        texts = {data.decode("utf-8", "replace"), data.decode("latin-1"), data.decode("cp1252", "replace")}
        return any(self.found(text) or ("&" in text and self.found(unescape(text))) for text in texts)

    def blank(self, text: str) -> str:
        """A text without the person."""
        out = self.whole.sub(ERASED, text)
        return self.alone.sub(ERASED, out) if self.alone else out

    def blank_in(self, value: Any) -> Any:
        """A value of JSON without the person, keys too."""
        if isinstance(value, str):
            return self.blank(value)
        if isinstance(value, list | tuple):
            return [self.blank_in(each) for each in value]
        if isinstance(value, dict):
            return {self.blank(str(key)): self.blank_in(each) for key, each in value.items()}
        return value


def traces_of(mine: pd.DataFrame, everybody: pd.DataFrame) -> Traces | None:
    """The traces of the person whose contacts ``mine`` are, among ``everybody``'s; None for one without a name.

    A single word of the name counts where nobody else here is called so, it has three letters at least, and it
    stands nowhere as a common word, in small letters.
    """
    names = [name for name in mine["candidate"].unique() if name.strip()]
    texts = {pattern for name in names for pattern in _spellings(name)}
    for column in ("candidate_email", "candidate_id"):
        texts |= {_bounded(re.escape(v)) for v in mine[column].unique() if len(v.strip()) > 4}
    texts |= {pattern for number in mine["candidate_phone"].unique() if (pattern := _dialled(number))}
    if not texts:
        return None
    words = {word for name in names if "@" not in name for word in _WORD.findall(name) if len(word) > 2}
    alone = sorted(_own(words, mine, everybody), key=lambda w: (-len(w), w))
    single = {v for word in alone for v in _variants(word[0].upper() + word[1:])}
    single |= {v.upper() for v in single}
    return Traces(
        re.compile("|".join(sorted(texts, key=lambda t: (-len(t), t))), re.IGNORECASE),
        re.compile("|".join(_bounded(re.escape(v)) for v in sorted(single))) if single else None,
    )


def _own(words: Iterable[str], mine: pd.DataFrame, everybody: pd.DataFrame) -> set[str]:
    others = everybody[~everybody.index.isin(mine.index)]
    called = {
        fold(word).casefold()
        for column in _OTHERS
        for text in (others if column == "candidate" else everybody)[column].unique()
        for word in _WORD.findall(text)
    }
    left = {word for word in words if fold(word).casefold() not in called}
    if not left:
        return left
    small = re.compile("|".join(rf"(?<!\w){re.escape(word.lower())}(?!\w)" for word in left))
    notes = pd.concat([everybody["note"], everybody["subject"]]).unique()
    common = {hit for text in notes for hit in small.findall(str(text))}
    return {word for word in left if word.lower() not in common}


def _spellings(name: str) -> set[str]:
    """Patterns of a name: its words in their order and with the last first, with and without accents."""
    if "@" in name or not _WORD.search(name):
        return {_bounded(re.escape(name.strip()))} if len(name.strip()) > 4 else set()
    words = _WORD.findall(name)
    if len(words) == 1:
        return {_bounded(re.escape(v)) for v in _variants(words[0])} if len(words[0]) > 2 else set()
    orders = {tuple(words), (words[-1], *words[:-1]), (words[0], words[-1]), (words[-1], words[0])}
    return {
        _bounded(_BETWEEN.join(f"(?:{'|'.join(map(re.escape, sorted(_variants(word))))})" for word in order))
        for order in orders
    }


def _variants(word: str) -> set[str]:
    """A word as different keyboards and programs write it."""
    composed = unicodedata.normalize("NFC", word)
    return {
        composed,
        fold(composed),
        composed[0] + composed[1:].translate(_SPELT_OUT),
        unicodedata.normalize("NFD", composed),
        composed.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00"),
    }


def _dialled(number: str) -> str:
    """A pattern for a phone number, with any blanks and signs between its digits and any code in front."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < 7:
        return ""
    core = r"[\s().\-/]{0,3}".join(digits[-9:])
    return rf"(?<!\d)(?:\+?\d[\d\s().\-/]{{0,8}})?{core}(?!\d)"


def _bounded(pattern: str) -> str:
    return rf"(?<![^\W_])(?:{pattern})(?![^\W_])"
