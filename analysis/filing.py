"""How recruiting systems file a contact: for whom, under which record, where it takes place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from analysis.mapping import Sheet


def channel_of_place(place: str) -> str:
    """The channel that the place of an appointment tells: a link, a number, an address."""
    text = place.lower()
    if re.search(r"https?://|zoom|teams|meet\b|webex|skype|video", text):
        return "video"
    if re.search(r"phone|\bcall\b|^\+?[\d\s().\-]{7,}$", text):
        return "call"
    return "in_person" if text.strip() else ""


def place(sheet: Sheet) -> None:
    """The channel of an interview from where it takes place."""
    sheet.fill("channel", sheet.get("place").map(channel_of_place).astype("str"))


def one_candidate(sheet: Sheet) -> None:
    """Rows without a candidate belong to the only one that the file names."""
    named = {name: sheet.get(name) for name in ("candidate", "candidate_email", "candidate_id")}
    for name, cells in named.items():
        distinct = [value for value in cells.str.strip().unique() if value]
        if len(distinct) != 1:
            continue
        nobody = np.logical_and.reduce([(other == "").to_numpy() for other in named.values()])
        sheet.cells[name] = cells.where(~nobody, distinct[0]).astype("str")
        return


def filed_at_client(sheet: Sheet) -> None:
    """A row that stands under somebody at the client and names no candidate is set aside, with whose it is."""
    theirs = (sheet.get("client_side") != "") & (sheet.get("candidate_id") == "") & (sheet.get("candidate_email") == "")
    if not theirs.any():
        return
    sheet.fill("interviewer", sheet.get("candidate").where(theirs, ""))
    why = "filed under somebody at a client and names no candidate"
    sheet.aside = np.where(theirs.to_numpy() & (sheet.aside == ""), why, sheet.aside)


FILING: Final[dict[str, Callable[[Sheet], None]]] = {
    "place": place,
    "one_candidate": one_candidate,
    "filed_at_client": filed_at_client,
}
"""Steps that a profile can name, by name; they run after words have been understood."""
