"""What the words of a contact weigh for each kind: a second opinion on the phrases of ``wording.toml``.

A plain linear weighting. Each word, pair of words and word's beginning of a text, the sender, receiver and channel,
and what the phrases found add their weights; the kind with the greatest sum is taken where its share passes the mark
of that kind, otherwise a person is asked. ``weights.tsv`` holds weights and marks; ``benchmarks/weights.py`` makes it
from the labelled notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, pairwise, repeat
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bodies import is_answer, new_text
from analysis.phrases import plain, readable, words_of
from analysis.wording import FLAGS, shorthand

Weights = NDArray[np.float32]

GIVEN: Final = 0.12
"""Weight of a thing known besides the words; a text's words share one unit of length."""

_TEXT_WORDS, _SUBJECT_WORDS = 150, 30
_DAYS = words_of("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun")
_MONTHS = words_of(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
_SORTS = {**dict.fromkeys(_DAYS, "DAY"), **dict.fromkeys(_MONTHS, "MONTH")}
_DIGITS = frozenset("0123456789")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_MARKS = words_of(". , ?")
_STEM = 5
_LENGTHS = (4, 8, 16, 40)
_KNOWN = 0.5
_TAKEN = 0.5
_DOUBTFUL = 0.2
_FLAG_OF = {"automated": "automated", "thanks_interview": "thank_you", "asks_status": "follow_up"}
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Scales:
    """``number``: evidence -> row of ``weights`` (float32, a column per kind of ``kinds``).

    ``marks``: the share each kind needs; ``agreed``: the same where the phrases found that kind too.
    """

    kinds: tuple[str, ...]
    marks: Weights
    agreed: Weights
    number: dict[str, int]
    weights: Weights


@cache
def scales() -> Scales:
    """The weights that come with the package. The first line names the kinds, the next two their marks."""
    lines = (resources.files("analysis") / "weights.tsv").read_text("utf-8").splitlines()
    kinds = tuple(lines[0].split("\t")[1:])
    marks, agreed = (np.array(line.split("\t")[1:], dtype=np.float32) for line in lines[1:3])
    names = [line.partition("\t")[0] for line in lines[3:]]
    text = "\t".join(line.partition("\t")[2] for line in lines[3:])
    weights = np.array(text.split("\t"), dtype=np.float32).reshape(len(names), len(kinds)) / np.float32(10)
    return Scales(kinds, marks, agreed, {name: number for number, name in enumerate(names)}, weights)


def text_evidence(subject: str, note: str) -> list[str]:
    """Evidence in subject and note: words (``thank``), pairs (``thank you``), beginnings (``inter*``), and its shape.

    What stands in the subject counts twice: as such (``s:thank``) and as text. Each once, in the order of the text.
    """
    single, other = _evidence(subject, note)
    return [*single, *other]


def _evidence(subject: str, note: str) -> tuple[list[str], list[str]]:
    """The single words, and all other evidence."""
    heading = readable(subject)[:500].strip()
    title = _words(plain(heading, shorthand()))[:_SUBJECT_WORDS] if heading else []
    words = _words(plain(new_text(note), shorthand()))[:_TEXT_WORDS]
    single: dict[str, None] = {}
    other = [f"length {sum(len(words) >= limit for limit in _LENGTHS)}"]
    for text, mark in ((words, ""), (title, ""), (title, "s:")):
        told = [word for word in text if word not in _MARKS]
        if mark:
            other += [mark + word for word in told]
        else:
            single.update(dict.fromkeys(told))
        other += [f"{mark}{word[:_STEM]}*" for word in told if len(word) > _STEM]
        other += [f"{mark}{a} {b}" for a, b in pairwise(["^", *text, "$"])]
    if "?" in words:
        other.append("asks ?")
    if not title:
        other.append("no subject")
    elif is_answer(heading):
        other.append("an answer")
    return list(single), list(dict.fromkeys(other))


def _words(text: str) -> list[str]:
    """Plain words; days, months and numbers stand for their sort."""
    return [
        _SORTS.get(word, word) if word[0] not in _DIGITS else ("ORDINAL" if _ORDINAL.fullmatch(word) else "NUMBER")
        for word in text.split()
    ]


def given_evidence(contacts: pd.DataFrame, words: pd.DataFrame) -> list[pd.Series]:
    """What is known besides the words, a series each: who wrote to whom and how, and what the phrases found."""
    sender, receiver = contacts["sender"].fillna(""), contacts["receiver"].fillna("")
    read = words["employer_kind"].where((sender == "client").to_numpy(), words["kind"]).set_axis(contacts.index)
    flags = [words[name].map({True: f"flag {name}", False: ""}) for name in FLAGS]
    series = [
        "channel " + contacts["channel"].fillna(""),
        "way " + sender + ">" + receiver,
        "from " + sender,
        "phrase " + words["kind"],
        "employer's phrase " + words["employer_kind"],
        "from " + sender + " phrase " + read,
        "state " + words["state"],
        "answered " + words["answered"].astype("str"),
        *flags,
    ]
    return [each.set_axis(contacts.index) for each in series]


def phrase_kind(contacts: pd.DataFrame, words: pd.DataFrame) -> NDArray[Any]:
    """The kind that the phrases found, for the side that wrote."""
    theirs = (contacts["sender"].fillna("") == "client").to_numpy()
    read = np.where(theirs, words["employer_kind"].to_numpy(dtype=object), words["kind"].to_numpy(dtype=object))
    return np.where(words["automated"].to_numpy(dtype=bool), "automated", read)


def sums(texts: Sequence[tuple[str, str]], known: Scales) -> tuple[Weights, Weights]:
    """The words' sum per text (subject and note) and kind, and the share of single words that the weights know."""
    out = np.zeros((len(texts), len(known.kinds)), dtype=np.float32)
    share = np.zeros(len(texts), dtype=np.float32)
    for start in range(0, len(texts), _CHUNK):
        part = slice(start, start + _CHUNK)
        single, other = zip(*(_evidence(*text) for text in texts[part]), strict=True)
        known_single, single_rows, count = _rows(single, known)
        known_other, other_rows, _ = _rows(other, known)
        size = known_single + known_other
        # row by row: its single words, then the rest
        text = np.concatenate([np.repeat(np.arange(len(size)), each) for each in (known_single, known_other)])
        rows = np.concatenate([single_rows, other_rows])[np.argsort(text, kind="stable")]
        where = np.flatnonzero(size)
        if len(where):
            begins = np.concatenate([[0], np.cumsum(size[where])[:-1]])
            out[start + where] = np.add.reduceat(known.weights[rows], begins, axis=0) / np.sqrt(size[where])[:, None]
        share[part] = known_single / np.maximum(1, count)
    return out, share


def _rows(texts: Sequence[Sequence[str]], known: Scales) -> tuple[NDArray[np.int64], NDArray[np.int64], Any]:
    """How many words of each text are known, their rows of the weights one after another, and the number of words."""
    count = np.array([len(text) for text in texts])
    rows = np.array(list(map(known.number.get, chain.from_iterable(texts), repeat(-1))), dtype=np.int64)
    text = np.repeat(np.arange(len(texts)), count)
    return np.bincount(text[rows >= 0], minlength=len(texts)), rows[rows >= 0], count


def shares(contacts: pd.DataFrame, words: pd.DataFrame, known: Scales) -> tuple[Weights, NDArray[np.bool_]]:
    """The share of each kind of `Scales.kinds` per contact (rows sum to 1), and whether its words are known enough."""
    pairs = contacts["subject"].fillna("") + "\x00" + contacts["note"].fillna("")
    number, distinct = pd.factorize(pairs)
    total, share = sums([_pair(str(both)) for both in distinct], known)
    out = total[number]
    for series in given_evidence(contacts, words):
        code, names = pd.factorize(series)
        rows = np.array([known.number.get(str(name), -1) for name in names])
        weight = np.where((rows >= 0)[:, None], known.weights[rows], np.float32(0)) * np.float32(GIVEN)
        out += weight[code]
    out -= out.max(axis=1, keepdims=True)
    odds = np.exp(out)
    return odds / odds.sum(axis=1, keepdims=True), (share >= _KNOWN)[number]


def _pair(both: str) -> tuple[str, str]:
    subject, _, note = both.partition("\x00")
    return subject, note


def weighed(contacts: pd.DataFrame, words: pd.DataFrame, known: Scales | None = None) -> pd.DataFrame:
    """The table of `analysis.wording.read_words` after a second look at every text whose contact names no kind.

    The likeliest kind is taken where it passes its mark, else the phrases' own kind where that passes; its share is
    then ``sure``. Where neither does, what the phrases found is taken back, so that the contact is asked about. Texts
    of which most words are unknown (another language, a number) stay with the phrases. Adds the column ``weighed``
    (bool): the weights decided the kind. ``known``: other weights than the package's own.
    """
    known = known or scales()
    spoken = (contacts["subject"].fillna("").str.strip() != "") | (contacts["note"].fillna("").str.strip() != "")
    rows = np.flatnonzero((spoken & (contacts["kind"].fillna("") == "")).to_numpy())
    out = words.assign(weighed=False)
    if not len(rows):
        return out
    found, can = shares(contacts.iloc[rows].reset_index(drop=True), words.iloc[rows].reset_index(drop=True), known)
    rows, found = rows[can], found[can]
    every = np.arange(len(rows))
    phrase = phrase_kind(contacts, words)[rows]
    place = pd.Index(known.kinds).get_indexer(pd.Index(phrase))
    best = found.argmax(axis=1)
    second = (place >= 0) & (found[every, best] < known.marks[best]) & (found[every, place] >= known.agreed[place])
    best = np.where(second, place, best)
    share, kind = found[every, best], np.array(known.kinds, dtype=object)[best]
    taken = share >= np.where(phrase == kind, known.agreed[best], known.marks[best])
    # what a candidate's call that reached nobody was for, the rules decide
    unanswered = (words["answered"].to_numpy() < 0) & (contacts["sender"] == "candidate").to_numpy()
    looked = taken | ~(unanswered[rows] & (phrase == "follow_up"))
    rows, found, best, share, kind, phrase, taken = (
        each[looked] for each in (rows, found, best, share, kind, phrase, taken)
    )
    name = np.where(taken, np.where(kind == "automated", "other", kind), "")
    sure = np.where(taken, np.maximum(share, _TAKEN), 0.0)
    new: dict[str, NDArray[Any]] = {"kind": name, "employer_kind": name, "sure": sure, "employer_sure": sure}
    new["weighed"] = taken
    for flag, its in _FLAG_OF.items():
        said = words[flag].to_numpy(dtype=bool)[rows]
        likely = found[:, known.kinds.index(its)] >= _DOUBTFUL
        own = taken & (kind == its) & (phrase != its)
        new[flag] = np.where(own, True, said & (likely | (taken & (its != "automated"))))
    for column, values in new.items():
        now = out[column].to_numpy(copy=True)
        now[rows] = values
        out[column] = pd.Series(now, index=out.index, dtype=out[column].dtype)
    return out
