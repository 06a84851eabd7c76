"""Takes the pictures in docs/screens: every page of the dashboard at a desk's and a phone's size.

Run from the checkout: ``python docs/screenshots.py``. Needs a Chromium and the test dependencies.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent / "screens"
EXPORTS = Path(__file__).parent.parent / "tests" / "exports"
FILES = ("tracker_wide_followups.csv", "hubspot_notes_export_dmy.csv", "takeout.mbox", "ringcentral_call_log.csv")
SIZES = {"desk": (1440, 900), "phone": (400, 850)}
PAGES = ("", "caseload", "upload", "people", "candidate", "coaching", "clients", "policy", "records", "help")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def settled(page: Page) -> None:
    """Until the page has stopped working and its charts are drawn."""
    page.get_by_role("heading", level=1).wait_for(timeout=60_000)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    page.wait_for_timeout(1500)


def pictures(page: Page, address: str, size: str, scheme: str) -> None:
    """All pages in one size and colour scheme."""
    ending = f"{size}-dark.png" if scheme == "dark" else f"{size}.png"
    for name in PAGES:
        page.goto(f"{address}/{name}")
        settled(page)
        if name in ("candidate", "coaching"):
            box = page.get_by_role("combobox").first
            box.click()
            page.get_by_role("option").nth(4).click()
            page.get_by_role("heading", level=2).first.wait_for()
            settled(page)
        page.screenshot(path=FOLDER / f"{name or 'today'}-{ending}")
        if scheme == "light":
            whole(page, FOLDER / f"{name or 'today'}-whole-{ending}")


def with_files(page: Page, address: str, size: str) -> None:
    """Upload after files of several systems, with what is open."""
    page.goto(f"{address}/upload")
    settled(page)
    page.locator("input[type=file]").set_input_files([EXPORTS / name for name in FILES])
    page.get_by_text(FILES[-1]).first.wait_for(timeout=60_000)
    settled(page)
    whole(page, FOLDER / f"upload-files-{size}.png")


def whole(page: Page, path: Path) -> None:
    """The page down to its end; the window grows for it, because the page scrolls inside itself."""
    before = page.viewport_size or {"width": 1440, "height": 900}
    height = int(page.get_by_test_id("stMain").evaluate("e => e.scrollHeight")) + 70
    page.set_viewport_size({"width": before["width"], "height": min(height, 6000)})
    page.wait_for_timeout(700)
    page.screenshot(path=path)
    page.set_viewport_size(before)


def opened(browser: Browser, size: str, scheme: str) -> Page:
    """A page of its own in one size and colour scheme."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-US",
        timezone_id="America/Detroit",
    )
    return context.new_page()


def main() -> None:
    """Start the dashboard on the sample, take the pictures, stop it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("No Chromium found; install it first.")
    FOLDER.mkdir(exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = f"import sys; sys.argv = ['-c']; from dashboard import server; server.run(port={port}, open_browser=False)"
    kept = tempfile.TemporaryDirectory()
    server = subprocess.Popen([sys.executable, "-c", start], env={**os.environ, "FOLLOWTHROUGH_DATA": kept.name})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
            for size in SIZES:
                for scheme in ("light", "dark"):
                    pictures(opened(browser, size, scheme), address, size, scheme)
            # from here on the workspace holds files, and the sample is no longer what is shown
            for size in SIZES:
                with_files(opened(browser, size, "light"), address, size)
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)
        kept.cleanup()


if __name__ == "__main__":
    main()
