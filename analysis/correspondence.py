"""Who is who in a mailbox: which side writes, which candidate it is about, and which messages are no contact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.identifiers import plain_name
from analysis.known import Known, domain_of, home_of, is_private
from analysis.people_text import first_last_name, people_of
from analysis.problems import problem

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_MASS: Final = 5
"""More candidates than this in one message make it a mailing, not a contact."""
_PARTS: Final = (
    "from_name", "from_email", "to_name", "to_email", "cc_name", "cc_email", "folder", "machine", "list_id",
    "invitation",
)  # fmt: skip
_FILLED: Final = (
    "candidate", "candidate_email", "client", "interviewer", "interviewer_email", "recruiter", "sender", "receiver",
    "kind",
)  # fmt: skip
_WORDS: Final = re.compile(r"[^\W_]+")

Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one message says about who it is between; ``why`` it is no contact, ``""`` where it may be one.

    ``unnamed``: it is between agency and client, so a candidate may be named in its text. ``guessed``: the address
    that is taken as the candidate's though nothing but its domain says so. ``others``: further candidates it went to.
    """

    cells: tuple[str, ...] = ("",) * len(_FILLED)
    why: str = ""
    unnamed: bool = False
    guessed: str = ""
    others: int = 0


def mailbox(sheet: Sheet) -> None:
    """The two sides of each message, by what is known of their addresses.

    Known are the agency's own (named by a person, the domain that invites in calendars, else whose mailbox it is),
    candidates and people at clients from other files. Of the rest a private address is taken for a candidate's and a
    company's for a client's, and that is asked about.
    """
    written = pd.DataFrame({name: sheet.get(name) for name in _PARTS})
    codes = written.groupby(list(_PARTS), sort=False).ngroup().to_numpy()
    each = written.drop_duplicates()
    names = _names([people_of(*cells) for part in ("from", "to", "cc") for cells in _pairs(each, part)])
    messages = [_Message({str(k): str(v) for k, v in row.items()}, names) for row in each.to_dict("records")]
    home, sure = _home(sheet, messages)
    known = replace(sheet.known, agency=sheet.known.agency | ({home} if home else set()))
    told = [message.told(known) for message in messages]
    rows = [told[code] for code in codes]
    unnamed = [n for n, row in enumerate(rows) if row.unnamed and not sheet.aside[n]]
    named = _named_in_text(sheet, unnamed, known)
    for n, name in enumerate(_FILLED):
        sheet.fill(name, pd.Series([row.cells[n] for row in rows], dtype="str"))
    for n, candidate in named.items():
        sheet.cells["candidate"].iat[n] = candidate
    for n, row in enumerate(rows):
        why = row.why or ("a message in which no candidate is known" if row.unnamed and n not in named else "")
        if why and not sheet.aside[n]:
            sheet.aside[n] = why
    chats = sheet.get("folder") == "chat"
    sheet.fill("channel", pd.Series(["social" if chat else "email" for chat in chats], dtype="str"))
    _ask(sheet, [row for n, row in enumerate(rows) if not sheet.aside[n]], home, sure)


class _Message:
    """The people of one message."""

    def __init__(self, row: dict[str, str], names: Mapping[str, str]) -> None:
        self.row = row
        self.sender = next(iter(_people(row, "from", names)), ("", ""))
        self.to, self.copies = _people(row, "to", names), _people(row, "cc", names)
        self.receivers = [p for p in dict.fromkeys([*self.to, *self.copies]) if p != self.sender]
        self.everyone = [self.sender, *self.receivers]

    def told(self, known: Known) -> _Told:
        """Who it is between, given who is known."""
        row = self.row
        if row["folder"] == "spam":
            return _Told(why="a message that the mailbox took for spam")
        if not any(self.everyone[0]) and not self.receivers:
            return _Told(why="a message that names neither sender nor receiver")
        ranks = {person: _rank(person, known) for person in self.everyone}
        agency = [p for p in self.everyone if ranks[p] == "agency"]
        own_list = bool(row["list_id"]) and any(own in row["list_id"].lower() for own in known.agency)
        automatic = row["machine"] and not (row["machine"] == "list" and own_list)
        candidates = [p for p in self.everyone if ranks[p] == "candidate"]
        guessed = ""
        if not candidates and not automatic:
            candidates = [p for p in self.everyone if ranks[p] == "private"]
            guessed = candidates[0][1] if candidates else ""
        clients = [p for p in self.everyone if p not in candidates and ranks[p] in ("client", "company")]
        recruiter = _shown(agency[0]) if agency else ""
        if automatic:
            return self._automatic(candidates, clients, recruiter, known)
        if len(candidates) > _MASS:
            return _Told(why="a message to many candidates at once")
        kind = "logistics" if row["invitation"] else ""
        if not candidates:
            if not clients and len(agency) == len([p for p in self.everyone if any(p)]):
                return _Told(why="a message between the agency's own people", unnamed=False)
            if not agency or not clients:
                return _Told(why="a message in which no candidate is known")
            side, towards = ("agency", "client") if self.sender in agency else ("client", "agency")
            cells = self._cells(("", ""), clients, recruiter, side, towards, kind, known)
            return _Told(cells, unnamed=True)
        candidate = self.sender if self.sender in candidates else candidates[0]
        if self.sender == candidate:
            towards = "client" if clients else "agency" if agency else ""
            side = "candidate"
        else:
            side = ranks[self.sender] if ranks[self.sender] in ("agency", "client") else "client" if clients else ""
            towards = "candidate"
        cells = self._cells(candidate, clients, recruiter, side, towards, kind, known)
        if self.sender != candidate and self.sender in candidates:
            return _Told(why="a message between two candidates")
        return _Told(cells, guessed="" if clients else guessed, others=len(candidates) - 1)

    def _automatic(self, candidates: list[Person], clients: list[Person], recruiter: str, known: Known) -> _Told:
        """A machine's or a list's message: beside a candidate it is kept, since it may say who is away."""
        kind = self.row["machine"]
        if not candidates:
            return _Told(why="list mail" if kind == "list" else "a message sent by a machine")
        towards = "" if self.sender == candidates[0] else "candidate"
        return _Told(self._cells(candidates[0], clients, recruiter, "system", towards, "", known))

    def _cells(
        self, candidate: Person, clients: list[Person], recruiter: str, side: str, towards: str, kind: str, known: Known
    ) -> tuple[str, ...]:
        name = known.candidates.get(candidate[1], "") or known.names.get(plain_name(candidate[0]), "") or candidate[0]
        companies = {known.client_of(address) for _, address in clients} - {""}
        return (
            name or candidate[1],
            candidate[1],
            next(iter(companies)) if len(companies) == 1 else "",
            ";".join(p[0] for p in clients).strip(";"),
            ";".join(p[1] for p in clients).strip(";"),
            recruiter,
            side,
            towards,
            kind,
        )


