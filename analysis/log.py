"""The contact log: column names, vocabularies and dtypes that every stage shares.

A contact log is one pandas table, one row a contact (an interview is a contact too). Text columns
are pandas ``str`` and hold ``""`` where nothing is known, never NaN. Instants are
``datetime64[us, UTC]``. Vocabularies are closed: a word outside them is a problem, not a value.
Source: the plain layout in the README.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

PLAIN_COLUMNS: Final = (
    "candidate",
    "candidate_id",
    "candidate_email",
    "candidate_phone",
    "candidate_zone",
    "client",
    "client_zone",
    "client_calendar",
    "job",
    "interviewer",
    "interviewer_email",
    "interviewer_phone",
    "recruiter",
    "route",
    "at",
    "ended_at",
    "logged_at",
    "sender",
    "receiver",
    "channel",
    "kind",
    "state",
    "decision_on",
    "decision_asked",
    "topics",
    "subject",
    "note",
    "message_id",
)
"""Columns of the plain layout, in its documented order."""

PARTIES: Final = ("candidate", "client", "agency", "system")
CHANNELS: Final = ("email", "call", "voicemail", "text", "card", "in_person", "video", "social", "portal", "other")
KINDS: Final = (
    "interview",
    "thank_you",
    "follow_up",
    "reply",
    "decision_date",
    "debrief",
    "rejection",
    "offer",
    "hired",
    "withdrawn",
    "closed",
    "no_calls",
    "no_contact",
    "no_notes",
    "will_contact",
    "logistics",
    "courtesy",
    "other",
)
STATES: Final = ("happened", "attempted", "planned", "cancelled", "no_show", "failed", "draft")
LEFT_OUT: Final = "left_out"
"""State of a contact that a person left out; no file can say it."""
ROUTES: Final = ("direct", "direct_copy_agency", "via_agency", "unknown")
ASKED: Final = ("yes", "no", "volunteered", "in_note")
PRECISIONS: Final = ("second", "minute", "evening", "day")
"""How exactly ``at`` is known. ``day`` and ``evening`` hold local noon and 18:00 in ``at``."""

VOCABULARIES: Final[dict[str, tuple[str, ...]]] = {
    "sender": PARTIES,
    "receiver": PARTIES,
    "channel": CHANNELS,
    "kind": KINDS,
    "state": STATES,
    "route": ROUTES,
    "decision_asked": ASKED,
}

CONTACT_DTYPES: Final[dict[str, str]] = {
    "file": "str",
    "line": "int64",
    **{name: "datetime64[us, UTC]" if name in ("at", "ended_at", "logged_at") else "str" for name in PLAIN_COLUMNS},
    "precision": "str",
    "time_is": "str",
    "decision_day": "datetime64[us]",
    "decision_vague": "bool",
    "complete": "bool",
    "asked_for": "bool",
    "correction": "str",
    "told_at": "datetime64[us, UTC]",
    "told_sure": "float64",
    "tells": "bool",
    "gist": "str",
}
"""Columns and dtypes of ``CheckedLog.contacts``.

``file`` and ``line`` name the place in the upload (physical line, from 1). ``precision`` is one of
`PRECISIONS`. ``time_is`` is ``"contact"`` where ``at`` is when it happened and ``"logged"`` where only
the time of typing is known. ``decision_day`` is the date read from ``decision_on`` (naive midnight of
that day, NaT when there is none); ``decision_vague`` says it came from words such as "end of next
week". ``complete`` is the import's answer to the completeness question. ``asked_for`` (a person said that the
employer had asked for this contact) and ``correction`` (keys of the corrections of this contact, joined by blanks)
stay empty until `analysis.corrections.correct`. ``told_at``: when the note was written that tells of this contact,
NaT for a row of a file; ``told_sure`` (0-1): how sure that reading is; ``tells``: a note of whose contacts the log
has rows.
``gist`` is what is left of texts that are not kept
(`analysis.gists`), ``""`` where they are.
"""


def empty_contacts() -> pd.DataFrame:
    """A contact log with every column and no row."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in CONTACT_DTYPES.items()})
