"""How well contacts that notes tell of are found: parties, channel, day and precision, in the labelled notes.

The figures of the page are written by ``benchmarks/notes.py --page``. A contact counts as found where parties, day (or
moment) and precision are those of the label, and the channel too where the label names one. Of the parts held apart
only totals are shown.

    python benchmarks/told.py [--part dev|held-out|all-dev|all-held-out] [--errors]
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import datetime
from pathlib import Path

import pandas as pd

from analysis.deriving import Placed, placed, purpose, text_of
from analysis.told_words import Who
from analysis.wording import read_words

NOTES = Path(__file__).parents[1] / "tests" / "notes"
PAGE = Path(__file__).parents[1] / "docs" / "notes.md"
MARKS = ("<!-- told -->\n", "<!-- end of told -->\n")
PARTS = {"dev": "told_dev", "held-out": "told_held_out", "all-dev": "dev", "all-held-out": "held_out"}
Contact = tuple[str, str, str, str, str]
"""Sender, receiver, channel, when, precision."""


def rows_of(part: str) -> pd.DataFrame:
    """The notes of a part; of the large set those that staff typed, mails between agency and others, and cells."""
    rows = pd.read_csv(NOTES / f"{PARTS[part]}.csv", dtype="str", keep_default_na=False)
    for name in ("candidate", "client", "interviewer", "recruiter", "asked"):
        if name not in rows:
            rows[name] = ""
    own = rows["sender"].isin(("candidate", "client")) & (rows["receiver"] != "agency")
    return rows[~own & (rows["sender"] != "system")].reset_index(drop=True)


def expected(told: str) -> list[Contact]:
    """The contacts of a label whose day it names."""
    found = []
    for contact in filter(None, told.split(";")):
        roles, channel, _, rest = contact.split(":", 3)
        when, precision = rest.rsplit(":", 1)
        sender, receiver = roles.split(">")
        if when and {sender, receiver} == {"candidate", "client"}:
            found.append((sender, receiver, channel, when, precision))
    return found


def read_row(row: pd.Series) -> list[Placed]:
    """What is read of one note, through the path of the contact log."""
    names = tuple(n for n in row["interviewer"].split(";") if n)
    recruiters = (row["recruiter"],) if row["recruiter"] else ()
    who = Who(row["candidate"], names, row["client"], recruiters, row["sender"], row["receiver"])
    return placed(text_of(row["subject"], row["note"]), who, datetime.fromisoformat(row["at"]), False)


def contacts_of(found: list[Placed]) -> list[Contact]:
    """The contacts that would be derived."""
    made = []
    for each in found:
        if each.at is None or not each.certain:
            continue
        when = each.at.isoformat(timespec="minutes") if each.precision == "minute" else each.at.date().isoformat()
        told = each.told
        made += [(told.sender, told.receiver, told.channel, when, each.precision)] * told.times
    return made


def matched(want: list[Contact], got: list[Contact], parts: tuple[int, ...] = (0, 1, 2, 3, 4)) -> int:
    """How many of ``got`` are wanted, each once; a label without a channel leaves it open."""
    left = list(want)
    hits = 0
    for one in got:
        for other in left:
            if all(one[p] == other[p] or (p == 2 and not other[2]) for p in parts):
                left.remove(other)
                hits += 1
                break
    return hits


def measured(part: str) -> pd.Series:
    """Totals of a part."""
    rows = rows_of(part)
    count: Counter[str] = Counter()
    for _, row in rows.iterrows():
        found = read_row(row)
        want, got = expected(row["reported"]), contacts_of(found)
        count["told"] += len(want)
        count["found"] += len(got)
        count["right"] += matched(want, got)
        count["parties"] += matched(want, got, (0, 1))
        count["channel"] += matched(want, got, (0, 1, 2))
        count["day"] += matched(want, got, (0, 1, 3))
        asked = any(f.at is None or not f.certain for f in found)
        count["asked"] += asked
        count["asked_rightly"] += asked and row["asked"] == "yes"
        count["to_ask"] += row["asked"] == "yes"
        count["silent"] += not want and row["asked"] != "yes"
        count["kept_silent"] += not want and row["asked"] != "yes" and not got
    return pd.Series({**{name: float(n) for name, n in count.items()}, "notes": float(len(rows))})


TOLD = {
    "notes": "notes",
    "told": "contacts told of",
    "found": "contacts found",
    "right": "right in parties, channel, day and precision",
    "asked": "notes asked about",
}


def figures() -> str:
    """The table of both parts as Markdown."""
    parts = {name: measured(name) for name in ("dev", "held-out")}
    lines = ["| | dev | held out |", "|---|--:|--:|"]
    for name, text in TOLD.items():
        lines.append(f"| {text} | " + " | ".join(f"{t[name]:.0f}" for t in parts.values()) + " |")
    for text, part, whole in (
        ("**precision**", "right", "found"),
        ("**recall**", "right", "told"),
        ("parties right among those found", "parties", "found"),
        ("notes that tell of nothing, and nothing is made of them", "kept_silent", "silent"),
    ):
        cells = [f"{t[part] / t[whole]:.2f}" if t[whole] else "" for t in parts.values()]
        lines.append(f"| {text} | " + " | ".join(cells) + " |")
    shares = [f"{purposes(name):.2f}" for name in parts]
    lines.append("| purpose right, where the label names one | " + " | ".join(shares) + " |")
    return "\n".join(lines) + "\n"


def write_page() -> None:
    """Write the figures between their marks in docs/notes.md."""
    text = PAGE.read_text("utf-8")
    before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
    PAGE.write_text(before + MARKS[0] + figures() + MARKS[1] + after, "utf-8")


def purposes(part: str) -> float:
    """Share of the contacts found whose purpose is the label's, where it names one."""
    hits = total = 0
    for _, row in rows_of(part).iterrows():
        kinds = [c.split(":", 3)[2] for c in filter(None, row["reported"].split(";"))]
        found = [f for f in read_row(row) if f.at is not None and f.certain]
        if len(found) == len(kinds) == 1 and kinds[0] and found[0].told.sender == "candidate":
            told = found[0].told
            read = read_words(pd.Series([""]), pd.Series([told.words])).iloc[0]
            sure = read["kind"] if read["sure"] >= 0.5 else ""
            total += 1
            hits += purpose(told.sender, told.channel, told.words, sure) == kinds[0]
    return hits / total if total else 0.0


def main() -> None:
    """Print the figures of a part."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--part", choices=tuple(PARTS), default="dev")
    given.add_argument("--errors", action="store_true", help="notes of a part to tune with that are read otherwise")
    said = given.parse_args()
    totals = measured(said.part)
    print(totals.to_string())
    print(f"precision {totals['right'] / totals['found']:.3f}  recall {totals['right'] / totals['told']:.3f}", end="  ")
    print(f"purpose {purposes(said.part):.2f}")
    if said.errors and "held" not in said.part:
        for _, row in rows_of(said.part).iterrows():
            found = read_row(row)
            want, got = expected(row["reported"]), contacts_of(found)
            asked = any(f.at is None or not f.certain for f in found)
            if matched(want, got) != len(want) or len(got) != len(want) or (asked != (row["asked"] == "yes")):
                print(row["id"], repr((row["subject"] + " / " + row["note"])[:150]))
                print("    want", want, row["asked"], "\n    got ", got, "asked" if asked else "")


if __name__ == "__main__":
    main()
