"""The two ends of a call: whose number, whose name, and which of them is the agency's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.people_text import first_last_name

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_END: Final = r"^\s*(?:(?P<name>.*?[^\W\d].*?)\s*[(<](?P<number>[^()<>]*\d[^()<>]*)[)>]\s*|(?P<lone>.*))$"
"""One end of a call: a name with its number in brackets, or what stands there alone."""


def calls(sheet: Sheet) -> None:
    """The two ends of a call: the agency's is the recruiter, the other the candidate.

    An end is a number, a name with its number (``Rivera, Ines (101)``), or both in columns of their own. Where no
    direction is written, the end with at most five digits is a line of the agency's own; a call between two such
    lines has the direction ``internal``.
    """
    names: dict[str, pd.Series] = {}
    numbers: dict[str, pd.Series] = {}
    ours: dict[str, pd.Series] = {}
    for way in ("from", "to"):
        found = sheet.get(f"call_{way}").str.extract(_END)
        number = found["number"].fillna(found["lone"]).fillna("").astype("str").str.strip()
        name = found["name"].fillna("").astype("str").str.strip(" '\"")
        written = sheet.get(f"{way}_name")
        names[way], numbers[way] = name.where(written == "", written).astype("str"), number
        digits = number.str.replace(r"\D", "", regex=True).str.len()
        ours[way] = (digits > 0) & (digits <= 5)
    known = sheet.get("direction").str.lower()
    guess = np.select([ours["from"] & ours["to"], ours["from"], ours["to"]], ["internal", "out", "in"], default="")
    ways = pd.Series(np.where(known != "", known, guess), dtype="str")
    sheet.cells["direction"] = ways
    inward = ways.str.startswith("in") & (ways != "internal")
    outward = ways.str.startswith("out")
    theirs = numbers["from"].where(inward, numbers["to"]).astype("str")
    sheet.fill("candidate_phone", theirs.where(theirs.str.contains(r"\d", regex=True), ""))
    called = names["from"].where(inward, names["to"]).where(inward | outward, "")
    people = called.map(first_last_name).astype("str")
    sheet.fill("candidate", people.where(people.str.contains(r"[^\W\d]", regex=True), ""))
    mine = names["to"].where(inward, names["from"]).where(inward | outward, "")
    staff = sheet.get("recruiter").where(sheet.get("recruiter") != "", mine)
    staff = staff.str.replace(r"^\s*\d+\s*-\s*|\s*\(\d{1,6}\)\s*$", "", regex=True).str.strip()
    staff = staff.where(staff.str.contains(r"[^\W\d]", regex=True) & ~staff.str.startswith("["), "")
    sheet.cells["recruiter"] = staff.map(first_last_name).astype("str")
