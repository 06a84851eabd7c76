"""Lines of a hand-kept sheet that head those below them: a client, a month; and lines that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.formats.profile import Profile
from analysis.timetext import split_times

_MONTH: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_PERIOD: Final = re.compile(
    rf"\W*(?:(?:{_MONTH})\W*(?:\d{{4}}|['’]?\d{{2}})?|(?:19|20)\d\d|q[1-4]\W*(?:\d{{4}})?"
    rf"|(?:week|w/?c|wk|month|week commencing|week of|month of)\b.*)\W*",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_TOTAL: Final = re.compile(r"\W*(?:sub|grand )?-?(?:totals?|sum|count|summe|gesamt)\b.*", re.IGNORECASE)
_FIRM: Final = re.compile(
    r"(?i:client|company|account)\s*[:\-\u2013].+|.*:\s*|[^a-z]*[A-Z][^a-z]{2,}"
    r"|.*\b(?i:inc|ltd|llc|llp|plc|gmbh|ag|corp|corporation|group|bv|limited|co|bank"
    r"|hospital|university|systems|solutions|services|partners|holdings?)\.?\s*",
)
HEADING: Final = "a heading for the lines below it"
TOTAL: Final = "a line of totals"


@dataclass(frozen=True, slots=True)
class Sections:
    """What the lines of a sheet are: why one is no contact (``""``: it may be one), and under which client it stands.

    ``near``: a date of the month under which a line stands, ``""`` where there is none. ``clients``: the headings.
    """

    why: NDArray[np.object_]
    client: NDArray[np.object_]
    near: NDArray[np.object_]
    clients: tuple[str, ...] = ()


def sections_of(frame: pd.DataFrame, profile: Profile) -> Sections:
    """Find headings and totals among the lines of a hand-kept sheet.

    A line with one filled cell is a heading where it names a month or week; and, in a sheet without a column for the
    client, where the first line is one or the cell is written like the name of a firm.
    """
    text = frame.astype("str").fillna("").apply(lambda c: c.str.strip())
    cells = text.to_numpy(dtype=object)
    n = len(cells)
    why, client, near = (np.full(n, "", dtype=object) for _ in range(3))
    if not n or cells.shape[1] < 3:
        return Sections(why, client, near)
    filled = cells != ""
    first = np.where(filled.any(axis=1), cells[np.arange(n), filled.argmax(axis=1)], "")
    lone = filled.sum(axis=1) == 1
    has_client = any(profile.field_of(str(c)) == "client" and filled[:, i].any() for i, c in enumerate(frame.columns))
    dated = (split_times(pd.Series(first, dtype="str"))["state"] != "bad").to_numpy()
    begins = bool(lone[0]) and not dated[0] and n > 1 and not _PERIOD.fullmatch(first[0]) and not lone.all()
    months = np.array([bool(lone[i]) and bool(_PERIOD.fullmatch(first[i])) for i in range(n)], dtype=bool)
    if n > 1 and months[0]:
        begins = bool(lone[1]) and not months[1] and not dated[1] and not lone.all()
    now, when, clients = "", "", list[str]()
    for i in np.flatnonzero(lone | np.array([bool(_TOTAL.fullmatch(f)) for f in first], dtype=bool)).tolist():
        if _TOTAL.fullmatch(first[i]):
            why[i] = TOTAL
        elif months[i]:
            why[i] = HEADING
        elif lone[i] and not has_client and not dated[i] and (begins or _FIRM.fullmatch(first[i])):
            why[i] = HEADING
            clients.append(_name(first[i]))
    heading = 0
    for i in range(n):
        if why[i] == HEADING:
            if months[i]:
                year = _YEAR.search(first[i])
                month = re.search(rf"(?i)\b(?:{_MONTH})", first[i])
                when = f"15 {month[0]} {year[0]}" if year and month else (f"1 July {year[0]}" if year else when)
            else:
                now, heading = clients[heading], heading + 1
        client[i], near[i] = now, when
    return Sections(why, client, near, tuple(clients))


def _name(cell: str) -> str:
    name = re.sub(r"^(?:client|company|account)\s*[:\-\u2013]\s*", "", cell.strip(), flags=re.IGNORECASE)
    return name.rstrip(" :")
