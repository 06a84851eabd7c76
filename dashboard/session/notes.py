"""What is said once on the next page that is drawn."""

from __future__ import annotations

from typing import Final, cast

import streamlit as st

_NOTES: Final = "notes"
_SAID: Final = "said"
_DAMAGED: Final = "damaged"


def note(*sentences: str) -> None:
    """Say once, on the next page drawn, what could not be done or needs a look."""
    st.session_state[_NOTES] = (*st.session_state.get(_NOTES, ()), *(s for s in sentences if s))


def say(sentence: str) -> None:
    """Say once, on the next page drawn, what was done."""
    st.session_state[_SAID] = (*st.session_state.get(_SAID, ()), *((sentence,) if sentence else ()))


def problems() -> tuple[str, ...]:
    """What needs a look: each said once, and of damaged mappings until the session ends."""
    damaged = cast(str, st.session_state.get(_DAMAGED, ""))
    return (*st.session_state.pop(_NOTES, ()), *((damaged,) if damaged else ()))


def said() -> tuple[str, ...]:
    """What was done since the last page was drawn; said once."""
    return cast(tuple[str, ...], st.session_state.pop(_SAID, ()))


def keep_saying(sentence: str) -> None:
    """Say this on every page until the session ends."""
    st.session_state[_DAMAGED] = sentence
