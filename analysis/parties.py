"""Who is who in a row: titles of calendar entries, lists of people, job with client, two sides of a message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.people_text import address_of, first_last_name, people_of, same_person
from analysis.problems import problem
from analysis.vocabulary import fold, word_of

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
    sheet.fill("channel", sheet.get("place").map(_channel_of_place).astype("str"))
    agency = _home(sheet.get("organizer_email"))
    guests = zip(
        sheet.get("candidate"), sheet.get("organizer"), sheet.get("organizer_email"),
        sheet.get("attendees"), sheet.get("attendee_emails"), strict=True,
    )  # fmt: skip
    seats = [_seats(*guest, agency) for guest in guests]
    for n, name in enumerate(("candidate_email", "interviewer", "interviewer_email", "recruiter")):
        sheet.fill(name, pd.Series([seat[n] for seat in seats], dtype="str"))


def _channel_of_place(place: str) -> str:
    text = place.lower()
    if re.search(r"https?://|zoom|teams|meet\b|webex|skype|video", text):
        return "video"
    if re.search(r"phone|\bcall\b|^\+?[\d\s().\-]{7,}$", text):
        return "call"
    return "in_person" if text.strip() else ""


def _home(addresses: pd.Series) -> str:
    """The domain that most entries are invited from: the agency's."""
    domains = Counter(a.rpartition("@")[2].lower() for a in addresses if "@" in a)
    domains = Counter({d: n for d, n in domains.items() if d not in _FREE_MAIL})
    return min(domains, key=lambda d: (-domains[d], d)) if domains else ""


def _seats(
    candidate: str, organizer: str, organizer_email: str, names: str, addresses: str, agency: str
) -> tuple[str, str, str, str]:
    """Candidate's address, interviewers, their addresses, recruiter of one entry."""
    guests = people_of(names, addresses)
    mine = next((g for g in guests if candidate and same_person(candidate, *g)), None)
    host = (organizer, address_of(organizer_email))
    ours = bool(agency) and host[1].endswith("@" + agency)
    others = [g for g in guests if g is not mine and not (g[0] and g[0] == host[0])]
    others = [g for g in others if not (g[1] and (g[1] == host[1] or (agency and g[1].endswith("@" + agency))))]
    if host[1] and agency and not ours and not same_person(candidate, *host):
        others.insert(0, host)
    named = [(first_last_name(n), a) for n, a in others if n or a]
    return (
        mine[1] if mine else "",
        ";".join(n if "@" not in n else "" for n, _ in named).strip() if any(n for n, _ in named) else "",
        ";".join(a for _, a in named) if any(a for _, a in named) else "",
        organizer if ours or not agency else "",
    )


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


def subject_type(sheet: Sheet) -> None:
    """The activity from the first words of the subject (``Email: …``, ``Call``), where they are known."""
    heads = sheet.get("subject").str.extract(r"^\s*([^:\d]{2,30}?)\s*(?::|$)")[0].fillna("")
    codes, distinct = pd.factorize(heads)
    own = sheet.profile.words.get("type", {})
    known = [str(h) if fold(str(h)) in own or word_of("channel", str(h)) else "" for h in distinct]
    sheet.fill("type", pd.Series(known, dtype="str").take(codes).reset_index(drop=True))


def calls(sheet: Sheet) -> None:
    """The other party's number, from the direction; ``101 - Ines Rivera`` to the name."""
    inward = sheet.get("direction").str.lower().str.startswith("in")
    sheet.fill("candidate_phone", sheet.get("call_from").where(inward, sheet.get("call_to")))
    sheet.cells["recruiter"] = sheet.get("recruiter").str.replace(r"^\s*\d+\s*-\s*", "", regex=True).astype("str")


def parties(sheet: Sheet) -> None:
    """Two sides of a message: the agency's side is the one that most messages share, the other is the candidate's."""
    senders = _sides(sheet.get("from_name"), sheet.get("from_email"))
    receivers = _sides(sheet.get("to_name"), sheet.get("to_email"))
    copies = _sides(sheet.get("cc_name"), sheet.get("cc_email"))
    inward = sheet.get("direction").map(lambda d: {"i": "in", "o": "out"}.get(d.strip().lower()[:1], "")).tolist()
    home, sure = _owner(senders, receivers, copies, inward)
    rows = [
        _message(s[0] if s else ("", ""), [*r, *c], home, way)
        for s, r, c, way in zip(senders, receivers, copies, inward, strict=True)
    ]
    names = ("candidate", "candidate_email", "interviewer", "interviewer_email", "recruiter", "sender", "receiver")
    for n, name in enumerate(names):
        sheet.fill(name, pd.Series([row[n] for row in rows], dtype="str"))
    if not sure and rows:
        shown = f"“{home}” is taken as the agency's" if home else "who writes to whom is left open"
        sheet.problems.append(problem("whose_side", sheet.name, shown=shown))


_Person = tuple[str, str]


def _sides(names: pd.Series, addresses: pd.Series) -> list[list[_Person]]:
    return [people_of(n, a) for n, a in zip(names, addresses, strict=True)]


def _mark(person: _Person) -> str:
    """What tells an agency's people: the domain of their address, else the name."""
    domain = person[1].rpartition("@")[2]
    return domain if domain and domain not in _FREE_MAIL else (person[1] or person[0].lower())


def _owner(
    senders: list[list[_Person]], receivers: list[list[_Person]], copies: list[list[_Person]], ways: list[str]
) -> tuple[str, bool]:
    """The mark that most messages share on the agency's side, and whether no other has as many."""
    counts: Counter[str] = Counter()
    for s, r, c, way in zip(senders, receivers, copies, ways, strict=True):
        side = [*r, *c] if way == "in" else s if way == "out" else [*s, *r, *c]
        counts.update({_mark(p) for p in side} - {""})
    if not counts:
        return "", False
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    sure = len(ranked) == 1 or ranked[0][1] > ranked[1][1]
    if not sure:
        copied = Counter(_mark(p) for c in copies for p in c)
        tied = [mark for mark, n in ranked if n == ranked[0][1]]
        best = max(tied, key=lambda m: (copied[m], m))
        return (best, False) if copied[best] else ("", False)
    return ranked[0][0], True


def _message(sender: _Person, receivers: list[_Person], home: str, way: str) -> tuple[str, ...]:
    """Candidate and address, interviewers and addresses, recruiter, sender and receiver of one message."""
    ours = bool(home) and _mark(sender) == home
    agency = [p for p in receivers if home and _mark(p) == home]
    others = [p for p in receivers if p not in agency]
    if ours or (way == "out" and not home):
        mine = others[:1] or [("", "")]
        return (*mine[0], "", "", sender[0], "agency", "candidate" if others else "")
    names = ";".join(p[0] for p in others).strip(";")
    addresses = ";".join(p[1] for p in others).strip(";")
    recruiter = agency[0][0] if agency else ""
    known = bool(home) or way == "in"
    towards = "client" if others and known else ("agency" if agency or way == "in" else "")
    return (*sender, names, addresses, recruiter, "candidate" if known else "", towards)


STEPS: Final[dict[str, Callable[[Sheet], None]]] = {
    "calendar": calendar,
    "people": people,
    "regarding": regarding,
    "calls": calls,
    "parties": parties,
}
"""Steps that a profile can name, by name; they run after words have been understood."""

EARLY_STEPS: Final[dict[str, Callable[[Sheet], None]]] = {"subject_type": subject_type}
"""Steps that run before."""
