"""The tables of `analysis.results.Scores` that explain a score: units, rows, findings and contacts as shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bands import band_word
from analysis.clock import MICROS_DAY
from analysis.facts import Facts
from analysis.kinds import WHY
from analysis.policy import Policy
from analysis.results import CONTACT_CLASSES
from analysis.rules.deductions import SCORED, Family
from analysis.segments import Floats, Ints, group_sum, tenths
from analysis.when import in_words


def units_shown(family: Family, facts: Facts, offset: int, policy: Policy) -> pd.DataFrame:
    """`Scores.units` of one family. ``offset``: units of the families before, so that a ``unit_key`` occurs once."""
    units = family.units
    app = units["app"].to_numpy(dtype=np.int64)
    keys = _keys(facts, app)
    rows = family.rows
    unit = rows["unit"].to_numpy(dtype=np.int64)
    taken = group_sum(tenths(rows["points"].to_numpy(dtype=np.float64), unit, len(units)), unit, len(units))
    points = np.where(units["status"] == SCORED, np.round(100 - taken, 1), np.nan)
    word = np.where(units["word"] == "", band_word(points, policy), units["word"])
    number = np.arange(len(units))
    return pd.DataFrame(
        {
            "family": family.name,
            "unit_key": [f"{family.name}-{offset + n}" for n in number.tolist()],
            **keys,
            "round": units["round"].to_numpy(dtype=np.int64),
            "starts": _instants(units["starts"]),
            "ends": _instants(units["ends"]),
            "good_from": _instants(units["good_from"]),
            "good_to": _instants(units["good_to"]),
            "decision_day": days_shown(units["due"].to_numpy(dtype=np.int64)),
            "points": points,
            "status": units["status"].to_numpy(dtype=object),
            "reason": units["reason"].to_numpy(dtype=object),
            "word": np.where(np.isnan(points), "", word),
            "length": units["length"].to_numpy(dtype=np.int64),
            "counts": units["counts"].to_numpy(dtype=bool),
            "contacts": _numbers(facts, family.contacts),
        }
    )


def rows_shown(
    family: Family, facts: Facts, application_points: Floats, candidate_points: Floats, offset: int
) -> pd.DataFrame:
    """`Scores.rows` of one family; the points of each row in its application and its candidate, in tenths."""
    rows = family.rows
    unit = rows["unit"].to_numpy(dtype=np.int64)
    app = family.units["app"].to_numpy(dtype=np.int64)[unit]
    return pd.DataFrame(
        {
            "family": family.name,
            "unit_key": [f"{family.name}-{offset + n}" for n in unit.tolist()],
            **_keys(facts, app),
            "rule": rows["rule"].to_numpy(dtype=object),
            "finding": rows["finding"].to_numpy(dtype=object),
            "measured": rows["measured"].to_numpy(dtype=object),
            "limit": rows["limit"].to_numpy(dtype=object),
            "points": tenths(rows["points"].to_numpy(dtype=np.float64), unit, len(family.units)),
            "application_points": application_points,
            "candidate_points": candidate_points,
            "contacts": _numbers(facts, family.row_contacts),
            "correction": rows["correction"].to_numpy(dtype=object),
        }
    )


def findings_shown(family: Family, facts: Facts, offset: int) -> pd.DataFrame:
    """`Scores.findings` of one family, each once a unit."""
    found = pd.concat([family.rows[["unit", "finding"]], family.findings[["unit", "finding"]]], ignore_index=True)
    found = found.drop_duplicates().sort_values("unit", kind="stable")
    unit = found["unit"].to_numpy(dtype=np.int64)
    app = family.units["app"].to_numpy(dtype=np.int64)[unit]
    return pd.DataFrame(
        {
            **_keys(facts, app),
            "unit_key": [f"{family.name}-{offset + n}" for n in unit.tolist()],
            "family": family.name,
            "finding": found["finding"].to_numpy(dtype=object),
        }
    )


def link_findings(facts: Facts) -> pd.DataFrame:
    """Please-check flags that belong to a candidate, not to a family."""
    people = facts.people
    unsure = np.zeros(len(people.table), dtype=bool)
    unsure[people.person[facts.applications.ambiguous]] = True
    loose = np.zeros(len(people.table), dtype=bool)
    loose[people.person[facts.line.row[facts.loose]]] = True
    parts = [
        pd.DataFrame({"candidate_key": people.table.loc[mask, "candidate_key"], "finding": code})
        for mask, code in (
            (unsure, "ambiguous_link"),
            (loose, "same_contact"),
            (people.table["by_name"].to_numpy(dtype=bool), "joined_by_name"),
            (people.table["namesakes"].to_numpy(dtype=bool), "namesakes"),
            (people.table["shared"].to_numpy(dtype=bool), "shared_identifier"),
        )
    ]
    out = pd.concat(parts, ignore_index=True)
    return out.assign(application_key="", unit_key="", family="")


def contacts_shown(facts: Facts) -> pd.DataFrame:
    """`Scores.contacts`: every contact of the log with what it counted as, and why."""
    contacts = facts.log.contacts.reset_index(drop=True)
    line, classes = facts.line, facts.classes
    size = len(contacts)
    out = contacts.copy()
    out["contact"] = np.arange(size)
    out["reference"] = contacts["file"] + ":" + contacts["line"].astype("str")
    out["candidate_key"] = facts.people.table["candidate_key"].to_numpy(dtype=object)[facts.people.person]
    app = facts.applications.application
    table = facts.applications.table
    key = np.append(table["application_key"].to_numpy(dtype=object), "")
    out["application_key"] = key[app]
    out["ambiguous"] = facts.applications.ambiguous

    def spread(values: np.ndarray, default: object) -> np.ndarray:
        filled = np.full(size, default, dtype=values.dtype if values.dtype != object else object)
        filled[line.row] = values
        return filled

    number = np.append(facts.rounds["number"].to_numpy(dtype=np.int64), 0)
    out["round"] = spread(number[facts.of_round], 0)
    cls = spread(classes.cls.astype(np.int64), CONTACT_CLASSES.index("after_as_of"))
    cls = np.where(facts.applications.ambiguous | (app < 0), CONTACT_CLASSES.index("other"), cls)
    out["class"] = np.array(CONTACT_CLASSES, dtype=object)[cls]
    why = np.array(
        (
            *WHY,
            "after the moment of scoring",
            "it fits two applications: please decide",
            "no application known",
            "one contact about two vacancies: an episode of the other one",
            "taken for the same contact as in another file: please check",
        )
    )
    reason = spread(classes.why.astype(np.int64), len(WHY))
    reason = np.where(facts.applications.ambiguous, len(WHY) + 1, np.where(app < 0, len(WHY) + 2, reason))
    reason[line.row[facts.elsewhere]] = len(WHY) + 3
    reason[line.row[facts.loose & (classes.duplicate_of >= 0)]] = len(WHY) + 4
    out["why"] = _told(contacts, why.astype(object)[reason])
    out["sure"] = spread(classes.sure.astype(np.float64), 1.0)
    repeats = (
        np.where(classes.duplicate_of >= 0, line.row[classes.duplicate_of], -1) if len(line) else classes.duplicate_of
    )
    out["duplicate_of"] = spread(repeats, -1)
    out["also"] = _also(out)
    out["answered"] = spread(classes.answered.astype(np.int64), 0)
    local = spread(line.local, np.iinfo(np.int64).min)
    out["local_at"] = pd.Series(local.view("M8[us]"))
    return out


def _told(contacts: pd.DataFrame, why: NDArray[np.object_]) -> NDArray[np.object_]:
    """The reasons, those of contacts that a note tells of with the day of that note."""
    told = np.flatnonzero(contacts["told_at"].notna().to_numpy())
    for row in told.tolist():
        on = f"told in the note of {in_words(contacts['told_at'].iloc[row])}"
        why[row] = on if why[row] == WHY[0] else f"{on}; {why[row]}"
    return why


def _also(contacts: pd.DataFrame) -> NDArray[np.object_]:
    """For each contact where else it stands, in the order of the places."""
    out = np.full(len(contacts), "", dtype=object)
    again = contacts[contacts["duplicate_of"] >= 0].sort_values(["file", "line"])
    if len(again):
        places = (again["file"] + " line " + again["line"].astype("str")).groupby(again["duplicate_of"]).agg(", ".join)
        out[places.index.to_numpy(dtype=np.int64)] = places.to_numpy(dtype=object)
    return out


def _keys(facts: Facts, app: Ints) -> dict[str, NDArray[np.object_]]:
    table = facts.applications.table
    return {name: table[name].to_numpy(dtype=object)[app] for name in ("application_key", "candidate_key")}


def _numbers(facts: Facts, entries: list[list[int]]) -> pd.Series:
    row = facts.line.row
    return pd.Series([[int(row[e]) for e in dict.fromkeys(part) if e >= 0] for part in entries], dtype=object)


def _instants(values: pd.Series) -> pd.Series:
    """Microseconds (NaN where none) as instants in UTC."""
    return pd.to_datetime(values.round().astype("Int64"), unit="us", utc=True).astype("datetime64[us, UTC]")


def days_shown(day: Ints) -> pd.Series:
    """Days since 1970 (negative: none) as naive midnights, NaT where none."""
    stamps = pd.Series((np.maximum(day, 0) * MICROS_DAY).view("M8[us]"))
    return stamps.where(pd.Series(day >= 0))
