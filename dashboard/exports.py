"""Tables and results to bytes that a person or a program takes away.

Cells that a spreadsheet would run as a formula are defused in every CSV, except in `raw_csv`, which repeats a
file as it is. Numbers are rounded to 0.1; the same results give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analysis.checked import CheckedLog, FileAccount
from analysis.joins import WhoIsWho
from analysis.links import Links, who_parts
from analysis.links import as_json as links_json
from analysis.proposals import Proposal
from analysis.reading.raw import RawTable
from analysis.results import FAMILIES, Scores

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

SCORE_COLUMNS: Final = (
    "candidate",
    "family",
    "points",
    "status",
    "reason",
    "word",
    "findings",
    "deductions",
    "scored_weight",
    "interviews",
    "provisional",
    "as_of",
    "policy",
)
"""Columns of the CSV of scores: one row a candidate and family, and one row ``overall`` a candidate."""

ACTION_COLUMNS: Final = ("what", "candidate", "client", "sentence", "reason", "do", "since")
"""Columns of the action list as it leaves."""


def defuse(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text (and column name) that a spreadsheet would take for a formula."""
    safe = table.copy()
    for name in safe.columns:
        if pd.api.types.is_string_dtype(safe[name].dtype) or safe[name].dtype == object:
            text = safe[name].astype("str")
            safe[name] = text.mask(text.str.lstrip(" ").str.startswith(_STARTS).fillna(False), "'" + text)
    return safe.rename(columns=lambda n: f"'{n}" if str(n).lstrip(" ").startswith(_STARTS) else n)


def csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with a mark, so that Excel reads the letters right; formulas defused."""
    return defuse(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def raw_csv(table: RawTable) -> bytes:
    """A raw table as RFC 4180: header, commas, quotes doubled, CRLF, UTF-8 without a mark; cells as they were read."""
    return table.frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8", "replace")


def check_json(log: CheckedLog) -> bytes:
    """What was read and what was set aside: ``{"files": [...]}``."""
    return _json(loading(log))


def score_json(log: CheckedLog, scores: Scores) -> bytes:
    """Scores with the report on loading, candidates by name; ``as_of`` carries its offset."""
    return _json(
        {
            "as_of": scores.as_of.isoformat(),
            "policy": scores.policy,
            "loading": loading(log),
            "candidates": candidates(scores),
        }
    )


def people_json(found: WhoIsWho, links: Links) -> bytes:
    """Pairs to decide on with their reasons, links that were made, and the decisions that were handed in."""
    return _json(
        {
            "candidates": found.candidates,
            "proposals": [_pair(p) for p in found.proposals],
            "links": [
                {
                    "candidate": made.person.candidate,
                    "flags": list(made.flags),
                    "decided": bool(made.decided),
                    "written": [
                        {**who_parts(s.who), "files": list(s.files), "contacts": s.contacts} for s in made.spellings
                    ],
                }
                for made in found.made
            ],
            "decisions": links_json(links),
        }
    )


def _pair(found: Proposal) -> dict[str, Any]:
    return {
        "match": found.word,
        "later": found.later,
        "reasons": list(found.reasons),
        "against": list(found.against),
        "pair": [who_parts(found.one.who), who_parts(found.other.who)],
        "people": [
            {
                "candidate": person.candidate,
                "emails": list(person.emails),
                "phones": list(person.phones),
                "ids": list(person.ids),
                "clients": list(person.clients),
                "files": list(person.files),
                "contacts": person.contacts,
                "newest": None if person.newest is None else person.newest.isoformat(),
            }
            for person in (found.one, found.other)
        ],
    }


def actions_json(scores: Scores, actions: pd.DataFrame) -> bytes:
    """The action list: ``{"as_of", "policy", "actions": [one object a row, keys `ACTION_COLUMNS`]}``."""
    rows = action_table(scores, actions).to_dict("records")
    return _json({"as_of": scores.as_of.isoformat(), "policy": scores.policy, "actions": rows})


def action_table(scores: Scores, actions: pd.DataFrame) -> pd.DataFrame:
    """The action list as text, columns `ACTION_COLUMNS`; ``since`` carries its offset."""
    since = [when.isoformat() if not pd.isna(when) else "" for when in actions["since"].dt.tz_convert(scores.as_of.tz)]
    return actions.assign(since=pd.Series(since, index=actions.index, dtype="str"))[list(ACTION_COLUMNS)]


def loading(log: CheckedLog) -> dict[str, Any]:
    """The report on loading as plain values, files in the order given."""
    return {"files": [_file(account) for account in log.files]}


def candidates(scores: Scores) -> list[dict[str, Any]]:
    """Every candidate as plain values, by name, with each family's rows in order of time.

    ``points`` of the rows are what each takes off the candidate's family score: 100 minus their sum is that score.
    """
    rows, findings = deductions(scores), _findings(scores)
    return [_candidate(row, rows, findings) for row in by_name(scores.candidates).to_dict("records")]


def by_name(people: pd.DataFrame) -> pd.DataFrame:
    """The candidates table by name, capitals and order of reading aside."""
    folded = people.assign(folded=people["candidate"].str.casefold())
    return people.loc[folded.sort_values(["folded", "candidate", "candidate_key"], kind="stable").index]


def deductions(scores: Scores) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(candidate key, family) -> its rows as plain values, with the ``finding`` beside each."""
    table = scores.rows.loc[scores.rows["candidate_points"] > 0]
    starts = scores.units.drop_duplicates("unit_key").set_index("unit_key")["starts"]
    table = table.assign(starts=starts.reindex(table["unit_key"]).array)
    references = scores.contacts["reference"].to_numpy(dtype=object)
    order = scores.contacts["at"].rank(method="first").to_numpy()
    table["contacts"] = [[str(references[n]) for n in sorted(ns, key=order.__getitem__)] for ns in table["contacts"]]
    table["first"] = [places[0] if places else "" for places in table["contacts"]]
    table = table.sort_values(["starts", "first", "rule", "measured"], kind="stable")
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        found.setdefault((row["candidate_key"], row["family"]), []).append(
            {
                "points": _tenth(row["candidate_points"]),
                "rule": row["rule"],
                "measured": row["measured"],
                "limit": row["limit"],
                "contacts": row["contacts"],
                "finding": row["finding"],
            }
        )
    return found


