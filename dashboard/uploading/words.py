"""The words of a table's columns of activities, states and sides, each with its meaning, to correct."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from analysis.log import VOCABULARIES
from analysis.meanings import MEANS, words_of
from dashboard import layouts, parts, session

_NOTHING: Final = "–"
_MANY: Final = 0.05
"""The table opens by itself where more of the lines than this hold a word that is not known."""
_ASKED: Final = {"kind": "What it was", "channel": "How", "state": "Did it happen", "sender": "Who acted"}


def meanings(name: str, quiet: bool) -> None:
    """What each word means, the unknown first with our guess; opened by itself where some are not known."""
    table = words_of(session.raw(name).frame, session.recognition(name).best())
    if table.empty:
        return
    key, unknown = session.token(name), int((~table["known"]).sum())
    label = f"Words, and what each means: {unknown} not known" if unknown else "Words, and what each means"
    share = table.loc[~table["known"], "lines"].sum() / max(1, table["lines"].sum())
    open_it = share > _MANY and not quiet
    box = st.expander(label, expanded=bool(open_it), on_change="rerun", key=f"words-{key}-{unknown}-{open_it}")
    if not box.open:
        return
    with box:
        if unknown:
            parts.quiet("For the words that are not known you see our guess. Correct it, then press the button.")
        shown = _shown(table)
        with st.form(f"meaning-{key}", border=False):
            told = st.data_editor(
                shown,
                hide_index=True,
                disabled=["column", "word", "lines", "sure"],
                column_config=_config(),
                key=f"said-{key}-{session.token(shown.to_csv())}",
                alt="Words with what each means",
            )
            label = "Use these meanings, and remember them" if layouts.is_remembered(name) else "Use these meanings"
            if st.form_submit_button(label, type="primary" if unknown else "secondary"):
                said = table.assign(**{m: told[m].fillna(_NOTHING).astype("str").replace(_NOTHING, "") for m in MEANS})
                layouts.say_words(name, said, table)
                st.rerun()


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    sure = table["known"].map({True: "known", False: "our guess"})
    guessed = table[list(MEANS)].ne("").any(axis=1)  # type: ignore[arg-type]
    sure = sure.where(table["known"] | guessed, "not known").astype("str")
    shown = table.assign(sure=sure)[["word", "lines", *MEANS, "sure", "column"]]
    return shown.replace({name: {"": _NOTHING} for name in MEANS})


def _config() -> dict[str, Any]:
    made: dict[str, Any] = {
        "column": st.column_config.TextColumn("Column"),
        "word": st.column_config.TextColumn("Word", pinned=True),
        "lines": st.column_config.NumberColumn("Lines", format="localized"),
        "sure": st.column_config.TextColumn("How sure"),
    }
    for name, title in _ASKED.items():
        made[name] = st.column_config.SelectboxColumn(
            title,
            options=[_NOTHING, *VOCABULARIES[name]],
            required=True,
            format_func=lambda word: str(word).replace("_", " "),
        )
    return made
