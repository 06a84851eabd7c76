"""The closed vocabularies of the contact log, however staff write them: ``Thank-you`` is ``thank_you``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

import numpy as np
import pandas as pd

from analysis.log import VOCABULARIES


def fold(word: str) -> str:
    """A word without the differences that mean nothing: ``"Thank-you "`` -> ``"thank_you"``."""
    return re.sub(r"[\s\-_/.]+", "_", word.strip().lower()).strip("_")


@cache
def _other_words() -> dict[str, dict[str, str]]:
    """Vocabulary -> folded word -> the log's word, of ``formats/words.toml``."""
    text = (resources.files("analysis.formats") / "words.toml").read_text("utf-8")
    words: dict[str, dict[str, str]] = tomllib.loads(text)
    words["receiver"] = words["sender"]
    for name, table in words.items():
        wrong = sorted({w for w in table.values() if w} - set(VOCABULARIES[name]))
        if wrong:
            raise ValueError(f"words.toml gives words that the vocabulary {name!r} has not: {wrong}")
    return words


@cache
def word_of(vocabulary: str, word: str) -> str | None:
    """The log's word for what staff wrote: ``""`` for nothing to say, None for a word that is not known."""
    folded = fold(word)
    if not folded or folded in VOCABULARIES[vocabulary]:
        return folded
    return _other_words()[vocabulary].get(folded)


def normal_words(vocabulary: str, text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Bring a column to its vocabulary. Returns the words (``""`` where unknown) and a mask of the unknown."""
    if not text.any():
        return text, pd.Series(np.zeros(len(text), dtype=bool))
    codes, distinct = pd.factorize(text)
    found = [word_of(vocabulary, word) for word in distinct]
    words = pd.Series([w or "" for w in found], dtype="str").take(codes)
    unknown = pd.Series([w is None for w in found], dtype="bool").take(codes)
    return words.reset_index(drop=True), unknown.reset_index(drop=True)
