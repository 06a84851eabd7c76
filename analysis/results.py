"""The scores: tables that every screen, file and command shows, frozen once made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

FAMILIES: Final = ("thank_you", "timing", "over_contact", "contact_details", "decision_date", "note_quality")
"""The rule families, in the order they are shown."""

STATUSES: Final = ("scored", "pending", "cannot see", "not scored")


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that follows from a log, a policy and a moment. Keys are opaque (no name in them).

    ``candidates``: one row a candidate: ``candidate_key``, ``candidate``, ``recruiter``, ``overall`` (NaN where
    not shown), ``overall_reason``, ``scored_weight`` (0-1), ``lowest``, ``highest`` (of the applications),
    ``applications``, ``interviews`` (rounds held), ``provisional``, ``last_contact`` (UTC), and for each of
    `FAMILIES` the columns ``<family>`` (points 0-100, NaN), ``<family>_status``, ``<family>_reason``,
    ``<family>_word``.

    ``applications``: one row an application, the same score columns, and ``application_key``,
    ``candidate_key``, ``client``, ``job``, ``route``, ``client_zone``, ``candidate_zone``, ``calendar``,
    ``stage`` (``open``, ``offer``, ``hired``, ``rejected``, ``withdrawn``, ``closed``),
    ``decision_day`` (latest known, NaT).

    ``units``: one row a thing that is scored (a round for thank_you, contact_details, decision_date and
    note_quality; a waiting cycle for timing; a silence run for over_contact): ``family``, ``unit_key``,
    ``application_key``, ``candidate_key``, ``round`` (number within the application, from 1), ``starts``,
    ``ends`` (UTC, NaT while open), ``good_from``, ``good_to`` (UTC: the window in which the contact was
    welcome, NaT where there is none), ``decision_day``, ``points``, ``status``, ``reason``, ``word``,
    ``length`` (u of a run), ``contacts`` (list of contact numbers), ``counts`` (whether the unit
    enters the family's score).

    ``rows``: one row a deduction: ``family``, ``unit_key``, ``application_key``, ``candidate_key``, ``rule``,
    ``finding``, ``measured``, ``limit`` (text with units), ``points`` (in its unit), ``application_points``,
    ``candidate_points`` (what it takes off the application's and the candidate's family score, to 0.1; they
    add up to 100 minus that score), ``contacts`` (list of contact numbers), ``correction`` (key of the correction
    that waived it, at no cost; else "").

    ``findings``: ``candidate_key``, ``application_key``, ``unit_key``, ``family``, ``finding``: codes with a sentence
    in `analysis.advice`; also the praise ``well_judged`` and the "please check" flags.

    ``contacts``: the contact log's columns and ``contact`` (number, the index), ``reference`` ("file.csv:7"),
    ``candidate_key``, ``application_key``, ``round`` (0 where none), ``class`` (what it was counted as),
    ``why`` (the reason), ``sure`` (0-1), ``duplicate_of`` (contact number or -1), ``also`` (the places of its
    duplicates, "hubspot.csv line 12, log.csv line 4"), ``ambiguous``, ``answered``,
    ``local_at`` (naive, the employer's clock).
    """

    as_of: pd.Timestamp
    policy: str
    candidates: pd.DataFrame
    applications: pd.DataFrame
    units: pd.DataFrame
    rows: pd.DataFrame
    findings: pd.DataFrame
    contacts: pd.DataFrame


CONTACT_CLASSES: Final = (
    "interview",
    "thank_you",
    "follow_up",
    "reply",
    "logistics",
    "after_rejection",
    "employer",
    "with_agency",
    "agency",
    "statement",
    "automated",
    "not_happened",
    "duplicate",
    "after_as_of",
    "other",
)
"""What a contact is counted as. ``employer``: a human message from the client; ``statement``: a debrief or a
fact about the process typed by staff; ``with_agency``: between candidate and own recruiter."""
