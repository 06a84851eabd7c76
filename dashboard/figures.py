"""Tables to plotly figures. Nothing here knows a screen; every text from a file is escaped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analysis.periods import merged
from analysis.report import BANDS, LANES, Timeline

CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": ""}
"""Given with every figure: no tool bar, and no button that would send the chart to a cloud."""

MOST_MARKS: Final = 600
"""Marks drawn at once; beyond that the newest are drawn and the page says so."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of text, lines and neutral areas on one background, and the background of what is shown on pointing."""

    text: str
    line: str
    grid: str
    neutral: str
    on_neutral: str
    back: str


INKS: Final = {
    "light": Ink("#1b2730", "#52616c", "#e3e8ec", "#d5dce2", "#1b2730", "#ffffff"),
    "dark": Ink("#e8eef2", "#a9b8c2", "#2a353d", "#4a5862", "#ffffff", "#12181d"),
}

BAND_COLOURS: Final = {
    "strong": ("#0072B2", "#ffffff"),
    "good": ("#56B4E9", "#12181d"),
    "needs a tweak": ("#E69F00", "#12181d"),
    "coach this": ("#D55E00", "#12181d"),
}
"""Okabe-Ito fill and the text that reads on it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How contacts counted as one class look: a word, a shape (plotly's name and a character) and a colour."""

    word: str
    symbol: str
    shape: str
    colour: str


MARKS: Final = {
    "interview": Mark("Interview", "diamond", "◆", "#0072B2"),
    "thank_you": Mark("Thank-you", "star", "★", "#009E73"),
    "follow_up": Mark("Follow-up", "triangle-up", "▲", "#D55E00"),
    "reply": Mark("Reply", "circle", "●", "#56B4E9"),
    "after_rejection": Mark("After a rejection", "x", "✖", "#CC79A7"),
    "employer": Mark("From the employer", "square", "■", "#F0E442"),
    "with_agency": Mark("With the agency", "triangle-down", "▼", "#E69F00"),
    "agency": Mark("From the agency", "triangle-left", "◀", "#E69F00"),
    "statement": Mark("Noted by staff", "square-open", "□", "#7f8c96"),
    "logistics": Mark("Arrangements", "circle-open", "○", "#7f8c96"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a chart's key: a character in a colour, and what it means."""

    shape: str
    colour: str
    word: str


_OTHER: Final = Mark("Not counted", "x-thin-open", "×", "#7f8c96")

_WINDOWS: Final = {
    "thank_you": ("Thank-you welcome", "rgba(0,158,115,0.28)", "#009E73"),
    "timing": ("Check-in welcome", "rgba(86,180,233,0.28)", "#56B4E9"),
}


def ink(theme: str) -> Ink:
    """Colours for ``light`` or ``dark``; light for anything else."""
    return INKS.get(theme, INKS["light"])


def spread(table: pd.DataFrame, theme: str) -> go.Figure:
    """How each family is spread: a bar a family, split by band, with counts.

    ``table``: ``title``, ``band``, ``candidates`` as `analysis.summary.spread` gives it.
    """
    colours = ink(theme)
    titles = list(dict.fromkeys(table["title"]))
    figure = go.Figure()
    for word in BANDS:
        part = table.loc[table["band"] == word].set_index("title")["candidates"].reindex(titles, fill_value=0)
        fill, on_fill = BAND_COLOURS.get(word, (colours.neutral, colours.on_neutral))
        neutral = word == BANDS[-1]
        figure.add_bar(
            x=part.to_numpy(),
            y=titles,
            orientation="h",
            name=word,
            text=[str(n) if n else "" for n in part],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": on_fill, "size": 13},
            constraintext="none",
            marker={
                "color": fill,
                "line": {"width": 1, "color": colours.line if neutral else fill},
                "pattern": {"shape": "/" if neutral else "", "fgcolor": colours.line, "size": 6, "solidity": 0.08},
            },
            hovertemplate=f"%{{y}}: %{{x}} {word}<extra></extra>",
            width=0.5,
        )
    for title in titles:
        figure.add_annotation(
            x=0, y=title, text=escape(title), xref="paper", showarrow=False, xanchor="left", yanchor="bottom",
            yshift=15, font={"size": 13, "color": colours.text},
        )  # fmt: skip
    figure.update_layout(barmode="stack", bargap=0.2, height=58 * max(len(titles), 1) + 4)
    total = max(int(table.groupby("title")["candidates"].sum().max()), 1)
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, total * 1.004])
    figure.update_yaxes(visible=False, fixedrange=True, autorange="reversed")
    return finish(figure, colours)


