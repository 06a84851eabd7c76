"""What the words of a contact say: its purpose, how it went, what it asks for. Precision before recall.

The phrases are data (``wording.toml``); the caller decides by sender and receiver what they mean.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.bodies import is_answer, new_text
from analysis.log import KINDS, STATES
from analysis.mentions import as_written, person_named, tries
from analysis.named_days import DATE_WORDS
from analysis.phrases import AHEAD, UNREAL, Phrase, before, compile_phrase, denied, plain, readable, words_of

FLAGS: Final = (
    "automated",
    "thanks_interview",
    "asks_status",
    "asks_decision",
    "invites_contact",
    "invitation",
    "left_message",
    "none_sent",
    "thanks_others",
    "leaves_open",
    "sanctioned",
    "agreed_check_in",
    "handed_note",
)
"""Columns of `read_words` that are true or false."""

WORD_DTYPES: Final[dict[str, str]] = {
    "kind": "str",
    "sure": "float64",
    "employer_kind": "str",
    "employer_sure": "float64",
    "words": "str",
    "state": "str",
    **dict.fromkeys(FLAGS, "bool"),
    "answered": "int8",
    "dials": "int8",
    "refers_to": "str",
    "decision_words": "str",
    "call_words": "str",
}
"""Columns and dtypes of `read_words`."""

_WHERE: Final = ("any", "subject", "opens_subject", "opens", "all")
_LANGUAGES: Final = ("en", "de", "es", "fr")


@dataclass(frozen=True, slots=True)
class _Meaning:
    order: int
    kind: str
    sure: float
    state: str
    sets: tuple[str, ...]
    answered: int
    dials: bool
    keeps: str
    where: str
    told: bool
    unless: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Book:
    """All phrases in the file's order, and their numbers by a word that must be in the text."""

    shorthand: dict[str, str]
    headings: frozenset[str]
    phrases: tuple[tuple[_Meaning, Phrase], ...]
    by_word: dict[str, tuple[int, ...]]


@dataclass(slots=True)
class _Parts:
    """The plain words of one contact: subject and note together, and each for itself."""

    all: str
    subject: str
    note: str


@cache
def _book() -> _Book:
    """Read and compile ``wording.toml``. Raises ValueError naming the meaning that cannot be used."""
    table = tomllib.loads((resources.files("analysis") / "wording.toml").read_text("utf-8"))
    lists: dict[str, str] = table["lists"]
    phrases: list[tuple[_Meaning, Phrase]] = []
    index: dict[str, list[int]] = {}
    for order, entry in enumerate(table["meaning"]):
        meaning = _meaning(order, entry, lists)
        for language in _LANGUAGES:
            for text in entry.get(language, ()):
                phrase = compile_phrase(text, lists, DATE_WORDS)
                for word in phrase.triggers:
                    index.setdefault(word, []).append(len(phrases))
                phrases.append((meaning, phrase))
    headings = frozenset(plain(heading, table["shorthand"]).strip(" .?") for heading in table["headings"])
    return _Book(
        table["shorthand"], headings, tuple(phrases), {word: tuple(numbers) for word, numbers in index.items()}
    )


def shorthand() -> dict[str, str]:
    """The desk's shorthand and what it stands for."""
    return _book().shorthand


def _meaning(order: int, entry: dict[str, Any], lists: dict[str, str]) -> _Meaning:
    name = entry["name"]
    known = {
        "name",
        "kind",
        "sure",
        "state",
        "sets",
        "answered",
        "dials",
        "keeps",
        "where",
        "told",
        "unless",
        *_LANGUAGES,
    }
    if set(entry) - known:
        raise ValueError(f"wording.toml, {name!r}: unknown keys {sorted(set(entry) - known)}")
    kind, state, sets = entry.get("kind", ""), entry.get("state", ""), tuple(entry.get("sets", ()))
    where = entry.get("where", "any")
    if (kind and kind not in KINDS) or (state and state not in STATES) or set(sets) - set(FLAGS) or where not in _WHERE:
        raise ValueError(f"wording.toml, {name!r}: a kind, state, column or place that does not exist")
    return _Meaning(
        order,
        kind,
        float(entry.get("sure", 0.0)),
        state,
        sets,
        int(entry.get("answered", 0)),
        bool(entry.get("dials", False)),
        entry.get("keeps", ""),
        where,
        bool(entry.get("told", False)),
        tuple(compile_phrase(text, lists, DATE_WORDS) for text in entry.get("unless", ())),
    )


