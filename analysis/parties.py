"""Who is who in a row: titles of calendar entries, lists of people, job with client, two sides of a message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.actors import actors
from analysis.calls import calls
from analysis.correspondence import mailbox
from analysis.filing import FILING, channel_of_place
from analysis.guests import coming
from analysis.known import domain_of, home_of
from analysis.people_text import address_of, first_last_name, people_of, same_person
from analysis.problems import problem
from analysis.tasks import logged_mail, subject_type

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_CANCELLED: Final = re.compile(
    r"^\s*(?:cancell?ed|abgesagt|annul[ée]e?|geannuleerd|cancelad[oa])\s*[:\-\u2013]\s*", re.IGNORECASE
)
_PREFIX: Final = re.compile(r"^\s*(?:re|fwd?|updated|tentative|accepted|invitation|confirmed)\s*:\s*", re.IGNORECASE)
_INTERVIEW: Final = r"(?:interview|vorstellungsgespräch|gespräch|entretien|entrevista|sollicitatiegesprek)"
_ROUND: Final = (
    r"(?:(?:\d(?:st|nd|rd|th)|first|second|third|final|phone|video|panel|onsite|on-site|technical|client|round|"
    r"zoom|teams|screening|\d)[\s\-]+)*"
)
_TAIL: Final = r"(?P<client>[^/|(\u2013]+?)(?:\s*(?:[/|(\u2013]|\s-\s)\s*(?P<job>[^)]+?)\)?)?"
_NAME: Final = r"(?P<candidate>[^/|@(\u2013:]+?)"
_BETWEEN: Final = r"\s*(?:[/|@\u2013,]|\s-\s|\s(?:at|with|for)\s)\s*"
_WITH: Final = r"\s*(?:at|with|@|for|mit|bei|chez|avec|con|[/|\u2013:,-])\s*"
_TITLES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\s*{_ROUND}{_INTERVIEW}(?:\s+\d|\s+round\s*\d?)?\s*[:\-\u2013|]\s*{_NAME}{_BETWEEN}{_TAIL}\s*$",
        rf"^\s*{_NAME}\s*[:\-\u2013|/,]?\s+{_ROUND}{_INTERVIEW}{_WITH}{_TAIL}\s*$",
        rf"^\s*{_ROUND}{_INTERVIEW}\s+(?:with\s+|for\s+|of\s+)?{_NAME}{_BETWEEN}{_TAIL}\s*$",
        rf"^\s*{_ROUND}{_INTERVIEW}\s*[:\-\u2013|]\s*(?P<candidate>[^/|@(]+?)\s*$",
        rf"^\s*(?P<client>[^/|:]+?)\s+{_ROUND}{_INTERVIEW}\s*[:\-\u2013|]\s*(?P<candidate>[^/|@(]+?)\s*$",
    )
)
_DIRECTORY: Final = r"(?i)/o=[^;]*"
_OWN: Final = "own.directory"
"""Stands for the address of people of the mailbox's own organisation."""
_FREE_MAIL: Final = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
    "aol.com", "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "example.com", "example.org",
}  # fmt: skip


def entry_title(title: str) -> dict[str, str] | None:
    """Candidate, client, job and state of a calendar entry's title; None where it is no interview."""
    state = "cancelled" if _CANCELLED.match(title) else ""
    rest = _CANCELLED.sub("", title)
    while _PREFIX.match(rest):
        rest = _PREFIX.sub("", rest)
    if not re.search(_INTERVIEW, rest, re.IGNORECASE):
        return None
    for pattern in _TITLES:
        found = pattern.match(rest)
        if found is not None:
            parts = {name: (value or "").strip() for name, value in found.groupdict().items()}
            return {"client": "", "job": "", **parts, "state": state}
    return {"candidate": "", "client": "", "job": "", "state": state}


