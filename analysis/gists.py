"""What is left of a contact's texts where they may not be kept: what was read from them, and a hash of each.

Scores follow from the gist as they did from the texts. Only this cannot be worked out later: a text is measured against
the interviewers, topics and job that were known when it came, and weighed with its sender and receiver of then.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bodies import ANSWERED
from analysis.greetings import NOTE_DTYPES, measure_notes
from analysis.identifiers import mapped
from analysis.identity import identities
from analysis.timeline import CHASED, ties
from analysis.weighing import weighed
from analysis.wording import WORD_DTYPES, read_words

_TOKEN: Final = re.compile(r"\[text not kept: [0-9a-f]{32}\]")
_DTYPES: Final = {**WORD_DTYPES, "weighed": "bool"}
_CHASING: Final = "follow up "
_SOMETHING: Final = "…"
_NOT_MEASURED: Final = ("unknown", False, 0, False, False, False)


def without_texts(
    contacts: pd.DataFrame, rows: NDArray[np.int64], notes: Mapping[int, tuple[Any, ...]]
) -> pd.DataFrame:
    """Some contacts of a log without ``note`` and ``subject``, and with ``gist`` in their place.

    ``rows``: their places in ``contacts`` (columns of `analysis.log.CONTACT_DTYPES`); ``notes``: place -> values of
    `analysis.greetings.NOTE_DTYPES`, of the thank-yous measured so far. Contacts without a text, or with a gist
    already, stay as they are.
    """
    out = contacts.iloc[rows].reset_index(drop=True)
    texts = (out["note"].str.strip() != "") | (out["subject"].str.strip() != "")
    some = np.flatnonzero((texts & (out["gist"] == "")).to_numpy())
    if not len(some):
        return out
    part = out.iloc[some].reset_index(drop=True)
    words = weighed(part, read_words(part["subject"], part["note"]))
    own = identities(part)
    measured = _measured(contacts, part, words, [notes.get(int(row)) for row in rows[some]])
    told, tie = words.to_dict("records"), ties(part)
    out.loc[some, "gist"] = [_gist(own[n], int(tie[n]), told[n], measured[n]) for n in range(len(some))]
    out.loc[some, "note"] = mapped(part["note"], note_hash)
    out.loc[some, "subject"] = mapped(part["subject"], subject_hash)
    return out.astype({"gist": "str", "note": "str", "subject": "str"})


def note_hash(text: str) -> str:
    """What stands for a text that is not kept: the same for texts equal but for case and outer blanks."""
    plain = text.strip().casefold()
    return plain if not plain or _TOKEN.fullmatch(plain) else f"[text not kept: {_hash(plain)}]"


def subject_hash(subject: str) -> str:
    """As `note_hash`, with the marks of an answer, and whether it opens with a follow-up."""
    plain = subject.strip().casefold()
    if not plain or (plain.endswith("]") and _TOKEN.search(plain)):
        return plain
    answer = ANSWERED.match(plain)
    mark = answer[0] if answer else _CHASING if CHASED.search(subject) else ""
    return f"{mark}{note_hash(ANSWERED.sub('', plain))}"


def words_of(contacts: pd.DataFrame) -> pd.DataFrame:
    """As `analysis.weighing.weighed`, from the gist where that is what is left."""
    words = weighed(contacts, read_words(contacts["subject"], contacts["note"]))
    here = np.flatnonzero((contacts["gist"] != "").to_numpy())
    if not len(here):
        return words
    empty = {name: "" if dtype == "str" else False if dtype == "bool" else 0 for name, dtype in _DTYPES.items()}
    told = [{**empty, **json.loads(gist)["words"]} for gist in contacts["gist"].iloc[here]]
    kept = pd.DataFrame(told, columns=list(_DTYPES)).astype(_DTYPES)
    for name in _DTYPES:
        column = words[name].to_numpy(copy=True)
        column[here] = kept[name].to_numpy()
        words[name] = pd.Series(column, index=words.index, dtype=_DTYPES[name])
    return words


def compared(contacts: pd.DataFrame) -> pd.DataFrame:
    """Contacts as they are compared with each other: texts as hashes where any of them is one, and no gist."""
    plain = contacts.drop(columns="gist")
    if not (contacts["gist"] != "").any():
        return plain
    return plain.assign(note=mapped(plain["note"], note_hash), subject=mapped(plain["subject"], subject_hash))


def note_measures(gists: pd.Series, measured: pd.DataFrame) -> pd.DataFrame:
    """What notes said (columns of `analysis.greetings.NOTE_DTYPES`), by their gists where that is what is left."""
    here = np.flatnonzero((gists != "").to_numpy())
    if not len(here):
        return measured
    out = measured.reset_index(drop=True).astype(object)
    for place in here.tolist():
        out.loc[place, list(NOTE_DTYPES)] = json.loads(gists.iloc[place]).get("note", _NOT_MEASURED)
    return out.astype(NOTE_DTYPES)


def _gist(identity: str, tie: int, words: Mapping[Any, Any], note: tuple[Any, ...] | None) -> str:
    said = {str(name): value for name, value in words.items() if value}
    if said.get("words"):
        # which words they were is no longer told, only whose doing they describe
        said["words"] = f"candidate {_SOMETHING}" if said["words"].startswith("candidate ") else _SOMETHING
    left = {"id": identity, "tie": tie, "words": said, **({"note": list(note)} if note is not None else {})}
    return json.dumps(left, ensure_ascii=False, separators=(",", ":"), default=lambda v: v.item())


def _measured(
    contacts: pd.DataFrame, part: pd.DataFrame, words: pd.DataFrame, known: list[tuple[Any, ...] | None]
) -> list[tuple[Any, ...] | None]:
    """Values of `NOTE_DTYPES` for what is or may become a thank-you; measured here where nobody did yet."""
    thanks = words["thanks_interview"] | (words["kind"] == "thank_you") | (part["kind"] == "thank_you")
    later = np.flatnonzero(thanks.to_numpy() & np.array([one is None for one in known], dtype=bool))
    if len(later):
        some = part.iloc[later]
        pair = ["candidate", "client"]
        told = {
            name: some[pair]
            .merge(_joined(contacts, pair, name), how="left", left_on=pair, right_index=True)[name]
            .fillna("")
            .to_numpy(dtype=object)
            for name in ("interviewer", "topics")
        }
        own = some["interviewer"].to_numpy(dtype=object)
        frame = pd.DataFrame(
            {
                "note": some["note"].to_numpy(dtype=object),
                "subject": some["subject"].to_numpy(dtype=object),
                "interviewers": np.where(own == "", told["interviewer"], own),
                "topics": told["topics"],
                "job": some["job"].to_numpy(dtype=object),
            }
        ).astype("str")
        found = measure_notes(frame).itertuples(index=False, name=None)
        for place, values in zip(later.tolist(), found, strict=True):
            known[place] = values
    return known


def _joined(contacts: pd.DataFrame, by: list[str], name: str) -> pd.Series:
    """What is said in a column of a candidate's contacts with a client, joined."""
    said = contacts.loc[contacts[name] != "", [*by, name]].drop_duplicates()
    return said.groupby(by)[name].agg(";".join)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
