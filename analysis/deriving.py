"""Contacts of their own from what notes tell of: "Ana says she emailed Dana Tuesday night" is Ana's e-mail of Tuesday.

Each derived contact points to the file and line of the note it was told in and says when that was (``told_at``). The
rows of a file stay as they were, but a note that tells of the candidate's contact is not that contact a second time.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bodies import is_answer, new_text
from analysis.doers import Told
from analysis.log import CONTACT_DTYPES
from analysis.mentions import as_written
from analysis.past_days import EVENING, PastDay, moment_of
from analysis.phrases import readable
from analysis.problems import Problem, problem
from analysis.reported import told_in
from analysis.told_words import Who, book, plain_note
from analysis.wording import read_words

_OWN_KINDS: Final = ("interview", "thank_you", "follow_up", "reply", "courtesy")
"""Kinds of rows that are the contact themselves, or whose time is not that of typing."""
_OFF: Final = ("planned", "cancelled", "draft", "failed", "no_show")
_DAYS: Final = re.compile(
    r"\b(?:(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|wednes|satur)(?:day)?|yest|y'?day|ystrdy|yesterday"
    r"|to(?:day|night)|this (?:morning|afternoon|evening|am|pm)|last|ago|week ?end|weeks?|other day|since|evening|day"
    r"|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|a while|recently|\d{1,2}(?:st|nd|rd|th))|\d[/-]\d"
    r"|(?:january|february|march|april|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_SURE_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A contact told of with its local moment and precision; ``at`` None where a person must say it."""

    told: Told
    at: datetime | None
    precision: str

    @property
    def certain(self) -> bool:
        """Whether it is plain who did it to whom."""
        return self.told.open != "who" and self.told.sure >= _SURE_ENOUGH