def calendar(sheet: Sheet) -> None:
    """Calendar entries: an interview each; guests who are neither agency nor candidate are interviewers."""
    titles = sheet.get("title")
    codes, distinct = pd.factorize(titles)
    read = [entry_title(str(t)) for t in distinct]
    for name in ("candidate", "client", "job", "state"):
        words = pd.Series([(r or {}).get(name, "") for r in read], dtype="str").take(codes)
        sheet.fill(name, words.reset_index(drop=True))
    held = pd.Series([r is not None for r in read], dtype="bool").take(codes).reset_index(drop=True)
    sheet.no_interview = sheet.no_interview | ~held
    blank = pd.Series([""] * len(titles), dtype="str")
    for name, value in (("kind", "interview"), ("sender", "client"), ("receiver", "candidate")):
        sheet.fill(name, blank.where(~held, value))
    sheet.fill("subject", titles)
    sheet.fill("channel", sheet.get("place").map(channel_of_place).astype("str"))
    home = home_of(sheet.get("owner_email")) or _home(sheet.get("organizer_email"))
    agency = sheet.known.agency or frozenset({home} - {""})
    sheet.agency = tuple(sorted(agency))
    names, addresses = coming(sheet, held)
    guests = zip(
        sheet.get("candidate"), sheet.get("organizer"), sheet.get("organizer_email"), names, addresses, strict=True
    )
    seats = [_seats(*guest, agency) for guest in guests]
    for n, name in enumerate(("candidate_email", "interviewer", "interviewer_email", "recruiter")):
        sheet.fill(name, pd.Series([seat[n] for seat in seats], dtype="str"))


def _home(addresses: pd.Series) -> str:
    """The domain that most entries are invited from: the agency's."""
    domains = Counter(a.rpartition("@")[2].lower() for a in addresses if "@" in a)
    domains = Counter({d: n for d, n in domains.items() if d not in _FREE_MAIL})
    return min(domains, key=lambda d: (-domains[d], d)) if domains else ""


def _seats(
    candidate: str, organizer: str, organizer_email: str, names: str, addresses: str, agency: frozenset[str]
) -> tuple[str, str, str, str]:
    """Candidate's address, interviewers, their addresses, recruiter of one entry."""
    guests = people_of(names, addresses)
    mine = next((g for g in guests if candidate and same_person(candidate, *g)), None)
    organizer = first_last_name(organizer)
    host = (organizer, address_of(organizer_email))
    ours = _is_own(host[1], agency)
    others = [g for g in guests if g is not mine and not (g[0] and g[0] == host[0])]
    others = [g for g in others if not (g[1] and (g[1] == host[1] or _is_own(g[1], agency)))]
    if host[1] and agency and not ours and not same_person(candidate, *host):
        others.insert(0, host)
    named = [(first_last_name(n), a) for n, a in others if n or a]
    return (
        mine[1] if mine else "",
        ";".join(n if "@" not in n else "" for n, _ in named).strip() if any(n for n, _ in named) else "",
        ";".join(a for _, a in named) if any(a for _, a in named) else "",
        organizer if ours or not agency else "",
    )


def _is_own(address: str, agency: frozenset[str]) -> bool:
    return bool(address) and (address in agency or domain_of(address) in agency)


def people(sheet: Sheet) -> None:
    """``May Lind (may@x);Dana Osei (dana@y)``: the first is the candidate unless the address is the client's."""
    several = False
    rows = []
    for cell, client in zip(sheet.get("people"), sheet.get("client"), strict=True):
        found = people_of(cell, "")
        several |= len(found) > 1
        at = next((n for n, (_, a) in enumerate(found) if not _of_client(a, client)), 0)
        others = [p for n, p in enumerate(found) if n != at]
        mine = found[at] if found else ("", "")
        rows.append((mine[0], mine[1], ";".join(p[0] for p in others), ";".join(p[1] for p in others).strip(";")))
    for n, name in enumerate(("candidate", "candidate_email", "interviewer", "interviewer_email")):
        sheet.fill(name, pd.Series([row[n] for row in rows], dtype="str"))
    if several:
        shown = "of several people on a note the first who is not at the client is taken"
        sheet.problems.append(problem("whose_side", sheet.name, shown=shown))


def _of_client(address: str, client: str) -> bool:
    domain = re.sub(r"[^a-z0-9]", "", address.rpartition("@")[2].rpartition(".")[0].lower())
    words = [w for w in re.findall(r"[a-z0-9]+", client.lower()) if len(w) > 2]
    return bool(domain) and any(w in domain for w in words)


