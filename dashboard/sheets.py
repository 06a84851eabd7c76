"""Results as the sheets of a workbook: candidates, deductions, contacts, and what the file is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.advice import reason_text, title
from analysis.policy import Bands
from analysis.report import CLASS_TITLES, FAMILY_TITLES, CandidateReport
from analysis.results import FAMILIES, Scores
from analysis.summary import caseload
from dashboard import exports
from dashboard.tables import AID
from dashboard.workbook import Sheet, workbook

MOST_RECEIPTS: Final = 1_000
"""Candidates up to whom a list comes with every deduction: more take long to work out, and nobody reads them."""
_PERCENT: Final = {"Weight scored": "0%", "Sure": "0%"}


def candidate_table(table: pd.DataFrame, zone: str) -> pd.DataFrame:
    """A row a candidate, order kept; ``table`` as from `analysis.summary.caseload`, moments on that clock."""
    shown = {
        "Candidate": table["candidate"],
        "Recruiter": table["recruiter"],
        "Clients": _joined(table["clients"]),
        "Jobs": _joined(table["jobs"]),
        "Overall": table["overall"],
        "In words": table["band"],
        "Why no overall": _mapped(table["overall_reason"], reason_text),
        "Provisional": table["provisional"].astype(bool),
        "Interviews": table["interviews"].astype("int64"),
        "Weight scored": table["scored_weight"],
    }
    for family in FAMILIES:
        reasons = _mapped(table[f"{family}_reason"], reason_text)
        shown[FAMILY_TITLES[family]] = table[family]
        told = reasons.where(reasons == "", ": " + reasons)
        status = table[f"{family}_status"].astype("str")
        shown[f"{FAMILY_TITLES[family]}: in words"] = (status + told).where(
            table[family].isna(), table[f"{family}_word"].astype("str")
        )
    shown["Findings"] = pd.Series(["; ".join(map(title, codes)) for codes in table["findings"]], table.index, "str")
    shown["Newest contact"] = table["last_contact"].dt.tz_convert(zone).dt.tz_localize(None)
    return pd.DataFrame(shown)


def candidates(table: pd.DataFrame, zone: str) -> Sheet:
    """`candidate_table` as a sheet."""
    return Sheet("Candidates", candidate_table(table, zone), "No candidate.", _PERCENT)


def deductions(scores: Scores) -> Sheet:
    """Every deduction that lowers a candidate's family score, by name and family, with the contacts that caused it.

    100 minus the points off is the candidate's score in that family.
    """
    table = scores.rows.loc[scores.rows["candidate_points"] > 0]
    people = scores.candidates.drop_duplicates("candidate_key").set_index("candidate_key")["candidate"]
    about = scores.applications.drop_duplicates("application_key").set_index("application_key")[["client", "job"]]
    starts = scores.units.drop_duplicates("unit_key").set_index("unit_key")["starts"]
    references = scores.contacts["reference"].to_numpy(dtype=object)
    shown = pd.DataFrame(
        {
            "Candidate": people.reindex(table["candidate_key"]).array,
            "Client": about["client"].reindex(table["application_key"]).array,
            "Job": about["job"].reindex(table["application_key"]).array,
            "Family": _mapped(table["family"], FAMILY_TITLES.__getitem__).array,
            "What": _mapped(table["finding"], title).array,
            "Measured": table["measured"].astype("str").array,
            "Limit": table["limit"].astype("str").array,
            "Points off": table["candidate_points"].to_numpy(dtype=np.float64),
            "Contacts": ["; ".join(str(references[n]) for n in numbers) for numbers in table["contacts"]],
        }
    )
    order = pd.DataFrame(
        {
            "name": shown["Candidate"].astype("str").str.casefold(),
            "key": table["candidate_key"].to_numpy(),
            "family": table["family"].map({family: n for n, family in enumerate(FAMILIES)}).to_numpy(),
            "starts": starts.reindex(table["unit_key"]).array,
            "what": table["rule"].astype("str").to_numpy(),
        }
    )
    by = order.sort_values(list(order.columns), kind="stable").index
    return Sheet("Deductions", shown.loc[by].reset_index(drop=True), "Nothing was taken off.")


def too_many() -> Sheet:
    """What stands in place of the deductions of a list that is too long for them."""
    said = f"Deductions are listed for up to {MOST_RECEIPTS:,} candidates. Narrow the list, and download it again."
    return Sheet("Deductions", pd.DataFrame(), said)


def families(view: CandidateReport) -> Sheet:
    """A row an application and family of one candidate."""
    rows = [
        (one.title, family.title, family.points, family.status, family.reason, family.word)
        for one in view.applications
        for family in one.families
    ]
    table = pd.DataFrame(rows, columns=["Application", "Family", "Points", "Status", "Why", "In words"])
    return Sheet("Scores", table.astype({"Points": "float64"}), "No contact could be tied to an application.")


def contacts(view: CandidateReport) -> Sheet:
    """Every contact of one candidate as the page shows it, times on the employer's clock."""
    parts = [one.contacts.assign(application=one.title) for one in view.applications]
    table = pd.concat([*parts, view.unlinked.assign(application="no application yet")], ignore_index=True)
    shown = pd.DataFrame(
        {
            "Application": table["application"],
            "When": pd.to_datetime(table["at"]),
            "Known to": table["precision"].astype("str"),
            "From": table["from"],
            "To": table["to"],
            "By": table["channel"].astype("str").str.replace("_", " "),
            "Counted as": _mapped(table["class"], lambda c: CLASS_TITLES.get(c, c)),
            "Why": table["why"].astype("str"),
            "Sure": table["sure"].astype("float64"),
            "Where": table["reference"],
        }
    )
    return Sheet("Contacts", shown, "No contact.", _PERCENT)


