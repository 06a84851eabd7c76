"""The Policy and Clients pages in a real browser: a number is changed, looked at, saved, and gone back on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from contact_logs import TOO_EARLY
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.policy import default_policy

USUAL = default_policy().version
TIMING = "Points for the first follow-up where the decision date is known; linear between, flat outside"


@pytest.fixture
def colleague(browser: Browser) -> Iterator[Page]:
    """Somebody else at another desk, on the same workspace."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def upload(page: Page, address: str, tmp_path: Path) -> None:
    """Cleo's log: her follow-up came one business day before their date."""
    file = tmp_path / "log.csv"
    file.write_text(TOO_EARLY, encoding="utf-8")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name="log.csv", exact=True)).to_be_visible()


def opened(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def group(page: Page, title: str) -> None:
    page.get_by_text(re.compile(f"^{title} · ")).click()


def type_number(page: Page, label: str, value: str) -> None:
    box = page.get_by_role("spinbutton", name=label, exact=True).first
    box.fill(value)
    box.press("Tab")


def milder(page: Page, points: str) -> None:
    """One business day early costs less than the article says: a step of the timing window."""
    group(page, "Follow-up timing")
    page.locator(".st-key-number-timing-with_date").get_by_text("Change the steps").click()
    type_number(page, "Step 4, points", points)
    expect(page.get_by_text("1 number changed, not saved yet: Follow-up timing")).to_be_visible()


def save(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Name of this policy").fill(name)
    page.get_by_role("button", name="Save, and score with it from now on").click()


def receipt(page: Page, address: str) -> Locator:
    """Cleo's receipt for the timing of her follow-up."""
    opened(page, address, "candidate")
    box = page.get_by_role("combobox", name=re.compile("Candidate"))
    box.click()
    page.get_by_role("option", name="Cleo Marsh", exact=True).click()
    return page.locator("section.ft-family", has_text="Follow-up timing")


def test_a_window_is_changed_looked_at_saved_and_gone_back_on(page: Page, address: str, tmp_path: Path) -> None:
    upload(page, address, tmp_path)
    expect(receipt(page, address)).to_contain_text("100 − 50 = 50")
    opened(page, address, "policy")
    expect(page.get_by_text(f"names its version: {USUAL}.")).to_be_visible()
    milder(page, "80")
    page.get_by_role("button", name="Who would move?").click()
    expect(page.get_by_text("of 1 candidate would have another score or band")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Follow-up timing 0?1 .*\\+30"))).to_be_visible()
    expect(page.get_by_role("rowheader", name="Cleo Marsh")).to_be_visible()
    save(page, "Milder")
    expect(page.get_by_text("“Milder” is saved and counts from now on.")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"names its version: {re.escape(USUAL)}\+[0-9a-f]{{8}}\."))).to_be_visible()
    expect(receipt(page, address)).to_contain_text("100 − 20 = 80")
    opened(page, address, "policy")
    page.get_by_role("button", name="Go back to the article’s defaults").click()
    expect(page.get_by_role("rowheader", name="Cleo Marsh")).to_be_visible()
    save(page, "As the article says")
    expect(page.get_by_text("“As the article says” is saved and counts from now on.")).to_be_visible()
    expect(page.get_by_text(f"names its version: {USUAL}.")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Milder (no. 1)")).to_be_visible()
    expect(receipt(page, address)).to_contain_text("100 − 50 = 50")


def test_of_two_people_who_save_the_later_one_is_told_and_can_put_theirs_on_top(
    page: Page, colleague: Page, address: str, tmp_path: Path
) -> None:
    upload(page, address, tmp_path)
    for who in (page, colleague):
        opened(who, address, "policy")
    milder(page, "80")
    group(colleague, "Words for points")
    type_number(colleague, "From here on: good: points", "75")
    for who in (page, colleague):
        who.get_by_role("button", name="Who would move?").click()
        expect(who.get_by_role("heading", name="Save it")).to_be_visible()
    save(page, "Milder")
    expect(page.get_by_text("“Milder” is saved and counts from now on.")).to_be_visible()
    save(colleague, "Higher")
    expect(colleague.get_by_text(re.compile("saved another policy at .* UTC; look at it again"))).to_be_visible()
    expect(colleague.get_by_text(re.compile("saved “Milder” .* after you began"))).to_be_visible()
    colleague.get_by_role("button", name="Put my changes on top of it").click()
    expect(colleague.get_by_text("1 number differs from “Milder”")).to_be_visible()
    save(colleague, "Higher")
    expect(colleague.get_by_text("“Higher” is saved and counts from now on.")).to_be_visible()
    # both changes hold
    expect(receipt(page, address)).to_contain_text("100 − 20 = 80")
    opened(page, address, "policy")
    expect(page.get_by_role("row", name=re.compile("Higher \\(no. 2\\) now .* 2 numbers"))).to_be_visible()


def test_a_bad_number_is_refused_beside_it_and_cannot_be_saved(page: Page, address: str) -> None:
    opened(page, address, "policy")
    group(page, "Words for points")
    type_number(page, "From here on: good: points", "175")
    beside = page.locator("[data-testid=stExpander]").get_by_text("must lie between 0 and 100 (points), not 175.")
    expect(beside).to_be_visible()
    expect(page.get_by_role("button", name="Who would move?")).to_be_disabled()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("not saved yet")).to_have_count(0)
    expect(page.get_by_role("spinbutton", name="From here on: good: points")).to_have_value("70")


def test_an_hour_of_calls_is_a_time_of_day_and_a_step_can_be_added_and_taken_out(page: Page, address: str) -> None:
    opened(page, address, "policy")
    group(page, "Follow-up timing")
    hours = page.locator(".st-key-number-timing-hours")
    hours.get_by_text("Change the steps").click()
    hours.get_by_role("button", name="Add a step").click()
    expect(hours.get_by_text("18:30 → 30 %")).to_be_visible()
    hours.get_by_role("button", name="Take out").first.click()
    expect(hours.get_by_text(re.compile(r"^09:00\s→\s70\s%, 09:30"))).to_be_visible()
    page.get_by_role("button", name="Drop the changes").click()
    expect(hours.get_by_text(re.compile(r"^08:00\s→\s40\s%.*18:00\s→\s30\s%$"))).to_be_visible()


def test_keyboard_alone_changes_a_number_and_gets_to_who_would_move(page: Page, address: str) -> None:
    opened(page, address, "policy")
    group(page, "Words for points")
    box = page.get_by_role("spinbutton", name="From here on: strong: points", exact=True)
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("95")
    page.keyboard.press("Tab")
    expect(page.get_by_text("1 number changed")).to_be_visible()
    focused = page.evaluate("document.activeElement.getBoundingClientRect().width")
    assert focused > 0, "the reader is still where they were"
    page.get_by_role("button", name="Who would move?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before it counts")).to_be_visible()


