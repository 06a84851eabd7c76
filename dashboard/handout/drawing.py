"""A timeline on paper: the values that the chart on the screen gets, as an SVG whose texts are escaped by its writer.

Every kind of contact has a shape besides its colour and a dark outline, each window a filling of its own, so that a
grey print says the same. Lengths are points (1/72 inch).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analysis.report import Timeline
from dashboard.figures import MARKS, lanes_of, span, ticks
from dashboard.handout.svg import INK, SIZE, WINDOWS, Paper
from dashboard.handout.texts import Texts

_LEFT: Final = 58.0
_TOP: Final = 15.0
_AXIS: Final = 30.0
_LINE: Final = 15.0
_ROWS: Final = 3
_LANE: Final = 36.0
_LETTER: Final = 3.8
"""About the width of a letter of the labels."""
_NEAR: Final = 2.4 * SIZE
"""Marks nearer to each other would cover each other."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Contacts of one class that lie so close on paper that they are one mark: where, how many, and in which row."""

    name: str
    lane: str
    left: float
    at: pd.Timestamp
    count: int
    row: int = 0


def picture(view: Timeline, texts: Texts, day: Callable[[pd.Timestamp], str], width: float) -> str:
    """The timeline as SVG, so many points wide. ``day`` writes a date for the reader."""
    lanes = lanes_of(view, view.marks)
    first, last = span(view, view.marks)
    scale = (width - _LEFT - 12) / ((last - first) / pd.Timedelta(seconds=1))

    def across(moment: pd.Timestamp) -> float:
        return _LEFT + 6 + (moment - first) / pd.Timedelta(seconds=1) * scale

    level = {lane: _TOP + _LANE * (number + 0.5) for number, lane in enumerate(lanes)}
    bottom = _TOP + _LANE * len(lanes)
    entries = _entries(view, texts, width)
    paper = Paper(width, bottom + _AXIS + _LINE * (entries[-1].row + 1 if entries else 0))
    for lane, middle in level.items():
        paper.line(_LEFT, middle, width, middle, INK.grid, 0.8)
        paper.text(0, middle + 3, texts.of("lanes", lane), 9, INK.text)
    _windows(paper, view, level.get("Candidate", _TOP), across)
    for tick in ticks(first, last):
        left = across(tick)
        paper.line(left, bottom, left, bottom + 3, INK.line, 0.6)
        paper.text(left, bottom + 12, day(tick), 8, INK.line, "end" if left > width - 26 else "middle")
    paper.line(_LEFT, bottom, width, bottom, INK.line, 0.6)
    _days(paper, view, texts, day, across, (bottom, width))
    for start, end in zip(view.silences["starts"], view.silences["ends"], strict=True):
        _silence(paper, across(start), min(across(end), width - 6), level.get("Employer", bottom) + _LANE * 0.36)
    found = clusters(view, across)
    for one in found:
        down = level[one.lane] + (0, -_LANE * 0.31, _LANE * 0.31)[one.row]
        paper.shape(one.name, one.left, down)
        if one.count > 1:
            paper.text(one.left + SIZE * 1.4, down + 2.6, texts.drawn("many", count=str(one.count)), 7.5, INK.text)
    for one in _alone(found, day):
        paper.text(one.left, level[one.lane] + 13.5, day(one.at), 7, INK.text, "middle", clear=True)
    for entry in entries:
        _entry(paper, entry, bottom + _AXIS + 4 + _LINE * entry.row)
    return paper.written()


def words(view: Timeline, texts: Texts, day: Callable[[pd.Timestamp], str]) -> str:
    """The picture in a sentence, for a reader who cannot see it."""
    first, last = span(view, view.marks)
    counts = view.marks["class"].value_counts(sort=False)
    told = "; ".join(f"{texts.of('marks', str(name))}: {count}" for name, count in counts.items())
    name = "alt" if told else "alt_none"
    return texts.drawn(name, first=day(first), last=day(last), counts=told)


