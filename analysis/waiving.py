"""Deductions and families that a person set aside: the row stays on the receipt and costs nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.facts import Facts
from analysis.rules.deductions import NOT_SCORED, SCORED, Family
from analysis.segments import group_sum


def set_aside(family: Family, facts: Facts) -> Family:
    """The family with what corrections say of it: waived rows at no cost, switched-off candidates not scored."""
    waived = _waive(family, facts) if facts.log.waived else family
    return _switch_off(waived, facts) if facts.log.accommodations else waived


def _waive(family: Family, facts: Facts) -> Family:
    said = pd.DataFrame(facts.log.waived, columns=["contact", "finding", "waived_by"])
    cause = pd.DataFrame({"row": np.arange(len(family.rows)), "entry": pd.Series(family.row_contacts, dtype=object)})
    cause = cause.explode("entry").dropna()
    cause["contact"] = facts.line.row[cause["entry"].to_numpy(dtype=np.int64)]
    cause["finding"] = family.rows["finding"].to_numpy(dtype=object)[cause["row"].to_numpy(dtype=np.int64)]
    hit = cause.merge(said, on=["contact", "finding"]).drop_duplicates("row")
    if hit.empty:
        return family
    rows = family.rows.copy()
    place = hit["row"].to_numpy(dtype=np.int64)
    rows.loc[place, "points"] = 0.0
    rows.loc[place, "correction"] = hit["waived_by"].to_numpy(dtype=object)
    unit = rows["unit"].to_numpy(dtype=np.int64)
    total = group_sum(rows["points"].to_numpy(dtype=np.float64), unit, len(family.units))
    scored = (family.units["status"] == SCORED).to_numpy()
    return replace(family, rows=rows, units=family.units.assign(points=np.where(scored, 100 - total, np.nan)))


def _switch_off(family: Family, facts: Facts) -> Family:
    keys = [key for key, name, _ in facts.log.accommodations if name == family.name]
    app = family.units["app"].to_numpy(dtype=np.int64)
    off = np.isin(facts.applications.table["candidate_key"].to_numpy(dtype=object)[app], keys)
    if not off.any():
        return family
    units = family.units.copy()
    units.loc[off, ["status", "reason", "word"]] = [NOT_SCORED, "accommodation", ""]
    units.loc[off, "points"] = np.nan
    kept = np.flatnonzero(~off[family.rows["unit"].to_numpy(dtype=np.int64)])
    marks = family.findings[~off[family.findings["unit"].to_numpy(dtype=np.int64)]]
    return replace(
        family,
        units=units,
        rows=family.rows.iloc[kept].reset_index(drop=True),
        row_contacts=[family.row_contacts[n] for n in kept.tolist()],
        findings=marks.reset_index(drop=True),
    )
