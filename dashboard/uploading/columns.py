"""The columns of a table beside its first rows, each with what it was taken for and how sure that is."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from analysis.formats.guessing import Guess
from dashboard import choices, layouts, parts, session

_ROWS: Final = 5


def unsure(name: str) -> bool:
    """Whether the guess about some column that is read is less than sure."""
    return any(g.how_sure != "sure" for g in session.recognition(name).guesses if g.field != choices.UNUSED)


def mapping(name: str, ask: bool) -> None:
    """What each column was taken for; ``ask`` opens it."""
    key = session.token(name)
    box = st.expander("Columns, and what each was taken for", expanded=ask, on_change="rerun", key=f"columns-{key}")
    if not box.open:
        return
    frame, taken = session.raw(name).frame, layouts.columns(name)
    guesses = {g.column: g for g in session.recognition(name).guesses}
    with box:
        parts.quiet("The first rows of the file, as they were read.")
        st.dataframe(frame.head(_ROWS), hide_index=True, key=f"rows-{key}", alt="The first rows of the file")
        parts.quiet("Correct what is wrong; the button below keeps it for the next file of this layout.")
        used = [str(c) for c in frame.columns if taken.get(str(c), choices.UNUSED) != choices.UNUSED]
        rest = [str(c) for c in frame.columns if str(c) not in used]
        with st.form(f"mapping-{key}", border=False):
            chosen = _choose(name, frame, used, taken, guesses)
            if rest:
                parts.quiet(f"Nothing is read from {parts.count(len(rest), 'column', 'columns')}:")
                chosen |= _choose(name, frame, rest, taken, guesses)
            label = "Use these columns, and remember them" if layouts.is_remembered(name) else "Use these columns"
            if st.form_submit_button(label, type="primary" if ask else "secondary"):
                layouts.say_columns(name, chosen)
                st.rerun()


def _choose(
    name: str, frame: pd.DataFrame, columns: list[str], taken: dict[str, str], guesses: dict[str, Guess]
) -> dict[str, str]:
    words = choices.fields()
    fields = list(words)
    places = {str(c): number for number, c in enumerate(frame.columns)}
    chosen = {}
    with st.grid(min_column_width=240):
        for column in columns:
            with st.container(border=True, gap="xsmall"):
                st.text(column)
                parts.quiet(choices.glimpse(frame[column].head(200)))
                chosen[column] = st.selectbox(
                    f"Column {places[column] + 1} is",
                    fields,
                    index=choices.at(fields, taken.get(column, choices.UNUSED)),
                    format_func=lambda f: words[f],
                    key=f"field-{session.token(name)}-{places[column]}-{taken.get(column, '')}",
                )
                guess = guesses.get(column)
                if guess is not None and guess.confidence and guess.field == taken.get(column):
                    parts.quiet(f"{guess.how_sure[0].upper()}{guess.how_sure[1:]}: {guess.why}")
    return chosen
