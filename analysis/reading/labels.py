"""A header with more or fewer names than the rows have cells -> names laid over the columns they fit best."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_HINTS: Final = (
    (frozenset({"email"}), re.compile(r"e-?mail|courriel|correo", re.I)),
    (
        frozenset({"date", "time", "datetime"}),
        re.compile(
            r"date|time\b|datum|zeit|fecha|heure|hora|\bwhen\b|\bday\b|\btag\b|(?:_|\b)(?:at|on)$|created|sent\b", re.I
        ),
    ),
    (frozenset({"phone", "number"}), re.compile(r"phone|\btel\b|mobile|telefon|teléfono|\bfax\b", re.I)),
    (frozenset({"url"}), re.compile(r"url|\blink\b|website|https?", re.I)),
    (
        frozenset({"number", "money"}),
        re.compile(
            r"qty|quantity|count|number|amount|price|cost|total|\bno\b|#|anzahl|menge|preis|score|rate\b|minutes", re.I
        ),
    ),
)
_JOINT = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[^\W_])[ _|;,\t]+(?=[^\W_])")
_MARGIN: Final = 0.75


def fitted(labels: list[str], kinds: list[str], empty: list[bool]) -> list[str]:
    """As many labels as there are columns; ``kinds`` and ``empty`` say what each column holds.

    Empty labels too many go first. One label too many or too few is looked for by the words of the labels ("date",
    "price") over the kinds of the columns: left out, two names grown together cut apart, or a column left nameless.
    Where nothing speaks for one way, the names are laid from the left.
    """
    width = len(kinds)
    plain = [*labels, *[""] * (width - len(labels))][:width]
    extra = len(labels) - width
    if extra > 0 and sum(not label.strip() for label in labels) == extra:
        return [label for label in labels if label.strip()]
    if abs(extra) != 1:
        return plain
    ways = _without_one(labels) if extra > 0 else _with_one_more(labels)
    best = max(ways, key=lambda way: _score(way[0], kinds) + way[1])
    usual = _score(plain, kinds) + (0.9 if extra < 0 and empty and empty[-1] else 0.0)
    return best[0] if _score(best[0], kinds) + best[1] >= usual + _MARGIN else plain


def _without_one(labels: list[str]) -> Iterator[tuple[list[str], float]]:
    for place, label in enumerate(labels):
        yield [*labels[:place], *labels[place + 1 :]], 0.0 if label.strip() else 0.5


def _with_one_more(labels: list[str]) -> Iterator[tuple[list[str], float]]:
    for place, label in enumerate(labels):
        for joint in _JOINT.finditer(label):
            yield [*labels[:place], label[: joint.start()], label[joint.end() :], *labels[place + 1 :]], 0.3
    for place in range(len(labels), -1, -1):
        yield [*labels[:place], "", *labels[place:]], 0.0


def _score(labels: list[str], kinds: list[str]) -> float:
    total = 0.0
    for label, kind in zip(labels, kinds, strict=True):
        meant = next((family for family, word in _HINTS if word.search(label)), None)
        if meant is not None:
            total += (1.0 if kind in meant else -1.0) if kind else -0.5
        elif kind and label:
            total -= 0.1
    return total