def read_words(subject: pd.Series, note: pd.Series) -> pd.DataFrame:
    """What subject and note of each contact say; columns `WORD_DTYPES`, the index of ``subject``.

    ``kind``: "" where the words do not decide, else one of `analysis.log.KINDS`; ``sure`` 0-1; ``words``: the plain
    words it went by (shorthand written out). ``employer_kind``, ``employer_sure``: the same for a message of the
    client's, who sends no thanks and no follow-up. ``state``: "", planned, cancelled, no_show, attempted, failed or
    draft.
    ``answered``: 1 somebody was spoken to, -1 nobody answered, 0 unknown. ``dials``: calls tried that the text names
    (an "x3" behind a voicemail counts the voicemails so far: 1). ``refers_to``: person or address it refers to.
    ``decision_words``, ``call_words``: the day named for a decision, for a call. Quoted earlier messages are cut off;
    worked out once per distinct pair of texts.
    """
    pairs = pd.DataFrame(
        {"s": subject.fillna("").astype("str").to_numpy(), "n": note.fillna("").astype("str").to_numpy()}
    )
    first, _ = pd.factorize(pairs["s"])
    second, _ = pd.factorize(pairs["n"])
    number, _ = pd.factorize(first.astype(np.int64) * (len(pairs) + 1) + second)
    distinct = pairs.loc[~pd.Series(number).duplicated().to_numpy()]
    rows = [_read(s, n) for s, n in zip(distinct["s"], distinct["n"], strict=True)]
    found = pd.DataFrame(rows, columns=list(WORD_DTYPES)).astype(WORD_DTYPES)
    return found.take(number).set_axis(subject.index)


def _read(subject: str, note: str) -> tuple[Any, ...]:
    book = _book()
    body = new_text(note)
    heading = readable(subject)[:500]
    answer = is_answer(heading)
    words = plain(body, book.shorthand)
    # the subject of an answer is the other person's
    title = "" if answer else plain(heading, book.shorthand)
    empty = bool(title.strip()) and body.strip().lower().strip(" .?,-") in _NOTHING and bool(body.strip())
    if empty or (words.strip(" .") and title.strip(" .?") in book.headings):
        # the heading over a cell is no word of anybody's, and does not say what an empty cell denies
        title = ""
    parts = _Parts(f"{title.rstrip()} .{words}" if title.strip() else words, title, words)
    if not parts.all.strip(" ."):
        return _row({}, "", 0.0, ("", 0.0), "", "", 0, 0, "", "", "")
    found = _judge(parts, body, book)
    return ("", 0.0, "", 0.0, *found[4:]) if empty else found


_NOTHING: Final = frozenset(
    ("", "no", "none", "n/a", "x", "tbc", "tbd", "pending", "not yet", "yes", "not needed", "na")
)
"""Cells below a heading that say no contact took place, or do not say when."""


def _judge(parts: _Parts, body: str, book: _Book) -> tuple[Any, ...]:
    numbers: set[int] = set()
    for word in set(parts.all.split()):
        numbers.update(book.by_word.get(word, ()))
    found: dict[int, tuple[_Meaning, str, bool]] = {}
    kept = {"decision": "", "call": ""}
    for number in sorted(numbers):
        meaning, phrase = book.phrases[number]
        if meaning.order in found or phrase.search.search(parts.all) is None:
            continue
        hit = _find(parts, meaning, phrase)
        if hit is not None:
            match, ahead = hit
            found[meaning.order] = (meaning, match[0].strip(" ."), ahead)
            if meaning.keeps and not kept[meaning.keeps]:
                kept[meaning.keeps] = as_written(match.groupdict().get("date") or "")
    return _decide(parts, body, [found[order] for order in sorted(found)], kept)


def _decide(parts: _Parts, body: str, found: list[tuple[_Meaning, str, bool]], kept: dict[str, str]) -> tuple[Any, ...]:
    flags: dict[str, bool] = {}
    state, answered, dials = "", 0, 0
    for meaning, _, ahead in found:
        state = state or meaning.state or ("planned" if ahead else "")
        answered = max(answered, meaning.answered) if answered > 0 else meaning.answered or answered
        dials |= meaning.dials
        for name in meaning.sets:
            flags[name] = flags.get(name, False) or not ahead
    kinds = [(m, said, ahead) for m, said, ahead in found if m.kind]
    if flags.get("automated") and any(m.kind == "rejection" for m, _, _ in kinds):
        # a machine may send it, but it is the employer's decision
        flags["automated"] = False
        kinds = [each for each in kinds if "automated" not in each[0].sets]
    chosen = _chosen(parts, kinds, flags)
    theirs = next(((m.kind, m.sure) for m, _, _ in kinds if m.kind in _EMPLOYERS), ("", 0.0))
    kind, sure = (chosen[0].kind, chosen[0].sure) if chosen else ("", 0.0)
    said = chosen[1] if chosen else "; ".join(dict.fromkeys(said for _, said, _ in found))
    if state == "planned" and any(m.kind == kind and not ahead for m, _, ahead in kinds):
        state = ""
    if state == "attempted" and answered > 0:
        state = ""
    named = tries(parts.all)
    return _row(
        flags,
        kind,
        sure,
        theirs,
        said,
        state,
        answered,
        max(dials, named),
        person_named(body),
        kept["decision"],
        kept["call"],
    )


