"""One desk's part of what was worked out for all: the candidates of some recruiters, and nobody else's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.checked import CheckedLog
from analysis.joins import WhoIsWho
from analysis.portion import TABLES, Whole


def whole_of(everybody: Whole, recruiters: Collection[str]) -> Whole:
    """The results of the candidates of these recruiters, every table without the others' rows.

    A candidate without a recruiter is nobody's. What is left is as it was: numbers, order and index.
    """
    mine = everybody.candidates["recruiter"].isin([name for name in recruiters if name])
    keys = set(everybody.candidates.loc[mine, "candidate_key"])

    def own(table: pd.DataFrame) -> pd.DataFrame:
        return table.loc[table["candidate_key"].isin(keys)]

    tables: dict[str, Any] = {name: own(getattr(everybody, name)) for name in TABLES}
    return replace(everybody, **tables)


def people_of(now: WhoIsWho, keys: Collection[str]) -> WhoIsWho:
    """Who is who among these candidates: pairs and links of nobody else, and pairs that were kept apart not at all."""
    proposals = tuple(p for p in now.proposals if p.one.key in keys and p.other.key in keys)
    made = tuple(m for m in now.made if m.person.key in keys)
    return WhoIsWho(proposals, made, (), len(keys))


def log_of(log: CheckedLog, files: Collection[str]) -> CheckedLog:
    """What was read of these tables, by name: their contacts, rows set aside, problems and accounts."""
    return replace(
        log,
        contacts=log.contacts.loc[log.contacts["file"].isin(list(files))],
        set_aside=log.set_aside.loc[log.set_aside["file"].isin(list(files))],
        undated=log.undated.loc[log.undated["file"].isin(list(files))],
        files=tuple(account for account in log.files if account.file in files),
    )
