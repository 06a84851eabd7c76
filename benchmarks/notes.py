"""How well kinds, days and states are read from the labelled notes, and how fast.

A part is read through the real path: `analysis.wording.read_words`, the directions and kinds of
`analysis.timeline.read_meaning`, and `analysis.named_days` for the day of a decision. Of the held-out parts only totals
are shown. ``--page`` writes the figures of all parts between the marks in docs/notes.md.

    python benchmarks/notes.py [--part dev|held-out|other-writer] [--errors] [--speed] [--page]
"""

from __future__ import annotations

import argparse
import time
from importlib import import_module
from pathlib import Path

import pandas as pd

from analysis.log import KINDS, STATES, empty_contacts
from analysis.named_days import decision_days
from analysis.policy import default_policy
from analysis.timeline import read_meaning
from analysis.weighing import Scales, weighed
from analysis.wording import read_words

NOTES = Path(__file__).parents[1] / "tests" / "notes"
LOWERS = ("thank_you", "follow_up", "rejection", "offer", "hired", "withdrawn", "closed", "no_calls", "no_contact",
          "will_contact", "decision_date")  # fmt: skip
"""Kinds that can lower a score, by themselves or by what they end, start or forbid."""
PARTS = {"dev": "dev", "held-out": "held_out", "other-writer": "held_out_e"}
"""Parts by the name of their file; of the last two only totals are looked at."""
PAGE = Path(__file__).parents[1] / "docs" / "notes.md"
MARKS = ("<!-- figures -->\n", "<!-- end of figures -->\n")


def rows_of(part: str) -> pd.DataFrame:
    """The labelled notes of a part, every column text."""
    return pd.read_csv(NOTES / f"{PARTS[part]}.csv", dtype="str", keep_default_na=False)


def as_contacts(rows: pd.DataFrame) -> pd.DataFrame:
    """The notes as contacts of the log, a row each."""
    contacts = empty_contacts().reindex(range(len(rows)))
    for name, dtype in empty_contacts().dtypes.items():
        if str(dtype) == "str":
            contacts[name] = pd.Series([""] * len(rows), dtype="str")
    for name in ("channel", "sender", "receiver", "subject", "note"):
        contacts[name] = rows[name].to_numpy()
    contacts["at"] = pd.to_datetime(rows["at"]).dt.tz_localize("UTC").astype("datetime64[us, UTC]")
    contacts["precision"] = "minute"
    contacts["time_is"] = "contact"
    contacts["tells"] = False
    return contacts


def read_part(rows: pd.DataFrame, known: Scales | None = None) -> pd.DataFrame:
    """What is read of each note: ``kind`` ("ask" where the text is not sure enough), ``state``, ``day``, ``words``."""
    contacts = as_contacts(rows)
    classes = default_policy().classes
    words = weighed(contacts, read_words(contacts["subject"], contacts["note"]), known)
    meaning = read_meaning(contacts, words, classes)
    kind = pd.Series([KINDS[k] if k >= 0 else "ask" for k in meaning.kind.tolist()], dtype="str")
    machine = words["automated"].to_numpy() | meaning.directions["system"]
    kind = kind.mask(machine, "automated")
    state = pd.Series([STATES[s] for s in meaning.state.tolist()], dtype="str")
    day = decision_days(words["decision_words"], pd.to_datetime(rows["at"]))["day"]
    return pd.DataFrame(
        {
            "kind": kind,
            "state": state,
            "day": day.dt.strftime("%Y-%m-%d").fillna("").astype("str"),
            "words": words["words"],
            "sure": words["sure"],
        }
    )