def _pairs(messages: pd.DataFrame, part: str) -> set[tuple[str, str]]:
    return set(zip(messages[f"{part}_name"], messages[f"{part}_email"], strict=True))


def _names(people: Iterable[list[Person]]) -> dict[str, str]:
    """Address -> the name it is written with most often."""
    seen: dict[str, Counter[str]] = {}
    for group in people:
        for name, address in group:
            if name and address:
                seen.setdefault(address, Counter())[first_last_name(name)] += 1
    return {address: min(names, key=lambda n: (-names[n], n)) for address, names in seen.items()}


def _people(row: dict[str, str], part: str, names: Mapping[str, str]) -> list[Person]:
    found = people_of(row[f"{part}_name"], row[f"{part}_email"])
    return [(first_last_name(name) or names.get(address, ""), address) for name, address in found]


def _shown(person: Person) -> str:
    return person[0] or person[1]


def _rank(person: Person, known: Known) -> str:
    """Agency, candidate or client where it is known; else private or company, by the domain; ``""`` without address."""
    name, address = person
    if known.is_agency(address):
        return "agency"
    if address in known.candidates:
        return "candidate"
    if address in known.clients:
        return "client"
    if plain_name(name) in known.names and (not address or is_private(address)):
        return "candidate"
    if known.at_client(address):
        return "client"
    return "" if not address else "private" if is_private(address) else "company"


def _home(sheet: Sheet, messages: list[_Message]) -> tuple[str, bool]:
    """A domain or address that is the agency's beside those known, and whether the agency is surely known.

    Sure is what a person or a calendar said, and the owner of a mailbox at a company.
    """
    if sheet.known.agency:
        return "", True
    owners = [a for a in sheet.get("owner_email").unique() if a]
    own = home_of(sheet.get("owner_email"))
    if own and not sheet.known.at_client(f"x@{own}"):
        return own, True
    if len(sheet.known.inviting) == 1:
        return next(iter(sheet.known.inviting)), True
    strangers = [a for a in owners if a not in sheet.known.candidates]
    if owners and not strangers:
        # a candidate's own mailbox
        return "", True
    return _copied(messages, sheet.known), False


def _copied(messages: Iterable[_Message], known: Known) -> str:
    """The company that stands in most messages, of several the one that got most copies; never a known client."""
    inside: Counter[str] = Counter()
    copied: Counter[str] = Counter()
    for message in messages:
        here = {_company(a, known) for _, a in message.everyone} - {""}
        inside.update(here)
        copied.update({_company(a, known) for _, a in message.copies} - {""})
    if not inside:
        return ""
    most = max(inside.values())
    tied = sorted(d for d, n in inside.items() if n == most)
    best = max(tied, key=lambda d: copied[d])
    return best if len(tied) == 1 or [copied[d] for d in tied].count(copied[best]) == 1 else ""


def _company(address: str, known: Known) -> str:
    return "" if is_private(address) or known.at_client(address) else domain_of(address)


def _named_in_text(sheet: Sheet, rows: list[int], known: Known) -> dict[int, str]:
    """Row -> the one known candidate whose full name stands in its subject or text."""
    found: dict[int, str] = {}
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for plain, name in known.names.items():
        parts = tuple(_WORDS.findall(plain))
        if len(parts) > 1:
            by_first.setdefault(parts[0], []).append((parts, name))
    subjects, notes = sheet.get("subject"), sheet.get("note")
    for n in rows if by_first else ():
        words = _WORDS.findall(plain_name(f"{subjects.iat[n]} . {notes.iat[n]}".replace(",", " ")))
        here = {
            name
            for at, word in enumerate(words)
            for wanted, name in by_first.get(word, ())
            if tuple(words[at : at + len(wanted)]) == wanted
        }
        if len(here) == 1:
            found[n] = here.pop()
    return found


def _ask(sheet: Sheet, rows: list[_Told], home: str, sure: bool) -> None:
    """Ask which addresses are the agency's, and whether private addresses are candidates', where that is open."""
    if not sure and rows:
        shown = f"“{home}” is taken as the agency's" if home else "who writes for the agency is left open"
        sheet.problems.append(problem("whose_side", sheet.name, shown=shown))
    guessed = sorted({row.guessed for row in rows if row.guessed})
    if guessed and (sure or len(guessed) > 1):
        shown = ", ".join(guessed[:3]) + (" …" if len(guessed) > 3 else "")
        sheet.problems.append(problem("taken_for_candidates", sheet.name, count=len(guessed), shown=shown))
    several = sum(row.others > 0 for row in rows)
    if several:
        sheet.problems.append(problem("several_candidates", sheet.name, count=several))