def about(as_of: pd.Timestamp, policy: str, told: Iterable[Sequence[str]] = ()) -> Sheet:
    """What the file is: the moment and the policy it rests on, and what else is told of it."""
    rows = [
        ("What this is", AID),
        ("As of", f"{as_of.strftime('%Y-%m-%d %H:%M')} ({as_of.tz})"),
        ("Policy", policy),
        *told,
    ]
    return Sheet("About", pd.DataFrame(rows, columns=["About this file", ""], dtype="str"))


def list_book(
    table: pd.DataFrame, later: Callable[[], Scores], as_of: pd.Timestamp, policy: str, told: Iterable[Sequence[str]]
) -> bytes:
    """A workbook of a list of candidates: its rows, their deductions where it is not too long, and what it is.

    ``table`` as from `analysis.summary.caseload`; ``later`` gives the candidates' scores and is asked for only where
    they are needed; moments are on the clock of ``as_of``.
    """
    receipts = deductions(later()) if len(table) <= MOST_RECEIPTS else too_many()
    return workbook([candidates(table, str(as_of.tz)), receipts, about(as_of, policy, told)], as_of)


def score_book(scores: Scores, bands: Bands) -> bytes:
    """A workbook of scores: candidates by name, every deduction, and what the file is."""
    made = [candidates(caseload(scores, bands), str(scores.as_of.tz)), deductions(scores)]
    told = [("Candidates", f"{len(scores.candidates):,}")]
    return workbook([*made, about(scores.as_of, scores.policy, told)], scores.as_of)


def action_book(scores: Scores, actions: pd.DataFrame) -> bytes:
    """A workbook of the action list."""
    rows = Sheet("Today", exports.action_table(scores, actions), "Nobody needs a word today.")
    return workbook([rows, about(scores.as_of, scores.policy)], scores.as_of)


def _joined(lists: pd.Series) -> pd.Series:
    return pd.Series(["; ".join(texts) for texts in lists], index=lists.index, dtype="str")


def _mapped(codes: pd.Series, words: Callable[[str], str]) -> pd.Series:
    """The words for codes, each looked up once; nothing for no code."""
    known = {code: words(code) if code else "" for code in codes.unique()}
    return codes.map(known).astype("str")
