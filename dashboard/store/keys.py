"""Keys of what is kept: digests of everything that it follows from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.corrections import Correction
from dashboard.store import kept
from dashboard.store.state import State

Said = tuple[tuple[str, str, str], ...]
"""Corrections by key, what and about."""


def base_key(known: State) -> str:
    """The key of the checked log that a state makes, and of who is who in it."""
    moved = [one for one in known.corrections if one.what == "candidate"]
    return kept.digest("log", known.contacts_digest, known.links, moved)


def result_key(known: State, as_of: pd.Timestamp) -> str:
    """The key of the results at a moment, whatever corrections there are."""
    return kept.digest("results", state_key(known), as_of.tz_convert("UTC").isoformat())


def state_key(known: State) -> str:
    """The key of everything but corrections and the moment."""
    return kept.digest("state", base_key(known), known.policy.version, known.policy, known.settings)


def about_all(known: State, as_of: pd.Timestamp) -> tuple[object, ...]:
    """What the results of the whole are of."""
    return "whole", result_key(known, as_of), marks(known.corrections)


def about_one(known: State, as_of: pd.Timestamp, key: str) -> tuple[object, ...]:
    """What the results of one candidate are of."""
    return "one", result_key(known, as_of), marks(known.corrections), key


def marks(corrections: Sequence[Correction]) -> Said:
    """Corrections by key, what and about."""
    return tuple((one.key, one.what, one.about) for one in corrections)
