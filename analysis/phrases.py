"""Plain words of a text, and phrases looked for in them: the small pattern language of ``wording.toml``.

A text is brought to one line of lower-case words between single spaces, accents and apostrophes gone,
shorthand written out ("LVM" is ``left voicemail``), ``.`` where a clause ends, ``?`` after a question.
A phrase is words with ``(a|b)`` one of, ``[x]`` optional, ``...`` up to four words of the same clause,
``word*`` a beginning, ``_`` any word, ``{name}`` a list,
``<date>`` a day in words (kept). Every gap is bounded, so a search
takes time proportional to the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

TEXT_LIMIT: Final = 20_000
"""Characters of a text that are looked at: nobody states the purpose of a message later than that."""

# ruff: noqa: RUF001
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": " - ", "—": " - ",
                         "…": ". ", "•": ". ", "·": ". ", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
                         "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "œ": "oe", "→": " - "})  # fmt: skip
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,15})(?=[\s/>])[^<>]{0,1000}>", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\w/])(f/up|f/u|n/a|n/s|w/drawn|w/d|w/o|w/|c/b|i/v|v/m|l/m|t/y|o/h|r/s|b/c)(?![/\d])")
_SLASHES = {"f/up": "follow up", "f/u": "follow up", "n/a": "no answer", "w/o": "without ", "w/": "with ",
            "c/b": "call back", "i/v": "interview", "v/m": "voicemail", "l/m": "left message", "t/y": "thank you",
            "o/h": "on hold", "r/s": "rescheduled", "b/c": "because", "w/d": "withdrawn",
            "w/drawn": "withdrawn", "n/s": "no show"}  # fmt: skip
_NOT = re.compile(r"\b(ca|wo|sha|[a-z]{2,8})n't\b")
_NOT_WORDS = {"ca": "can not", "wo": "will not", "sha": "shall not"}
_SHORT = re.compile(r"(?<=[a-z])'(ll|re|ve|m|d|s)\b")
_SHORT_WORDS = {"ll": " will", "re": " are", "ve": " have", "m": " am", "d": " would", "s": ""}
_JOINED = re.compile(r"\be[ -]mail|\bvoice[ -]mail")
_LETTER_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_SHORTENED = re.compile(r"\b(cl|cand|rej|mr|mrs|ms|dr|prof)\.(?= ?\w)")
_DASH = re.compile(r"\s-{1,3}\s")
_BULLET = re.compile(r"[*>•-]|\d{1,2}[.)]")
_TOKEN = re.compile(r"\d+(?:[-./:]\d+)+|[^\W_]+|[.,?!;:|&+]")
_TOKEN_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}\w|\d+(?:[-./:]\d+)+|[^\W_]+|[.,?!;:|&+]")
_MARKS = {"!": ".", ";": ".", ":": ".", "|": ".", "&": "and", "+": "and"}


def words_of(text: str) -> frozenset[str]:
    """The words of a text as a set; how this package writes its short lists."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """A text without accents, curly quotes and letters that only some keyboards have; case is kept."""
    if text.isascii():
        return text
    flat = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return "".join(c for c in flat if not unicodedata.combining(c))


def readable(text: str) -> str:
    """The text a person sees: no HTML tags or entities, plain line ends, at most `TEXT_LIMIT` characters."""
    text = text[:TEXT_LIMIT]
    if "<" in text:
        text = _TAG.sub(lambda m: "\n" if m[2].lower() in _BREAKS else "", text)
    if "&" in text:
        text = html.unescape(text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_BREAKS = words_of("br p div li tr ul ol table h1 h2 h3 blockquote")


def _clauses(text: str) -> str:
    """One line; a line that opens with a capital or a bullet, or follows an empty one, begins a clause."""
    if "\n" not in text:
        return text
    said: list[str] = []
    for line in (part.strip() for part in text.split("\n")):
        if said and (not line or line[0].isupper() or _BULLET.match(line)) and said[-1] != ".":
            said.append(".")
        if line:
            said.append(line)
    return " ".join(said)


def plain(text: str, shorthand: Mapping[str, str]) -> str:
    """The plain words of a readable text: ``" thank you note sent . left voicemail "`` (a space at both ends)."""
    text = _DASH.sub(" . ", _clauses(fold(text))).lower()
    if "." in text:
        text = _SHORTENED.sub(r"\1", text)
    if "/" in text:
        text = _SLASHED.sub(lambda m: _SLASHES[m[1]], text)
    if "'" in text:
        text = _NOT.sub(lambda m: _NOT_WORDS.get(m[1], m[1] + " not"), text)
        text = _SHORT.sub(lambda m: _SHORT_WORDS[m[1]], text)
    if "mail" in text:
        text = _JOINED.sub(lambda m: "email" if m[0][0] == "e" else "voicemail", text)
    if "-" in text:
        text = _LETTER_HYPHEN.sub(" ", text)
    tokens = (_TOKEN_MAIL if "@" in text else _TOKEN).findall(text)
    return f" {' '.join([shorthand.get(t) or _MARKS.get(t, t) for t in tokens])} "


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: ``search`` runs on plain words; ``triggers`` are words of which one must be there."""

    expression: str
    triggers: frozenset[str]
    negative: bool

    @property
    def search(self) -> re.Pattern[str]:
        """The phrase compiled, on first use: most logs use few of them, and all of them take seconds."""
        return _compiled(self.expression)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


