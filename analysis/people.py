"""Who is who: one candidate across e-mail, phone, id and name, and what a person decided about it.

Records that share an e-mail address, a phone number or an id of one system are one person where their names can be
one person's. What people of different names share joins nobody and is flagged; what three and more share (a
switchboard, an inbox of the agency) is no evidence at all. A full name joins records of one client, or of one file;
across files and clients it joins with a flag, and never against an address, number or id that differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.calendars import country_of_zone
from analysis.checked import CheckedLog
from analysis.deciding import decide
from analysis.identifiers import distinct, mapped, opaque, plain_email, plain_name, plain_phone, telling_phone
from analysis.links import NO_LINKS, Links
from analysis.names import clusters, weak, words_of_name
from analysis.segments import Bools, Ints, joined

IDENTIFIERS: Final = ("email", "id", "phone")
"""What tells a person, the strongest first."""

_FEW: Final = 2
"""People that an address or number may have before it is a switchboard's or an inbox of the agency: a couple."""

_CROWD: Final = 20
"""Spellings beside one address beyond which they are not compared: nobody is written in so many ways."""


@dataclass(frozen=True, slots=True)
class People:
    """``person``: number per contact; ``table``: one row a person, in name order; ``records``: what they rest on.

    Columns of ``table``: ``candidate_key`` (opaque), ``candidate`` (name as written most often), ``by_name``
    (joined by name alone across sources: please check), ``namesakes`` (others bear the same name), ``shared`` (an
    address, number or id of theirs stands beside another name too).

    ``records``: one row for each different set of ``name``, ``email``, ``id`` (with ``system``), ``phone`` (plain
    forms, ``""`` where none), ``file``, ``client`` and ``written`` (the name as written); ``person``, ``contacts`` (how
    many).
    ``record``: number of its record, per contact.
    """

    person: Ints
    table: pd.DataFrame
    records: pd.DataFrame
    record: Ints


def region_of(log: CheckedLog) -> str:
    """ISO country in which numbers without a ``+`` are dialled: the load's calendar, else its zone; ``""`` unknown."""
    return log.calendar.partition("-")[0] or country_of_zone(log.zone)


def systems_of(log: CheckedLog) -> dict[str, str]:
    """File -> the system its ids belong to: the first word of the layout's name."""
    return {account.file: account.format.partition("_")[0] for account in log.files}


def people_of(log: CheckedLog, links: Links = NO_LINKS) -> People:
    """The candidates of a checked log; ``links`` are what a person decided."""
    return link_people(log.contacts, region_of(log), systems_of(log), links)


def link_people(
    contacts: pd.DataFrame, region: str = "", systems: Mapping[str, str] | None = None, links: Links = NO_LINKS
) -> People:
    """Number the candidates of a contact log (columns of `analysis.log.CONTACT_DTYPES`).

    ``region``: as in `plain_phone`, where the candidate's zone names no country; ``systems``: as from `systems_of`.
    """
    records, record = _records(contacts, region, systems or {})
    tokens, shared = _tokens(records, _switchboards(contacts, region))
    label = _join_identifiers(records, tokens)
    label, by_name, namesakes = _join_names(records, tokens, label)
    label, decided = decide(records, tokens, label, links, region)
    by_name &= ~decided
    flags = {"by_name": by_name, "namesakes": namesakes & ~decided, "shared": shared & ~decided}
    return _number(records.assign(**flags), label, record)


