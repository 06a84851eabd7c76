"""The guests of calendar entries: who comes, who declined, and a candidate whom the title does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.known import is_private
from analysis.people_text import first_last_name, people_of, same_person
from analysis.problems import problem

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_NO: Final = "DECLINED"


def coming(sheet: Sheet, held: pd.Series) -> tuple[list[str], list[str]]:
    """Names and addresses of the guests who did not decline, joined by semicolons, a row each.

    ``held``: which entries are interviews. Where the candidate declined, the entry counts as cancelled. Where a title
    names no candidate, the only guest who is known as one is the candidate, else the only one with a private address.
    """
    known = sheet.known
    answers = sheet.get("attendee_states")
    names, addresses = sheet.get("attendees").tolist(), sheet.get("attendee_emails").tolist()
    candidates, states = sheet.get("candidate").tolist(), sheet.get("state").tolist()
    for n, said in enumerate(answers):
        if not held.iat[n]:
            continue
        if _NO in said:
            names[n], addresses[n], gone = _parted(names[n], addresses[n], said)
            for name, address in gone:
                shown = name or address
                sheet.problems.append(problem("guest_declined", sheet.name, int(sheet.lines[n]), value=shown))
                if same_person(candidates[n], name, address):
                    states[n] = states[n] or "cancelled"
        if not candidates[n]:
            guests = people_of(names[n], addresses[n])
            mine = [p for p in guests if p[1] in known.candidates] or [p for p in guests if is_private(p[1])]
            if len(mine) == 1:
                name, address = mine[0]
                candidates[n] = known.candidates.get(address) or first_last_name(name) or address
    sheet.cells["candidate"] = pd.Series(candidates, dtype="str")
    sheet.cells["state"] = pd.Series(states, dtype="str")
    return names, addresses


def _parted(names: str, addresses: str, answers: str) -> tuple[str, str, list[tuple[str, str]]]:
    """The guests of one entry without those who declined, and those."""
    columns = [cell.split(";") for cell in (names, addresses, answers)]
    size = max(map(len, columns))
    rows = list(zip(*(cells + [""] * (size - len(cells)) for cells in columns), strict=True))
    here = [row for row in rows if row[2].strip().upper() != _NO]
    gone = [(first_last_name(row[0].strip()), row[1].strip().lower()) for row in rows if row not in here]
    return ";".join(row[0] for row in here), ";".join(row[1] for row in here), gone
