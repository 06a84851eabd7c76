"""The tables of `analysis.results.Scores` that explain a score: units, rows, findings and contacts as shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bands import band_word
from analysis.clock import MICROS_DAY
from analysis.columns import texts
from analysis.facts import Facts
from analysis.kinds import WHY
from analysis.policy import Policy
from analysis.results import CONTACT_CLASSES
from analysis.rules.deductions import SCORED, Family
from analysis.segments import Floats, Ints, group_any, group_sum, tenths, unique_rows
from analysis.when import in_words

_WHOSE: Final = {"family": "str", "unit_key": "str", "application_key": "str", "candidate_key": "str"}
_UNIT_TEXTS: Final = {**_WHOSE, "status": "str", "reason": "str", "word": "str"}
_ROW_TEXTS: Final = {
    **_WHOSE,
    **dict.fromkeys(("rule", "finding", "measured", "limit", "correction"), "str"),
}


def units_shown(families: Sequence[Family], facts: Facts, policy: Policy, receipts: bool) -> pd.DataFrame:
    """`Scores.units` of the families, one after the other; ``contacts`` for receipts only."""
    offsets = _offsets(families)
    taken = [
        group_sum(tenths(f.rows["points"], f.rows["unit"], len(f.units)), f.rows["unit"], len(f.units))
        for f in families
    ]
    units = {name: _all([family.units[name] for family in families]) for name in families[0].units}
    points = np.where(units["status"] == SCORED, np.round(100 - _all(taken), 1), np.nan)
    word = np.where(units["word"] == "", band_word(points, policy), units["word"])
    return pd.DataFrame(
        {
            "family": _named(families, [len(family.units) for family in families]),
            "unit_key": _unit_keys(families, offsets, [np.arange(len(family.units)) for family in families]),
            **_keys(facts, units["app"]),
            "round": units["round"],
            "starts": _instants(units["starts"]),
            "ends": _instants(units["ends"]),
            "good_from": _instants(units["good_from"]),
            "good_to": _instants(units["good_to"]),
            "decision_day": days_shown(units["due"]),
            "points": points,
            "status": units["status"],
            "reason": units["reason"],
            "word": np.where(np.isnan(points), "", word),
            "length": units["length"],
            "counts": units["counts"],
            **({"contacts": _numbers(facts, [family.contacts for family in families])} if receipts else {}),
        }
    ).astype(_UNIT_TEXTS)


def rows_shown(
    families: Sequence[Family],
    facts: Facts,
    application_points: Sequence[Floats],
    candidate_points: Sequence[Floats],
    receipts: bool,
) -> pd.DataFrame:
    """`Scores.rows` of the families; the points of each row in its application and its candidate, in tenths.

    ``measured``, ``limit`` and ``contacts`` for receipts only.
    """
    rows = {name: _all([family.rows[name] for family in families]) for name in families[0].rows}
    app = _all([family.units["app"][family.rows["unit"]] for family in families])
    points = [tenths(family.rows["points"], family.rows["unit"], len(family.units)) for family in families]
    shown = pd.DataFrame(
        {
            "family": _named(families, [len(family.rows) for family in families]),
            "unit_key": _unit_keys(families, _offsets(families), [family.rows["unit"] for family in families]),
            **_keys(facts, app),
            "rule": rows["rule"],
            "finding": rows["finding"],
            **({"measured": rows["measured"], "limit": rows["limit"]} if receipts else {}),
            "points": _all(points),
            "application_points": _all(application_points),
            "candidate_points": _all(candidate_points),
            **({"contacts": _numbers(facts, [family.row_contacts for family in families])} if receipts else {}),
            "correction": rows["correction"],
        }
    )
    return shown.astype({name: kind for name, kind in _ROW_TEXTS.items() if name in shown})


def findings_of(family: Family) -> tuple[Ints, NDArray[np.object_]]:
    """Unit and code of every finding of a family, each once a unit, unit by unit."""
    unit = np.concatenate((family.rows["unit"], family.findings["unit"]))
    code = np.concatenate((family.rows["finding"], family.findings["finding"]))
    first = unique_rows(unit, pd.factorize(code)[0])
    first = first[np.argsort(unit[first], kind="stable")]
    return unit[first], code[first]


def findings_shown(families: Sequence[Family], facts: Facts) -> pd.DataFrame:
    """`Scores.findings`: those of the families, each once a unit, and those that belong to a candidate."""
    found = [findings_of(family) for family in families]
    units = [unit for unit, _ in found]
    app = _all([family.units["app"][unit] for family, unit in zip(families, units, strict=True)])
    shown = {
        **_keys(facts, app),
        "unit_key": _unit_keys(families, _offsets(families), units),
        "family": _named(families, [len(unit) for unit in units]),
        "finding": _all([finding for _, finding in found]),
    }
    key, code = link_findings(facts)
    beside = {"candidate_key": key, "finding": code}
    return pd.DataFrame(
        {name: np.concatenate((values, beside.get(name, texts(len(key))))) for name, values in shown.items()}
    ).astype("str")


def link_findings(facts: Facts) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Please-check flags that belong to a candidate, not to a family: key of the candidate, and code."""
    people = facts.people
    size = len(people.table)
    unsure = group_any(facts.applications.ambiguous, people.person, size)
    loose = group_any(np.ones(int(facts.loose.sum()), dtype=bool), people.person[facts.line.row[facts.loose]], size)
    keys = people.table["candidate_key"].to_numpy(dtype=object)
    parts = [
        (keys[mask], texts(int(mask.sum()), code))
        for mask, code in (
            (unsure, "ambiguous_link"),
            (loose, "same_contact"),
            (people.table["by_name"].to_numpy(dtype=bool), "joined_by_name"),
            (people.table["namesakes"].to_numpy(dtype=bool), "namesakes"),
            (people.table["shared"].to_numpy(dtype=bool), "shared_identifier"),
        )
    ]
    return _all([key for key, _ in parts]), _all([code for _, code in parts])


