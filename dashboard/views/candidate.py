"""One candidate: each application's timeline, and beside it the receipt of its scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from analysis.report import (
    CLASS_TITLES,
    ROUTE_TITLES,
    ApplicationReport,
    CandidateReport,
    Deduction,
    FamilyReceipt,
)
from dashboard import parts, picker, session, settings_form
from dashboard.caseload import taking
from dashboard.casework import adding, contesting, explaining, picturing
from dashboard.receipt import receipt

_PICK: Final = "pick"


def pick() -> str:
    """Let the reader choose a candidate; gives the key."""
    now = session.chosen()
    names = picker.among(_PICK, now)
    session.hold(_PICK, now if now in names else None)
    key = st.selectbox(
        "Candidate",
        list(names),
        format_func=lambda k: names[k],
        placeholder="Type a name",
        key=_PICK,
        on_change=session.choose_held,
        args=(_PICK,),
        label_visibility="collapsed",
    )
    return key or ""


def header(view: CandidateReport) -> None:
    """Overall and what it rests on."""
    tags = ["provisional: fewer than 3 interviews"] if view.provisional else []
    rests = parts.count(view.interviews, "interview", "interviews")
    words = [f"Recruiter {view.recruiter}"] if view.recruiter else []
    if view.overall is None:
        parts.facts(("Not scored", view.overall_reason or "not enough evidence"))
    else:
        parts.facts(
            (f"{parts.number(view.overall)} of 100", view.overall_word),
            (rests, "it rests on"),
            (f"{view.scored_weight:.0%}", "of the weight could be scored"),
        )
    if len(view.applications) > 1 and view.lowest is not None and view.highest is not None:
        low, high = parts.number(view.lowest), parts.number(view.highest)
        words.append(f"{len(view.applications)} applications, from {low} to {high}")
    parts.line(*words, tags=tuple(tags))
    for check in view.checks:
        parts.flag(check)


def application(whole: CandidateReport, view: ApplicationReport, alone: bool) -> None:
    """Timeline and receipt of one application, then its contacts, and what can be said about them."""
    said = contesting.remarks(whole.key)
    parts.heading(view.title, 2)
    facts = [view.stage, ROUTE_TITLES.get(view.route, view.route)]
    if not alone and view.overall is not None:
        facts.append(f"overall {parts.number(view.overall)}, {view.overall_word}")
        facts.append(f"{view.scored_weight:.0%} of the weight scored")
    elif not alone:
        facts.append(f"overall not shown: {view.overall_reason}")
    parts.line(*[f for f in facts if f])
    left, right = st.columns([13, 8], gap="medium")
    costs = picturing.caused(view)
    lit, clicked, picked = ringed(view), picturing.clicked(view), selected(view.contacts, view.key)
    with right:
        # first of all: what a correction changed is on the screen before the picture is drawn
        parts.heading("How the points came about", 3)
        shown = {*lit, *(c for c in (clicked, picked) if c is not None)}
        st.html("".join(receipt(family, said, shown) for family in view.families))
    with left:
        parts.heading("What happened, and when a word was welcome", 3)
        light(whole, view)
        picturing.timeline(view, lit, costs)
        picturing.told(view, clicked, costs)
        parts.heading("Contacts, and what each was counted as", 3)
        contacts(view.contacts, view.key, said)
        picturing.told(view, picked, costs)
        contesting.panel(whole, view, picked)
        adding.debrief(whole, view)
        adding.contact(whole, view)


def deductions(view: ApplicationReport) -> list[tuple[FamilyReceipt, Deduction]]:
    """The deductions that stand and were caused by contacts."""
    return [(f, d) for f in view.families for d in f.deductions if d.contacts and not d.correction]


def _light_key(view: ApplicationReport) -> str:
    return f"light-{view.key}-{len(deductions(view))}"


def ringed(view: ApplicationReport) -> tuple[int, ...]:
    """The contacts behind the deduction that was chosen last."""
    rows, chosen = deductions(view), session.held(_light_key(view))
    return rows[chosen][1].contacts if chosen is not None and chosen < len(rows) else ()


def light(whole: CandidateReport, view: ApplicationReport) -> None:
    """Let the reader choose a deduction, whose contacts are ringed then."""
    rows = deductions(view)
    if not rows:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Ring the contacts behind a deduction",
            range(len(rows)),
            index=None,
            format_func=lambda n: f"−{parts.number(rows[n][1].points)} {rows[n][0].title}: {rows[n][1].measured}",
            placeholder="None",
            key=_light_key(view),
        )
        if chosen is not None:
            contesting.contest(whole, view, rows[chosen][1])


def selected(table: pd.DataFrame, key: str) -> int | None:
    """The contact whose row was selected last."""
    held = session.held(f"contacts-{key}")
    rows = [row for row in (held["selection"]["rows"] if held else ()) if row < len(table)]
    return int(table["contact"].iloc[rows[0]]) if rows else None


def contacts(table: pd.DataFrame, key: str, said: Mapping[str, str]) -> None:
    """Contacts, each with what it was counted as, why, how sure, and where it stands; see `selected`.

    ``said``: what was said with each correction, by its key.
    """
    dates = session.dates()
    moments = zip(table["at"], table["precision"], strict=True)
    shown = pd.DataFrame(
        {
            "When": [dates.brief(at, how) if not pd.isna(at) else "" for at, how in moments],
            "Who": table["from"].str.cat(table["to"], sep=" → ").str.strip(" →"),
            "By": table["channel"].str.replace("_", " "),
            "Counted as": table["class"].map(CLASS_TITLES).fillna(table["class"]),
            "Why": [
                "; ".join(said[c] for c in keys.split() if c in said) or why
                for keys, why in zip(table["correction"], table["why"], strict=True)
            ],
            "Sure": table["sure"],
            "Where": table["reference"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"contacts-{key}",
        column_config={
            "When": st.column_config.TextColumn("When", width=132),
            "Who": st.column_config.TextColumn("Who", width=112),
            "By": st.column_config.TextColumn("By", width=64),
            "Counted as": st.column_config.TextColumn("Counted as", width=104),
            "Why": st.column_config.TextColumn("Why", width=126),
            "Sure": st.column_config.NumberColumn(
                "Sure", format="percent", width=48, help="How sure the reading of the contact is"
            ),
            "Where": st.column_config.TextColumn("Where", width=126),
        },
        alt="Contacts in order of time",
    )


loaded = not session.workspace().is_empty
title, choice = st.columns([3, 2], vertical_alignment="center")
with choice:
    key = pick() if loaded else ""
view = session.candidate(key) if key else None
with title:
    parts.heading(view.candidate if view else "Candidate")
if not loaded:
    parts.quiet(
        "No files are loaded. Once a contact log is there, this page shows one candidate's timeline and receipt."
    )
    st.page_link("views/upload.py", label="Upload files")
elif view is None:
    if session.chosen():
        parts.quiet("The files that are loaded hold no such candidate. Choose one by name here, or go to the caseload.")
    else:
        parts.quiet("Choose a candidate by name, or select a row in the caseload. Timeline and receipt appear here.")
    st.page_link("views/caseload.py", label="Go to the caseload")
else:
    header(view)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("views/coaching.py", label="Coaching session", query_params=session.address(view.key))
        taking.one_as_file(view)
    by_key = {a.key: a for a in view.applications}
    picked = next(iter(by_key), None)
    if len(by_key) > 1:
        picked = st.selectbox(
            "Application",
            list(by_key),
            format_func=lambda k: by_key[k].title,
            key=f"application-{view.key}",
            width=560,
        )
    if picked is None:
        parts.quiet("No contact of this candidate could be tied to an application: client and interview are missing.")
    else:
        application(view, by_key[picked], alone=len(by_key) == 1)
    if len(view.unlinked):
        parts.heading("Contacts that belong to no application yet", 2)
        parts.quiet("They name no client, or fit two applications. They count nowhere until a person decides.")
        contacts(view.unlinked, f"unlinked-{view.key}", contesting.remarks(view.key))
    adding.typed(view)
    contesting.made(view)
    settings_form.candidate(view.key)
    explaining.why(view)
    parts.aid()
