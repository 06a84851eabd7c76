"""The one place where the reference meets `analysis`: the same log in, marks of the same shape out."""

from __future__ import annotations

import math

import pandas as pd

from analysis import Answers, default_policy, load, score
from analysis.results import FAMILIES, Scores
from reference.rows import Setting
from reference.scorer import Mark


def scores_of(text: str, setting: Setting, name: str = "log.csv") -> Scores:
    return scores_of_files([(name, text)], setting)


def scores_of_files(files: list[tuple[str, str]], setting: Setting) -> Scores:
    answers = Answers(zone=setting.zone, calendar=setting.calendar, complete="yes" if setting.complete else "not-sure")
    log = load([(name, text.encode()) for name, text in files], answers)
    return score(log, default_policy(), pd.Timestamp(setting.as_of))


def analysed(text: str, setting: Setting) -> dict[str, dict[str, Mark]]:
    """Each candidate's marks by family, and ``overall``, as `analysis` gives them."""
    return marks_of(scores_of(text, setting))


def marks_of(scores: Scores) -> dict[str, dict[str, Mark]]:
    out: dict[str, dict[str, Mark]] = {}
    for row in scores.candidates.to_dict("records"):
        marks: dict[str, Mark] = {
            f: float(row[f]) if row[f"{f}_status"] == "scored" else str(row[f"{f}_status"]) for f in FAMILIES
        }
        marks["overall"] = row["overall_reason"] if math.isnan(row["overall"]) else float(row["overall"])
        out[str(row["candidate"])] = marks
    return out
