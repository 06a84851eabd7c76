"""Moments of the workspace as its reader sees them."""

from __future__ import annotations

import pandas as pd

from dashboard import session


def when(at: str) -> str:
    """A moment of the store on the clock of the agency's zone."""
    moment = pd.Timestamp(at).tz_convert(session.workspace().answers.zone).tz_localize(None)
    return session.dates().moment(moment)