def contacts_shown(facts: Facts) -> pd.DataFrame:
    """`Scores.contacts`: every contact of the log with what it counted as, and why."""
    contacts = facts.log.contacts.reset_index(drop=True)
    line, classes = facts.line, facts.classes
    size = len(contacts)
    out: dict[str, object] = {"contact": np.arange(size)}
    places = contacts["file"] + ":" + contacts["line"].astype("str")
    out["reference"] = places.to_numpy(dtype=object)
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

    number = np.append(facts.rounds["number"], 0)
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
    again = spread(repeats, -1)
    out["duplicate_of"] = again
    out["also"] = _also(contacts, again)
    out["answered"] = spread(classes.answered.astype(np.int64), 0)
    local = spread(line.local, np.iinfo(np.int64).min)
    out["local_at"] = local.view("M8[us]")
    return pd.concat([contacts, pd.DataFrame(out, index=contacts.index)], axis=1)


def _told(contacts: pd.DataFrame, why: NDArray[np.object_]) -> NDArray[np.object_]:
    """The reasons, those of contacts that a note tells of with the day of that note."""
    told = np.flatnonzero(contacts["told_at"].notna().to_numpy())
    for row in told.tolist():
        on = f"told in the note of {in_words(contacts['told_at'].iloc[row])}"
        why[row] = on if why[row] == WHY[0] else f"{on}; {why[row]}"
    return why


def _also(contacts: pd.DataFrame, duplicate_of: Ints) -> NDArray[np.object_]:
    """For each contact where else it stands, in the order of the places."""
    out = texts(len(contacts))
    if not (duplicate_of >= 0).any():
        return out
    again = contacts.loc[duplicate_of >= 0, ["file", "line"]].assign(of=duplicate_of[duplicate_of >= 0])
    again = again.sort_values(["file", "line"])
    places = (again["file"] + " line " + again["line"].astype("str")).groupby(again["of"]).agg(", ".join)
    out[places.index.to_numpy(dtype=np.int64)] = places.to_numpy(dtype=object)
    return out


def _all(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts)


def _offsets(families: Sequence[Family]) -> list[int]:
    """Units of the families before each, so that a ``unit_key`` occurs once."""
    return list(accumulate((len(family.units) for family in families[:-1]), initial=0))


def _named(families: Sequence[Family], sizes: Sequence[int]) -> NDArray[np.object_]:
    return np.repeat(np.array([family.name for family in families], dtype=object), sizes)


def _unit_keys(families: Sequence[Family], offsets: Sequence[int], units: Sequence[Ints]) -> NDArray[np.object_]:
    keys = [
        f"{family.name}-{offset + n}"
        for family, offset, unit in zip(families, offsets, units, strict=True)
        for n in unit.tolist()
    ]
    return np.array(keys, dtype=object)


def _keys(facts: Facts, app: Ints) -> dict[str, NDArray[np.object_]]:
    table = facts.applications.table
    return {name: table[name].to_numpy(dtype=object)[app] for name in ("application_key", "candidate_key")}


def _numbers(facts: Facts, families: Sequence[Sequence[list[int]]]) -> pd.Series:
    row = facts.line.row.tolist()
    told = [[row[e] for e in dict.fromkeys(part) if e >= 0] for entries in families for part in entries]
    return pd.Series(told, dtype=object)


def _instants(values: Floats) -> pd.DatetimeIndex:
    """Microseconds (NaN where none) as instants in UTC."""
    stamps = np.full(len(values), np.iinfo(np.int64).min, dtype=np.int64)
    known = ~np.isnan(values)
    stamps[known] = np.round(values[known]).astype(np.int64)
    return pd.DatetimeIndex(stamps.view("M8[us]")).tz_localize("UTC")


def days_shown(day: Ints) -> NDArray[np.datetime64]:
    """Days since 1970 (negative: none) as naive midnights, NaT where none."""
    return np.where(day >= 0, day * MICROS_DAY, np.iinfo(np.int64).min).view("M8[us]")
