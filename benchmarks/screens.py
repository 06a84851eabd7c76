"""Speed on the screen: from a click to the page drawn, on every page, in a real browser.

A seeded log (`made.py`), moved by whole weeks to end now, stands in a workspace whose results are kept. For each page:
seconds from the click on its name to the heading drawn, the server done and the browser painted; then what is clicked
most. Beside it stands the same page of the sample agency with 88 candidates: what does not depend on the size of the
log is the framework's. Also: a server started cold until the first chart of the caseload is drawn.

    python benchmarks/screens.py [--contacts 100000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

import made  # noqa: E402

made.AS_OF += (datetime.now() - made.AS_OF) // timedelta(weeks=1) * timedelta(weeks=1)

from browsing import chromium, serving, settled  # noqa: E402
from playwright.sync_api import Page, expect  # noqa: E402
from workspace import fill, up_to_date  # noqa: E402

PAGES = (
    "Today",
    "Caseload",
    "Candidate",
    "Coaching session",
    "People",
    "Clients",
    "Policy",
    "Upload",
    "Records",
    "Help",
)


def painted(page: Page) -> None:
    """Until the server is done and the browser has painted twice."""
    settled(page)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def timed(act: Callable[[], None], page: Page) -> float:
    """Seconds from an act until the page is painted."""
    start = time.perf_counter()
    act()
    painted(page)
    return time.perf_counter() - start


def measured(address: str, rounds: int) -> dict[str, list[float]]:
    """Seconds of each page and of what is clicked most, on one server."""
    found: dict[str, list[float]] = {}
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=120_000)
        painted(page)
        key = str(page.get_by_role("link", name="Open").first.get_attribute("href")).partition("?")[2]
        for turn in range(rounds + 1):
            for name in PAGES:
                seconds = timed(lambda name=name: opened(page, name), page)  # type: ignore[misc]
                page.wait_for_timeout(300)
                if turn:  # the first look warms what every later one finds
                    found.setdefault(name, []).append(seconds)
            opened(page, "Caseload")
            painted(page)
            page.wait_for_timeout(500)
            seconds = timed(lambda: band(page), page)
            if turn:
                found.setdefault("Caseload: filter by band", []).append(seconds)
            page.goto(f"{address}/candidate?{key}")
            painted(page)
            page.wait_for_timeout(500)
            seconds = timed(lambda: coaching(page), page)
            if turn:
                found.setdefault("Candidate to coaching session", []).append(seconds)
            opened(page, "Today")
            painted(page)
            seconds = timed(lambda: page.get_by_role("link", name="Open").first.click(), page)
            expect(page.get_by_test_id("stPlotlyChart")).to_be_visible()
            if turn:
                found.setdefault("Today to a candidate", []).append(seconds)
    return found


def opened(page: Page, name: str) -> None:
    """Click a page's name in the navigation and wait for its heading."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(name))


def band(page: Page) -> None:
    """Filter the caseload by a band."""
    box = page.get_by_role("combobox", name=re.compile("Band"))
    box.click()
    page.get_by_role("option", name="good", exact=True).click()
    expect(page.get_by_text(re.compile("^[0-9,]+ of [0-9,]+ candidates"))).to_be_visible()


def coaching(page: Page) -> None:
    """From a candidate to the session with them."""
    page.get_by_test_id("stMain").get_by_role("link", name="Coaching session").click()
    expect(page.get_by_text("Done well")).to_be_visible()


def cold(place: Path) -> float:
    """Seconds from the start of the server to the first chart of the caseload; the browser is open already."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        start = time.perf_counter()
        with serving(place) as address:
            page.goto(f"{address}/caseload")
            page.locator(".js-plotly-plot .main-svg").first.wait_for()
            return time.perf_counter() - start


def main() -> None:
    """Measure and print the table."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--contacts", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=5)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.db", Path(folder) / "small.db"
        filled = fill(large, told.contacts)
        up_to_date(large)
        starts = [cold(large) for _ in range(3)]
        with serving(large) as address:
            log = measured(address, told.rounds)
        with serving(small) as address:
            sample = measured(address, told.rounds)
    print(f"\n{told.contacts:,} contacts, {filled['candidates']:,.0f} candidates; beside it the sample agency\n")
    print("| click to painted | median | least | most | sample, median |\n|---|--:|--:|--:|--:|")
    for name, seconds in log.items():
        told_of = " | ".join(f"{each:.2f} s" for each in (statistics.median(seconds), min(seconds), max(seconds)))
        print(f"| {name} | {told_of} | {statistics.median(sample[name]):.2f} s |")
    print(f"\nCold start to the first chart: {', '.join(f'{each:.1f} s' for each in sorted(starts))}")


if __name__ == "__main__":
    main()
