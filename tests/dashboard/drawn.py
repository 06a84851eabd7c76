"""What the tests in a real browser wait for: a server that answers, and a page that is drawn."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from re import Pattern

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def settled(page: Page) -> None:
    """Until the server has drawn the whole page; what is clicked before is replaced under the pointer."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def choose(page: Page, box: Locator, option: str | Pattern[str]) -> None:
    """Choose an option of a select box; once more where the page was drawn anew under the pointer."""
    expect(box).to_be_visible()
    sought = page.get_by_role("option", name=option)
    for left in (2, 1, 0):
        settled(page)
        box.click()
        try:
            sought.first.click(timeout=60_000 if not left else 5_000)
        except PlaywrightTimeout:
            if not left:
                raise
            page.keyboard.press("Escape")
            continue
        break
    expect(page.get_by_role("listbox")).to_have_count(0)
    settled(page)


def press(page: Page, button: Locator, outcome: Locator) -> None:
    """Press a button until what it does is seen; once more where the page was drawn anew under the pointer."""
    for left in (2, 1, 0):
        settled(page)
        if outcome.first.is_visible():
            break
        button.click()
        try:
            expect(outcome.first).to_be_visible(timeout=60_000 if not left else 20_000)
        except AssertionError:
            if not left or not button.is_visible():
                raise
            continue
        break