def timeline(
    view: Timeline,
    theme: str,
    day: Callable[[pd.Timestamp], str],
    moment: Callable[[pd.Timestamp, str], str],
    lit: Collection[int] = (),
    costs: Mapping[int, tuple[str, ...]] = MappingProxyType({}),
) -> go.Figure:
    """One application over time: a lane a party, a shape a kind of contact, soft bands where contact was welcome.

    ``day`` and ``moment`` write dates for the reader; ``lit`` are contact numbers to ring; ``costs``: what a contact
    took off, in words, by its number.
    """
    colours = ink(theme)
    marks = view.marks.tail(MOST_MARKS)
    lanes = lanes_of(view, marks)
    place = {lane: float(-number) for number, lane in enumerate(lanes)}
    figure = go.Figure()
    _draw_windows(figure, view, place, colours)
    _draw_silences(figure, view, place, colours)
    _draw_marks(figure, marks, place, colours, moment, costs)
    _draw_lit(figure, marks, place, colours, lit)
    first, last = span(view, marks)
    for date in view.decision_days:
        figure.add_vline(x=date, line={"dash": "dash", "width": 1.5, "color": colours.text})
        figure.add_annotation(
            x=date, y=1, yref="paper", yanchor="bottom", showarrow=False, text=f"decision {escape(day(date))}",
            font={"size": 12, "color": colours.text}, xanchor="right" if date > first + (last - first) / 2 else "left",
        )  # fmt: skip
    if first <= view.as_of <= last:
        figure.add_vline(x=view.as_of, line={"dash": "dot", "width": 1, "color": colours.line})
    at = ticks(first, last)
    figure.update_xaxes(
        range=[first, last], tickvals=at, ticktext=[two_lines(day(t)) for t in at], fixedrange=True,
        gridcolor=colours.grid, tickfont={"color": colours.text, "size": 12}, zeroline=False, ticks="outside",
        tickcolor=colours.grid,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[-len(lanes) + 0.45, 0.6], fixedrange=True)
    for lane, level in place.items():
        figure.add_hline(y=level, line={"width": 1, "color": colours.grid}, layer="below")
        figure.add_annotation(
            x=0, y=level + 0.46, text=lane, xref="paper", showarrow=False, xanchor="left", yanchor="middle",
            font={"size": 12, "color": colours.line},
        )  # fmt: skip
    figure.update_layout(height=92 * max(len(lanes), 1) + 96, hovermode="closest")
    return finish(figure, colours, top=34, bottom=46)


def timeline_key(view: Timeline, theme: str) -> list[Key]:
    """What the shapes, bands and lines of a timeline mean; only those that are drawn."""
    colours = ink(theme)
    looks = {MARKS.get(name, _OTHER) for name in view.marks.tail(MOST_MARKS)["class"].unique()}
    keys = [Key(look.shape, look.colour, look.word) for look in sorted(looks, key=_order)]
    keys += [Key("▇", _WINDOWS[f][2], _WINDOWS[f][0]) for f in _WINDOWS if (view.windows["family"] == f).any()]
    if len(view.silences):
        keys.append(Key("━", colours.line, "Employer silent"))
    if view.decision_days:
        keys.append(Key("┆", colours.text, "Decision date"))
    return keys


def spread_key(theme: str) -> list[Key]:
    """What the colours of the spread mean."""
    colours = ink(theme)
    return [Key("■", BAND_COLOURS[w][0], w) if w in BAND_COLOURS else Key("▨", colours.line, w) for w in BANDS]


def lanes_of(view: Timeline, marks: pd.DataFrame) -> list[str]:
    """The lanes with something in them, from top to bottom."""
    needed = {"Candidate": len(view.windows) > 0, "Employer": len(view.silences) > 0}
    return [lane for lane in LANES if needed.get(lane) or (marks["lane"] == lane).any()]


def _draw_windows(figure: go.Figure, view: Timeline, place: dict[str, float], colours: Ink) -> None:
    level = place.get("Candidate", 0.0)
    for band in merged(view.windows).itertuples(index=False):
        _, fill, edge = _WINDOWS[str(band.family)]
        figure.add_scatter(
            x=[band.good_from, band.good_to, band.good_to, band.good_from, band.good_from],
            y=[level - 0.36, level - 0.36, level + 0.36, level + 0.36, level - 0.36],
            mode="lines", fill="toself", fillcolor=fill, line={"width": 1, "color": edge}, hoverinfo="skip",
        )  # fmt: skip
    for window in view.windows.itertuples(index=False):
        _, _, edge = _WINDOWS[str(window.family)]
        if "Interviews" in place:
            figure.add_scatter(
                x=[window.interview, window.good_from], y=[place["Interviews"], level + 0.36], mode="lines",
                line={"width": 1, "dash": "dot", "color": edge}, hoverinfo="skip", showlegend=False,
            )  # fmt: skip


