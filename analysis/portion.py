"""Some candidates of a log alone, and their results in place of the old ones in those of the whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.identity import identities
from analysis.log import CONTACT_DTYPES
from analysis.people import People
from analysis.policy import Today
from analysis.results import Scores
from analysis.today import every_action, in_order
from analysis.weeks import rounds_of

MARKS = ("candidate_key", "identity")
TABLES = ("candidates", "applications", "findings", "said", "actions", "rounds")
"""The tables of a `Whole`, each with ``candidate_key``."""
_FINDINGS = ("candidate_key", "application_key", "family", "finding")


@dataclass(frozen=True, slots=True)
class Whole:
    """The results of a whole log without what only the page of one candidate shows.

    ``candidates`` and ``applications`` as in `analysis.results.Scores`; ``findings``: ``candidate_key``,
    ``application_key``, ``family``, ``finding``, each once; ``said`` as in `analysis.linking.Applications`; ``actions``
    as from `analysis.today.every_action`; ``rounds`` as from `analysis.weeks.rounds_of`; ``contacts``: how many;
    ``newest``: moment of the newest before ``as_of`` (UTC, None where there is none).
    """

    as_of: pd.Timestamp
    policy: str
    candidates: pd.DataFrame
    applications: pd.DataFrame
    findings: pd.DataFrame
    said: pd.DataFrame
    actions: pd.DataFrame
    rounds: pd.DataFrame
    contacts: int
    newest: pd.Timestamp | None


def whole(scores: Scores, said: pd.DataFrame, rules: Today) -> Whole:
    """What is kept of the scores of a whole log; ``said`` as in `analysis.linking.Applications`, ``rules``:
    ``policy.today``."""
    at = scores.contacts["at"]
    newest = at[at <= scores.as_of].max()
    return Whole(
        scores.as_of,
        scores.policy,
        scores.candidates,
        scores.applications,
        scores.findings[list(_FINDINGS)].drop_duplicates(ignore_index=True).astype("str"),
        said,
        every_action(scores, rules),
        rounds_of(scores),
        len(scores.contacts),
        None if pd.isna(newest) else newest,
    )


def marked(contacts: pd.DataFrame, people: People) -> pd.DataFrame:
    """Contacts with `MARKS`: the key of the candidate that the whole log gives each, and its identity as read."""
    keys = people.table["candidate_key"].to_numpy(dtype=object)
    return contacts.assign(candidate_key=keys[people.person], identity=identities(contacts))


def people_among(contacts: pd.DataFrame, table: pd.DataFrame) -> People:
    """The people of `marked` contacts, as the whole log knows them; ``table``: that of the whole log's `People`.

    There are no records: who is who was decided on the whole log.
    """
    mine = table[table["candidate_key"].isin(contacts["candidate_key"].unique())].reset_index(drop=True)
    number = pd.Series(np.arange(len(mine)), index=mine["candidate_key"].to_numpy(dtype=object))
    person = number.loc[contacts["candidate_key"].to_numpy(dtype=object)].to_numpy(dtype=np.int64)
    return People(person, mine, pd.DataFrame(), np.zeros(len(contacts), dtype=np.int64))


def plain(contacts: pd.DataFrame) -> pd.DataFrame:
    """`marked` contacts without the marks."""
    return contacts[list(CONTACT_DTYPES)].reset_index(drop=True)


def patched(before: Whole, part: Scores, said: pd.DataFrame, keys: Collection[str], rules: Today) -> Whole:
    """The whole with these candidates' results anew; ``part``: their scores, at the same moment under the same policy,
    and what was ``said`` of their clients; ``rules``: ``policy.today``.

    Raises ``ValueError`` where moment or policy differ: then nothing of the whole holds.
    """
    if (before.as_of, before.policy) != (part.as_of, part.policy):
        raise ValueError("a part scored at another moment, or under another policy, does not fit the whole")
    new = whole(part, said, rules)
    tables = {}
    for name in TABLES:
        old, mine = getattr(before, name), getattr(new, name)
        tables[name] = pd.concat([*_without(old, keys), *([mine] if len(mine) else [])], ignore_index=True)
    return replace(before, **{**tables, "actions": in_order(tables["actions"])})


def _without(table: pd.DataFrame, keys: Collection[str]) -> list[pd.DataFrame]:
    """The rows of others, as slices between the rows of these candidates: cheaper than a copy of each row."""
    gone = np.flatnonzero(table["candidate_key"].isin(list(keys)))
    ends = [-1, *gone.tolist(), len(table)]
    slices = [table.iloc[a + 1 : b] for a, b in pairwise(ends) if b > a + 1]
    return slices or [table.iloc[:0]]