_EMPLOYERS: Final = frozenset(KINDS) - {"thank_you", "follow_up", "courtesy", "withdrawn", "debrief"}
"""Kinds that a client's own words may have."""


def _chosen(
    parts: _Parts, kinds: list[tuple[_Meaning, str, bool]], flags: dict[str, bool]
) -> tuple[_Meaning, str, bool] | None:
    """The first kind of the file's order; thanks that also chase are a follow-up, whose flag for thanks stays."""
    if not kinds:
        return None
    first = kinds[0]
    if first[0].kind in ("thank_you", "courtesy") and flags.get("asks_status"):
        chases = [k for k in kinds if k[0].kind == "follow_up" and "asks_status" in k[0].sets]
        if first[1] in parts.note and not any(k[1] in parts.note for k in chases):
            # a subject such as "Next steps" over a note of thanks asks nothing
            flags["asks_status"] = False
            return first
        return chases[0] if chases else first
    return first


def _find(parts: _Parts, meaning: _Meaning, phrase: Phrase) -> tuple[re.Match[str], bool] | None:
    """The first match that stands: not denied, not hypothetical, not taken back; and whether it is yet to come."""
    for text, match in _places(parts, meaning.where, phrase):
        start, end = match.span()
        earlier = before(text, start)
        if not phrase.negative and denied(text, start, end, earlier):
            continue
        if meaning.told and (
            any(word in UNREAL for word in earlier) or (text[end : end + 2] == " ?" and start > len(parts.subject))
        ):
            continue
        if meaning.unless:
            left, right = text.rfind(" . ", 0, start + 1), text.find(" . ", end - 1)
            clause = text[left + 2 if left >= 0 else 0 : right + 3 if right >= 0 else len(text)]
            if any(p.search.search(clause) for p in meaning.unless):
                continue
        return match, meaning.told and _ahead(earlier)
    return None


def _places(parts: _Parts, where: str, phrase: Phrase) -> Iterable[tuple[str, re.Match[str]]]:
    if where == "any":
        return ((parts.all, match) for match in phrase.search.finditer(parts.all))
    if where == "subject":
        return ((parts.subject, match) for match in phrase.search.finditer(parts.subject))
    if where == "opens_subject":
        texts: tuple[str, ...] = (f"{parts.subject} . " if parts.subject else "",)
    elif where == "opens":
        texts = (parts.subject, parts.note)
    else:
        texts = (f" {parts.note.strip(' .?')} " if not parts.subject.strip(" .") else "",)
        if not parts.note.strip(" ."):
            texts = (f" {parts.subject.strip(' .?')} ",)
        whole = ((text, phrase.search.match(text)) for text in texts)
        return [(text, m) for text, m in whole if m and m.end() == len(text) - 1]
    return [(text, match) for text in texts if (match := phrase.search.match(text))]


_BEFORE_TO = words_of("needs need going wants plans told asked reminded has have promised intends agreed remember got")


def _ahead(earlier: list[str]) -> bool:
    """Whether the words before a deed put it into the future ("told cand to", "will")."""
    for place, word in enumerate(earlier[:4]):
        if word == "to":
            if (
                place + 1 == len(earlier)
                or earlier[place + 1] in _BEFORE_TO
                or (place + 2 < len(earlier) and earlier[place + 2] in _BEFORE_TO)
            ):
                return True
        elif word in AHEAD:
            return True
    return False


def _row(
    flags: dict[str, bool],
    kind: str,
    sure: float,
    theirs: tuple[str, float],
    words: str,
    state: str,
    answered: int,
    dials: int,
    refers_to: str,
    decision_words: str,
    call_words: str,
) -> tuple[Any, ...]:
    return (
        kind,
        sure,
        *theirs,
        words,
        state,
        *(flags.get(name, False) for name in FLAGS),
        answered,
        int(dials),
        refers_to,
        decision_words,
        call_words,
    )