def _records(contacts: pd.DataFrame, region: str, systems: Mapping[str, str]) -> tuple[pd.DataFrame, Ints]:
    """The different records of a log in an order that no row's place decides, and the record of each contact."""
    wanted = ["candidate", "candidate_email", "candidate_id", "candidate_phone", "candidate_zone", "file", "client"]
    raw = _same(contacts[wanted])
    said = contacts[wanted].iloc[np.unique(raw, return_index=True)[1]].reset_index(drop=True)
    place = mapped(said["candidate_zone"], country_of_zone)
    dialled = pd.Series(place + "|" + said["candidate_phone"].to_numpy(dtype=object), dtype=object)
    keys = pd.DataFrame(
        {
            "name": mapped(said["candidate"], plain_name),
            "email": mapped(said["candidate_email"], plain_email),
            "id": said["candidate_id"].to_numpy(dtype=object),
            "phone": mapped(dialled, lambda v: _phone(v, region)),
            "file": said["file"].to_numpy(dtype=object),
            "client": mapped(said["client"], plain_name),
            "written": said["candidate"].to_numpy(dtype=object),
        }
    )
    records = keys.drop_duplicates().sort_values(list(keys.columns), ignore_index=True)
    number = keys.merge(records.reset_index(names="record"), how="left", on=list(keys.columns))["record"]
    record = number.to_numpy(dtype=np.int64)[raw]
    records["system"] = np.where(records["id"] != "", mapped(records["file"], lambda f: systems.get(f, "")), "")
    records["contacts"] = np.bincount(record, minlength=len(records)).astype(np.int64)
    return records, record


def _same(table: pd.DataFrame) -> Ints:
    """A number per row, equal where the rows are."""
    code = np.zeros(len(table), dtype=np.int64)
    for column in table.columns:
        codes, kept = pd.factorize(table[column])
        # renumbered after each column, so that the numbers stay far below the limit
        code = pd.factorize(code * max(len(kept), 1) + codes)[0].astype(np.int64)
    return code


def _phone(dialled: str, region: str) -> str:
    place, _, phone = dialled.partition("|")
    return plain_phone(phone, place or region)


def _switchboards(contacts: pd.DataFrame, region: str) -> set[str]:
    """Numbers that stand beside an interviewer somewhere: an employer's, whoever is put through there."""
    listed = contacts["interviewer_phone"].drop_duplicates().str.split(";").explode()
    return {plain_phone(str(number), region) for number in listed.drop_duplicates()} - {""}


Tokens = dict[str, Ints]
"""Per kind of identifier: a number per record, equal where it speaks for one person, -1 where it says nothing."""


def _tokens(records: pd.DataFrame, switchboards: set[str]) -> tuple[Tokens, Bools]:
    """What each record can be joined by, and which records carry what people of different names share."""
    shared = np.zeros(len(records), dtype=bool)
    names, spelled = distinct(records["name"])
    tokens: Tokens = {}
    for kind in IDENTIFIERS:
        text = records[kind]
        if kind == "id":
            text = records["system"].astype("str").str.cat(records["id"].astype("str"), sep="\n").where(text != "", "")
        if kind == "phone":
            text = pd.Series(mapped(text, lambda p: "" if p in switchboards else telling_phone(p)), dtype=object)
        code, _ = distinct(text)
        token = np.where(text == "", -1, code)
        tokens[kind], mixed = _by_names(token, names, spelled)
        shared |= mixed
    return tokens, shared


def _by_names(token: Ints, names: Ints, spelled: list[str]) -> tuple[Ints, Bools]:
    """Tell apart the people of different names that one token stands beside."""
    some = token >= 0
    pairs = pd.DataFrame({"token": token[some], "name": names[some]}).drop_duplicates()
    pairs = pairs[pairs["name"].map(lambda n: bool(words_of_name(spelled[n])))] if len(pairs) else pairs
    several = pairs[pairs.duplicated("token", keep=False)].sort_values(["token", "name"])
    mixed = np.zeros(len(token), dtype=bool)
    if not len(several):
        return token, mixed
    out = token.copy()
    size = int(token.max()) + 1
    group = np.zeros(len(several), dtype=np.int64)
    ends = np.flatnonzero(np.diff(several["token"].to_numpy())) + 1
    parts = np.split(several["name"].to_numpy(), ends)
    at = 0
    for part in parts:
        if len(part) > _CROWD:
            group[at : at + len(part)] = np.arange(len(part))
        else:
            number = clusters(spelled[n] for n in part)
            group[at : at + len(part)] = [number[spelled[n]] for n in part]
        at += len(part)
    people = pd.Series(group).groupby(several["token"].to_numpy()).nunique()
    contested = people[people > 1]
    found = pd.DataFrame({"token": token, "name": names}).merge(
        several.assign(group=group), how="left", on=["token", "name"]
    )["group"]
    where = np.isin(token, contested.index.to_numpy())
    # a record without a name beside a contested token stands with its like
    own = found.fillna(len(spelled)).to_numpy(dtype=np.int64)
    out[where] = size + (token * (len(spelled) + 1) + own)[where]
    out[np.isin(token, contested[contested > _FEW].index.to_numpy())] = -1
    mixed = np.isin(token, contested[contested <= _FEW].index.to_numpy())
    return pd.factorize(np.where(out < 0, -1, out), sort=True)[0].astype(np.int64) - int((out < 0).any()), mixed


