"""Who acted, in a hand-kept log that names them beside the candidate and the interviewer of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.people_text import names_one
from analysis.vocabulary import word_of

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_SIDES: Final = {"candidate": "candidate", "interviewer": "client", "recruiter": "agency"}


def actors(sheet: Sheet) -> None:
    """Fill ``sender`` from the name in ``from_name``: the row's own candidate, interviewer or recruiter.

    A first name is enough where one side of the row alone has it; a name of none of them leaves the side open.
    """
    written = pd.DataFrame({name: sheet.get(name) for name in ("from_name", *_SIDES)})
    codes = written.groupby(list(written.columns), sort=False).ngroup().to_numpy()
    distinct = written.drop_duplicates().to_dict("records")
    sides = pd.Series([_side({str(k): str(v) for k, v in row.items()}) for row in distinct], dtype="str")
    sheet.fill("sender", sides.take(codes).reset_index(drop=True))


def _side(row: dict[str, str]) -> str:
    name = row["from_name"].strip()
    said = word_of("sender", name) if name else ""
    if said or not name:
        return said or ""
    for whole in (True, False):
        found = {side for part, side in _SIDES.items() for one in row[part].split(";") if names_one(name, one, whole)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""
