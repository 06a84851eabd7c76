"""Who is who: one candidate across e-mail, phone, id and name.

Rows that share an e-mail address, phone number or id are one person. A name alone joins rows to a person
only where nothing contradicts it; two people of one name stay two. Every join by name alone is flagged.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import phonenumbers
from numpy.typing import NDArray

from analysis.segments import Ints

_IDENTIFIERS: Final = ("candidate_email", "candidate_phone", "candidate_id")


@dataclass(frozen=True, slots=True)
class People:
    """``person``: number per contact; ``table``: one row a person, in name order.

    Columns of ``table``: ``candidate_key`` (opaque), ``candidate`` (name as written most often), ``by_name``
    (joined by name alone across sources: please check), ``namesakes`` (others bear the same name).
    """

    person: Ints
    table: pd.DataFrame


def plain_name(name: str) -> str:
    """A name without case, accents, dots and order of a comma: ``"Lind, May"`` and ``"may lind"`` are equal."""
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first} {last}"
    flat = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(kept.replace(".", " ").casefold().split())


def plain_phone(phone: str) -> str:
    """A phone number as E.164 where it can be read as one (North America without a prefix), else its digits."""
    digits = "".join(c for c in phone if c.isdigit())
    if len(digits) < 7:
        return digits
    try:
        number = phonenumbers.parse(phone.lstrip("'"), "US")
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def distinct(values: pd.Series) -> tuple[Ints, list[str]]:
    """Codes and distinct values of a text column, numbered in sorted order (so row order never matters)."""
    codes, kept = pd.factorize(values, sort=True)
    return codes.astype(np.int64), [str(v) for v in kept]


def mapped(values: pd.Series, change: object) -> NDArray[np.object_]:
    """Apply ``change`` (text -> text) once per distinct value; an object array aligned with ``values``."""
    codes, kept = distinct(values)
    if not len(kept):
        return np.empty(0, dtype=object)
    assert callable(change)
    return np.array([change(v) for v in kept], dtype=object)[codes]


def link_people(contacts: pd.DataFrame) -> People:
    """Number the candidates of a contact log (columns of `analysis.log.CONTACT_DTYPES`)."""
    keys = pd.DataFrame(
        {
            "name": mapped(contacts["candidate"], plain_name),
            "candidate_email": mapped(contacts["candidate_email"], str.casefold),
            "candidate_phone": mapped(contacts["candidate_phone"], plain_phone),
            "candidate_id": contacts["candidate_id"].to_numpy(dtype=object),
        }
    )
    codes = np.stack([distinct(keys[name])[0] for name in keys], axis=1) if len(keys) else np.zeros((0, 4), np.int64)
    _, row, tuple_of = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    tuples = keys.iloc[row].reset_index(drop=True)
    tuples["file"] = contacts["file"].to_numpy(dtype=object)[row]
    label = _join_identifiers(tuples)
    label, by_name, namesakes = _join_names(tuples, label)
    person = label[tuple_of.ravel()]
    return _number(contacts, keys, person, by_name[tuple_of.ravel()], namesakes[tuple_of.ravel()])


def _join_identifiers(tuples: pd.DataFrame) -> Ints:
    label = np.arange(len(tuples), dtype=np.int64)
    groups = [
        (present, distinct(tuples[name][present])[0])
        for name in _IDENTIFIERS
        if (present := (tuples[name] != "").to_numpy()).any()
    ]
    changed = True
    while changed:
        changed = False
        for present, code in groups:
            low = np.full(code.max() + 1, len(tuples), dtype=np.int64)
            np.minimum.at(low, code, label[present])
            new = low[code]
            if (new < label[present]).any():
                changed = True
                label[present] = new
        while (label[label] < label).any():
            label = label[label]
    return label


def _join_names(tuples: pd.DataFrame, label: Ints) -> tuple[Ints, NDArray[np.bool_], NDArray[np.bool_]]:
    """Join people of one name where no identifier of a kind differs; say where that happened or could not."""
    frame = tuples.assign(label=label)
    known = (tuples[list(_IDENTIFIERS)] != "").any(axis=1).to_numpy()
    name = distinct(tuples["name"])[0]
    names = int(name.max()) + 1 if len(name) else 0
    clash = np.zeros(names, dtype=bool)
    for column in _IDENTIFIERS:
        present = frame[frame[column] != ""]
        per = present.groupby(name[present.index.to_numpy()])[column].nunique()
        labels = present.groupby(name[present.index.to_numpy()])["label"].nunique()
        clash[per.index.to_numpy()] |= ((per > 1) & (labels > 1)).to_numpy()
    several = np.zeros(names, dtype=bool)
    people = frame[known].groupby(name[known])["label"].nunique()
    several[people.index.to_numpy()] = (people > 1).to_numpy()
    blank = np.array([v == "" for v in tuples["name"]], dtype=bool)
    apart = clash[name] & several[name] | blank
    low = np.full(names, len(tuples), dtype=np.int64)
    np.minimum.at(low, name[~apart], label[~apart])
    joined = label.copy()
    joined[~apart] = low[name[~apart]]
    # a name without identifier, borne by several people, is a person of its own until somebody decides
    alone = apart & ~known & ~blank
    joined[alone] = len(tuples) + name[alone]
    by_name = ~apart & (joined != label)
    for _ in range(2):  # identifiers once more: a person may carry two spellings of a name
        low_label = np.arange(2 * len(tuples) + 1, dtype=np.int64)
        np.minimum.at(low_label, label, joined)
        joined = np.where(known, np.minimum(joined, low_label[label]), joined)
    return joined, by_name, clash[name] & several[name]


def _number(
    contacts: pd.DataFrame,
    keys: pd.DataFrame,
    person: Ints,
    by_name: NDArray[np.bool_],
    namesakes: NDArray[np.bool_],
) -> People:
    code, _ = pd.factorize(person)
    frame = keys.assign(
        person=code, written=contacts["candidate"].to_numpy(dtype=object), by_name=by_name, namesakes=namesakes
    )
    written = frame.groupby(["person", "written"]).size().reset_index(name="n")
    written["blank"] = written["written"] == ""
    written = written.sort_values(["person", "blank", "n", "written"], ascending=[True, True, False, True])
    table = written.drop_duplicates("person").set_index("person")[["written"]]
    for column in ("candidate_email", "candidate_id", "candidate_phone", "name"):
        table[column] = frame[frame[column] != ""].groupby("person")[column].min()
    identity = table["name"].fillna("").astype(str)
    for column in ("candidate_phone", "candidate_id", "candidate_email"):
        identity = table[column].where(table[column].notna(), identity)
    table["identity"] = identity
    table[["by_name", "namesakes"]] = frame.groupby("person")[["by_name", "namesakes"]].any()
    shown = table["written"].where(table["written"] != "", table["identity"])
    table["candidate"] = shown
    order = table.assign(sort=mapped(table["candidate"], plain_name)).sort_values(["sort", "identity"])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order.index.to_numpy()] = np.arange(len(order))
    out = pd.DataFrame(
        {
            "candidate_key": opaque(order["identity"]),
            "candidate": order["candidate"].to_numpy(dtype=object),
            "by_name": order["by_name"].to_numpy(dtype=bool),
            "namesakes": order["namesakes"].to_numpy(dtype=bool),
        }
    )
    return People(rank[code] if len(code) else code.astype(np.int64), out)


def opaque(values: pd.Series) -> list[str]:
    """Stable keys that show nothing of the values: 16 hex digits of a hash."""
    hashed = pd.util.hash_array(values.to_numpy(dtype=object), categorize=False)
    return [f"{value:016x}" for value in hashed.tolist()]