def derive(contacts: pd.DataFrame, zones: Mapping[str, str], zone: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The contact log with the contacts that its notes tell of behind its rows, and what to ask about.

    ``contacts``: columns `analysis.log.CONTACT_DTYPES`. ``zones``: file -> zone in which days are meant where the row
    names no client's zone, else ``zone``.
    """
    rows = np.flatnonzero(_may_tell(contacts))
    if not len(rows):
        return contacts, []
    some = contacts.iloc[rows].reset_index(drop=True)
    around = _people(contacts, some)
    made: list[dict[str, object]] = []
    problems: list[Problem] = []
    tells: list[int] = []
    for number, row in enumerate(some.to_dict("records")):
        where = str(row["client_zone"]) or zones.get(str(row["file"]), zone)
        who = _who(row, around)
        local = pd.Timestamp(row["at"]).tz_convert(where).tz_localize(None)
        for each in placed(text_of(str(row["subject"]), str(row["note"])), who, local, row["precision"] == "day"):
            if not each.certain:
                problems.append(_asked("told_unclear", row, each.told))
            elif each.at is None:
                problems.append(_asked("told_without_day", row, each.told))
            else:
                made += _rows_of(row, each.told, each.at, each.precision, where, who)
                if each.told.sender == "candidate":
                    tells.append(int(rows[number]))
    if not made:
        return contacts, _once(problems)
    told = pd.DataFrame({name: _column(made, name, dtype) for name, dtype in CONTACT_DTYPES.items()})
    told["kind"] = _purposes(told)
    whole = pd.concat([contacts, told], ignore_index=True)
    marks = whole["tells"].to_numpy().copy()
    marks[tells] = True
    return whole.assign(tells=marks), _once(problems)


def _column(made: list[dict[str, object]], name: str, dtype: str) -> pd.Series:
    values = pd.Series([row[name] for row in made], dtype="object")
    made_of = pd.to_datetime(values, utc=True) if dtype.endswith("UTC]") else values
    return made_of.astype(dtype)  # type: ignore[call-overload, no-any-return]


@lru_cache(maxsize=20_000)
def _read(text: str, who: Who) -> tuple[Told, ...]:
    return tuple(told_in(text, who))


def placed(text: str, who: Who, typed: datetime, day_only: bool) -> list[Placed]:
    """The contacts that a note typed at a local moment tells of, each with its moment as far as it is known."""
    found: list[Placed] = []
    before: datetime | None = None
    for told in _read(text, who):
        when = _moment(told.day, typed, day_only, before)
        before = when[0] if when else before
        found.append(Placed(told, *(when or (None, ""))))
    return found


def _moment(
    day: PastDay | None, typed: datetime, day_only: bool, before: datetime | None
) -> tuple[datetime, str] | None:
    if day is None:
        return None
    if day.shape != "same":
        return moment_of(day, typed, day_only)
    if before is None:
        return None
    evening = "evening" if day.evening else "day"
    return before.replace(hour=EVENING.hour if day.evening else 12, minute=0), evening


def text_of(subject: str, note: str) -> str:
    """What a row says in subject and note: without the subject of an answer and without quoted messages."""
    heading = "" if is_answer(subject) else readable(subject).strip()
    body = new_text(note).strip()
    return f"{heading}. {body}" if heading and body else heading or body


def _may_tell(contacts: pd.DataFrame) -> NDArray[np.bool_]:
    """Rows of staff whose text can tell of somebody's contact: a cheap look at the distinct texts."""
    sender, receiver = contacts["sender"].to_numpy(dtype=object), contacts["receiver"].to_numpy(dtype=object)
    themselves = ((sender == "candidate") & (receiver != "agency")) | ((sender == "client") & (receiver != "agency"))
    fit = np.asarray(~themselves & (sender != "system"), dtype=bool)
    fit &= ~contacts["kind"].isin(_OWN_KINDS).to_numpy() & ~contacts["state"].isin(_OFF).to_numpy()
    fit &= contacts["told_at"].isna().to_numpy()
    index = np.flatnonzero(fit)
    deed, dated = np.zeros(len(index), dtype=bool), np.zeros(len(index), dtype=bool)
    for name in ("subject", "note"):
        codes, distinct = pd.factorize(contacts[name].to_numpy(dtype=object)[index])
        deed |= np.array([book().hint.search(text) is not None for text in distinct], dtype=bool)[codes]
        dated |= np.array([_DAYS.search(text) is not None for text in distinct], dtype=bool)[codes]
    fit[index] = deed & dated
    return fit


_MANY: Final = 40
"""People of a client beyond which only those whom the candidate met are looked for in a note."""

Row = Mapping[Hashable, Any]
Around = Mapping[tuple[str, str], tuple[tuple[str, str], ...]]


def _people(contacts: pd.DataFrame, some: pd.DataFrame) -> Around:
    """The employer's people, name and address, by candidate and client of the rows that may tell of them."""
    wanted = some[["candidate", "client"]].drop_duplicates()
    near = contacts["candidate"].isin(wanted["candidate"]) | contacts["client"].isin(wanted["client"])
    columns = ["candidate", "client", "interviewer", "interviewer_email"]
    named = contacts.loc[near & (contacts["interviewer"] != ""), columns].drop_duplicates()
    of_candidate: dict[str, list[tuple[str, str, str]]] = {}
    of_client: dict[str, dict[str, str]] = {}
    for candidate, client, names, emails in named.itertuples(index=False):
        for name, email in _pairs(names, emails):
            of_candidate.setdefault(candidate, []).append((client, name, email))
            known = of_client.setdefault(client, {})
            known[name] = known.get(name, "") or email
    found: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for candidate, client in wanted.itertuples(index=False):
        pairs = dict(of_client.get(client, {})) if client else {}
        if len(pairs) > _MANY:
            pairs = {}
        for there, name, email in of_candidate.get(candidate, ()):
            if not client or there in ("", client):
                pairs[name] = pairs.get(name, "") or email
        found[candidate, client] = tuple(pairs.items())
    return found


def _pairs(names: str, emails: str) -> list[tuple[str, str]]:
    """Names with their addresses, matched by position."""
    addresses = [e.strip() for e in emails.split(";")]
    each = [n.strip() for n in names.split(";")]
    return [(name, addresses[n] if n < len(addresses) else "") for n, name in enumerate(each) if name]


def _who(row: Row, around: Around) -> Who:
    names = tuple(name for name, _ in around[str(row["candidate"]), str(row["client"])])
    recruiters = (str(row["recruiter"]),) if row["recruiter"] else ()
    said = (str(row["candidate"]), names, str(row["client"]), recruiters, str(row["sender"]), str(row["receiver"]))
    return Who(*said, people=around[str(row["candidate"]), str(row["client"])])


def _rows_of(row: Row, told: Told, local: datetime, precision: str, zone: str, who: Who) -> list[dict[str, object]]:
    """The rows of one contact told of: as many as it says there were on that day."""
    at = pd.Timestamp(local).tz_localize(zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")
    name, email = _named(told, row, who)
    words = _as_typed(text_of(str(row["subject"]), str(row["note"])), told.words)
    same = {
        "ended_at": pd.NaT, "logged_at": pd.NaT, "at": at, "precision": precision, "time_is": "contact",
        "sender": told.sender, "receiver": told.receiver, "channel": told.channel, "kind": "", "state": "happened",
        "decision_on": "", "decision_asked": "", "decision_day": pd.NaT, "decision_vague": False, "topics": "",
        "subject": "", "message_id": "", "interviewer": name, "interviewer_email": email, "interviewer_phone": "",
        "told_at": row["at"], "told_sure": told.sure, "tells": False,
    }  # fmt: skip
    several = [f"{words} ({n + 1} of {told.times})" for n in range(told.times)] if told.times > 1 else [words]
    return [{**{str(name): value for name, value in row.items()}, **same, "note": note} for note in several]


_PIECES: Final = re.compile(r"(?<=[.!?;])\s+|\n+|:\s+|\s+-{1,3}\s+|\s+[\u2013\u2014]\s+")


def _as_typed(text: str, words: str) -> str:
    """The sentence of a note that holds plain words, as it was typed."""
    for piece in _PIECES.split(text):
        if piece and words in " ".join(plain_note(piece).split()):
            return piece.strip()
    return as_written(words)


def _named(told: Told, row: Row, who: Who) -> tuple[str, str]:
    """The employer's person, with the address where it is known."""
    if told.to_all and not told.person:
        return str(row["interviewer"]), str(row["interviewer_email"])
    if not told.person:
        return "", ""
    fit = [(n, e) for n, e in who.people if told.person in n.lower().replace("'", "").split()]
    if len(fit) == 1:
        return fit[0]
    return (told.person.capitalize(), "") if not fit else ("", "")


def _purposes(told: pd.DataFrame) -> pd.Series:
    """What the candidate's contacts were for: by the wording of the log's texts, else by the words of a telling."""
    found = read_words(told["subject"], told["note"])
    kinds = []
    for sender, channel, note, kind, sure in zip(
        told["sender"], told["channel"], told["note"], found["kind"], found["sure"], strict=True
    ):
        kinds.append(purpose(sender, channel, note, kind if sure >= _SURE_ENOUGH else ""))
    return pd.Series(kinds, dtype="str")


def purpose(sender: str, channel: str, words: str, kind: str) -> str:
    """The kind of a contact told of, ``""`` where its words do not say. ``kind``: as the wording reads them.

    A call whose purpose is not said is a follow-up, as one without a note is.
    """
    if sender != "candidate":
        return ""
    if kind in ("thank_you", "follow_up", "courtesy", "logistics", "withdrawn"):
        return kind
    text = f" {words.lower()} "
    for name, said in book().purposes:
        if any(f" {word} " in text for word in said):
            return name
    return "follow_up" if channel in ("call", "voicemail") else ""


def _asked(code: str, row: Row, told: Told) -> Problem:
    return problem(
        code,
        str(row["file"]),
        int(str(row["line"])),
        column="note",
        value=_as_typed(text_of(str(row["subject"]), str(row["note"])), told.words),
    )


def _once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
