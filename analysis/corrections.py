"""Corrections: what a person said about a contact, a finding or a candidate, laid over the checked log.

A correction never changes what was read. It hangs on the contact's identity (`analysis.identity`), so that it
holds for the same contact in the next upload too, and it travels with the result: the receipt names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.checked import CheckedLog
from analysis.identity import identities
from analysis.log import CHANNELS, KINDS, LEFT_OUT, PARTIES, PRECISIONS, STATES
from analysis.results import FAMILIES

What = Literal["kind", "parties", "state", "left_out", "asked_for", "moment", "application", "candidate", "finding"]
WHATS: Final[tuple[str, ...]] = (
    "kind",
    "parties",
    "state",
    "left_out",
    "asked_for",
    "moment",
    "application",
    "candidate",
    "finding",
    "accommodation",
)
_CANDIDATE: Final = ("candidate", "candidate_id", "candidate_email", "candidate_phone")
_NO_VALUE: Final[Mapping[str, str]] = MappingProxyType({})


class CorrectionError(ValueError):
    """A correction that cannot be meant; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. ``key`` names it, ``about`` is what it hangs on, ``value`` what was said.

    ``what``, ``about`` and ``value``:

    - ``kind``: a contact; ``kind`` (of `analysis.log.KINDS`) and perhaps ``channel``.
    - ``parties``: a contact; ``sender`` and ``receiver``.
    - ``state``: a contact; ``state``, for an interview that did not take place.
    - ``left_out``: a contact that should not count.
    - ``asked_for``: a contact that the employer had asked for.
    - ``moment``: a contact; ``at`` (ISO, with an offset) and ``precision``.
    - ``application``: a contact that belongs elsewhere; ``client`` and ``job``.
    - ``candidate``: a contact of somebody else; ``candidate`` and perhaps ``candidate_email``, ``candidate_id``.
    - ``finding``: a contact; the finding ``finding`` that it caused does not stand.
    - ``accommodation``: a candidate's key; the family ``family`` is not scored. No reason is kept.
    """

    key: str
    what: str
    about: str
    value: Mapping[str, str] = field(default_factory=lambda: _NO_VALUE)
    reason: str = ""
    author: str = ""
    at: str = ""


def valid(correction: Correction) -> Correction:
    """The correction itself. Raises `CorrectionError` for one that cannot be meant."""

    def need(name: str, among: Sequence[str]) -> None:
        if correction.value.get(name, "") not in among:
            raise CorrectionError(f"{name} must be one of {', '.join(among)}, not {correction.value.get(name, '')!r}.")

    if correction.what not in WHATS:
        raise CorrectionError(f"There is no correction of {correction.what!r}; one of {', '.join(WHATS)} is.")
    if not correction.about:
        raise CorrectionError("A correction needs the contact or the candidate that it is about.")
    if correction.what == "kind":
        need("kind", KINDS)
        if "channel" in correction.value:
            need("channel", CHANNELS)
    elif correction.what == "parties":
        need("sender", PARTIES)
        need("receiver", PARTIES)
    elif correction.what == "state":
        need("state", STATES)
    elif correction.what == "moment":
        need("precision", PRECISIONS)
        _instant(correction.value.get("at", ""))
    elif (
        correction.what in ("application", "candidate")
        and not correction.value.get("client" if correction.what == "application" else "candidate", "").strip()
    ):
        raise CorrectionError("Say which client, or which candidate, the contact belongs to.")
    elif correction.what == "finding" and not correction.value.get("finding"):
        raise CorrectionError("Say which finding does not stand.")
    elif correction.what == "accommodation":
        need("family", FAMILIES)
    return correction


def _instant(text: str) -> pd.Timestamp:
    try:
        moment = pd.Timestamp(text)
    except ValueError as error:
        raise CorrectionError(f"{text!r} is no moment; write it as 2026-03-03T18:00-05:00.") from error
    if pd.isna(moment) or moment.tzinfo is None:
        raise CorrectionError(f"{text!r} has no time zone; write it as 2026-03-03T18:00-05:00.")
    return moment.tz_convert("UTC").as_unit("us")


def correct(log: CheckedLog, corrections: Sequence[Correction]) -> CheckedLog:
    """The log as corrected; the old one is untouched. Later corrections win over earlier ones on the same thing.

    Corrections of contacts that the log does not hold wait without effect. Raises `CorrectionError` for one that
    cannot be meant.
    """
    if not corrections:
        return log
    contacts = log.contacts.copy()
    rows: Mapping[str, NDArray[np.int64]] = _places(contacts)
    marks: dict[int, list[str]] = {}
    waived: list[tuple[str, str, str]] = []
    accommodations: list[tuple[str, str, str]] = []
    for correction in corrections:
        valid(correction)
        if correction.what == "accommodation":
            accommodations.append((correction.about, correction.value["family"], correction.key))
            continue
        if correction.what == "finding":
            waived.append((correction.about, correction.value["finding"], correction.key))
        here = rows.get(correction.about)
        if here is None:
            continue
        _APPLY.get(correction.what, _nothing)(contacts, here, correction.value)
        for row in here.tolist():
            marks.setdefault(row, []).append(correction.key)
    if marks:
        place = list(marks)
        contacts.loc[place, "correction"] = [" ".join(marks[row]) for row in place]
    return replace(log, contacts=contacts, waived=_waived(waived, rows), accommodations=tuple(accommodations))


def _places(contacts: pd.DataFrame) -> Mapping[str, NDArray[np.int64]]:
    """Identity -> the rows of the contacts that have it."""
    codes, distinct = pd.factorize(identities(contacts))
    order = np.argsort(codes, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(codes, minlength=len(distinct)))[:-1]) if len(distinct) else []
    return {str(name): part for name, part in zip(distinct, parts, strict=True)}


def _waived(
    said: Sequence[tuple[str, str, str]], rows: Mapping[str, NDArray[np.int64]]
) -> tuple[tuple[int, str, str], ...]:
    """Contact number, finding and correction of every deduction that does not stand."""
    return tuple(
        (int(row), finding, key) for about, finding, key in said for row in rows.get(about, np.empty(0, np.int64))
    )


Apply = Callable[[pd.DataFrame, NDArray[np.int64], Mapping[str, str]], None]


def _nothing(contacts: pd.DataFrame, here: NDArray[np.int64], value: Mapping[str, str]) -> None:
    return None


def _cells(*names: str) -> Apply:
    def write(contacts: pd.DataFrame, here: NDArray[np.int64], value: Mapping[str, str]) -> None:
        for name in names:
            if name in value:
                contacts.loc[here, name] = value[name]

    return write


def _leave_out(contacts: pd.DataFrame, here: NDArray[np.int64], value: Mapping[str, str]) -> None:
    contacts.loc[here, "state"] = LEFT_OUT


def _ask_for(contacts: pd.DataFrame, here: NDArray[np.int64], value: Mapping[str, str]) -> None:
    contacts.loc[here, "asked_for"] = True


def _move(contacts: pd.DataFrame, here: NDArray[np.int64], value: Mapping[str, str]) -> None:
    contacts.loc[here, "at"] = _instant(value["at"])
    contacts.loc[here, ["precision", "time_is"]] = [value["precision"], "contact"]


def _give(contacts: pd.DataFrame, here: NDArray[np.int64], value: Mapping[str, str]) -> None:
    """Another candidate: nothing of the former one's addresses stays."""
    for name in _CANDIDATE:
        contacts.loc[here, name] = value.get(name, "")


_APPLY: Final[Mapping[str, Apply]] = MappingProxyType(
    {
        "kind": _cells("kind", "channel"),
        "parties": _cells("sender", "receiver"),
        "state": _cells("state"),
        "left_out": _leave_out,
        "asked_for": _ask_for,
        "moment": _move,
        "application": _cells("client", "job"),
        "candidate": _give,
    }
)
