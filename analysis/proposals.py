"""Who could be one person: pairs with reasons and words for how likely, for a person to decide.

People are compared only within blocks (the same number, almost the same address or name, the same interview day), so
the work grows with the candidates and not with their pairs. How far each reason speaks is house judgement: `LIKELY`
needs two reasons that agree or one that is strong, `POSSIBLE` one that happens by chance seldom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import pandas as pd
from rapidfuzz.distance import OSA

from analysis.checked import CheckedLog
from analysis.clock import MICROS_DAY
from analysis.links import NO_LINKS, Links
from analysis.names import agree, likeness, short_forms, spelled_out, weak, words_of_name
from analysis.people import people_of
from analysis.phrases import words_of
from analysis.portraits import Person, Portraits

Likely = Literal["likely", "possible"]

LIKELY: Final = 60
POSSIBLE: Final = 30

_PHONE: Final = 40
_EMAIL: Final = 40
_LOCAL_PART: Final = 34
_TYPO: Final = 36
_SAME_DAY: Final = 30
_SAME_CLIENT: Final = 12
_NAME_ONLY: Final = 10
_OTHER_ID: Final = -15
_OTHER_PHONE: Final = -5

_CROWD: Final = 6
"""People in a block beyond whom it says nothing: a switchboard, a name that everybody has, a recruiting day."""

_GENERIC: Final = words_of("info mail office jobs contact admin hello hr me noemail none unknown candidate")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people who may be one: why, what speaks against it, and how likely in a word.

    ``points``: the strength of the reasons; ``later``: a person looked at it and left it for later.
    """

    one: Person
    other: Person
    points: int
    word: Likely
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    later: bool = False


def propose(log: CheckedLog, links: Links = NO_LINKS) -> tuple[Proposal, ...]:
    """Pairs of candidates that may be one person, the likeliest first; those left for later stand at the end.

    Pairs that a person called the same or different are left out.
    """
    return propose_people(log, Portraits(log, people_of(log, links)), links)


def propose_people(log: CheckedLog, portraits: Portraits, links: Links = NO_LINKS) -> tuple[Proposal, ...]:
    """As `propose`, for people who are known already."""
    seen = _Seen(log, portraits)
    found = []
    for one, other in _pairs(seen):
        points, reasons, against = _judge(seen, one, other)
        if points < POSSIBLE:
            continue
        decision = links.decided(portraits.who(one), portraits.who(other))
        if decision in (None, "later"):
            found.append((decision == "later", -points, one, other, reasons, against))
    return tuple(
        Proposal(
            one=portraits.person(one),
            other=portraits.person(other),
            points=-points,
            word="likely" if -points >= LIKELY else "possible",
            reasons=reasons,
            against=against,
            later=later,
        )
        for later, points, one, other, reasons, against in sorted(found)
    )


