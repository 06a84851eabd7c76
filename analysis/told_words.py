"""The words by which notes tell of contacts (``reported.toml``), and who each word of a note stands for."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from analysis.named_days import MONTHS, WEEKDAYS
from analysis.names import short_forms
from analysis.phrases import fold, plain, words_of

COLON: Final = "qqsaysthis"
"""Stands for a colon in plain words: who stands before it may be the one who speaks."""
_ANY_COLON: Final = re.compile(r":(?=\s|$)")
_CAPITAL: Final = re.compile(r"\b[A-Z][a-z'\u2019]+")
_TITLES: Final = words_of("mr mrs ms miss mx dr prof st . and")
_LEGAL: Final = words_of("the and of for ltd inc llc plc gmbh group labs company co st s")


@dataclass(frozen=True, slots=True)
class Who:
    """The people around a note.

    ``interviewers``: names of the employer's people that the log knows for this candidate; ``recruiters``: those of
    the agency; ``sender``, ``receiver``: parties of the row that holds the note; ``people``: the interviewers with
    their addresses.
    """

    candidate: str = ""
    interviewers: tuple[str, ...] = ()
    client: str = ""
    recruiters: tuple[str, ...] = ()
    sender: str = ""
    receiver: str = ""
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """``reported.toml``, ready for use.

    ``deeds``, ``things``, ``ways``: their words -> channel. ``hint``: finds what a text that tells of a contact holds.
    """

    deeds: dict[tuple[str, ...], str]
    things: dict[tuple[str, ...], str]
    ways: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, tuple[str, ...]], ...]
    words: dict[str, frozenset[str]]
    shorthand: dict[str, str]
    hint: re.Pattern[str]


@cache
def book() -> Book:
    """The words of ``reported.toml`` with the shorthand of ``wording.toml``."""
    here = resources.files("analysis")
    table = tomllib.loads((here / "reported.toml").read_text("utf-8"))
    words = {name: words_of(text) for name, text in table["words"].items()}
    stems = {name.split()[0] for name in table["deeds"]} | set(words["giving"]) | set(words["getting"])
    stems |= {"e-mailed", "heard"}
    deeds = "|".join(sorted(map(re.escape, stems), key=len, reverse=True))
    # "Ana's note to Dana went out Monday", "May's note on Friday"
    sent = r"(?:note|e-?mail|card|message|msg|follow[ -]?up|ty)\b[^.\n]{0,40}\b(?:on|of|from|went)"
    hint = re.compile(rf"\b(?:{deeds}|{sent})\b", re.IGNORECASE)
    return Book(
        {tuple(name.split()): way for name, way in table["deeds"].items()},
        {tuple(name.split()): way for name, way in table["things"].items()},
        tuple(table["ways"].items()),
        tuple((kind, tuple(said)) for kind, said in table["purposes"].items()),
        words,
        tomllib.loads((here / "wording.toml").read_text("utf-8"))["shorthand"],
        hint,
    )


def plain_note(text: str) -> str:
    """The plain words of a note, with `COLON` where a colon stood."""
    return plain(_ANY_COLON.sub(f" {COLON} . ", text), book().shorthand)


def capitals(text: str) -> frozenset[str]:
    """Words that the note writes with a capital and that are no weekday, month or usual word."""
    found = {fold(word).lower().replace("'", "").removesuffix("s") for word in _CAPITAL.findall(text)}
    found |= {fold(word).lower() for word in _CAPITAL.findall(text)}
    return frozenset(found - set(WEEKDAYS) - set(MONTHS) - book().words["no_names"])


def roles_of(tokens: list[str], who: Who, written: frozenset[str]) -> list[str]:
    """What each word stands for: ``c`` candidate, ``k`` client, ``a`` agency, ``p`` he or she, ``q`` they, ``n`` a name
    nobody knows, ``x`` a name that two bear, ``""`` no person."""
    words = book().words
    candidate = _names(who.candidate)
    theirs = frozenset().union(*(_names(name) for name in who.interviewers)) if who.interviewers else frozenset()
    firm = frozenset(w for w in _plain(who.client) if len(w) > 2) - _LEGAL
    desk = frozenset().union(*(_names(name) for name in who.recruiters)) if who.recruiters else frozenset()
    speaker = {"client": "k", "candidate": "c"}.get(who.sender, "a")
    you = "c" if who.receiver == "candidate" else "k" if who.receiver == "client" else "a"
    fixed = {"i": speaker, "me": speaker, "we": speaker, "us": speaker, "you": you, "candidate": "c", "applicant": "c"}
    fixed |= dict.fromkeys(("he", "she", "him", "her"), "p") | dict.fromkeys(("they", "them"), "q")

    def role(place: int, token: str) -> str:
        if token == "you" and place and tokens[place - 1] == "thank":
            return ""
        if token in fixed:
            return fixed[token]
        bear = [r for r, names in (("c", candidate), ("k", theirs), ("a", desk)) if _bears(token, names)]
        if len(bear) > 1:
            return "x"
        if bear:
            return bear[0]
        if token in firm or token in words["client"]:
            return "k"
        if token in words["agency"]:
            return speaker if token in ("our", "office") else "a"
        return "n" if token in written and token not in _TITLES else ""

    return [role(place, token) for place, token in enumerate(tokens)]


def _plain(name: str) -> tuple[str, ...]:
    return tuple(plain(name, {}).replace(",", " ").split())


def _names(name: str) -> frozenset[str]:
    return frozenset(w for w in _plain(name) if w not in _TITLES and "@" not in w)


def _bears(token: str, names: frozenset[str]) -> bool:
    if token in names:
        return True
    short = short_forms(token)
    return bool(short) and any(short & short_forms(name) for name in names)