def regarding(sheet: Sheet) -> None:
    """``Analyst (Acme)`` to job and client; a general row has neither."""
    found = sheet.get("regarding").str.extract(r"^\s*(?P<job>.*?)\s*\((?P<client>[^()]+)\)\s*$")
    for name in ("job", "client"):
        sheet.fill(name, found[name].fillna("").astype("str"))
    shown = "candidates and client contacts share one column, and every person in it is taken as a candidate"
    sheet.problems.append(problem("whose_side", sheet.name, shown=shown))


def parties(sheet: Sheet) -> None:
    """Two sides of a message: the agency's side is the one that most messages share, the other is the candidate's.

    People with a directory name (``/O=…``) in place of an address are of the mailbox's own organisation: the agency's.
    A company to which somebody wrote from a private address is a client's; its people are never the candidate.
    """
    to = sheet.get("to_email")
    undelivered = (to.str.count(r"(?i)##[^;]*\bfail") == to.str.count("##")) & to.str.contains("##", regex=False)
    sheet.fill("state", pd.Series(np.where(undelivered, "failed", ""), dtype="str"))
    parts = ("from_name", "from_email", "to_name", "to_email", "cc_name", "cc_email", "direction")
    counted = (sheet.same_as < 0) & (sheet.aside == "") & (sheet.get("sender") != "system").to_numpy()
    written = pd.DataFrame({name: sheet.get(name) for name in parts})
    written["counts"] = counted
    # many messages are written between the same people: each way of writing is understood once
    codes = written.groupby(list(written.columns), sort=False).ngroup().to_numpy()
    times = np.bincount(codes)
    written = written.drop_duplicates(ignore_index=True)
    senders = _sides(written["from_name"], written["from_email"])
    receivers = _sides(written["to_name"], written["to_email"])
    copies = _sides(written["cc_name"], written["cc_email"])
    ways = [{"i": "in", "o": "out"}.get(d.strip().lower()[:1], "") for d in written["direction"]]
    messages = list(zip(senders, receivers, copies, ways, strict=True))
    known = _named_marks(messages)
    home, sure = _owner([(m, int(n)) for m, n, c in zip(messages, times, written["counts"], strict=True) if c], known)
    clients = _clients(messages, home)
    nothing = ("",) * 7  # a note among the messages has no sides
    rows = [
        _message(s[0] if s else ("", ""), [*r, *c], home, way, clients, known) if s or r or c or way else nothing
        for s, r, c, way in messages
    ]
    names = ("candidate", "candidate_email", "interviewer", "interviewer_email", "recruiter", "sender", "receiver")
    for n, name in enumerate(names):
        sheet.fill(name, pd.Series([row[n] for row in rows], dtype="str").take(codes).reset_index(drop=True))
    if not sure and rows:
        shown = f"“{home}” is taken as the agency's" if home else "who writes to whom is left open"
        sheet.problems.append(problem("whose_side", sheet.name, shown=shown))


_Person = tuple[str, str]
_Sent = tuple[list[_Person], list[_Person], list[_Person], str]
"""Senders, receivers, copies and way (in, out or blank) of one message."""


def _sides(names: pd.Series, addresses: pd.Series) -> list[list[_Person]]:
    # a comma after an address begins the next one
    several = addresses.str.replace(r"(@[^\s;,<>]+>?)\s*,\s*", r"\1;", regex=True)
    several = several.str.replace(_DIRECTORY, f"x@{_OWN}", regex=True)
    return [
        [(n, a.replace(f"x@{_OWN}", _OWN)) for n, a in people_of(*both)] for both in zip(names, several, strict=True)
    ]


def _mark(person: _Person, known: Mapping[str, str]) -> str:
    """What tells an agency's people: the domain of their address, else what their name has elsewhere, else the name."""
    if person[1] == _OWN:
        return _OWN
    domain = person[1].rpartition("@")[2]
    if domain and domain not in _FREE_MAIL:
        return domain
    return person[1] or known.get(person[0].lower(), person[0].lower())


def _named_marks(messages: list[_Sent]) -> dict[str, str]:
    """Name -> the mark it has wherever it stands with an address; names with several are left out."""
    found: dict[str, set[str]] = {}
    for senders, receivers, copies, _ in messages:
        for name, address in (*senders, *receivers, *copies):
            if name and address:
                found.setdefault(name.lower(), set()).add(_mark((name, address), {}))
    return {name: next(iter(marks)) for name, marks in found.items() if len(marks) == 1}


