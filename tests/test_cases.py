"""Every acceptance case: a recruiter's sentence, a log in the plain layout, and the scores it must give."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import Answers, default_policy, load, score
from analysis.results import FAMILIES, STATUSES, Scores

CASES = [tomllib.loads(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))]


def scores_of(case: dict[str, Any]) -> Scores:
    answers = Answers(zone=case["zone"], calendar=case["calendar"], complete=case["complete"].replace(" ", "-"))
    log = load([("log.csv", case["log"].lstrip("\n").encode())], answers)
    return score(log, default_policy(), pd.Timestamp(case["as_of"], tz=case["zone"]))


def differences(scores: Scores, candidate: str, expected: dict[str, Any]) -> list[str]:
    """What is not as the case says, one line each."""
    found = scores.candidates[scores.candidates["candidate"] == candidate]
    if len(found) != 1:
        return [f"{candidate}: {len(found)} candidates of that name among {list(scores.candidates['candidate'])}"]
    row = found.iloc[0]
    findings = scores.findings[scores.findings["candidate_key"] == row["candidate_key"]]
    wrong = []
    for key, want in expected.items():
        family, _, part = next(
            ((f, *key.removeprefix(f).partition("_")[1:]) for f in FAMILIES if key.startswith(f)), ("", "", "")
        )
        got: Any
        if key == "provisional":
            got, same = bool(row[key]), bool(row[key]) == want
        elif key == "overall":
            points = row["overall"]
            got = (row["overall_reason"] or "no reason") if math.isnan(points) else points
            same = want == got if isinstance(want, str) else not math.isnan(points) and abs(points - want) <= 0.1 + 1e-9
        elif not family:
            got, same = "no such key", False
        elif part == "finding":
            got = sorted(findings.loc[findings["family"] == family, "finding"])
            same = want in got
        elif part:
            got, same = row[key], row[key] == want
        else:
            points, status = row[family], row[f"{family}_status"]
            assert status in STATUSES
            got = points if status == "scored" else f"{status} ({row[f'{family}_reason']})"
            same = status == want if isinstance(want, str) else status == "scored" and abs(points - want) <= 0.1 + 1e-9
        if not same:
            wrong.append(f"{candidate}: {key} should be {want!r}, is {got!r}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_every_case_scores_as_its_arithmetic_says(case: dict[str, Any]) -> None:
    scores = scores_of(case)
    wrong = [
        line for candidate, expected in case["expect"].items() for line in differences(scores, candidate, expected)
    ]
    assert not wrong, "\n".join([case.get("why", ""), *wrong])


def test_the_titles_of_the_cases_are_sentences_of_their_own() -> None:
    titles = [case["title"] for case in CASES]
    assert len(set(titles)) == len(titles) >= 14 + 36
