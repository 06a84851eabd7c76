"""Figures from plain tables: shapes with words, readable colours, and no text of a file as markup."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.report import BANDS, Timeline
from dashboard import figures
from dashboard.dates import Dates

HOSTILE = '<a href="https://evil.example">x</a><script>alert(1)</script>'
DATES = Dates("en-GB")


def timeline(why: str = "The log says so", who: str = "Dana Osei") -> Timeline:
    """Interview Tue 3 March at 11, thanks that evening, a follow-up on Mon 16; date given: Fri 13 March."""
    return Timeline(
        zone="America/New_York",
        as_of=pd.Timestamp("2026-04-15 12:00"),
        marks=pd.DataFrame(
            {
                "contact": [0, 1, 2],
                "at": pd.to_datetime(["2026-03-03 10:00", "2026-03-03 19:00", "2026-03-16 10:15"]),
                "lane": ["Interviews", "Candidate", "Candidate"],
                "class": ["interview", "thank_you", "follow_up"],
                "channel": ["in_person", "email", "voicemail"],
                "who": who,
                "why": why,
                "sure": 1.0,
                "reference": ["log.csv:2", "log.csv:3", "log.csv:4"],
                "precision": "minute",
            }
        ),
        windows=pd.DataFrame(
            {
                "family": ["thank_you", "timing"],
                "round": [1, 1],
                "good_from": pd.to_datetime(["2026-03-03 11:00", "2026-03-16 00:00"]),
                "good_to": pd.to_datetime(["2026-03-03 23:59", "2026-03-20 23:59"]),
                "interview": pd.to_datetime(["2026-03-03 11:00", "2026-03-03 11:00"]),
            }
        ),
        silences=pd.DataFrame(
            {
                "starts": pd.to_datetime(["2026-03-16 10:15"]),
                "ends": pd.to_datetime(["2026-04-15 12:00"]),
                "length": [1],
                "word": ["measured"],
            }
        ),
        decision_days=(pd.Timestamp("2026-03-13"),),
    )


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def drawn(view: Timeline) -> str:
    return str(figures.timeline(view, "light", DATES.short, DATES.known).to_json())


def test_lanes_are_drawn_only_for_parties_with_something_in_them() -> None:
    figure = figures.timeline(timeline(), "light", DATES.short, DATES.known)
    lanes = [a.text for a in figure.layout.annotations if a.text in ("Interviews", "Candidate", "Employer", "Agency")]
    assert lanes == ["Interviews", "Candidate", "Employer"]


def test_every_kind_of_contact_has_a_shape_and_a_word_of_its_own() -> None:
    key = figures.timeline_key(timeline(), "light")
    assert [k.word for k in key] == [
        "Interview",
        "Thank-you",
        "Follow-up",
        "Thank-you welcome",
        "Check-in welcome",
        "Employer silent",
        "Decision date",
    ]
    symbols = [mark.symbol for mark in figures.MARKS.values()]
    assert len(set(symbols)) == len(symbols)


def test_the_decision_date_is_named_with_its_weekday() -> None:
    figure = figures.timeline(timeline(), "light", DATES.short, DATES.known)
    assert any("decision" in a.text and "Fri" in a.text and "13 Mar" in a.text for a in figure.layout.annotations)


def test_the_windows_lie_on_the_candidates_lane_and_are_tied_to_their_interview() -> None:
    figure = figures.timeline(timeline(), "light", DATES.short, DATES.known)
    bands = [t for t in figure.data if t.fill == "toself"]
    ties = [t for t in figure.data if t.line.dash == "dot"]
    assert [(str(b.x[0])[:16].replace("T", " "), str(b.x[1])[:16].replace("T", " ")) for b in bands] == [
        ("2026-03-03 11:00", "2026-03-03 23:59"),
        ("2026-03-16 00:00", "2026-03-20 23:59"),
    ]
    assert len(ties) == len(bands)


def test_the_contacts_behind_a_deduction_are_ringed() -> None:
    figure = figures.timeline(timeline(), "light", DATES.short, DATES.known, lit=(2,))
    ring = next(t for t in figure.data if t.name == "Caused the deduction")
    assert [pd.Timestamp(x) for x in ring.x] == [pd.Timestamp("2026-03-16 10:15")]


def test_a_mark_says_which_deductions_it_caused() -> None:
    cost = "−10 The follow-ups came close together (Persistent, not <pushy>)"
    figure = figures.timeline(timeline(), "light", DATES.short, DATES.known, (), {2: (cost,)})
    hovers = {int(n): text for trace in figure.data if trace.customdata is not None
              for n, text in zip(trace.customdata, trace.hovertext, strict=True)}  # fmt: skip
    assert "not &lt;pushy&gt;" in hovers[2]
    assert "−10" not in hovers[0] + hovers[1]


@pytest.mark.parametrize("field", ["why", "who"])
def test_markup_in_a_name_or_note_stays_text(field: str) -> None:
    shown = drawn(timeline(**{field: HOSTILE}))
    hover = json.loads(shown)
    assert "<a href" not in json.dumps(hover)
    assert "<script" not in json.dumps(hover)
    assert "&lt;script&gt;" in json.dumps(hover)


def test_a_long_history_is_cut_to_the_newest_contacts() -> None:
    view = timeline()
    many = pd.concat([view.marks] * 400, ignore_index=True).sort_values("at", ignore_index=True)
    figure = figures.timeline(
        Timeline(view.zone, view.as_of, many, view.windows, view.silences, view.decision_days),
        "light",
        DATES.short,
        DATES.known,
    )
    assert sum(len(t.x) for t in figure.data if t.mode == "markers") == figures.MOST_MARKS


def test_the_spread_counts_every_candidate_once_in_each_family() -> None:
    table = pd.DataFrame(
        {
            "title": ["Follow-up timing"] * 5,
            "band": list(BANDS),
            "candidates": [3, 2, 0, 1, 4],
        }
    )
    figure = figures.spread(table, "light")
    assert [bar.name for bar in figure.data] == list(BANDS)
    assert sum(int(bar.x[0]) for bar in figure.data) == 10


def test_not_scored_is_neutral_and_hatched_not_the_colour_of_a_bad_band() -> None:
    table = pd.DataFrame({"title": ["Follow-up timing"] * 5, "band": list(BANDS), "candidates": [1] * 5})
    bar = next(b for b in figures.spread(table, "light").data if b.name == "not scored")
    assert bar.marker.pattern.shape == "/"
    assert bar.marker.color not in [fill for fill, _ in figures.BAND_COLOURS.values()]


@pytest.mark.parametrize(("theme", "page"), [("light", "#ffffff"), ("dark", "#12181d")])
def test_text_on_charts_can_be_read_in_light_and_dark(theme: str, page: str) -> None:
    ink = figures.ink(theme)
    assert contrast(ink.text, page) >= 4.5
    assert contrast(ink.line, page) >= 4.5
    label = figures.timeline(timeline(), theme, DATES.short, DATES.known).layout.hoverlabel
    assert contrast(label.font.color, label.bgcolor) >= 4.5
    assert contrast(ink.on_neutral, ink.neutral) >= 4.5
    for fill, on_fill in figures.BAND_COLOURS.values():
        assert contrast(fill, on_fill) >= 4.5


def test_no_chart_offers_to_send_itself_to_a_cloud() -> None:
    assert figures.CONFIG == {"displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": ""}
