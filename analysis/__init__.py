"""Followthrough's functional core: tables and frozen values in, tables and frozen values out.

The public verbs, in the order of the way of the data: `read` (bytes -> raw table;
`read_tables` for uploads that hold several), `recognise` (which export is
it?), `map_fields` (columns -> fields), `check` (fields -> contact log), `load` (all of these for several
files), `measure` (log -> facts), `score` (log, policy, moment -> scores), `report`, `actions`, `summarise`.
Names are imported on first use, so that a command that only reads a file loads little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.advice import sentence
    from analysis.checked import Answers, CheckedLog, Fields, FileAccount
    from analysis.checking import check
    from analysis.facts import Facts, measure
    from analysis.formats.recognising import recognise
    from analysis.loading import load
    from analysis.mapping import map_fields
    from analysis.policy import Policy, PolicyError, default_policy, load_policy
    from analysis.problems import Problem
    from analysis.reading.raw import RawTable
    from analysis.reading.reader import read, read_tables
    from analysis.results import FAMILIES, Scores
    from analysis.scoring import score, score_facts
    from analysis.today import actions

_PLACES = {
    "Answers": "analysis.checked",
    "CheckedLog": "analysis.checked",
    "FAMILIES": "analysis.results",
    "Facts": "analysis.facts",
    "Fields": "analysis.checked",
    "FileAccount": "analysis.checked",
    "Policy": "analysis.policy",
    "PolicyError": "analysis.policy",
    "Problem": "analysis.problems",
    "RawTable": "analysis.reading.raw",
    "Scores": "analysis.results",
    "actions": "analysis.today",
    "check": "analysis.checking",
    "default_policy": "analysis.policy",
    "load": "analysis.loading",
    "load_policy": "analysis.policy",
    "map_fields": "analysis.mapping",
    "measure": "analysis.facts",
    "read": "analysis.reading.reader",
    "read_tables": "analysis.reading.reader",
    "recognise": "analysis.formats.recognising",
    "score": "analysis.scoring",
    "score_facts": "analysis.scoring",
    "sentence": "analysis.advice",
}

__all__ = [
    "FAMILIES",
    "Answers",
    "CheckedLog",
    "Facts",
    "Fields",
    "FileAccount",
    "Policy",
    "PolicyError",
    "Problem",
    "RawTable",
    "Scores",
    "actions",
    "check",
    "default_policy",
    "load",
    "load_policy",
    "map_fields",
    "measure",
    "read",
    "read_tables",
    "recognise",
    "score",
    "score_facts",
    "sentence",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
