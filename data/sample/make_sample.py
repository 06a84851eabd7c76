"""Write the sample agency: the same bytes every time.

Run ``python data/sample/make_sample.py`` from the project; ``--out FOLDER`` writes elsewhere.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from agency import calendar_file, contact_log, deal, notes, people, tracker  # noqa: E402
from agency.process import STORIES, Process, Story  # noqa: E402

SEED = 20260706
SHARED = {"by_the_book": 3, "second_round": 2, "panel_each": 1, "too_soon_to_say": 1, "booked": 2}
"""How many interviews of which story stand in the calendar as well as in the log."""
MARK = "## Who shows what"


@dataclass(frozen=True)
class Sample:
    """The files as bytes, and which story was told of whom in the main log."""

    files: dict[str, bytes]
    told: list[tuple[Story, Process]]


def delimited(rows: list[Any], delimiter: str, ending: str) -> str:
    """Rows as delimited text, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return out.getvalue()


def build(seed: int = SEED) -> Sample:
    """Tell all stories and write them down in the four forms."""
    rng = random.Random(seed)
    clients, everybody = people.clients(), people.candidates()
    by_name = {c.name: c for c in everybody}
    tracked = [by_name[n] for n in tracker.NAMES]
    noted = [by_name[n] for n in notes.NAMES]
    logged = [c for c in everybody if c not in tracked and c not in noted]
    rng.shuffle(logged)
    told = deal.processes(logged, clients, rng)
    log = contact_log.table([p for _, p in told], rng)

    def of(name: str, n: int) -> list[Process]:
        return [p for s, p in told if s.name == name][:n]

    met = notes.interviews(noted, clients, rng)
    wide = tracker.table(tracked, clients, of("persistent", 2), rng)
    typed = notes.table(met, of("by_the_book", 3) + of("no_card_no_date", 1), rng)
    hour = timedelta(hours=1)
    events = [
        calendar_file.event(m.candidate, m.client, m.met, m.start, m.start + hour, "utc", text=f"{m.job}\nTeams link")
        for m in met
    ]
    shared = [p for n, k in SHARED.items() for p in of(n, k)]
    for n, p in enumerate(shared):
        form = "windows" if p.client.zone in calendar_file.WINDOWS else ("zone", "utc")[n % 2]
        first = next(r for r in p.rows if r["kind"] == "interview")
        events.append(
            calendar_file.event(p.candidate, p.client, tuple(first["who_met"]), first["at"], first["ended_at"], form)
        )
    for p in of("cancelled", 1):
        events.append(calendar_file.event(p.candidate, p.client, p.met, p.start, p.end, "zone", "CANCELLED", 1))
    for p in of("moved_interview", 1):
        text = "Moved by client, was two days earlier"
        events.append(calendar_file.event(p.candidate, p.client, p.met, p.start, p.end, "utc", sequence=2, text=text))
    files = {
        "contact_log.csv": delimited([contact_log.COLUMNS, *(list(r.values()) for r in log)], ",", "\n").encode(),
        "desk_tracker.csv": delimited(wide, ",", "\r\n").encode("cp1252", errors="replace"),
        "interviews.ics": calendar_file.text(events).encode(),
        "recruiter_notes.csv": delimited(typed, ";", "\r\n").encode("utf-8-sig"),
        "README.md": readme(told).encode(),
    }
    return Sample(files, told)


def readme(told: list[tuple[Story, Process]]) -> str:
    """The README's own text, then the table of stories with whom to open to see each."""
    text = (HERE / "README.md").read_text(encoding="utf-8").partition(MARK)[0]
    lines = [MARK, "", "| story | meant to show | told of |", "|---|---|---|"]
    for s in sorted(STORIES, key=lambda s: s.habit != "steady"):
        who = ", ".join(f"{p.candidate.name} ({p.client.name})" for t, p in told if t is s)
        lines.append(f"| {s.title} | {', '.join(f'`{f}`' for f in s.shows)} | {who} |")
    return text + "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the sample agency")
    parser.add_argument("--out", type=Path, default=HERE)
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in build().files.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
