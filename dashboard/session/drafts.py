"""The draft of a policy that this session works on; it counts for nobody until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, cast

import streamlit as st

from analysis.policy import Policy, Value
from dashboard.policies import Draft
from dashboard.session.desk import on_sample

_DRAFT: Final = "draft of the policy"
_REVIEW: Final = "looks at what the draft does"


def draft() -> Draft | None:
    """What was changed so far; None where nothing was."""
    return cast("Draft | None", st.session_state.get(_key(_DRAFT)))


def take_draft(new: Draft | None, *, look: bool = False) -> None:
    """Work on this draft from here on, None for none; ``look``: and see what it does."""
    st.session_state[_key(_DRAFT)] = new
    review(look and new is not None)


def change(record: str, value: Value, base: Policy, seen: int) -> None:
    """Put one value into the draft, which starts from ``base`` (number ``seen``) where there is none yet."""
    made = (draft() or Draft(seen)).put(record, value, base)
    # a draft that lost its last change was no draft
    st.session_state[_key(_DRAFT)] = made if made.changed else None


def change_held(widget: str, record: str, value: Callable[[Any], Value], base: Policy, seen: int) -> None:
    """Put what a widget holds into the draft; ``value`` makes the record's value of it. For the widget's callback."""
    told = st.session_state.get(widget)
    if told is not None:
        change(record, value(told), base, seen)


def name_draft(name: str) -> None:
    """Give the draft its name."""
    now = draft()
    if now is not None:
        st.session_state[_key(_DRAFT)] = replace(now, name=name)


def review(look: bool) -> None:
    """See what the draft does, or go back to its numbers."""
    st.session_state[_key(_REVIEW)] = look


def reviewing() -> bool:
    """Whether the reader looks at what the draft does."""
    return draft() is not None and bool(st.session_state.get(_key(_REVIEW)))


def held(widget: str) -> Any:
    """What a widget holds, for its callback; None where it holds nothing."""
    return st.session_state.get(widget)


def _key(name: str) -> str:
    """The sample and the workspace have a draft each."""
    return f"{name}, {'sample' if on_sample() else 'workspace'}"
