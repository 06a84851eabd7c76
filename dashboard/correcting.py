"""Corrections between page and workspace: what each hangs on, how one is kept, how one is taken back. No screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from analysis.corrections import Correction
from analysis.identity import identities
from dashboard.store import remarks

Act = Callable[[Connection, str, datetime], object]


def identity_of(contacts: pd.DataFrame, said: Mapping[str, Correction]) -> pd.Series:
    """Identity of each contact as it was read, by contact number; ``contacts`` as in `analysis.results.Scores`.

    A contact that was corrected is known by what its correction hangs on, because its cells may have changed.
    """
    own = pd.Series(identities(contacts), index=contacts.index, dtype=object)
    keys = contacts["correction"]
    for number in contacts.index[(keys != "").to_numpy(dtype=bool)]:
        known = [said[key].about for key in keys.loc[number].split() if key in said]
        if known:
            own.loc[number] = known[0]
    return own


def with_copies(contacts: pd.DataFrame, identity: pd.Series, number: int) -> tuple[str, ...]:
    """Identities of a contact and of its copies in other files, so that what is said holds for all of them."""
    lead = int(contacts["duplicate_of"].loc[number])
    lead = number if lead < 0 else lead
    same = contacts.index[np.asarray((contacts["duplicate_of"] == lead) | (contacts.index == lead))]
    return tuple(dict.fromkeys([str(identity.loc[number]), *(str(identity.loc[n]) for n in same)]))


def corrects(what: str, about: Sequence[str], value: Mapping[str, str], reason: str) -> Act:
    """Keep one correction of a contact and its copies."""

    def act(connection: Connection, author: str, now: datetime) -> None:
        for each in dict.fromkeys(about):
            remarks.correct(connection, what, each, value, author, now, reason)

    return act


def takes_back(keys: Sequence[str]) -> Act:
    """Undo corrections by their keys."""

    def act(connection: Connection, author: str, now: datetime) -> None:
        for key in keys:
            remarks.take_back_correction(connection, int(key), author, now)

    return act


def together(corrections: Sequence[Correction], about: frozenset[str]) -> list[tuple[Correction, ...]]:
    """The corrections of these contacts or candidates, latest first; those said in one go stand together."""
    groups: dict[tuple[str, str, str], list[Correction]] = {}
    for one in corrections:
        if one.about in about:
            groups.setdefault((one.at, one.what, repr(sorted(one.value.items()))), []).append(one)
    return [tuple(group) for group in reversed(groups.values())]


def takes_back_typed(numbers: Sequence[int]) -> Act:
    """Undo contacts typed by hand, by their numbers."""

    def act(connection: Connection, author: str, now: datetime) -> None:
        for number in numbers:
            remarks.take_back_typed(connection, number, author, now)

    return act


def typed_about(typed: Sequence[remarks.Typed], person: Mapping[str, str]) -> list[tuple[remarks.Typed, ...]]:
    """What was typed of one person (``person`` as `known_as` gives it), latest first; a debrief's lines together."""
    groups: dict[str, list[remarks.Typed]] = {}
    for one in typed:
        same = [name for name in ("candidate_email", "candidate_id", "candidate") if one.fields.get(name)]
        if same and one.fields[same[0]].casefold() == person.get(same[0], "").casefold():
            groups.setdefault(one.at, []).append(one)
    return [tuple(group) for group in reversed(groups.values())]


def types_in(rows: Sequence[Mapping[str, str]], source: str) -> Act:
    """Keep contacts typed by hand; ``source``: ``typed`` or ``debrief``."""

    def act(connection: Connection, author: str, now: datetime) -> None:
        for fields in rows:
            remarks.type_in(connection, {k: v for k, v in fields.items() if v}, source, author, now)

    return act
