"""Who at the employer a contact names: interviewers, hosts and others, unified within an application."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.identifiers import distinct, mapped, plain_name
from analysis.segments import Ints
from analysis.timeline import Timeline

_TITLES: Final = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "herr", "frau"))


def plain_face(name: str) -> str:
    """A name at the employer without case, accents and titles."""
    words = plain_name(name).split()
    kept = [w for w in words if w not in _TITLES]
    return " ".join(kept or words)


def find_faces(line: Timeline, contacts: pd.DataFrame, duplicate_of: Ints) -> pd.DataFrame:
    """One row per contact and person named: ``entry``, ``app``, ``position``, ``face`` (number), ``named``,
    ``channel``.

    ``named``: the person's name is known; ``channel``: an address or number stands beside it. A first name, a
    surname or an address alone is taken for the one person of the application it fits; a first name that fits
    two is nobody's. Whom a duplicate names, its primary names too (one mail logged once per recipient).
    """
    log = contacts.iloc[line.row]
    text = {c: log[c].to_numpy(dtype=object) for c in ("interviewer", "interviewer_email", "interviewer_phone")}
    some = np.flatnonzero(
        (text["interviewer"] != "") | (text["interviewer_email"] != "") | (text["interviewer_phone"] != "")
    )
    parts = []
    for column, values in text.items():
        split = pd.Series(values[some], index=some, dtype=object).str.split(";").explode()
        position = split.groupby(level=0).cumcount()
        parts.append(pd.DataFrame({"entry": split.index, "position": position.to_numpy(), column: split.to_numpy()}))
    out = (
        parts[0]
        .merge(parts[1], how="outer", on=["entry", "position"])
        .merge(parts[2], how="outer", on=["entry", "position"])
    )
    out = out.fillna("")
    out["entry"] = out["entry"].astype("int64")
    out["app"] = line.app[out["entry"].to_numpy(dtype=np.int64)]
    out["name"] = mapped(out["interviewer"], plain_face)
    out["email"] = mapped(out["interviewer_email"], lambda v: v.strip().casefold())
    out["phone"] = mapped(out["interviewer_phone"], str.strip)
    out = out[(out["name"] != "") | (out["email"] != "") | (out["phone"] != "")].copy()
    _unify(out)
    out = out[(out["name"] != "") | (out["email"] != "") | (out["phone"] != "")]
    key = np.where(out["name"] != "", out["name"], np.where(out["email"] != "", out["email"], out["phone"]))
    out = out.assign(
        face=distinct(pd.Series(out["app"].astype(str).to_numpy(dtype=object) + "|" + key, dtype=object))[0],
        named=out["name"] != "",
        channel=(out["email"] != "") | (out["phone"] != ""),
    )[["entry", "app", "position", "face", "named", "channel"]]
    primary = duplicate_of[out["entry"].to_numpy(dtype=np.int64)]
    again = out.assign(entry=primary, position=out["position"] + len(out))[primary >= 0]
    again = again.sort_values(["entry", "position", "face"]).drop_duplicates(["entry", "face", "channel"])
    out = pd.concat([out, again], ignore_index=True)
    return pd.DataFrame(out.sort_values(["entry", "position", "face"]).reset_index(drop=True))


def _unify(faces: pd.DataFrame) -> None:
    """Give an address its name, and a single name the full one it belongs to, within each application."""
    _unify_by_address(faces)
    full = faces.loc[faces["name"].str.contains(" ", regex=False), ["app", "name"]].drop_duplicates()
    if len(full):
        token = full.assign(token=full["name"].str.split(" ")).explode("token")
        token = token.drop_duplicates()
        fits_two = token[token.duplicated(["app", "token"])].drop_duplicates(["app", "token"])
        token = token.drop_duplicates(["app", "token"], keep=False)
        unsure = faces[["app", "name"]].merge(
            fits_two.rename(columns={"name": "full", "token": "name"}), how="left", on=["app", "name"]
        )["full"]
        faces["name"] = faces["name"].where(unsure.isna().to_numpy(), "")
        single = faces[["app", "name"]].merge(
            token.rename(columns={"name": "full", "token": "name"}), how="left", on=["app", "name"]
        )["full"]
        faces["name"] = np.where(single.isna().to_numpy(), faces["name"].to_numpy(dtype=object), single)
    both = faces.loc[(faces["name"] != "") & (faces["email"] != ""), ["app", "email", "name"]]
    both = both.sort_values(["app", "email", "name"]).drop_duplicates(["app", "email"])
    known = faces[["app", "email"]].merge(both, how="left", on=["app", "email"])["name"]
    empty = (faces["name"] == "").to_numpy() & known.notna().to_numpy()
    faces["name"] = np.where(empty, known, faces["name"].to_numpy(dtype=object))


def _unify_by_address(faces: pd.DataFrame) -> None:
    """One address is one person, however the name is spelled, unless one contact gives it to two (a shared mailbox)."""
    both = faces.loc[(faces["name"] != "") & (faces["email"] != ""), ["entry", "app", "email", "name"]]
    shared = both.groupby(["app", "email", "entry"])["name"].nunique().reset_index()
    shared = shared.loc[shared["name"] > 1, ["app", "email"]].drop_duplicates().assign(shared=True)
    both = both.assign(bare=~both["name"].str.contains(" ", regex=False))
    first = both.sort_values(["app", "email", "bare", "entry", "name"]).drop_duplicates(["app", "email"])
    first = first.merge(shared, how="left", on=["app", "email"])
    first = first.loc[first["shared"].isna(), ["app", "email", "name"]].rename(columns={"name": "known"})
    known = faces[["app", "email"]].merge(first, how="left", on=["app", "email"])["known"]
    spelled = (faces["name"] != "").to_numpy() & known.notna().to_numpy()
    faces["name"] = np.where(spelled, known, faces["name"].to_numpy(dtype=object))


def reachable_faces(faces: pd.DataFrame) -> set[int]:
    """People with a channel: an address or number is recorded beside their name somewhere."""
    return set(faces.loc[faces["channel"], "face"].tolist())
