"""Deductions and families that a person set aside: the row stays on the receipt and costs nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.facts import Facts
from analysis.rules.deductions import NOT_SCORED, Family


def set_aside(family: Family, facts: Facts) -> Family:
    """The family with what corrections say of it: waived rows at no cost, switched-off candidates not scored."""
    waived = _waive(family, facts) if facts.log.waived else family
    return _switch_off(waived, facts) if facts.log.accommodations else waived


def _waive(family: Family, facts: Facts) -> Family:
    waived = {(contact, finding): by for contact, finding, by in reversed(facts.log.waived)}
    row = facts.line.row.tolist()
    causes = zip(family.row_contacts, family.rows["finding"].tolist(), strict=True)
    found = [
        next((waived[row[e], finding] for e in entries if e >= 0 and (row[e], finding) in waived), "")
        for entries, finding in causes
    ]
    hit = np.array([by != "" for by in found], dtype=bool)
    if not hit.any():
        return family
    rows = family.rows
    said = np.where(hit, np.array(found, dtype=object), rows["correction"])
    return replace(family, rows=rows.having(points=np.where(hit, 0.0, rows["points"]), correction=said))


def _switch_off(family: Family, facts: Facts) -> Family:
    keys = [key for key, name, _ in facts.log.accommodations if name == family.name]
    units = family.units
    off = np.isin(facts.applications.table["candidate_key"].to_numpy(dtype=object)[units["app"]], keys)
    if not off.any():
        return family
    kept = np.flatnonzero(~off[family.rows["unit"]])
    return replace(
        family,
        units=units.having(
            status=np.where(off, NOT_SCORED, units["status"]),
            reason=np.where(off, "accommodation", units["reason"]),
            word=np.where(off, "", units["word"]),
        ),
        rows=family.rows.rows(kept),
        row_contacts=[family.row_contacts[n] for n in kept.tolist()],
        findings=family.findings.rows(~off[family.findings["unit"]]),
    )
