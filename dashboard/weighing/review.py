"""Before a draft counts: what it changes, who would move, and the name it is saved under."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from analysis.moves import Moves
from dashboard import parts, policies, session
from dashboard.policies import Draft
from dashboard.weighing import saved
from dashboard.weighing.saved import Saved

_SHOWN: Final = 10


def review(base: Saved, draft: Draft) -> None:
    """What the draft changes and does, and the way to save it."""
    parts.heading("Before it counts", 2)
    problem = policies.whats_wrong(base.policy, draft)
    if problem is None:
        made = policies.drafted(base.policy, draft)
        told = policies.difference(base.policy, made)
        parts.heading("What changes", 3)
        parts.table(
            ("Number", "Group", "Until now", "From now on"),
            told[["meaning", "group", "one", "other"]].to_numpy().tolist(),
            f"{parts.count(len(told), 'number differs', 'numbers differ')} from “{base.name}”",
        )
        parts.heading("Who would move", 3)
        if session.workspace().is_empty:
            parts.quiet("No files are loaded, so nobody can move yet. Upload a contact log to see what this would do.")
        else:
            with st.spinner("Working out who would move …"):
                found = session.moves_under(made)
            _moves(found)
        _save(base, draft)
    else:
        parts.flag(policies.sentence(problem))
    with st.container(horizontal=True):
        st.button("Back to the numbers", key="back-to-numbers", on_click=session.review, args=(False,))
        st.button("Drop the changes", key="drop", on_click=session.take_draft, args=(None,))


def stale(draft: Draft, now: Saved) -> None:
    """Somebody saved another policy since the draft was begun."""
    parts.flag(
        f"{now.author} saved “{now.name}” ({now.when()}) after you began. Your draft still stands on the policy before "
        "it and cannot be saved like this."
    )
    st.button(
        "Put my changes on top of it",
        key="rebase",
        on_click=session.take_draft,
        args=(replace(draft, seen=now.number),),
        kwargs={"look": session.reviewing()},
    )


def _moves(found: Moves) -> None:
    everybody = parts.count(found.candidates, "candidate", "candidates")
    if not found.moved:
        parts.quiet(f"Nobody: of {everybody} none has another score or band with these numbers.")
        return
    overall = found.families.iloc[0]
    parts.facts(
        (f"{found.moved:,}", f"of {everybody} would have another score or band"),
        (f"{overall['up']:,}", "go up overall"),
        (f"{overall['down']:,}", "go down overall"),
        (f"{overall['bands']:,}", "change the band of their overall"),
    )
    parts.table(
        ("Score", "Up", "Down", "Newly scored", "No longer scored", "Mean change", "Smallest to largest", "Other band"),
        [
            (
                str(row["title"]),
                *(f"{row[name]:,}" for name in ("up", "down", "appear", "vanish")),
                _signed(row["mean"]),
                "" if pd.isna(row["least"]) else f"{_signed(row['least'])} to {_signed(row['most'])}",
                f"{row['bands']:,}",
            )
            for row in found.families.to_dict("records")
        ],
        f"Candidates whose score moves, out of {found.candidates:,}; the mean is over those who move",
    )
    if len(found.bands):
        parts.table(
            ("Band now", "Band then", "Candidates"),
            [(row["before"], row["after"], f"{row['candidates']:,}") for row in found.bands.to_dict("records")],
            "Bands of the overall that change",
        )
    first = found.movers.head(_SHOWN)
    more = len(found.movers) - len(first)
    parts.table(
        ("Candidate", "Overall now", "Overall then", "By", "Moves most in"),
        [
            (
                str(row["candidate"]),
                _points(row["before"], row["band_before"]),
                _points(row["after"], row["band_after"]),
                _signed(row["change"]),
                f"{row['title']} {_signed(row['most'])}" if row["title"] else "",
            )
            for row in first.to_dict("records")
        ],
        "Who moves most" + (f"; {more:,} more move less" if more else ""),
    )
    parts.aid()


def _save(base: Saved, draft: Draft) -> None:
    parts.heading("Save it", 3)
    with st.form("save-policy", border=False):
        name = st.text_input(
            "Name of this policy",
            draft.name,
            max_chars=80,
            placeholder="Busy season, Northern desk …",
            width=420,
        )
        pressed = st.form_submit_button("Save, and score with it from now on", type="primary")
    parts.quiet("Nothing is overwritten: the policy until now stays under “Saved policies”, and you can go back to it.")
    if not pressed:
        return
    told = policies.clean_name(name)
    if not told:
        parts.flag("Give it a name first, so that you find it again.")
        return
    session.name_draft(told)
    saved.keep(base.policy, draft, told)
    st.rerun()


def _signed(points: float) -> str:
    if pd.isna(points):
        return ""
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{parts.number(abs(points))}"


def _points(points: float, band: str) -> str:
    return band if pd.isna(points) else f"{parts.number(points)}, {band}"
