"""Weeks to a plotly figure. Nothing here knows a screen."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures import Key, finish, ink, two_lines

_FILLS: Final = {"on time": ("#0072B2", "#0072B2", ""), "late or missing": ("#E69F00", "#12181d", "x")}
_UNSEEN: Final = "cannot be judged"


def trend(table: pd.DataFrame, theme: str, day: Callable[[pd.Timestamp], str]) -> go.Figure:
    """A bar a week: its interview rounds by whether the thank-you came on time; above it the share, or ``too few``.

    ``table``: as from `analysis.weeks.weeks`, one row at least; ``day`` writes a Monday for the reader.
    """
    colours = ink(theme)
    days = [day(week) for week in table["week"]]
    names = [escape(told) for told in days]
    place = list(range(len(table)))
    counts = {
        "on time": table["on_time"],
        "late or missing": table["judged"] - table["on_time"],
        _UNSEEN: table["rounds"] - table["judged"],
    }
    figure = go.Figure()
    for word, count in counts.items():
        fill, edge, shape = _FILLS.get(word, (colours.neutral, colours.line, "/"))
        figure.add_bar(
            x=place,
            y=count.to_numpy(),
            name=word,
            customdata=names,
            hovertemplate=f"Week of %{{customdata}}: %{{y}} {word}<extra></extra>",
            marker={
                "color": fill,
                "line": {"width": 1, "color": edge},
                "pattern": {"shape": shape, "bgcolor": fill, "fgcolor": edge, "size": 6, "solidity": 0.12},
            },
        )
    for at, (rounds, share) in enumerate(zip(table["rounds"], table["share"], strict=True)):
        figure.add_annotation(
            x=at, y=rounds, text=share_text(rounds, share).replace("too ", "too<br>"),
            showarrow=False, yanchor="bottom", yshift=2, font={"size": 12, "color": colours.text},
        )  # fmt: skip
    step = -(-len(names) // 6)
    figure.update_layout(barmode="stack", bargap=0.35, height=260)
    figure.update_xaxes(
        tickvals=place[::step], ticktext=[two_lines(told) for told in days[::step]], tickangle=0, fixedrange=True,
        showgrid=False, tickfont={"color": colours.text, "size": 12}, range=[-0.6, len(names) - 0.4],
    )  # fmt: skip
    most = max(int(table["rounds"].max()), 1)
    figure.update_yaxes(
        title={"text": "interview rounds", "font": {"color": colours.text, "size": 12}}, fixedrange=True,
        range=[0, most * 1.3], gridcolor=colours.grid, tickfont={"color": colours.text, "size": 12},
        tickformat="d", nticks=min(most + 1, 6), automargin=True, zerolinecolor=colours.line,
    )  # fmt: skip
    return finish(figure, colours, bottom=52)


def trend_key(theme: str) -> list[Key]:
    """What the colours of the weeks mean."""
    told = [Key("▩" if shape else "■", fill, f"thank-you {word}") for word, (fill, _, shape) in _FILLS.items()]
    return [*told, Key("▨", ink(theme).line, f"thank-you {_UNSEEN}: not seen, not due or not scored")]


def share_text(rounds: int, share: float) -> str:
    """The share of a week in words: nothing for a week without a round."""
    if pd.isna(share):
        return "too few" if rounds else ""
    return f"{share:.0%}"