def _owner(messages: list[tuple[_Sent, int]], known: Mapping[str, str]) -> tuple[str, bool]:
    """The mark that most messages share on the agency's side, and whether no other has as many.

    ``messages``: each with how often it stands in the file.
    """
    counts: Counter[str] = Counter()
    own = 0
    for (s, r, c, way), often in messages:
        side = [*r, *c] if way == "in" else s if way == "out" else [*s, *r, *c]
        marks = {_mark(p, known) for p in side} - {""}
        own += _OWN in marks
        if _OWN not in marks:
            counts.update(dict.fromkeys(marks, often))
    if not counts:
        return (_OWN, True) if own else ("", False)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    sure = len(ranked) == 1 or ranked[0][1] > ranked[1][1]
    firms = [mark for mark, n in ranked if n == ranked[0][1] and "@" not in mark]
    if not sure and len(firms) == 1 and ranked[0][1] > 1:
        # a private address is in every message of its owner's, and is no agency's
        return firms[0], True
    if ranked[0][1] == 1 and not own and not ("." in ranked[0][0] and any(m[3] for m, _ in messages)):
        # one message between people of whom only names are known says nothing
        sure = False
    if not sure:
        copied: Counter[str] = Counter()
        for (_, _, c, _), often in messages:
            copied.update({_mark(p, known): often for p in c})
        tied = [mark for mark, n in ranked if n == ranked[0][1]]
        best = max(tied, key=lambda m: (copied[m], m))
        return (best, False) if copied[best] else ("", False)
    return ranked[0][0], True


def _clients(messages: list[_Sent], home: str) -> frozenset[str]:
    """Domains of companies to which somebody wrote from a private address."""
    found: set[str] = set()
    for senders, receivers, copies, _ in messages:
        if senders and senders[0][1].rpartition("@")[2] in _FREE_MAIL:
            found |= {a.rpartition("@")[2] for _, a in (*receivers, *copies) if "@" in a}
    return frozenset(found - _FREE_MAIL - {home, _OWN})


def _message(
    sender: _Person, receivers: list[_Person], home: str, way: str, clients: frozenset[str], known: Mapping[str, str]
) -> tuple[str, ...]:
    """Candidate and address, interviewers and addresses, recruiter, sender and receiver of one message."""
    ours = bool(home) and _mark(sender, known) in (home, _OWN)
    agency = [p for p in receivers if home and _mark(p, known) in (home, _OWN)]
    others = [(n, "" if a == _OWN else a) for n, a in receivers if (n, a) not in agency]
    sender = (sender[0], "" if sender[1] == _OWN else sender[1])
    theirs = [p for p in others if p[1].rpartition("@")[2] in clients]
    private = [p for p in others if p not in theirs]
    outward = ours or (way == "out" and not home)
    from_client = not outward and sender[1].rpartition("@")[2] in clients
    if outward or from_client:
        mine = private[:1] or [("", "")]
        seen = [sender, *theirs] if from_client else theirs
        towards = "candidate" if private else ("agency" if from_client else "client" if theirs else "")
        recruiter = sender[0] if outward else (agency[0][0] if agency else "")
        return (*mine[0], *_together(seen), recruiter, "client" if from_client else "agency", towards)
    known_side = bool(home) or way == "in"
    towards = "client" if others and known_side else ("agency" if agency or way == "in" else "")
    return (*sender, *_together(others), agency[0][0] if agency else "", "candidate" if known_side else "", towards)


def _together(people: list[_Person]) -> tuple[str, str]:
    """Names and addresses of several people, joined by semicolons, blank where there are none."""
    return ";".join(p[0] for p in people).strip(";"), ";".join(p[1] for p in people).strip(";")


STEPS: Final[dict[str, Callable[[Sheet], None]]] = {
    "calendar": calendar,
    "people": people,
    "regarding": regarding,
    "parties": parties,
    "actors": actors,
    "mailbox": mailbox,
    **FILING,
}
"""Steps that a profile can name, by name; they run after words have been understood."""

EARLY_STEPS: Final[dict[str, Callable[[Sheet], None]]] = {
    "subject_type": subject_type,
    "calls": calls,
    "logged_mail": logged_mail,
}
"""Steps that run before."""
