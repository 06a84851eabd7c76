"""Make analysis/weights.tsv from the labelled notes that are there to tune with.

A multinomial logistic regression by full-batch steps, so the same notes give the same file. The marks (the share a
kind needs) come from weighing every writer's notes with the weights of the others: the least share at which a kind is
right as often as it must be. ``--check`` says how weights and marks do on a writer they were not made with.

    python benchmarks/weights.py [--check]
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from notes import LOWERS, NOTES, as_contacts, read_part

from analysis.weighing import GIVEN, Scales, Weights, given_evidence, phrase_kind, shares, text_evidence
from analysis.wording import read_words

WRITERS = {"dev.csv": 0.7, "dev_b.csv": 1.0, "dev_c.csv": 1.0, "dev_d.csv": 1.0}
"""Files to tune with and what a note of each counts; the phrases were written with those of the first."""
PHRASES, _NOT_OF_PHRASES = "dev.csv", ("channel ", "way ")
LEAST, STEPS, RATE, FREEDOM = 2, 300, 0.4, 20.0
LOWERING, OTHERS = (0.95, 0.55), (0.80, 0.4)
"""How often a kind must be right and the lowest mark: where it can lower a score, and where it can not."""
WEIGHTS = Path(__file__).parents[1] / "analysis" / "weights.tsv"


@dataclass(slots=True)
class Table:
    """Labelled notes and the evidence in each, by name and amount."""

    rows: pd.DataFrame
    contacts: pd.DataFrame
    words: pd.DataFrame
    evidence: list[dict[str, float]]


def table_of(files: dict[str, float]) -> Table:
    """Read the labelled notes."""
    frames = [pd.read_csv(NOTES / name, dtype="str", keep_default_na=False).assign(writer=name) for name in files]
    rows = pd.concat(frames, ignore_index=True)
    contacts = as_contacts(rows)
    words = read_words(contacts["subject"], contacts["note"])
    texts = [text_evidence(s, n) for s, n in zip(rows["subject"], rows["note"], strict=True)]
    evidence = [dict.fromkeys(text, 0.0) for text in texts]
    for series in given_evidence(contacts, words):
        for found, name, writer in zip(evidence, series, rows["writer"], strict=True):
            # the phrases were written with these notes, so there they are right too often to be learned from
            if name and (writer != PHRASES or name.startswith(_NOT_OF_PHRASES)):
                found[name] = GIVEN
    return Table(rows, contacts, words, evidence)


def learned(table: Table, use: np.ndarray) -> Scales:
    """Weights from the rows that ``use`` names; the marks are still nothing."""
    rows = np.flatnonzero(use)
    seen = pd.Series([name for n in rows for name in table.evidence[n]]).value_counts()
    names = sorted(seen.index[seen >= LEAST])
    number = {name: n for n, name in enumerate(names)}
    at, column, amount = [], [], []
    for place, n in enumerate(rows):
        known = [(name, value) for name, value in table.evidence[n].items() if name in number]
        unit = 1 / np.sqrt(max(1, sum(not value for _, value in known)))
        for name, value in known:
            at.append(place)
            column.append(number[name])
            amount.append(value or unit)
    kinds = tuple(sorted(set(table.rows["expected_kind"])))
    said = np.array([kinds.index(kind) for kind in table.rows["expected_kind"].iloc[rows]])
    counts = table.rows["writer"].iloc[rows].map(WRITERS).to_numpy(dtype=np.float32)
    weights = _fitted(
        np.array(at), np.array(column), np.array(amount, dtype=np.float32), said, counts, len(names), len(kinds)
    )
    none = np.zeros(len(kinds), dtype=np.float32)
    return Scales(kinds, none, none, number, np.round(weights * 10) / 10)


def _fitted(
    at: np.ndarray, column: np.ndarray, amount: np.ndarray, said: np.ndarray, counts: np.ndarray, width: int, kinds: int
) -> np.ndarray:
    """Adam over all notes at once, the rate falling to nothing."""
    by_column = np.argsort(column, kind="stable")
    begins = np.searchsorted(column[by_column], np.arange(width))
    row_begins = np.searchsorted(at, np.arange(len(said)))
    weights = np.zeros((width, kinds), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    truth = np.eye(kinds, dtype=np.float32)[said]
    for step in range(1, STEPS + 1):
        sums = np.add.reduceat(weights[column] * amount[:, None], row_begins, axis=0)
        odds = np.exp(sums - sums.max(axis=1, keepdims=True))
        error = (odds / odds.sum(axis=1, keepdims=True) - truth) * counts[:, None]
        slope = np.add.reduceat((error[at] * amount[:, None])[by_column], begins, axis=0) + weights / FREEDOM
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS))
        weights -= (rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)).astype(np.float32)
    return weights


def judged(table: Table, scales: Scales, rows: np.ndarray) -> pd.DataFrame:
    """``kind`` with the greatest share and that ``share`` for the rows named, beside what was ``said``."""
    part = np.flatnonzero(rows)
    found, _ = shares(
        table.contacts.iloc[part].reset_index(drop=True), table.words.iloc[part].reset_index(drop=True), scales
    )
    best = found.argmax(axis=1)
    return pd.DataFrame(
        {
            "writer": table.rows["writer"].iloc[part].to_numpy(),
            "said": table.rows["expected_kind"].iloc[part].to_numpy(),
            "kind": [scales.kinds[n] for n in best],
            "share": found[np.arange(len(best)), best],
            "phrase": phrase_kind(table.contacts, table.words)[part],
        }
    )


def marks_of(found: pd.DataFrame, kinds: tuple[str, ...]) -> tuple[Weights, Weights]:
    """The least share at which a kind is right often enough among notes weighed without their writer; 2 for never.

    The second marks are for notes of which the phrases say the same.
    """
    marks, agreed = np.full(len(kinds), 2.0, dtype=np.float32), np.full(len(kinds), 2.0, dtype=np.float32)
    same = found["kind"] == found["phrase"]
    for n, kind in enumerate(kinds):
        if kind in ("ask", "other"):
            continue
        goal, least = LOWERING if kind in LOWERS or kind == "automated" else OTHERS
        of_kind = found["kind"] == kind
        marks[n] = max(least, _mark(found[of_kind & ~same], kind, goal))
        agreed[n] = min(marks[n], max(least, _mark(found[of_kind & same], kind, goal)))
    return marks, agreed


def _mark(found: pd.DataFrame, kind: str, goal: float) -> float:
    found = found.sort_values("share", ascending=False, kind="stable")
    right = (found["said"] == kind).to_numpy()
    often = (np.cumsum(right) + goal) / (np.arange(len(right)) + 2)
    enough = np.flatnonzero(often >= goal)
    return float(found["share"].to_numpy()[enough[-1]]) - 0.001 if len(enough) else 2.0


def told(rows: pd.DataFrame, read: pd.Series) -> str:
    """Recall over all kinds and precision of those that can lower a score."""
    right, lowering = read == rows["expected_kind"], read.isin(LOWERS)
    decided, sure = ~rows["expected_kind"].isin(("ask", "other")), read != "ask"
    return (
        f"{len(rows)} notes: recall {(right & decided).sum() / decided.sum():.3f}, precision where it can lower "
        f"{(right & lowering).sum() / lowering.sum():.3f}, of all read {(right & sure).sum() / sure.sum():.3f}, "
        f"asked {1 - sure.mean():.2f}"
    )


def main() -> None:
    """Write the file, or say how the weights do on a writer they were not made with."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--check", action="store_true")
    said = given.parse_args()
    table = table_of(WRITERS)
    writer = table.rows["writer"].to_numpy()
    kinds = tuple(sorted(set(table.rows["expected_kind"])))
    without = {name: learned(table, writer != name) for name in WRITERS if name != "dev.csv"}
    parts = {name: judged(table, scales, writer == name) for name, scales in without.items()}
    found = pd.concat(parts.values(), ignore_index=True)
    if said.check:
        read = []
        for name, scales in without.items():
            rows = table.rows[writer == name].reset_index(drop=True)
            marks, agreed = marks_of(found[found["writer"] != name], kinds)
            read.append(
                read_part(rows, replace(scales, marks=marks, agreed=agreed))["kind"].set_axis(
                    table.rows.index[writer == name]
                )
            )
            print(name, told(rows, read[-1].reset_index(drop=True)))
        print("together", told(table.rows[writer != "dev.csv"], pd.concat(read)))
        return
    marks, agreed = marks_of(found, kinds)
    scales = learned(table, np.ones(len(writer), dtype=bool))
    keep = np.abs(scales.weights).max(axis=1) >= 0.3
    lines = ["\t".join(("kind", *kinds)), "\t".join(("mark", *(f"{mark:.3g}" for mark in marks)))]
    lines.append("\t".join(("mark, phrases agree", *(f"{mark:.3g}" for mark in agreed))))
    lines += [
        "\t".join((name, *(f"{round(float(weight) * 10)}" for weight in scales.weights[n])))
        for name, n in scales.number.items()
        if keep[n]
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
