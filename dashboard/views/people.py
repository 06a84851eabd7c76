"""Who is who: pairs that may be one candidate, for a person to decide, and links that can be split again."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Final, TypeVar

import streamlit as st

from analysis.advice import title
from analysis.joins import Made, WhoIsWho
from analysis.links import Decision, Pair, Who
from analysis.proposals import Proposal
from dashboard import parts, portrait, session

_PAGE: Final = 10
_Item = TypeVar("_Item")


def decide(decision: Decision | None, one: Who, other: Who) -> None:
    """Keep a decision; the page is drawn anew after it."""
    session.say_who(decision, one, other)


def proposal(found: Proposal) -> None:
    """Two people side by side, why they may be one, and the three answers."""
    key = session.token(repr((found.one.who, found.other.who)))
    dates = session.dates()
    with st.container(border=True, key=f"pair-{key}"):
        parts.line(tags=(f"{found.word} match", *(("left for later",) if found.later else ())))
        st.html(portrait.why(found))
        left, right = st.columns(2)
        with left:
            st.html(portrait.portrait(found.one, dates))
        with right:
            st.html(portrait.portrait(found.other, dates))
        told = partial(decide, one=found.one.who, other=found.other.who)
        with st.container(horizontal=True):
            st.button("Same person", type="primary", key=f"same-{key}", on_click=told, args=("same",))
            st.button("Different people", key=f"different-{key}", on_click=told, args=("different",))
            if not found.later:
                st.button("Not now", key=f"later-{key}", on_click=told, args=("later",))


def proposals(now: WhoIsWho) -> None:
    """The pairs to decide on, the likeliest first."""
    parts.heading("May be the same person", 2)
    if not now.proposals:
        parts.quiet(
            f"Nothing to decide: of {parts.count(now.candidates, 'candidate', 'candidates')} none looks like another. "
            "A pair appears here when a new file brings a similar name, a shared number or a mistyped address."
        )
        return
    likely = sum(p.word == "likely" for p in now.proposals)
    parts.quiet(
        f"{parts.count(len(now.proposals), 'pair', 'pairs')} among {now.candidates:,} candidates, {likely:,} of them "
        "likely. Nobody is joined until you say so, and every answer can be taken back below."
    )
    for found in page(now.proposals, "proposals"):
        proposal(found)


def made(now: WhoIsWho) -> None:
    """People who are recorded in several ways, each way with a button that takes it from the others."""
    parts.heading("Links that were made", 2)
    if not now.made:
        parts.quiet(
            "No candidate is recorded in two ways yet. Once an address, a number or your answer joins two spellings, "
            "the link stands here and can be split."
        )
        return
    parts.quiet("Candidates recorded in several ways. Splitting gives two candidates with the scores they had before.")
    for found in page(now.made, "made"):
        link(found)


def link(found: Made) -> None:
    """One person with every way in which they are recorded."""
    with st.container(border=True, key=f"made-{found.person.key}"):
        parts.heading(found.person.candidate, 3)
        for code in found.flags:
            parts.flag(title(code))
        for pair in found.decided:
            row(
                f'<p class="ft-who">You joined {escaped(pair)}</p>',
                "Split",
                session.token(repr(pair)),
                partial(decide, "different", *pair),
            )
        if found.flags and not found.decided:
            way = found.spellings[0]
            st.button(
                "It is one person",
                key=f"settle-{found.person.key}",
                on_click=decide,
                args=("same", way.who, way.rest),
                help="Takes the flag away; the link can still be split",
            )
        for way in found.spellings:
            if found.decided:
                st.html(portrait.spelling(way))
                continue
            row(
                portrait.spelling(way),
                "Split off",
                session.token(repr((way.who, way.rest))),
                partial(decide, "different", way.who, way.rest),
            )
            if len(found.spellings) == 2:
                # one button is enough to take two apart
                st.html(portrait.spelling(found.spellings[1]))
                break


def apart(now: WhoIsWho) -> None:
    """Pairs that were called different, each with a way back."""
    if not now.apart:
        return
    parts.heading("Kept apart", 2)
    for pair in now.apart:
        text = f'<p class="ft-who">{escaped(pair)}</p>'
        row(text, "Ask again", "back-" + session.token(repr(pair)), partial(decide, None, *pair))


def row(html: str, label: str, key: str, act: partial[None]) -> None:
    """A line of markup with a button beside it."""
    words, button = st.columns([5, 1], vertical_alignment="center")
    with words:
        st.html(html)
    with button:
        st.button(label, key=f"do-{key}", on_click=act)


def page(found: tuple[_Item, ...], key: str) -> tuple[_Item, ...]:
    """A page of a long list, chosen below it."""
    pages = -(-len(found) // _PAGE)
    if pages < 2:
        return found
    chosen = st.pagination(pages, key=f"page-{key}-{pages}")
    return found[(chosen - 1) * _PAGE : chosen * _PAGE]


def escaped(pair: Pair) -> str:
    """Both people of a pair as markup."""
    return " and ".join(f"<b>{escape(portrait.who(who))}</b>" for who in pair)


parts.heading("People")
st.html(portrait.STYLE)
if session.workspace().is_empty:
    parts.quiet(
        "No files are loaded. Once two exports are there, candidates who may be one person are listed here to decide."
    )
    st.page_link("views/upload.py", label="Upload files")
else:
    now = session.people()
    proposals(now)
    made(now)
    apart(now)