def _join_identifiers(records: pd.DataFrame, tokens: Tokens) -> Ints:
    """Person per record by what tells a person; a record with a name alone is its file's person of that name."""
    size = len(records)
    bare = np.all([token < 0 for token in tokens.values()], axis=0) & (records["name"] != "").to_numpy()
    alone = distinct(records["name"].astype("str").str.cat(records["file"].astype("str"), sep="\n"))[0]
    ones, others = [], []
    for token in (*tokens.values(), np.where(bare, alone, -1)):
        one, other = _edges(token)
        ones.append(one)
        others.append(other)
    return joined(np.concatenate(ones), np.concatenate(others), size)


def _edges(token: Ints) -> tuple[Ints, Ints]:
    """Each record with the first that has its token."""
    some = np.flatnonzero(token >= 0)
    if not len(some):
        return some, some
    _, first, inverse = np.unique(token[some], return_index=True, return_inverse=True)
    return some, some[first[inverse.ravel()]]


def _join_names(records: pd.DataFrame, tokens: Tokens, label: Ints) -> tuple[Ints, Bools, Bools]:
    """Join people of one name where no identifier of a kind differs; say where that happened or could not."""
    size = len(records)
    name, spelled = distinct(records["name"])
    blank = np.isin(name, [n for n, words in enumerate(spelled) if not words_of_name(words)])
    full = np.array([len(words_of_name(words)) > 1 for words in spelled], dtype=bool)
    known = np.any([token >= 0 for token in tokens.values()], axis=0) if size else np.zeros(0, dtype=bool)
    apart = _contradicted(records, tokens, label, name)[name] & ~blank
    together = ~apart & ~blank
    # each record with the first of its name, unless that name is borne by several people
    one, other = _edges(np.where(together, name, -1))
    out = joined(np.concatenate([one, np.arange(size)]), np.concatenate([other, label]), size)
    by_name = together & _from_afar(records, label, name, together, full)
    # a name without identifier that several people bear goes to the one of them who was at that client
    lost = apart & ~known
    if lost.any():
        out, found = _by_client(records, out, name, apart & known, lost)
        by_name |= found
    return out, by_name, apart


def _contradicted(records: pd.DataFrame, tokens: Tokens, label: Ints, name: Ints) -> Bools:
    """Per name: whether people of that name have different identifiers of one kind (ids: of one system)."""
    names = int(name.max()) + 1 if len(name) else 0
    clash = np.zeros(names, dtype=bool)
    for kind, token in tokens.items():
        some = token >= 0
        part = pd.DataFrame({"name": name[some], "label": label[some], "value": records[kind].to_numpy()[some]})
        part["system"] = records["system"].to_numpy()[some] if kind == "id" else ""
        told = part.groupby(["name", "system"])[["value", "label"]].nunique()
        both = told[(told > 1).all(axis=1)].index.get_level_values("name")
        clash[both.to_numpy(dtype=np.int64)] = True
    return clash


def _from_afar(records: pd.DataFrame, label: Ints, name: Ints, together: Bools, full: Bools) -> Bools:
    """Records of names that join people who share no client (or whose name is a single word)."""
    size = len(records)
    several = pd.DataFrame({"name": name[together], "label": label[together]}).drop_duplicates()
    several = several[several.duplicated("name", keep=False)]
    if not len(several):
        return np.zeros(size, dtype=bool)
    rows = np.flatnonzero(together & np.isin(name, several["name"].to_numpy()))
    client = distinct(records["client"])[0][rows]
    named = (records["client"] != "").to_numpy()[rows] & full[name[rows]]
    # nodes: one for each name and person, one for each name and client
    person, persons = pd.factorize(name[rows] * (size + 1) + label[rows])
    place, _ = pd.factorize(name[rows] * (size + 1) + client)
    hangs = joined(person[named], len(persons) + place[named], len(persons) + len(rows))
    parts = pd.Series(hangs[person]).groupby(name[rows]).nunique()
    afar = parts[parts > 1].index.to_numpy()
    return together & np.isin(name, afar)


