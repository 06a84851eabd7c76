"""Who is who as other files of the same load tell it: the agency's addresses, candidates, people at clients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from analysis.checked import Fields
from analysis.identifiers import plain_name
from analysis.phrases import words_of
from analysis.reading.raw import INVITATIONS

PRIVATE_MAIL: Final = words_of(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es hotmail.com hotmail.co.uk hotmail.fr
    hotmail.de hotmail.es live.com live.co.uk live.nl msn.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.es ymail.com
    rocketmail.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de
    proton.me protonmail.com pm.me fastmail.com hey.com zoho.com mail.com email.com tutanota.com tuta.com posteo.de
    mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr bluewin.ch libero.it virgilio.it tiscali.it ziggo.nl
    kpnmail.nl xs4all.nl telenet.be skynet.be telia.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net
    cox.net charter.net earthlink.net btinternet.com sky.com virginmedia.com talktalk.net shaw.ca rogers.com
    sympatico.ca bigpond.com qq.com 163.com 126.com naver.com daum.net hanmail.net yandex.ru yandex.com mail.ru
    rediffmail.com uol.com.br terra.com.br bol.com.br example.com example.org
    """
)
"""Domains at which private people have their mail, as far as they are widely known. ``example.com`` stands for them
in samples."""


def domain_of(address: str) -> str:
    """The domain of an address, ``""`` where there is none."""
    return address.rpartition("@")[2] if "@" in address else ""


def is_private(address: str) -> bool:
    """Whether an address is at a provider of private mail."""
    return domain_of(address) in PRIVATE_MAIL


@dataclass(frozen=True, slots=True)
class Known:
    """People by address, lower case.

    ``agency``: its addresses and domains. ``candidates``: address -> name. ``names``: plain name -> name as written,
    of candidates. ``clients``: address or domain of people at clients -> name of the client (``""``: unknown or
    several). ``inviting``: domains that calendars are invited from.
    """

    agency: frozenset[str] = frozenset()
    candidates: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    clients: Mapping[str, str] = field(default_factory=dict)
    inviting: frozenset[str] = frozenset()

    def is_agency(self, address: str) -> bool:
        """Whether an address or its domain is the agency's."""
        return bool(address) and (address in self.agency or domain_of(address) in self.agency)

    def at_client(self, address: str) -> bool:
        """Whether somebody is known to be at a client, by address or company."""
        return address in self.clients or (not is_private(address) and domain_of(address) in self.clients)

    def client_of(self, address: str) -> str:
        """Name of the client somebody is at, ``""`` where it is not known."""
        return self.clients.get(address) or self.clients.get(domain_of(address), "")


NOBODY: Final = Known()


def known_from(tables: Iterable[Fields], agency: Sequence[str] = ()) -> Known:
    """What the fields of files say about people. ``agency``: addresses and domains that a person named.

    An address that is said to be both a candidate's and somebody's at a client counts as neither.
    """
    own: set[str] = {each.strip().lower().lstrip("@") for each in agency} - {""}
    inviting: set[str] = set()
    people: list[tuple[str, str]] = []
    faces: list[tuple[str, str]] = []
    for table in tables:
        frame = table.frame[_usable(table)]
        # anybody may have sent the invitations of a mailbox
        inviting |= set() if table.name.endswith(INVITATIONS) else set(table.agency)
        mine = [_column(frame, name) for name in ("candidate", "candidate_email")]
        people += pd.DataFrame(mine).T.drop_duplicates().itertuples(index=False, name=None) if len(frame) else []
        theirs = [_column(frame, name) for name in ("interviewer_email", "client")]
        faces += pd.DataFrame(theirs).T.drop_duplicates().itertuples(index=False, name=None) if len(frame) else []
    candidates = {a: name for name, address in people if "@" in (a := address.strip().lower())}
    names = {plain: name for name, _ in people if " " in (plain := plain_name(name)) and "@" not in plain}
    clients: dict[str, set[str]] = {}
    for cell, client in faces:
        for address in (part.strip().lower() for part in cell.split(";")):
            if "@" not in address or {domain_of(address), address} & own:
                continue
            clients.setdefault(address, set()).add(client)
            if not is_private(address):
                clients.setdefault(domain_of(address), set()).add(client)
    both = set(candidates) & set(clients)
    one = {key: next(iter(said - {""}), "") if len(said - {""}) == 1 else "" for key, said in clients.items()}
    return Known(
        frozenset(own),
        {a: n for a, n in candidates.items() if a not in both and domain_of(a) not in own},
        names,
        {a: n for a, n in one.items() if a not in both},
        frozenset(inviting),
    )


def home_of(addresses: Iterable[str]) -> str:
    """The company's domain that most addresses have, ``""`` where none or two have as many."""
    counts = Counter(d for a in addresses if (d := domain_of(a.strip().lower())) and d not in PRIVATE_MAIL)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def _usable(table: Fields) -> pd.Series:
    rows = pd.Series(True, index=table.frame.index)
    for mask in (table.deleted, table.no_interview):
        if mask is not None and len(mask) == len(rows):
            rows &= ~mask
    return rows


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    if name in frame:
        return frame[name].astype("str").fillna("").str.strip().reset_index(drop=True).rename(name)
    return pd.Series([""] * len(frame), dtype="str", name=name)
