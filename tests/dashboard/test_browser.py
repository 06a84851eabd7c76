"""The real server in a real browser: upload a file, open a candidate, read a deduction; nothing leaves the machine."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from contact_logs import HOSTILE_NAMES, TOO_EARLY, hostile_log
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=60_000)

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard's own server on a free port, started from another folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = f"import sys; sys.argv = ['-c']; from dashboard import server; server.run(port={port}, open_browser=False)"
    with subprocess.Popen([sys.executable, "-c", start], cwd=tmp_path_factory.mktemp("elsewhere")) as process:
        try:
            wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the server stopped while starting"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium; its absence is a failure, because a page nobody opened is not known to work."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "no Chromium found: install it with `apt-get install chromium` (or your system's package)"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def requests() -> list[str]:
    """The address of every request that the page made."""
    return []


@pytest.fixture
def page(browser: Browser, requests: list[str]) -> Iterator[Page]:
    """A fresh page at a desk's size that notes each request."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-US", timezone_id="America/Detroit"
    )
    opened = context.new_page()
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("websocket", lambda socket: requests.append(socket.url))
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def outside(requests: list[str]) -> list[str]:
    """Requests that went anywhere but to this machine."""
    return [r for r in requests if urlsplit(r).hostname not in ("127.0.0.1", None)]


def upload(page: Page, address: str, tmp_path: Path, name: str, text: str) -> None:
    """Drop a file on the Upload page and wait until it was read."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def choose(page: Page, name: str) -> None:
    """Pick a candidate on the Candidate page by typing the name."""
    box = page.get_by_role("combobox", name=re.compile("Candidate"))
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name, exact=True).click()


def test_a_file_is_uploaded_a_candidate_opened_and_a_deduction_read(
    page: Page, address: str, tmp_path: Path, requests: list[str]
) -> None:
    upload(page, address, tmp_path, "log.csv", TOO_EARLY)
    page.get_by_role("button", name="Open the caseload").click()
    expect(page.get_by_role("heading", name="Caseload")).to_be_visible()
    # the grid is drawn on a canvas: its first row's box is clicked by place
    grid = page.get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()
    page.wait_for_timeout(1000)
    grid.click(position={"x": 18, "y": 52})
    expect(page.get_by_role("heading", name="Cleo Marsh")).to_be_visible()
    assert "Cleo" not in page.url
    assert "candidate=" in page.url
    receipt = page.locator("section.ft-family", has_text="Follow-up timing")
    expect(receipt).to_contain_text("100 − 50 = 50")
    expect(receipt).to_contain_text("The first follow-up came too early")
    expect(receipt).to_contain_text("log.csv:4")
    expect(page.get_by_test_id("stPlotlyChart")).to_be_visible()
    expect(page.get_by_text("An aid for coaching, not for selecting people.")).to_be_visible()
    assert outside(requests) == []


def test_the_first_screen_of_a_new_installation_is_a_working_agency_marked_as_sample(
    page: Page, address: str, requests: list[str]
) -> None:
    page.goto(address)
    expect(page.get_by_text("Sample: an invented agency")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart")).to_be_visible()
    assert outside(requests) == []


def test_hostile_names_fetch_nothing_and_run_nothing(
    page: Page, address: str, tmp_path: Path, requests: list[str]
) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    upload(page, address, tmp_path, "hostile.csv", hostile_log())
    page.get_by_role("link", name="Candidate").click()
    for name in HOSTILE_NAMES:
        choose(page, name)
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_timeout(500)
    assert dialogs == []
    assert [r for r in requests if "evil.example" in r] == []
    assert outside(requests) == []


def test_headings_come_in_order_and_every_field_has_a_name(page: Page, address: str) -> None:
    for path in ("", "candidate", "upload"):
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_timeout(800)
        levels = [int(h.evaluate("e => e.tagName.slice(1)")) for h in page.get_by_role("heading").all()]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        unnamed = page.evaluate(
            """() => [...document.querySelectorAll('main input, main button, section input, section button')]
              .filter(e => e.offsetParent && e.tabIndex >= 0)
              .filter(e => !e.getAttribute('aria-label') && !e.labels?.length && !e.innerText.trim()
                      && !e.getAttribute('title') && !e.getAttribute('aria-labelledby')).map(e => e.outerHTML)"""
        )
        assert unnamed == []


def test_nothing_runs_over_the_edge_of_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 400, "height": 850})
    for path in ("", "candidate", "upload"):
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_timeout(800)
        main = page.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_answers_carry_headers_that_keep_others_out(address: str) -> None:
    with urllib.request.urlopen(address, timeout=10) as answer:
        headers = answer.headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
