"""The part of the page that shows week by week what was held, and how often the thank-you came on time."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from analysis.weeks import TOO_FEW, weeks
from dashboard import figures, parts, session
from dashboard.caseload.figures import share_text, trend, trend_key

MOST: Final = 12
"""Weeks that are drawn, so that a phone still shows each; the table has the year."""
_YEAR: Final = 53


def by_week(rounds: pd.DataFrame) -> None:
    """The latest weeks as a chart and all of them as a table; ``rounds`` as from `analysis.caseload.rounds_among`."""
    parts.heading("Week by week", 2)
    table = weeks(rounds["day"].to_numpy(), rounds["judged"].to_numpy(), rounds["on_time"].to_numpy())
    if table.empty:
        parts.quiet("No interview was held by the candidates in the table; once one was, its week stands here.")
        return
    drawn, dates = table.tail(MOST), session.dates()
    before = len(table) - len(drawn)
    parts.quiet(
        f"Interview rounds held by the candidates in the table, by the week's Monday on the agency's clock: "
        f"{parts.count(int(table['rounds'].sum()), 'round', 'rounds')}"
        f"{f', the latest {MOST} weeks drawn' if before else ''}. The share is of the rounds whose thank-you could be "
        f"judged; a week with fewer than {TOO_FEW} of them has too few to say."
    )
    st.plotly_chart(
        trend(drawn, session.theme(), dates.short),
        key="weeks",
        theme=None,
        config=figures.CONFIG,
        alt="Interview rounds held each week, by whether the thank-you came on time; the table below has the numbers",
    )
    parts.chart_key((k.shape, k.colour, k.word) for k in trend_key(session.theme()))
    latest = table.tail(_YEAR).iloc[::-1]
    with st.expander("The weeks as a table"):
        parts.table(
            ("Week of", "Rounds held", "Could be judged", "On time", "Share"),
            [
                (dates.day(week), f"{held:,}", f"{judged:,}", f"{good:,}", share_text(held, share) or "no interview")
                for week, held, judged, good, share in latest.itertuples(index=False)
            ],
            f"The latest {parts.count(len(latest), 'week', 'weeks')}, the newest first",
        )
