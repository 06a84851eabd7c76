"""Before a session and across the table, on the sample agency in a real browser, without a file of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn import choose, press, settled
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page at a desk's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB", timezone_id="UTC")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def test_a_candidate_is_found_in_the_caseload_opened_and_a_deduction_followed_to_its_contacts(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/caseload")
    expect(page.get_by_text("88 of 88 candidates, by name.", exact=False)).to_be_visible()
    settled(page)
    page.get_by_label("Search").first.fill("Inês")
    expect(page.get_by_text("1 of 88 candidates, by name.", exact=False)).to_be_visible()
    settled(page)
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible()
    page.wait_for_timeout(1000)
    # the grid is drawn on a canvas: its first row's box is clicked by place
    grid.click(position={"x": 18, "y": 52})
    expect(page.get_by_role("heading", level=1)).to_have_text("Inês Gonçalves")
    expect(page.locator(".ft-lit")).to_have_count(0)
    box = page.get_by_role("combobox", name=re.compile("Ring the contacts"))
    choose(page, box, re.compile("Persistent, not pushy: 3 days"))
    expect(page.locator(".ft-lit", has_text="Several follow-ups without an answer")).to_be_visible()
    expect(page.get_by_role("button", name="This deduction does not stand")).to_be_visible()
    assert "Gon" not in page.url


def test_across_the_table_a_question_is_answered_an_action_agreed_and_a_page_taken_home(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/coaching")
    settled(page)
    box = page.get_by_role("combobox", name="Candidate")
    box.click()
    box.fill("Patrick")
    page.get_by_role("option", name="Patrick Sweeney", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Patrick Sweeney")
    expect(page.get_by_role("heading", name="Done well")).to_be_visible()
    expect(page.get_by_text("I can’t see a note to", exact=False)).to_be_visible()
    noted = page.get_by_text("Noted, and it counts from now on.")
    press(page, page.get_by_role("button", name="Yes, that evening"), noted)
    expect(page.get_by_text("I can’t see a note to", exact=False)).to_have_count(0)
    agreed = page.get_by_text("Agreed and kept.")
    press(page, page.get_by_role("button", name="Agree", exact=True), agreed)
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=re.compile("One page as PDF")).click()
    (sheet,) = PdfReader(Path(started.value.path())).pages
    assert "Patrick Sweeney" in sheet.extract_text()
