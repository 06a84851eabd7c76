"""One candidate: each application's timeline, and beside it the receipt of its scores."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.report import CLASS_TITLES, ROUTE_TITLES, ApplicationReport, CandidateReport
from analysis.summary import labels
from dashboard import figures, parts, session
from dashboard.receipt import receipt


def pick() -> str:
    """Let the reader choose a candidate; gives the key."""
    table = session.caseload()
    names = dict(zip(table["candidate_key"], labels(table), strict=True))
    keys = list(names)
    now = session.chosen()
    key = st.selectbox(
        "Candidate",
        keys,
        index=keys.index(now) if now in names else None,
        format_func=lambda k: names[k],
        placeholder="Type a name",
        key=f"pick-{now}",
        width=420,
    )
    if key is not None and key != now:
        session.choose(key)
        st.rerun()
    return key or ""


def header(view: CandidateReport) -> None:
    """Name, overall and what it rests on."""
    parts.heading(view.candidate)
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


def application(view: ApplicationReport) -> None:
    """Timeline and receipt of one application, then its contacts."""
    parts.heading(view.title, 2)
    facts = [view.stage, ROUTE_TITLES.get(view.route, view.route)]
    if view.overall is not None:
        facts.append(f"overall {parts.number(view.overall)}, {view.overall_word}")
        facts.append(f"{view.scored_weight:.0%} of the weight scored")
    else:
        facts.append(f"overall not shown: {view.overall_reason}")
    parts.line(*[f for f in facts if f])
    left, right = st.columns([3, 2], gap="medium")
    with left:
        parts.heading("What happened, and when a word was welcome", 3)
        lit = light(view)
        dates = session.dates()
        st.plotly_chart(
            figures.timeline(view.timeline, session.theme(), dates.short, dates.known, lit),
            key=f"timeline-{view.key}",
            theme=None,
            config=figures.CONFIG,
            alt=view.timeline.words,
        )
        parts.quiet(f"Times on the employer's clock ({view.timeline.zone}). The same facts stand in the table below.")
    with right:
        parts.heading("How the points came about", 3)
        for family in view.families:
            st.html(receipt(family))
    contacts(view)


def light(view: ApplicationReport) -> tuple[int, ...]:
    """Let the reader choose a deduction; gives the contacts that caused it."""
    rows = [(f, d) for f in view.families for d in f.deductions if d.contacts]
    if not rows:
        return ()
    chosen = st.selectbox(
        "Ring the contacts behind a deduction",
        range(len(rows)),
        index=None,
        format_func=lambda n: f"−{parts.number(rows[n][1].points)} {rows[n][0].title}: {rows[n][1].measured}",
        placeholder="None",
        key=f"light-{view.key}",
    )
    return rows[chosen][1].contacts if chosen is not None else ()


def contacts(view: ApplicationReport) -> None:
    """The picture's facts as a table."""
    parts.heading("Contacts, and what each was counted as", 3)
    table = view.contacts
    dates = session.dates()
    moments = zip(table["at"], table["precision"], strict=True)
    shown = pd.DataFrame(
        {
            "When": [dates.known(at, how) if not pd.isna(at) else "" for at, how in moments],
            "From": table["from"],
            "To": table["to"],
            "By": table["channel"].str.replace("_", " "),
            "Counted as": table["class"].map(CLASS_TITLES).fillna(table["class"]),
            "Why": table["why"],
            "Sure": table["sure"],
            "Where": table["reference"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        key=f"contacts-{view.key}",
        column_config={
            "Sure": st.column_config.NumberColumn("How sure", format="percent", width="small"),
            "Why": st.column_config.TextColumn("Why", width="large"),
        },
        alt="The contacts of this application in order of time",
    )


key = pick() if session.workspace().uploads else ""
view = session.candidate(key) if key else None
if not session.workspace().uploads:
    parts.heading("Candidate")
    parts.quiet("No files are loaded. Once a contact log is there, this page shows one candidate's timeline and receipt.")
    st.page_link("views/upload.py", label="Upload files")
elif view is None:
    parts.heading("Candidate")
    if session.chosen():
        parts.quiet("The files that are loaded hold no such candidate. Choose one by name above.")
    else:
        parts.quiet("Choose a candidate above, or select a row in the caseload. Timeline and receipt appear here.")
    st.page_link("views/caseload.py", label="Go to the caseload")
else:
    header(view)
    by_key = {a.key: a for a in view.applications}
    if len(by_key) > 1:
        picked = st.selectbox(
            "Application",
            list(by_key),
            format_func=lambda k: by_key[k].title,
            key=f"application-{view.key}",
            width=560,
        )
    else:
        picked = next(iter(by_key), None)
    if picked is None:
        parts.quiet("No contact of this candidate could be tied to an application: client and interview are missing.")
    else:
        application(by_key[picked])
    parts.aid()
