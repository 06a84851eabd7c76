"""What the subject and the note of a task say: the activity, and a sent message that was written into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.vocabulary import fold, word_of

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_LOGGED_MAIL: Final = re.compile(
    r"\s*(?:To|Para|An|À|A|Aan): .{0,4000}?\b(?:Body|Cuerpo|Textkörper|Text|Corps|Hoofdtekst|Corpo): ?(?P<body>.*)",
    re.DOTALL,
)
"""How a customer system writes a sent message into the note of its task."""


def subject_type(sheet: Sheet) -> None:
    """The activity from the first words of the subject (``Email: …``, ``Call``), where they are known."""
    heads = sheet.get("subject").str.extract(r"^\s*([^:\d]{2,30}?)\s*(?::|$)")[0].fillna("")
    codes, distinct = pd.factorize(heads)
    own = sheet.profile.words.get("type", {})
    known = [str(h) if fold(str(h)) in own or word_of("channel", str(h)) else "" for h in distinct]
    sheet.fill("type", pd.Series(known, dtype="str").take(codes).reset_index(drop=True))


def logged_mail(sheet: Sheet) -> None:
    """A sent message written into a note (``To: … Subject: … Body: …``): its text alone, sent by the agency."""
    codes, distinct = pd.factorize(sheet.get("note"))
    found = [_LOGGED_MAIL.match(str(note)) for note in distinct]
    sent = pd.Series([f is not None for f in found], dtype="bool").take(codes).reset_index(drop=True)
    if not sent.any():
        return
    body = pd.Series([f["body"].strip() if f else "" for f in found], dtype="str").take(codes).reset_index(drop=True)
    sheet.cells["note"] = sheet.get("note").where(~sent, body).astype("str")
    blank = pd.Series([""] * len(codes), dtype="str")
    for name, value in (("direction", "out"), ("channel", "email")):
        sheet.fill(name, blank.where(~sent, value))