def _by_client(records: pd.DataFrame, label: Ints, name: Ints, known: Bools, lost: Bools) -> tuple[Ints, Bools]:
    """Give each bare record of a name to the one namesake who was at its client; else all of one file stay apart."""
    size = len(records)
    client = distinct(records["client"])[0]
    at_client = pd.DataFrame({"name": name, "client": client, "label": label})[known & (records["client"] != "")]
    at_client = at_client.drop_duplicates().drop_duplicates(["name", "client"], keep=False)
    asked = pd.DataFrame({"name": name[lost], "client": client[lost]})
    found = asked.merge(at_client, how="left", on=["name", "client"])["label"]
    hit = found.notna().to_numpy()
    rows = np.flatnonzero(lost)
    out = label.copy()
    # what is left is a person of its own until somebody decides
    rest = rows[~hit]
    if len(rest):
        _, first, inverse = np.unique(name[rest], return_index=True, return_inverse=True)
        out[rest] = rest[first[inverse.ravel()]]
    out[rows[hit]] = found[hit].to_numpy(dtype=np.int64)
    flagged = np.zeros(size, dtype=bool)
    flagged[rows[hit]] = True
    return out, flagged


def _number(records: pd.DataFrame, label: Ints, record: Ints) -> People:
    """Number people in the order of their names and describe them."""
    code, _ = pd.factorize(label)
    frame = records.assign(person=code)
    written = frame.groupby(["person", "written"])["contacts"].sum().rename("n").reset_index()
    written["blank"] = written["written"] == ""
    written["weak"] = mapped(written["written"], lambda name: weak(plain_name(name)))
    written = written.sort_values(
        ["person", "blank", "n", "weak", "written"], ascending=[True, True, False, True, True]
    )
    table = written.drop_duplicates("person").set_index("person")[["written"]]
    for column in ("email", "id", "phone", "name"):
        table[column] = frame[frame[column] != ""].groupby("person")[column].min()
    table["identity"] = _identities(table)
    table[["by_name", "namesakes", "shared"]] = frame.groupby("person")[["by_name", "namesakes", "shared"]].any()
    told = table["email"].fillna(table["id"]).fillna(table["phone"]).fillna("")
    table["candidate"] = table["written"].where(table["written"] != "", told)
    ranked = table.assign(sort=mapped(table["candidate"], plain_name)).sort_values(["sort", "identity"])
    rank = np.empty(len(ranked), dtype=np.int64)
    rank[ranked.index.to_numpy()] = np.arange(len(ranked))
    out = pd.DataFrame(
        {
            "candidate_key": opaque(ranked["identity"]),
            "candidate": ranked["candidate"].to_numpy(dtype=object),
            **{flag: ranked[flag].to_numpy(dtype=bool) for flag in ("by_name", "namesakes", "shared")},
        }
    )
    person = rank[code] if len(code) else code.astype(np.int64)
    columns = ["person", "name", "email", "id", "system", "phone", "file", "client", "written", "contacts"]
    return People(person[record], out, records.assign(person=person)[columns], record)


def _identities(table: pd.DataFrame) -> pd.Series:
    """A text for each person that no other has: the address, else id, phone or name; more where two share it."""
    columns = [table[c].fillna("").astype("str") for c in ("email", "id", "phone", "name")]
    identity = columns[3]
    for column in (columns[2], columns[1], columns[0]):
        identity = column.where(column != "", identity)
    for more in (columns[3], columns[1], columns[2]):
        twice = identity.duplicated(keep=False)
        identity = identity.where(~twice, identity + "\n" + more)
    last = identity.duplicated(keep=False)
    number = identity.groupby(identity).cumcount().astype("str")
    return identity.where(~last, identity + "\n" + number)
