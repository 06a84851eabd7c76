"""The real server in a real browser: upload a file, open a candidate, read a deduction; nothing leaves the machine."""

from __future__ import annotations

import re
import urllib.request
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from contact_logs import HOSTILE_NAMES, TOO_EARLY, hostile_log
from drawn import settled
from playwright.sync_api import Page, expect


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
    settled(page)
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
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Caseload", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()
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
    for path in ("", "caseload", "candidate", "upload"):
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
    for path in ("", "caseload", "candidate", "upload"):
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