def score_table(scores: Scores) -> pd.DataFrame:
    """One row a candidate and family, and one row ``overall`` a candidate; columns `SCORE_COLUMNS`."""
    lines: list[dict[str, Any]] = []
    for person in candidates(scores):
        same = {name: person[name] for name in ("candidate", "interviews", "provisional", "scored_weight")}
        same |= {"as_of": scores.as_of.isoformat(), "policy": scores.policy}
        overall, reason = person["overall"], person["overall_reason"]
        status = "scored" if overall is not None else "not scored"
        lines.append({**same, "family": "overall", "points": overall, "status": status, "reason": reason})
        for family, result in person["families"].items():
            told = {name: result[name] for name in ("points", "status", "reason", "word")}
            taken = "; ".join(_deduction(row) for row in result["rows"])
            lines.append(
                {**same, **told, "family": family, "findings": "; ".join(result["findings"]), "deductions": taken}
            )
    table = pd.DataFrame(lines, columns=list(SCORE_COLUMNS))
    texts = ["word", "findings", "deductions"]
    table[texts] = table[texts].fillna("")
    return table


def _candidate(
    row: Mapping[Any, Any],
    rows: Mapping[tuple[str, str], list[dict[str, Any]]],
    findings: Mapping[tuple[str, str], list[str]],
) -> dict[str, Any]:
    key = str(row["candidate_key"])
    families = {}
    for family in FAMILIES:
        taken = [{k: v for k, v in d.items() if k != "finding"} for d in rows.get((key, family), [])]
        families[family] = {
            "points": _tenth(row[family]),
            "status": row[f"{family}_status"],
            "reason": row[f"{family}_reason"],
            "word": row[f"{family}_word"],
            "findings": findings.get((key, family), []),
            "rows": taken,
        }
    return {
        "candidate": row["candidate"],
        "overall": _tenth(row["overall"]),
        "overall_reason": row["overall_reason"],
        "scored_weight": round(float(row["scored_weight"]), 2),
        "interviews": int(row["interviews"]),
        "provisional": bool(row["provisional"]),
        "flags": findings.get((key, ""), []),
        "families": families,
    }


def _findings(scores: Scores) -> dict[tuple[str, str], list[str]]:
    table = scores.findings[["candidate_key", "family", "finding"]].drop_duplicates()
    table = table.sort_values("finding", kind="stable")
    found: dict[tuple[str, str], list[str]] = {}
    for key, family, finding in table.itertuples(index=False):
        found.setdefault((key, family), []).append(finding)
    return found


def _file(account: FileAccount) -> dict[str, Any]:
    return {
        "file": account.file,
        "format": account.format,
        "lines": account.lines,
        "contacts": account.contacts,
        "set_aside": account.set_aside,
        "told": account.told,
        "problems": [{"code": p.code, "line": p.line, "message": p.message} for p in account.problems],
    }


def _deduction(row: Mapping[str, Any]) -> str:
    limit = f", limit {row['limit']}" if row["limit"] else ""
    places = f" ({', '.join(row['contacts'])})" if row["contacts"] else ""
    return f"{row['points']:g} off: {row['rule']}, {row['measured']}{limit}{places}"


def _tenth(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 1) + 0.0


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")