def clusters(view: Timeline, across: Callable[[pd.Timestamp], float]) -> list[Cluster]:
    """The contacts as marks that can be told apart on paper: merged where one kind would cover itself, and in rows
    where kinds would cover each other."""
    merged: list[Cluster] = []
    latest: dict[tuple[str, str], int] = {}
    for at, lane, name in zip(view.marks["at"], view.marks["lane"], view.marks["class"], strict=True):
        left, before = across(at), latest.get((lane, name))
        if before is not None and left - merged[before].left < _NEAR:
            merged[before] = replace(merged[before], count=merged[before].count + 1)
            continue
        latest[lane, name] = len(merged)
        merged.append(Cluster(name, lane, left, at, 1))
    ends: dict[str, list[float]] = {}
    placed = []
    for one in merged:
        rows = ends.setdefault(one.lane, [float("-inf")] * _ROWS)
        row = next((n for n, end in enumerate(rows) if end <= one.left), rows.index(min(rows)))
        rows[row] = one.left + _NEAR + (_LETTER * 4 if one.count > 1 else 0)
        placed.append(replace(one, row=row))
    return placed


def _alone(found: list[Cluster], day: Callable[[pd.Timestamp], str]) -> list[Cluster]:
    """The single marks with room for their day below them."""
    free = []
    for one in found:
        room = len(day(one.at)) * _LETTER
        others = [other for other in found if other is not one and other.lane == one.lane]
        if one.count == 1 and one.row == 0 and all(abs(other.left - one.left) > room for other in others):
            free.append(one)
    return free


def _windows(paper: Paper, view: Timeline, middle: float, across: Callable[[pd.Timestamp], float]) -> None:
    for name in WINDOWS:
        mine = view.windows.loc[view.windows["family"] == name].sort_values("good_from")
        end = float("-inf")
        for good_from, good_to in zip(mine["good_from"], mine["good_to"], strict=True):
            # windows that overlap are one band
            left, right = max(across(good_from), end), max(across(good_to), across(good_from) + 1.5)
            if right > left:
                paper.window(name, left, middle - _LANE * 0.47, right - left, _LANE * 0.94)
                end = right


def _silence(paper: Paper, start: float, end: float, down: float) -> None:
    paper.line(start, down, end, down, INK.line, 1.6)
    for side in (start, end):
        paper.line(side, down - 3, side, down + 3, INK.line, 1.6)


def _days(
    paper: Paper,
    view: Timeline,
    texts: Texts,
    day: Callable[[pd.Timestamp], str],
    across: Callable[[pd.Timestamp], float],
    end: tuple[float, float],
) -> None:
    """The decision dates and the day that is looked at, named where there is room above."""
    bottom, width = end
    named = [(across(date), texts.drawn("decision", day=day(date)), "4 2.5") for date in view.decision_days]
    if _LEFT < across(view.as_of) < width:
        named.append((across(view.as_of), texts.drawn("today"), "1 2"))
    taken: list[tuple[float, float]] = []
    for left, told, dash in named:
        paper.line(left, _TOP - 3, left, bottom, INK.text, 0.9 if dash != "1 2" else 0.6, dash)
        long = len(told) * _LETTER
        start = min(max(left - long / 2, _LEFT), width - long)
        if all(start > other_end or start + long < other_start for other_start, other_end in taken):
            paper.text(start + long / 2, _TOP - 6, told, 8, INK.text, "middle")
            taken.append((start - 6, start + long + 6))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the key: what is drawn (a class, a window, ``silence`` or ``decision``), its word, and where."""

    sign: str
    word: str
    left: float
    row: int


def _entries(view: Timeline, texts: Texts, width: float) -> list[Entry]:
    """The key in rows: only what is drawn."""
    shown = [(name, texts.of("marks", name, MARKS[name].word)) for name in MARKS if (view.marks["class"] == name).any()]
    shown += [(f"window {n}", texts.of("windows", n)) for n in WINDOWS if (view.windows["family"] == n).any()]
    shown += [("silence", texts.drawn("silence"))] if len(view.silences) else []
    shown += [("decision", texts.drawn("decision_key"))] if view.decision_days else []
    left, row, found = 4.0, 0, []
    for sign, word in shown:
        long = 10 + len(word) * _LETTER
        if left + long > width:
            left, row = 4.0, row + 1
        found.append(Entry(sign, word, left, row))
        left += long + 10
    return found


def _entry(paper: Paper, one: Entry, down: float) -> None:
    if one.sign.startswith("window "):
        paper.window(one.sign.removeprefix("window "), one.left - 2, down - 4, 9, 8)
    elif one.sign == "silence":
        paper.line(one.left - 2, down, one.left + 7, down, INK.line, 1.6)
    elif one.sign == "decision":
        paper.line(one.left + 3, down - 5, one.left + 3, down + 5, INK.text, 0.9, "4 2.5")
    else:
        paper.shape(one.sign, one.left + 2, down)
    paper.text(one.left + 10, down + 2.8, one.word, 8, INK.text)
