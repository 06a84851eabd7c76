"""What the words of a file mean: its activities, states and sides, how often each occurs, and our reading of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analysis.formats.answers import WORD_FIELDS
from analysis.formats.profile import Profile
from analysis.log import VOCABULARIES
from analysis.vocabulary import fold, word_of

MEANS: Final = ("kind", "channel", "state", "sender")
"""What a word can say, as columns of the log: what it was, how, whether it happened, who acted."""

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "type": ("channel", "kind"),
    "status": ("state",),
    "result": ("kind", "state", "channel"),
}
_IN: Final = {
    *("in", "inbound", "incoming", "received", "1", "incoming_email", "in_bound", "eingehend", "eingang"),
    *("entrant", "entrante", "inkomend", "in_arrivo", "recibida", "recebida", "reçu", "empfangen", "inbound_call"),
}
_OUT: Final = {
    *("out", "outbound", "outgoing", "sent", "originating", "2", "email", "out_bound", "ausgehend", "ausgang"),
    *("sortant", "saliente", "uitgaand", "in_uscita", "enviada", "envoyé", "gesendet", "outbound_call"),
}
_OTHER_SIDE: Final = {"candidate": "agency", "agency": "candidate", "client": "agency"}
_WITH_SENDER: Final = {"thank_you", "follow_up", "reply"}
_MOST: Final = 200


def meaning(profile: Profile, part: str, word: str) -> dict[str, str] | None:
    """What a word in a column of field ``part`` sets; ``{}`` for nothing to say, None where it is not known."""
    folded = fold(word)
    if not folded:
        return {}
    own = profile.words.get(part, {})
    if folded in own:
        return dict(own[folded])
    if part == "direction":
        inward = {"sender": "candidate", "receiver": "agency"}
        outward = {"sender": "agency", "receiver": "candidate"}
        return inward if folded in _IN else outward if folded in _OUT else None
    if part in VOCABULARIES:
        known = word_of(part, word)
        return None if known is None else ({part: known} if known else {})
    for name in _NAMES[part]:
        known = word_of(name, word)
        if known is not None:
            return {name: known} if known and not (name == "state" and known == "happened") else {}
    return None


def guess(word: str) -> dict[str, str]:
    """A reading of a word that is not known, from those in it that are: ``Cand Check-In`` is a candidate's check-in."""
    parts = [p for p in fold(word).split("_") if p]
    runs = [
        "_".join(parts[start : start + size])
        for size in range(min(3, len(parts)), 0, -1)
        for start in range(len(parts) - size + 1)
    ]
    found: dict[str, str] = {}
    for name in MEANS:
        known = next((k for run in runs if (k := word_of(name, run)) and k != "other"), None)
        if known and not (name == "state" and known == "happened"):
            found[name] = known
    if "sender" in found and found.get("kind") not in _WITH_SENDER:
        del found["sender"]
    return found


def words_of(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The distinct words of every column that holds words, the unknown first, then by how often they occur.

    Columns: ``column``, ``part`` (one of `WORD_FIELDS`), ``word``, ``lines`` (count), ``known`` (bool), and those of
    `MEANS`: what the word is taken for, for an unknown one what we would guess; ``""`` where it says nothing.
    At most 200 words a column, the most frequent.
    """
    rows: list[dict[str, object]] = []
    for column in map(str, frame.columns):
        part = profile.field_of(column)
        if part not in WORD_FIELDS:
            continue
        counts = frame[column].astype("str").str.strip().value_counts()
        counts = counts[[fold(str(word)) != "" for word in counts.index]]
        for word, lines in counts.head(_MOST).items():
            known = meaning(profile, part, str(word))
            sets = guess(str(word)) if known is None else known
            said = {name: sets.get(name, "") for name in MEANS}
            rows.append(
                {"column": column, "part": part, "word": word, "lines": lines, "known": known is not None, **said}
            )
    texts = dict.fromkeys(("column", "part", "word", *MEANS), "str")
    table = pd.DataFrame(rows, columns=["column", "part", "word", "lines", "known", *MEANS])
    table = table.astype({**texts, "lines": "int64", "known": "bool"})
    return table.sort_values(
        ["known", "lines", "word"], ascending=[True, False, True], kind="stable", ignore_index=True
    )


def said_words(table: pd.DataFrame, before: pd.DataFrame) -> dict[str, dict[str, dict[str, str]]]:
    """What a person said in a table of `words_of`: field -> folded word -> what it sets.

    ``before`` is the table as it was shown: words that were known and are left alone are not said again.
    """
    words: dict[str, dict[str, dict[str, str]]] = {}
    for new, old in zip(table.to_dict("records"), before.to_dict("records"), strict=True):
        sets = {name: str(new[name]) for name in MEANS if new[name]}
        if old["known"] and sets == {name: str(old[name]) for name in MEANS if old[name]}:
            continue
        if new["part"] == "direction" and "sender" in sets:
            sets["receiver"] = _OTHER_SIDE.get(sets["sender"], "candidate")
        words.setdefault(str(new["part"]), {})[fold(str(new["word"]))] = sets
    return words