def _draw_silences(figure: go.Figure, view: Timeline, place: dict[str, float], colours: Ink) -> None:
    level = place.get("Employer", min(place.values(), default=0.0)) + 0.0
    for run in view.silences.itertuples(index=False):
        asked = f"{run.length} unanswered follow-up{'' if run.length == 1 else 's'}"
        figure.add_scatter(
            x=[run.starts, run.ends], y=[level - 0.3, level - 0.3], mode="lines+markers",
            line={"width": 3, "color": colours.line}, marker={"symbol": "line-ns-open", "size": 10},
            hovertemplate=f"Employer silent: {asked}<extra></extra>",
        )  # fmt: skip


def _draw_marks(
    figure: go.Figure,
    marks: pd.DataFrame,
    place: dict[str, float],
    colours: Ink,
    moment: Callable[[pd.Timestamp, str], str],
    costs: Mapping[int, tuple[str, ...]],
) -> None:
    looks = {name: MARKS.get(name, _OTHER) for name in marks["class"].unique()}
    for look in dict.fromkeys(sorted(looks.values(), key=_order)):
        part = marks.loc[marks["class"].map(looks) == look]
        times = [moment(pd.Timestamp(at), how) for at, how in part[["at", "precision"]].to_numpy()]
        hover = [
            f"<b>{look.word}</b>{_dash(row.channel)}{_dash(row.who)}<br>{escape(when)}"
            f"<br>{escape(str(row.why))}<br>{escape(str(row.reference))}"
            + "".join(f"<br><b>{escape(cost)}</b>" for cost in costs.get(contact, ()))
            for row, when, contact in zip(
                part.itertuples(index=False), times, part["contact"].astype("int64").tolist(), strict=True
            )
        ]
        figure.add_scatter(
            x=part["at"], y=part["lane"].map(place), mode="markers", name=look.word, hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>", customdata=part["contact"],
            # the others stay as they are while one is chosen
            unselected={"marker": {"opacity": 1}},
            marker={
                "symbol": look.symbol, "size": 15, "color": look.colour,
                "line": {"width": 2 if look.symbol.endswith("-open") else 1.2, "color": look.colour
                         if look.symbol.endswith("-open") else colours.text},
            },
        )  # fmt: skip


def _draw_lit(
    figure: go.Figure, marks: pd.DataFrame, place: dict[str, float], colours: Ink, lit: Collection[int]
) -> None:
    ringed = marks.loc[marks["contact"].isin(list(lit))]
    if len(ringed):
        figure.add_scatter(
            x=ringed["at"], y=ringed["lane"].map(place), mode="markers", name="Caused the deduction",
            hoverinfo="skip", marker={"symbol": "circle-open", "size": 26, "line": {"width": 3, "color": colours.text},
                                      "color": colours.text},
        )  # fmt: skip


def _order(look: Mark) -> int:
    known = list(MARKS.values())
    return known.index(look) if look in known else len(known)


def _dash(text: object) -> str:
    words = str(text).replace("_", " ")
    return f" · {escape(words)}" if words else ""


def span(view: Timeline, marks: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From when to when a timeline is drawn."""
    moments = [
        *marks["at"],
        *view.windows["good_from"],
        *view.windows["good_to"],
        *view.silences["starts"],
        *view.decision_days,
    ]
    known = [m for m in moments if not pd.isna(m)] or [view.as_of]
    first, last = min(known), max(known)
    pad = max((last - first) * 0.04, pd.Timedelta(hours=12))
    return first - pad, last + pad


def ticks(first: pd.Timestamp, last: pd.Timestamp) -> list[pd.Timestamp]:
    """The days that are named below a timeline: six or seven at most, Mondays from a week on."""
    days = max((last - first).days, 1)
    step = next((s for s in (1, 2, 7, 14, 28, 56, 91, 182) if days / s <= 6), 364)
    start = first.normalize() + pd.Timedelta(days=1)
    if step >= 7:
        start += pd.Timedelta(days=(7 - start.weekday()) % 7)
    return list(pd.date_range(start, last, freq=f"{step}D"))


def two_lines(text: str) -> str:
    """A day with its weekday above it, escaped."""
    weekday, _, rest = text.partition(" ")
    return f"{escape(weekday.rstrip(','))}<br>{escape(rest)}"


def finish(figure: go.Figure, colours: Ink, top: int = 12, bottom: int = 8) -> go.Figure:
    """The figure with the looks that all of them share."""
    figure.update_layout(
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", 
        font={"color": colours.text, "size": 13, "family": "'Source Sans', 'Segoe UI', system-ui, sans-serif"},
        margin={"l": 4, "r": 4, "t": top, "b": bottom}, dragmode=False,
        showlegend=False,
        hoverlabel={
            "align": "left", "bgcolor": colours.back, "bordercolor": colours.line, "font": {"color": colours.text}
        },
    )  # fmt: skip
    return figure
