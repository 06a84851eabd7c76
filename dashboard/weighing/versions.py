"""The policies that were saved: compared, gone back to, taken along as a file and brought back."""

from __future__ import annotations

import streamlit as st

from analysis.policy import PolicyError
from dashboard import parts, policies, session
from dashboard.weighing.saved import ARTICLE, Saved, in_force


def versions(saved: list[Saved], may: bool) -> None:
    """All saved policies, two of them side by side, and the ways back."""
    parts.heading("Saved policies", 2)
    now = in_force(saved)
    if not now.number:
        parts.quiet(
            "Only the article's defaults so far. When somebody saves other numbers under a name, they stand here: to "
            "compare, and to go back to."
        )
    parts.table(
        ("Policy", "Counts", "Saved by", "When", "Not the article's", "Version"),
        [
            (
                one.label,
                "now" if one is now else "",
                one.author,
                one.when(),
                parts.count(len(policies.differing(saved[0].policy, one.policy)), "number", "numbers"),
                one.policy.version,
            )
            for one in reversed(saved)
        ],
        "Latest first",
    )
    if now.number:
        _compare(saved, now, may)
    _files(saved, now, may)


def _compare(saved: list[Saved], now: Saved, may: bool) -> None:
    parts.heading("Compare, and go back", 3)
    by_number = {one.number: one for one in reversed(saved)}
    numbers = list(by_number)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = st.selectbox(
            "Policy",
            [n for n in numbers if n != now.number],
            index=len(numbers) - 2,
            format_func=lambda n: by_number[n].label,
            key=f"one-{now.number}",
            width=320,
        )
        with_ = st.selectbox(
            "Compared with",
            numbers,
            format_func=lambda n: by_number[n].label + (", counts now" if n == now.number else ""),
            key=f"other-{now.number}",
            width=320,
        )
    chosen, against = by_number[other], by_number[with_]
    told = policies.difference(chosen.policy, against.policy)
    if told.empty:
        parts.quiet(f"“{chosen.label}” and “{against.label}” have the same numbers.")
    else:
        parts.table(
            ("Number", "Group", chosen.label, against.label),
            told[["meaning", "group", "one", "other"]].to_numpy().tolist(),
            parts.count(len(told), "number differs", "numbers differ"),
        )
    if not may:
        return
    with st.container(horizontal=True):
        for back in {chosen.number: chosen, 0: saved[0]}.values():
            same = not policies.differing(now.policy, back.policy)
            st.button(
                f"Go back to {'the article’s defaults' if not back.number else 'no. ' + str(back.number)}",
                key=f"go-back-{back.number}",
                disabled=same,
                help="Its numbers count already." if same else "You see first who would move.",
                on_click=session.take_draft,
                args=(policies.towards(now.policy, back.policy, now.number, back.name),),
                kwargs={"look": True},
            )


def _files(saved: list[Saved], now: Saved, may: bool) -> None:
    parts.heading("As a file", 3)
    parts.quiet("A TOML file with the numbers that are not the article's; the command line takes it as --policy.")
    st.download_button(
        "Download the policy that counts",
        data=policies.changes(policies.values(now.policy), "" if now.name == ARTICLE else now.name)
        or f"# {ARTICLE}: no number differs\n",
        file_name="policy.toml",
        mime="application/toml",
        on_click="ignore",
        key="download",
    )
    if not may:
        return
    file = st.file_uploader("Bring a policy from a file", type="toml", key=f"file-{now.number}", width=520)
    if file is None:
        return
    try:
        told = policies.read_file(file.getvalue())
    except PolicyError as problem:
        parts.flag(policies.sentence(problem))
        return
    draft = policies.towards(now.policy, told, now.number, "" if told.title == ARTICLE else told.title)
    if not draft.changed:
        parts.quiet("The file holds the numbers that count already.")
        return
    st.button(
        f"See who would move with its {parts.count(len(draft.changed), 'other number', 'other numbers')}",
        type="primary",
        key="take-file",
        on_click=session.take_draft,
        args=(draft,),
        kwargs={"look": True},
    )