NEGATORS: Final = words_of(
    "no not never without nor neither none nobody cannot nicht kein keine keinen nie ne pas jamais sin nunca"
)
_COMMON = words_of(
    """
    i we you they he she it me us my our your the a an to for of in on at by is are be was have has will would
    not no and please with this that next any has had do did about from
    """
)
_PIECE = re.compile(r"[\[\]()|]|\{\w+\}|<date>|[^\s\[\](){}<>|]+")
_GAP = r"(?: (?![.?] )[^ ]+){0,4}?"
_CLOSED = {"(": ")", "[": "]"}


def compile_phrase(text: str, lists: Mapping[str, str], dates: str) -> Phrase:
    """Read one phrase. ``lists``: name -> ``"a|b c"``; ``dates``: expression for ``<date>``. Raises ValueError."""
    pieces = _PIECE.findall(re.sub(r"\{(\w+)\}", lambda m: f"({lists[m[1]]})", text))
    made, triggers, rest = _choices(pieces, 0, "", f"(?:{dates})")
    if rest != len(pieces):
        raise ValueError(f"the phrase {text!r} closes a bracket that was not opened")
    if not triggers:
        raise ValueError(f"the phrase {text!r} has no whole word to look for")
    expression = made.replace("(?:" + dates + ")", "(?P<date>" + dates + ")", 1) + "(?= )"
    return Phrase(expression, triggers, bool(set(re.findall(r"\w+", text)) & NEGATORS))


def _choices(pieces: list[str], at: int, end: str, dates: str) -> tuple[str, frozenset[str], int]:
    """Expression of the choices up to ``end``, words of which one is surely there (or none), and where it ends."""
    made: list[str] = []
    words: list[frozenset[str]] = []
    while True:
        expression, found, at = _sequence(pieces, at, dates)
        made.append(expression)
        words.append(found)
        if at < len(pieces) and pieces[at] == "|":
            at += 1
            continue
        break
    if end and (at >= len(pieces) or pieces[at] != end):
        raise ValueError(f"the phrase {' '.join(pieces)!r} lacks a {end!r}")
    together = frozenset().union(*words) if all(words) else frozenset()
    return (made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"), together, at + bool(end)


def _sequence(pieces: list[str], at: int, dates: str) -> tuple[str, frozenset[str], int]:
    parts: list[str] = []
    triggers: list[frozenset[str]] = []
    while at < len(pieces) and pieces[at] not in ")]|":
        piece = pieces[at]
        at += 1
        if piece in _CLOSED:
            inner, words, at = _choices(pieces, at, _CLOSED[piece], dates)
            parts.append(inner if piece == "(" else f"(?:{inner})?")
            if piece == "(":
                triggers.append(words)
        elif piece == "...":
            parts.append(_GAP)
        elif piece == "_":
            parts.append(" [^ ]+")
        elif piece == "<date>":
            parts.append(f" {dates}")
        else:
            parts.append(" " + re.escape(piece).replace(r"\*", "[^ ]*"))
            if not piece.endswith("*"):
                triggers.append(frozenset({piece}))
    best = min((t for t in triggers if t), key=lambda t: (len(t & _COMMON) > 0, len(t)), default=frozenset())
    return "".join(parts), best, at


_STOPS = words_of(". , ? but so and then yet")
_HARMLESS = words_of("answer reply response joy luck problem problems show worries rush")
UNREAL: Final = words_of("if whether would unless once until when case wenn ob falls si")
AHEAD: Final = words_of(
    "will to should must needs need remind reminded remember plans going wants promised tell todo schedule"
)


def before(text: str, start: int) -> list[str]:
    """Up to five words of the same clause before a place in plain words, nearest first."""
    found: list[str] = []
    for word in reversed(text[max(0, start - 60) : start].split()):
        if word in _STOPS or len(found) == 5:
            break
        found.append(word)
    return found


def denied(text: str, start: int, end: int, earlier: list[str]) -> bool:
    """Whether a "not" stands in the clause before, inside or right after a match."""
    later = ""
    for word in earlier:
        if word in NEGATORS and not (word == "no" and later in _HARMLESS):
            return True
        later = word
    inside = text[start:end].split()
    if any(w in NEGATORS for w in inside):
        return True
    after = text[end : end + 30].split()[:2]
    return bool(after) and (after[0] in NEGATORS or (len(after) > 1 and after[0] not in _STOPS and after[1] == "not"))