def measured(part: str) -> tuple[pd.DataFrame, pd.Series]:
    """Figures of a part: by kind (``notes``, ``read``, ``right``, ``precision``, ``recall``, ``asked``), and totals."""
    rows = rows_of(part)
    found = read_part(rows)
    said, read = rows["expected_kind"], found["kind"]
    kinds = sorted({*said, *read})
    right = said == read
    table = pd.DataFrame(
        {
            "notes": [int((said == kind).sum()) for kind in kinds],
            "read": [int((read == kind).sum()) for kind in kinds],
            "right": [int((right & (said == kind)).sum()) for kind in kinds],
            "asked": [int(((said == kind) & (read == "ask")).sum()) for kind in kinds],
        },
        index=kinds,
    )
    table["precision"] = table["right"] / table["read"].where(table["read"] > 0)
    table["recall"] = table["right"] / table["notes"].where(table["notes"] > 0)
    decided = ~said.isin(("ask", "other"))
    lowering = read.isin(LOWERS)
    dated = rows["expected_decision_on"] != ""
    stated = right & (rows["expected_state"] != "")
    totals = pd.Series(
        {
            "recall": float((right & decided).sum() / decided.sum()),
            "precision_lowering": float((right & lowering).sum() / lowering.sum()),
            "asked": float((read == "ask").mean()),
            "ask_left_open": float((said[said == "ask"] == read[said == "ask"]).mean()),
            "other_left_open": float((read[said == "other"] == "ask").mean()),
            "days_exact": float((found["day"] == rows["expected_decision_on"])[dated].mean()),
            "days_wrong": float((found["day"] != rows["expected_decision_on"])[found["day"] != ""].mean())
            if dated.any()
            else float("nan"),
            "states_right": float((found["state"] == rows["expected_state"])[stated].mean()),
        }
    )
    return table, totals


TOLD = {
    "recall": "recall over all kinds but `other` and `ask`",
    "precision_lowering": "precision of the kinds that can lower a score",
    "asked": "notes that are asked about",
    "ask_left_open": "notes labelled `ask` that are asked about",
    "other_left_open": "notes labelled `other` that are given no kind",
    "days_exact": "days of a decision read exactly",
    "days_wrong": "wrong ones among the days read",
    "states_right": "states right where the kind is",
}


def figures() -> str:
    """The tables of all parts as Markdown."""
    tables, totals = zip(*(measured(part) for part in PARTS), strict=True)
    heads = ("dev", "held out", "held out, other writer")
    lines = [
        "| kind | " + " | ".join(f"notes ({head}) | precision | recall" for head in heads) + " |",
        "|---|" + "--:|" * 3 * len(heads),
    ]
    for kind in sorted({kind for table in tables for kind in table.index} - {"ask", "other"}):
        cells = [c for table in tables for c in _cells(table, kind)]
        lines.append(f"| `{kind}` | " + " | ".join(cells) + " |")
    lines += ["", "| | " + " | ".join(heads) + " |", "|---|" + "--:|" * len(heads)]
    for name, text in TOLD.items():
        shown = ["" if pd.isna(part[name]) else f"{part[name]:.2f}" for part in totals]
        lines.append(f"| {text} | " + " | ".join(shown) + " |")
    return "\n".join(lines) + "\n"


def _cells(table: pd.DataFrame, kind: str) -> list[str]:
    if kind not in table.index:
        return ["0", "", ""]
    row = table.loc[kind]
    return [f"{int(row['notes'])}", *("" if pd.isna(row[n]) else f"{row[n]:.2f}" for n in ("precision", "recall"))]


def notes_per_second(count: int = 20_000) -> float:
    """Distinct notes read in a second of one core's time."""
    texts = [text for text in rows_of("dev")["note"].tolist() if text]
    notes = pd.Series([f"{texts[n % len(texts)]} ref {n}" for n in range(count)], dtype="str")
    empty = pd.Series([""] * count, dtype="str")
    read_words(empty[:1], notes[:1])
    start = time.process_time()
    read_words(empty, notes)
    return count / (time.process_time() - start)


def main() -> None:
    """Print the figures, or write them to the page."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--part", choices=tuple(PARTS), default="dev")
    given.add_argument("--errors", action="store_true", help="notes of dev that are read otherwise than labelled")
    given.add_argument("--speed", action="store_true")
    given.add_argument("--page", action="store_true")
    said = given.parse_args()
    if said.page:
        text = PAGE.read_text("utf-8")
        before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        PAGE.write_text(before + MARKS[0] + figures() + MARKS[1] + after, "utf-8")
        import_module("told").write_page()
        return
    if said.speed:
        print(f"{notes_per_second():,.0f} notes a second")
        return
    table, totals = measured(said.part)
    print(table.round(2).to_string(), "\n")
    print("\n".join(f"{totals[name]:.2f} {text}" for name, text in TOLD.items()))
    if said.errors and said.part == "dev":
        rows = rows_of("dev")
        found = read_part(rows)
        print(pd.crosstab(rows["expected_kind"], found["kind"]).to_string())
        for n in rows.index[rows["expected_kind"] != found["kind"]]:
            print(
                rows["id"][n], rows["expected_kind"][n], found["kind"][n], repr(found["words"][n]), rows["note"][n][:99]
            )


if __name__ == "__main__":
    main()
