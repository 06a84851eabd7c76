"""Who at the employer a contact names: interviewers, hosts and others, unified within an application."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

import numpy as np
import pandas as pd

from analysis.columns import Columns
from analysis.identifiers import distinct, mapped, plain_name
from analysis.segments import Bools, Ints, place_of, unique_rows
from analysis.timeline import Timeline

_TITLES: Final = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "herr", "frau"))


def plain_face(name: str) -> str:
    """A name at the employer without case, accents and titles."""
    words = plain_name(name).split()
    kept = [w for w in words if w not in _TITLES]
    return " ".join(kept or words)


@dataclass(slots=True)
class _Named:
    """Who is named in which application; texts as their places in sorted order, 0 where there is none."""

    app: Ints
    entry: Ints
    name: Ints
    email: Ints


def find_faces(line: Timeline, contacts: pd.DataFrame, duplicate_of: Ints) -> Columns:
    """One row per contact and person named: ``entry``, ``app``, ``position``, ``face`` (number), ``named``,
    ``channel``.

    ``named``: the person's name is known; ``channel``: an address or number stands beside it. A first name, a
    surname or an address alone is taken for the one person of the application it fits; a first name that fits
    two is nobody's. Whom a duplicate names, its primary names too (one mail logged once per recipient).
    """
    entry, position, (name, email, phone), known = _read(line, contacts)
    app = line.app[entry]
    named = _Named(app, entry, name, email)
    _unify_by_address(named, known)
    _unify_by_name(named, known)
    name = named.name
    key = np.where(name > 0, name, np.where(email > 0, email, phone))
    face = np.unique(app * len(known) + key, return_inverse=True)[1].astype(np.int64)
    every = {"entry": entry, "app": app, "position": position, "face": face, "named": name > 0}
    out = Columns({**every, "channel": (email > 0) | (phone > 0)}).rows(key > 0)
    primary = duplicate_of[out["entry"]]
    if (primary >= 0).any():
        again = out.having(entry=primary, position=out["position"] + len(out)).rows(primary >= 0)
        again = again.rows(np.lexsort((again["face"], again["position"], again["entry"])))
        again = again.rows(unique_rows(again["entry"], again["face"], again["channel"]))
        out = Columns({name: np.concatenate((out[name], again[name])) for name in out})
    return out.rows(np.lexsort((out["face"], out["position"], out["entry"])))


def _read(line: Timeline, contacts: pd.DataFrame) -> tuple[Ints, Ints, tuple[Ints, Ints, Ints], list[str]]:
    """Entry, position, and the places of name, address and number among all texts, which are sorted."""
    columns = ("interviewer", "interviewer_email", "interviewer_phone")
    coded = [distinct(contacts[column]) for column in columns]
    (one, names), (two, emails), (three, phones) = coded
    triple, kind = pd.factorize((one * len(emails) + two) * len(phones) + three)
    told: list[tuple[str, ...]] = []
    count = []
    for number in kind.tolist():
        rest, phone = divmod(number, len(phones))
        name, email = divmod(rest, len(emails))
        some = names[name], emails[email], phones[phone]
        said = list(zip_longest(*(text.split(";") for text in some), fillvalue="")) if any(some) else []
        told += said
        count.append(len(said))
    plain = zip(*told, strict=True) if told else ((), (), ())
    ways = (plain_face, _plain_address, str.strip)
    texts = [mapped(pd.Series(part, dtype=object), way) for part, way in zip(plain, ways, strict=True)]
    code, known = distinct(pd.Series(np.concatenate((np.array([""], dtype=object), *texts)), dtype=object))
    size = np.array(count, dtype=np.int64)
    start = np.cumsum(size) - size
    mine = triple[line.row]
    entry = np.repeat(np.arange(len(line), dtype=np.int64), size[mine]) if len(line) else line.row
    position = np.arange(len(entry), dtype=np.int64) - np.repeat(np.cumsum(size[mine]) - size[mine], size[mine])
    place = start[mine][entry] + position
    name, email, phone = (part[place] for part in np.split(code[1:].astype(np.int64), 3))
    some_one = (name > 0) | (email > 0) | (phone > 0)
    return entry[some_one], position[some_one], (name[some_one], email[some_one], phone[some_one]), known


def _plain_address(address: str) -> str:
    return address.strip().casefold()


def _unify_by_address(faces: _Named, known: list[str]) -> None:
    """One address is one person, however the name is spelled, unless one contact gives it to two (a shared mailbox)."""
    both = np.flatnonzero((faces.name > 0) & (faces.email > 0))
    if not len(both):
        return
    about, name, entry = faces.app[both] * len(known) + faces.email[both], faces.name[both], faces.entry[both]
    bare = np.array([" " not in text for text in known])[name]
    first = np.lexsort((name, entry, bare, about))
    first = first[unique_rows(about[first])]
    each = unique_rows(about, entry, name)
    shared = about[each][_again(about[each], entry[each])]
    first = first[~np.isin(about[first], shared)]
    found = place_of(faces.app * len(known) + faces.email, about[first])
    faces.name = np.where((faces.name > 0) & (found >= 0), np.append(name[first], 0)[found], faces.name)


def _unify_by_name(faces: _Named, known: list[str]) -> None:
    """Give a single name the full one it belongs to, and an address its name, within each application."""
    wide = len(known)
    whole = np.array([" " in text for text in known])
    full = np.flatnonzero(whole[faces.name])
    if len(full):
        full = full[unique_rows(faces.app[full], faces.name[full])]
        place = {text: number for number, text in enumerate(known)}
        kinds, kind = np.unique(faces.name[full], return_inverse=True)
        words = [sorted({place.get(word, 0) for word in known[number].split(" ")}) for number in kinds.tolist()]
        count = np.array([len(each) for each in words], dtype=np.int64)
        token = np.array([word for each in words for word in each], dtype=np.int64)
        of = np.repeat(np.arange(len(full)), count[kind])
        into = np.arange(len(of)) - np.repeat(np.cumsum(count[kind]) - count[kind], count[kind])
        token = token[(np.cumsum(count) - count)[kind][of] + into]
        of, token = of[token > 0], token[token > 0]
        about = faces.app[full][of] * wide + token
        several = _again(about)
        found = place_of(faces.app * wide + faces.name, about)
        theirs = np.append(np.where(several, 0, faces.name[full][of]), 0)
        faces.name = np.where(found >= 0, theirs[found], faces.name)
    both = np.flatnonzero((faces.name > 0) & (faces.email > 0))
    both = both[np.lexsort((faces.name[both], faces.email[both], faces.app[both]))]
    about = faces.app[both] * wide + faces.email[both]
    first = unique_rows(about)
    found = place_of(faces.app * wide + faces.email, about[first])
    faces.name = np.where((faces.name == 0) & (found >= 0), np.append(faces.name[both[first]], 0)[found], faces.name)


def _again(*keys: Ints) -> Bools:
    """Rows of which another one has equal ``keys``."""
    order = np.lexsort(keys[::-1])
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for key in keys:
        same &= key[order][1:] == key[order][:-1]
    out = np.zeros(len(order), dtype=bool)
    out[order[1:]] |= same
    out[order[:-1]] |= same
    return out
