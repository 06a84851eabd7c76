"""Columns that are never kept, such as date of birth, gender or home address: known by header, left out whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Final

import pandas as pd

from analysis.formats.profile import normal_header
from analysis.problems import Problem, problem, shortened
from analysis.reading.raw import RawTable

_MOST: Final = 0.9
"""Share of the filled cells that must look as their header says, where it alone could mean something else."""


@dataclass(frozen=True, slots=True)
class _Private:
    what: str
    within: re.Pattern[str] | None
    whole: frozenset[str]
    unless: frozenset[str]
    looks: re.Pattern[str] | None
    never: re.Pattern[str] | None


def private_columns(frame: pd.DataFrame) -> dict[str, str]:
    """Columns of a raw table that must not be kept, each with what it holds, in words."""
    return {str(name): what for name in frame.columns if (what := _told(str(name), frame[name]))}


def without_private(raw: RawTable) -> RawTable:
    """The table without its `private_columns`; a problem says which they were. Any other table as it is.

    Lines that could not be read as rows are left out with them: nobody can tell which of their cells is which.
    """
    found = private_columns(raw.frame)
    if not found:
        return raw
    shown, what = ", ".join(found), ", ".join(dict.fromkeys(found.values()))
    return replace(
        raw,
        frame=raw.frame.drop(columns=list(found)),
        rejects=raw.rejects.assign(text=pd.Series("", index=raw.rejects.index, dtype="str")),
        problems=(problem("private_columns", raw.name, shown=shown, value=what), *map(_silent, raw.problems)),
    )


def _silent(said: Problem) -> Problem:
    """A problem of a line that could not be read, without the line's text."""
    if not said.line or not said.value:
        return said
    return replace(said, value="", message=said.message.replace(shortened(said.value), "…"))


def _told(header: str, cells: pd.Series) -> str:
    words = [word for word in normal_header(header).split() if not word.isdigit()]
    text = f" {' '.join(words)} "
    persons, book = _book()
    bare = " ".join(word for word in words if word not in persons)
    for each in book:
        if each.unless & set(words):
            continue
        if each.within is not None and each.within.search(text):
            return each.what
        if bare in each.whole and _as_meant(each, cells):
            return each.what
    return ""


def _as_meant(each: _Private, cells: pd.Series) -> bool:
    filled = cells[cells.str.strip() != ""].str.strip()
    if each.never is not None and filled.str.contains(each.never, regex=True).any():
        return False
    return each.looks is None or bool(len(filled) and filled.str.fullmatch(each.looks).mean() >= _MOST)


@cache
def _book() -> tuple[frozenset[str], tuple[_Private, ...]]:
    """What stands in ``private.toml``."""
    table = tomllib.loads((resources.files("analysis.formats") / "private.toml").read_text("utf-8"))
    return frozenset(table["persons"]), tuple(_private(entry) for entry in table["private"])


def _private(entry: Mapping[str, Any]) -> _Private:
    unknown = set(entry) - {"what", "within", "whole", "unless", "looks", "never"}
    if unknown:
        raise ValueError(f"private.toml, {entry.get('what')!r}: unknown keys {sorted(unknown)}")
    within = "|".join(re.escape(words) for words in entry.get("within", ()))
    return _Private(
        entry["what"],
        re.compile(f" (?:{within}) ") if within else None,
        frozenset(entry.get("whole", ())),
        frozenset(entry.get("unless", ())),
        re.compile(entry["looks"]) if "looks" in entry else None,
        re.compile(entry["never"]) if "never" in entry else None,
    )