def test_the_route_of_a_client_is_said_once_counts_at_once_and_is_taken_back(
    page: Page, address: str, tmp_path: Path
) -> None:
    upload(page, address, tmp_path)
    opened(page, address, "clients")
    page.get_by_role("combobox", name=re.compile("^Client|Type a name")).first.click()
    page.get_by_role("option", name="Acme", exact=True).click()
    expect(page.get_by_role("heading", name="Acme", exact=True)).to_be_visible()
    page.get_by_role("combobox", name=re.compile("How may candidates reach them")).click()
    page.get_by_role("option", name="Contact runs through us", exact=True).click()
    page.get_by_role("button", name="Save for this client").click()
    expect(page.get_by_text("Kept for Acme; every score there counts it from now on.")).to_be_visible()
    expect(page.get_by_text("now: contact runs through us")).to_be_visible()
    expect(receipt(page, address)).not_to_contain_text("100 − 50 = 50")
    opened(page, address, "clients")
    page.get_by_role("combobox", name=re.compile("^Client|Type a name")).first.click()
    page.get_by_role("option", name="Acme", exact=True).click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("now: writes to the employer directly")).to_be_visible()
    expect(receipt(page, address)).to_contain_text("100 − 50 = 50")


@pytest.mark.parametrize("width", [1440, 400])
def test_headings_come_in_order_and_nothing_runs_over_the_edge(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("policy", "clients"):
        opened(page, address, path)
        page.wait_for_timeout(1000)
        if path == "policy":
            group(page, "Follow-up timing")
            expect(page.get_by_text(TIMING)).to_be_visible()
        levels = [int(h.evaluate("e => e.tagName.slice(1)")) for h in page.get_by_role("heading").all()]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
