"""Half past eight in a real browser: the list is worked through by keyboard, on the sample and in a new workspace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from drawn import press, settled
from playwright.sync_api import Browser, Locator, Page, expect

HEAD = "candidate,client,route,interviewer,at,ended_at,sender,receiver,channel,kind\n"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page at a desk's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB", timezone_id="UTC")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def rows(page: Page) -> Locator:
    return page.locator("[class*=st-key-row-], [class*=st-key-stop-]")


def test_the_list_of_the_sample_is_worked_through_by_keyboard_and_a_row_opens_its_candidate(
    page: Page, address: str
) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    stop = page.get_by_text("Ask Inês Gonçalves to leave it: 3 follow-ups to Grainmark")
    expect(stop).to_be_visible()
    settled(page)
    done = rows(page).first.get_by_role("button", name="Done")
    done.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Put away (1)")).to_be_visible()
    expect(stop).to_have_count(0)

    back = page.get_by_role("button", name="Bring back")
    press(page, page.get_by_text("Put away (1)"), back)
    press(page, back, page.get_by_text("It is back."))
    expect(stop.first).to_be_visible()

    settled(page)
    rows(page).first.get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inês Gonçalves")
    assert "Gon" not in page.url


def test_the_first_file_of_a_new_workspace_gives_this_mornings_list_and_a_colleague_sees_what_was_put_away(
    page: Page, browser: Browser, address: str, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    met, ended = now - timedelta(hours=20), now - timedelta(hours=19)
    said = f"{met:%Y-%m-%dT%H:%M}+00:00,{ended:%Y-%m-%dT%H:%M}+00:00"
    line = f"Ana Lind,Acme,direct,Dana Osei,{said},client,candidate,video,interview\n"
    (tmp_path / "log.csv").write_text(HEAD + line, "utf-8")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "log.csv")
    expect(page.get_by_role("heading", name="log.csv", exact=True)).to_be_visible()
    page.get_by_role("link", name="Today", exact=True).click()
    row = rows(page).filter(has_text="Ana Lind")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Acme")

    settled(page)
    press(page, row.get_by_role("button", name="Not needed"), page.get_by_text("The process is over"))
    page.get_by_text("The process is over").click()
    gone = page.get_by_text("Taken off the list.")
    press(page, page.get_by_role("button", name="Take it off the list"), gone)
    put_away = page.get_by_text("Put away (1)")
    expect(put_away).to_be_visible()

    colleague = browser.new_context(locale="en-GB").new_page()
    colleague.set_default_timeout(60_000)
    colleague.goto(address)
    because = colleague.get_by_text("Not needed, because: The process is over", exact=False)
    press(colleague, colleague.get_by_text("Put away (1)"), because)
    colleague.context.close()
