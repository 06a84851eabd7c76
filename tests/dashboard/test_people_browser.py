"""In a real browser: two files, a pair confirmed by keyboard, one candidate, split, two with the scores as before."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from test_browser import outside
from test_people_page import CRM, MAILBOX


def receipt(page: Page, name: str) -> str:
    """Everything that a candidate's page says of the points."""
    page.get_by_role("link", name="Candidate").click()
    box = page.get_by_role("combobox", name="Candidate")
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    sections = page.locator("section.ft-family")
    expect(sections.first).to_be_visible()
    return "\n".join(sections.all_inner_texts())


def candidates(page: Page, number: int) -> None:
    """Wait until the caseload counts so many."""
    page.get_by_role("link", name="Caseload").click()
    expect(page.locator(".ft-fact").first).to_have_text(f"{number}candidates")


def test_a_proposal_confirmed_is_one_candidate_and_split_it_is_two_with_the_scores_as_before(
    page: Page, address: str, tmp_path: Path, requests: list[str]
) -> None:
    for name, text in (("crm.csv", CRM), ("mailbox.csv", MAILBOX)):
        (tmp_path / name).write_text(text, "utf-8")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files([tmp_path / "crm.csv", tmp_path / "mailbox.csv"])
    expect(page.get_by_role("heading", name="mailbox.csv", exact=True)).to_be_visible()
    candidates(page, 3)
    before = receipt(page, "Ana Diaz")
    page.get_by_role("link", name="People").click()
    same = page.get_by_role("button", name="Same person")
    expect(same).to_be_visible()
    same.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You joined")).to_be_visible()
    expect(same).to_have_count(0)
    candidates(page, 2)
    assert receipt(page, "Ana Dias") != before
    page.get_by_role("link", name="People").click()
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.get_by_role("heading", name="Kept apart")).to_be_visible()
    candidates(page, 3)
    assert receipt(page, "Ana Diaz") == before
    assert outside(requests) == []


def test_the_page_fits_a_phone(page: Page, address: str, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 850})
    page.goto(f"{address}/people")
    expect(page.get_by_role("heading", name="Links that were made")).to_be_visible()
    page.wait_for_timeout(800)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