class _Seen:
    """What is compared of each person, by number."""

    def __init__(self, log: CheckedLog, portraits: Portraits) -> None:
        people = portraits.people
        self.all, self.client_names = portraits.all, portraits.client_names
        numbered = people.records[people.records["id"] != ""][["person", "system", "id"]].drop_duplicates()
        self.ids: dict[int, dict[str, str]] = {}
        for person, system, number in zip(*(numbered[c].tolist() for c in numbered.columns), strict=True):
            self.ids.setdefault(person, {})[system] = number
        interview = (log.contacts["kind"] == "interview").to_numpy()
        at = log.contacts["at"].dt.as_unit("us").astype("int64").to_numpy()[interview]
        client = people.records["client"].to_numpy(dtype=object)[people.record[interview]]
        self.meetings: dict[int, set[tuple[str, int]]] = {}
        met = zip(people.person[interview].tolist(), client.tolist(), (at // MICROS_DAY).tolist(), strict=True)
        for person, name, day in met:
            if name:
                self.meetings.setdefault(person, set()).add((name, day))

    def get(self, column: str, person: int) -> tuple[str, ...]:
        """What a person's records carry, as far as it is compared."""
        return self.all(column).get(person, ())[:_CROWD]


def _pairs(seen: _Seen) -> list[tuple[int, int]]:
    """Pairs of people who stand in a block together, each once, lower number first."""
    blocks: dict[str, set[int]] = {}
    for block, person in _blocks(seen):
        blocks.setdefault(block, set()).add(person)
    days: dict[tuple[str, int], set[int]] = {}
    for person, meetings in seen.meetings.items():
        for meeting in meetings:
            days.setdefault(meeting, set()).add(person)
    found: set[tuple[int, int]] = set()
    for people in (*blocks.values(), *days.values()):
        if 1 < len(people) <= _CROWD:
            found.update(combinations(sorted(people), 2))
    return sorted(found)


def _blocks(seen: _Seen) -> Iterator[tuple[str, int]]:
    """(what people share, person): equal values, and every value with one letter left out, so that a slip meets."""
    for person, names in seen.all("name").items():
        for name in names:
            words = words_of_name(name)
            if not words:
                continue
            yield "n " + spelled_out(tuple(sorted(words))), person
            yield from (("t " + short, person) for short in _shortened("".join(words)))
            if len(words) > 1:
                yield f"l {words[-1]} {words[0][0]}", person
                yield from ((f"s {words[-1]} {group}", person) for group in short_forms(words[0]))
                yield f"f {words[0]} {words[-1][:3]}", person
                yield f"e {words[0]} {words[-1]}", person
            else:
                yield f"w {words[0]}", person
    for person, phones in seen.all("phone").items():
        yield from (("p " + phone[-9:], person) for phone in phones if len(phone) >= 7)
    for person, emails in seen.all("email").items():
        for email in emails:
            local, _, domain = email.partition("@")
            plain = _letters(local)
            yield "m " + email, person
            if len(plain) > 3 and local not in _GENERIC:
                yield "a " + plain, person
                yield from ((f"d {domain} {short}", person) for short in _shortened(plain))


def _shortened(text: str) -> Iterable[str]:
    if len(text) < 6:
        return (text,)
    return {text, *(text[:n] + text[n + 1 :] for n in range(len(text)))}


def _letters(local: str) -> str:
    """The part before the ``@`` without dots and dashes, which many providers or people leave out."""
    return "".join(c for c in local if c.isalnum())


def _judge(seen: _Seen, one: int, other: int) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Points, reasons, and what speaks against the two being one."""
    reasons: list[tuple[int, str]] = []
    names = [(*likeness(a, b), a, b) for a in seen.get("name", one) for b in seen.get("name", other)]
    points, why = max(((p, w) for p, w, *_ in names), default=(0, ""))
    if points:
        reasons.append((points, why))
    fits = not names or any(agree(a, b) for *_, a, b in names)
    phones = set(seen.get("phone", one)) & set(seen.get("phone", other))
    if phones:
        reasons.append((_PHONE, f"same phone number {min(phones)}" + ("" if fits else ", another name")))
    mail = _mail(seen.get("email", one), seen.get("email", other), fits)
    if mail:
        reasons.append(mail)
    days = seen.meetings.get(one, set()) & seen.meetings.get(other, set())
    clients = set(seen.get("client", one)) & set(seen.get("client", other))
    if days and fits and reasons:
        client, day = min(days)
        reasons.append((_SAME_DAY, f"interviewed at {seen.client_names[client]} on one day, {_day(day)}"))
    elif clients and reasons:
        reasons.append((_SAME_CLIENT, f"same client: {seen.client_names[min(clients)]}"))
    bare = [p for p in (one, other) if not any(seen.get(c, p) for c in ("email", "phone", "id"))]
    if bare and points:
        reasons.append((_NAME_ONLY, "one of them is known by the name alone"))
    against = list(_against(seen, one, other, bool(phones)))
    if not fits and (phones or mail):
        against.append((0, "the names differ"))
    total = sum(p for p, _ in reasons) + sum(p for p, _ in against)
    only_weak = any(weak(a) or weak(b) for _, _, a, b in names) and not (phones or mail or days or clients)
    return (
        0 if only_weak else total,
        tuple(text for _, text in sorted(reasons, key=lambda r: -r[0])),
        tuple(text for _, text in against),
    )


def _mail(ours: tuple[str, ...], theirs: tuple[str, ...], fits: bool) -> tuple[int, str] | None:
    """What two people's addresses say."""
    found = []
    for a in ours:
        for b in theirs:
            (local, _, domain), (local_2, _, domain_2) = a.partition("@"), b.partition("@")
            plain, plain_2 = _letters(local), _letters(local_2)
            known = local not in _GENERIC and len(plain) > 3
            if a == b:
                found.append((_EMAIL, f"same e-mail address {a}" + ("" if fits else ", another name")))
            elif known and plain == plain_2 and domain == domain_2:
                found.append((_EMAIL, f"same e-mail address but for dots: {a}, {b}"))
            elif known and plain == plain_2:
                slip = OSA.distance(domain, domain_2, score_cutoff=2) <= 2
                word = "e-mail addresses that differ in a letter" if slip else "same name before the @"
                found.append((_TYPO if slip else _LOCAL_PART, f"{word}: {a}, {b}"))
            elif known and domain == domain_2 and _slip(plain, plain_2):
                found.append((_TYPO if fits else 0, f"e-mail addresses that differ in a letter: {a}, {b}"))
    best = max(found, default=(0, ""))
    return best if best[0] else None


def _slip(one: str, other: str) -> bool:
    """Whether two parts before the ``@`` differ in one letter; numbers are counted up on purpose."""
    letters = [[c for c in text if c.isalpha()] for text in (one, other)]
    return len(one) > 5 and letters[0] != letters[1] and OSA.distance(one, other, score_cutoff=1) <= 1


def _against(seen: _Seen, one: int, other: int, same_phone: bool) -> Iterator[tuple[int, str]]:
    ids, ids_2 = (seen.ids.get(p, {}) for p in (one, other))
    for system in sorted(ids.keys() & ids_2.keys()):
        if ids[system] != ids_2[system]:
            yield _OTHER_ID, f"different ids in one system: {ids[system]}, {ids_2[system]}"
    if seen.get("phone", one) and seen.get("phone", other) and not same_phone:
        yield _OTHER_PHONE, "different phone numbers"


def _day(day: int) -> str:
    date = pd.Timestamp(day * MICROS_DAY, unit="us")
    return f"{date.day} {date:%B %Y}"
