"""A large workspace: how long it takes to open, and until a correction is on the screen.

A seeded log (`made.py`) is brought into a workspace in a file. Beside each figure stands the alternative on the same
work: reading the file and reckoning everything anew. Each opening is a process of its own; the correction is also made
in a real browser on the candidate page, from the click to the corrected receipt.

    python benchmarks/workspace.py [--contacts 500000] [--rounds 5] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import made  # noqa: E402
import pandas as pd  # noqa: E402

from analysis.identity import identities  # noqa: E402
from analysis.report import report  # noqa: E402
from analysis.summary import caseload  # noqa: E402
from dashboard.store import imports, remarks, sayings  # noqa: E402
from dashboard.store.engine import open_engine, reading, writing  # noqa: E402
from dashboard.store.results import Results, latest_moment  # noqa: E402
from dashboard.store.state import ANSWERS, result, state  # noqa: E402

NOW = pd.Timestamp(made.AS_OF, tz=made.ZONE)


def fill(place: Path, contacts: int) -> dict[str, float]:
    """Bring the log in and work out everything once, as the first reader of the day finds it."""
    engine = open_engine(str(place))
    data = made.log(contacts)
    start = time.perf_counter()
    with writing(engine) as connection:
        told = {"zone": made.ZONE, "calendar": made.CALENDAR}
        sayings.say(connection, ANSWERS, told, "benchmark", datetime.now(UTC))
        imports.keep(connection, "log.csv", data, "benchmark", datetime.now(UTC), complete={"log.csv": "yes"})
    kept = time.perf_counter()
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    results = Results(engine)
    everybody = results.whole(known, NOW)
    return {
        "keep the file": kept - start,
        "read and score it": time.perf_counter() - kept,
        "candidates": len(everybody.candidates),
        "megabytes": len(data) / 1e6,
    }


def opened(place: Path) -> dict[str, float]:
    """Open the workspace and have the caseload, then the page of one candidate, from what is kept."""
    start = time.perf_counter()
    engine = open_engine(str(place))
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    at = latest_moment(engine, known)
    assert at is not None
    results = Results(engine)
    everybody = results.whole(known, at)
    table = caseload(everybody, known.policy.bands)
    listed = time.perf_counter()
    key = str(table["candidate_key"].iloc[len(table) // 2])
    report(results.candidate(known, at, key), key, known.policy.bands)
    return {"caseload": listed - start, "candidate": time.perf_counter() - listed, "peak MB": peak()}


def anew(place: Path) -> dict[str, float]:
    """The same by reading the file again and scoring everything."""
    start = time.perf_counter()
    engine = open_engine(str(place))
    with reading(engine) as connection:
        full = state(connection)
    scores = result(full, NOW)
    caseload(scores, full.policy.bands)
    return {"caseload": time.perf_counter() - start, "peak MB": peak()}


def corrected(place: Path) -> dict[str, float]:
    """In a workspace that is open: say a correction, and have the whole and the candidate's report with it."""
    engine = open_engine(str(place))
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    results = Results(engine)
    everybody = results.whole(known, NOW)
    key = str(everybody.candidates["candidate_key"].iloc[len(everybody.candidates) // 3])
    alone = results.candidate(known, NOW, key)
    about = str(identities(alone.contacts)[-1])
    start = time.perf_counter()
    with writing(engine) as connection:
        remarks.correct(connection, "left_out", about, {}, "benchmark", datetime.now(UTC))
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    after = results.whole(known, NOW)
    caseload(after, known.policy.bands)
    report(results.candidate(known, NOW, key), key, known.policy.bands)
    return {"correction": time.perf_counter() - start}


WATCH = """() => {
    const receipts = () => [...document.querySelectorAll('section.ft-family')].map(e => e.innerText).join();
    const before = receipts();
    window.clicked = window.changed = 0;
    document.addEventListener('click', () => { window.clicked = performance.now(); }, {capture: true, once: true});
    const timer = setInterval(() => {
        if (window.clicked && receipts() !== before) { window.changed = performance.now(); clearInterval(timer); }
    }, 5);
}"""
"""Notes in the browser when something was clicked, and when the receipts on the page became others."""


def on_screen(place: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds in a real browser: address entered to caseload drawn, and *Save* clicked to the corrected receipt."""
    from browsing import chromium, serving, settled  # the browser is needed for this part only

    drawn: list[float] = []
    saved: list[float] = []
    drawn_whole: list[float] = []
    with serving(place) as address, chromium() as browser:
        for _ in range(rounds):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.set_default_timeout(120_000)
            start = time.perf_counter()
            page.goto(f"{address}/caseload")
            page.get_by_test_id("stDataFrame").wait_for()
            drawn.append(time.perf_counter() - start)
            page.close()
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(30_000)
        key = a_candidate(place)
        for _ in range(rounds):
            page.goto(f"{address}/candidate?candidate={key}")
            page.get_by_text("Correct a contact", exact=True).wait_for()
            settled(page)
            page.wait_for_timeout(1500)
            page.get_by_text("Correct a contact", exact=True).click()
            box = page.get_by_role("combobox", name=re.compile("^(?:Selected .*)?Contact"))
            box.wait_for()
            settled(page)
            page.wait_for_timeout(500)
            box.click()
            page.get_by_role("option", name=re.compile("Interview")).first.click()
            settled(page)
            page.get_by_text("Leave it out because …", exact=True).click()
            page.get_by_label("Reason").wait_for()
            settled(page)
            page.get_by_label("Reason").fill("Sent to the wrong address")
            settled(page)
            page.evaluate(WATCH)
            start = time.perf_counter()
            page.get_by_role("button", name="Save the correction").click()
            page.get_by_text("Corrected. The scores follow from it.").wait_for()
            settled(page)
            drawn_whole.append(time.perf_counter() - start)
            saved.append(float(page.evaluate("() => (window.changed - window.clicked) / 1000")))
            page.locator("[class*=st-key-made-]").get_by_role("button", name="Undo").first.click()
            page.get_by_text("The correction is taken back.").wait_for()
            settled(page)
    return {
        "caseload in the browser": drawn,
        "correction in the browser: the receipt shows it": saved,
        "correction in the browser: the whole page drawn": drawn_whole,
    }


def up_to_date(place: Path) -> None:
    """Work out the results of this hour, so that nothing is brought up to date behind what is measured."""
    engine = open_engine(str(place))
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    Results(engine).whole(known, pd.Timestamp.now(tz=known.answers.zone).floor("h"))
    engine.dispose()


def a_candidate(place: Path) -> str:
    """The key of a candidate in the middle of the workspace."""
    engine = open_engine(str(place))
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    keys = Results(engine).whole(known, NOW).candidates["candidate_key"]
    return str(keys.iloc[len(keys) // 2])


def peak() -> float:
    """The most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def apart(part: str, place: Path) -> dict[str, float]:
    """One part in a fresh process."""
    command = [sys.executable, __file__, "--part", part, "--place", str(place)]
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Fill a workspace and print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--contacts", type=int, default=500_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--part", choices=["opened", "anew", "corrected"])
    asked.add_argument("--place", type=Path)
    told = asked.parse_args()
    if told.part:
        print(json.dumps({"opened": opened, "anew": anew, "corrected": corrected}[told.part](told.place)))
        return
    with tempfile.TemporaryDirectory(dir=told.folder) as folder:
        place = Path(folder) / "workspace.db"
        filled = fill(place, told.contacts)
        print(json.dumps({"filled": filled, "file on disk MB": place.stat().st_size / 1e6}), flush=True)
        rounds: dict[str, list[dict[str, float]]] = {"opened": [], "corrected": [], "anew": []}
        for turn in range(told.rounds):
            for part in ("opened", "corrected") if turn >= 2 else ("opened", "corrected", "anew"):
                rounds[part].append(apart(part, place))
                print(part, rounds[part][-1], flush=True)
        up_to_date(place)
        seen = on_screen(place, told.rounds)
        print(f"\n{told.contacts:,} contacts, {filled['candidates']:,.0f} candidates, {filled['megabytes']:.0f} MB\n")
        print("| what | median | least | most |\n|---|--:|--:|--:|")
        for title, part, name in (
            ("opened: caseload", "opened", "caseload"),
            ("opened: one candidate after it", "opened", "candidate"),
            ("read and scored anew: caseload", "anew", "caseload"),
            ("correction: whole and candidate", "corrected", "correction"),
        ):
            print(row(title, [each[name] for each in rounds[part]]))
        for title, values in seen.items():
            print(row(title, values))


def row(title: str, seconds: list[float]) -> str:
    """A line of the table."""
    told = (statistics.median(seconds), min(seconds), max(seconds))
    return f"| {title} | " + " | ".join(f"{each:.2f} s" for each in told) + " |"


if __name__ == "__main__":
    main()
