"""Under which keys somebody may have stood before: a key follows an address, id, number or name, and more come to
light."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.identifiers import mapped, opaque, plain_name
from analysis.people import IDENTIFIERS, People
from analysis.results import Scores


def former_keys(people: People) -> dict[str, str]:
    """Key that somebody may have had -> the key they have now.

    With every file that comes, a candidate known by name alone may get an address, or two may turn out to be one; what
    was kept under the old key is found again. A key that could be several people's belongs to none of them.
    """
    records = people.records
    now = people.table["candidate_key"].to_numpy(dtype=object)
    parts = []
    for kind in (*IDENTIFIERS, "name"):
        some = records.loc[records[kind] != "", ["person", kind]].drop_duplicates()
        parts.append(pd.DataFrame({"person": some["person"], "key": opaque(some[kind].astype("str"))}))
    told = pd.concat(parts, ignore_index=True).drop_duplicates()
    told = told[~told["key"].duplicated(keep=False) & ~told["key"].isin(now)]
    return {str(key): str(now[person]) for key, person in zip(told["key"], told["person"], strict=True)}


def keys_of(candidate_key: str, former: Mapping[str, str]) -> frozenset[str]:
    """The key of a candidate and every one they may have had; ``former`` as from `former_keys`."""
    return frozenset({candidate_key, *(old for old, now in former.items() if now == candidate_key)})


def former_applications(scores: Scores, candidate_key: str, former: str) -> dict[str, str]:
    """Key that an application of this candidate had under a former key, or before its job was known -> its key now.

    ``former``: the candidate's key then, which may be the one of now.
    """
    mine = scores.applications[scores.applications["candidate_key"] == candidate_key]
    client = f"{former}|" + pd.Series(mapped(mine["client"], plain_name), dtype=object) + "|"
    whole = client + pd.Series(mapped(mine["job"], plain_name), dtype=object)
    now = mine["application_key"].tolist()
    alone = ~client.duplicated(keep=False)
    without_job = {key: one for key, one, only in zip(opaque(client), now, alone, strict=True) if only}
    return {**without_job, **dict(zip(opaque(whole), now, strict=True))}
