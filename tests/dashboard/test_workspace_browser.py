"""A recruiter's fortnight in a real browser, on the workspace's own file and on PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn import choose as pick
from drawn import free_port, press, settled, wait
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import create_engine, text

HEAD = "candidate,candidate_email,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
ANA = "Ana Lind,ana@mail.example,Acme,direct,Dana Osei,dana@acme.example"
BEN = "Ben Cole,ben@mail.example,Borealis,direct,Eve Stone,eve@borealis.example"
MARCH = f"""{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview
{ANA},2026-03-03 18:30,,candidate,client,email,thank_you
{ANA},2026-03-11 10:00,,candidate,client,email,follow_up
{ANA},2026-03-12 10:00,,candidate,client,email,follow_up
{BEN},2026-03-04 10:00,2026-03-04 11:00,client,candidate,video,interview
"""
NEXT_WEEK = f"""{ANA},2026-03-12 10:00,,candidate,client,email,follow_up
{ANA},2026-03-13 10:00,,candidate,client,email,follow_up
{BEN},2026-03-04 10:00,2026-03-04 11:00,client,candidate,video,interview
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a dashboard on a new workspace in each of the two databases."""
    where = str(tmp_path / "desk.db")
    if request.param == "postgresql":
        server, name = str(request.getfixturevalue("postgres")), f"w{uuid.uuid4().hex}"
        owner = create_engine(f"{server.replace('://', '+psycopg://')}/postgres", isolation_level="AUTOCOMMIT")
        with owner.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        owner.dispose()
        where = f"{server}/{name}"
    port = free_port()
    start = f"import sys; sys.argv = ['-c']; from dashboard import server; server.run(port={port}, open_browser=False)"
    kept = {**os.environ, "FOLLOWTHROUGH_WORKSPACE": where}
    with subprocess.Popen([sys.executable, "-c", start], env=kept) as process:
        try:
            wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page at a desk's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US", timezone_id="UTC")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def upload(page: Page, desk: str, folder: Path, name: str, rows: str) -> None:
    (folder / name).write_text(HEAD + rows, encoding="utf-8")
    page.goto(f"{desk}/upload")
    page.locator("input[type=file]").first.set_input_files(folder / name)
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def open_ana(page: Page) -> None:
    page.get_by_role("link", name="Candidate").click()
    choose(page, "Candidate", "Ana Lind")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Lind")


def choose(page: Page, box: str, option: str) -> None:
    pick(page, page.get_by_role("combobox", name=re.compile(box)), re.compile(option))


def receipt(page: Page, family: str) -> Locator:
    return page.locator("section.ft-family", has_text=family)


def test_a_correction_and_a_debrief_outlive_next_weeks_upload_and_the_change_is_explained(
    page: Page, desk: str, tmp_path: Path
) -> None:
    upload(page, desk, tmp_path, "march.csv", MARCH)
    open_ana(page)
    pushy = receipt(page, "Persistent, not pushy")
    expect(pushy).to_contain_text("The follow-ups came close together")
    expect(receipt(page, "Asked when they decide")).to_contain_text("not scored")

    choose(page, "Ring the contacts", "Persistent, not pushy.*closest")
    settled(page)
    page.get_by_role("button", name="This deduction does not stand").click()
    page.get_by_label("Because").fill("The second was a resend, their server was down")
    press(page, page.get_by_role("button", name="Set it aside"), page.get_by_text("The deduction is set aside."))
    expect(pushy.locator("s")).to_have_text("The follow-ups came close together")
    expect(pushy).to_contain_text("their server was down")

    page.get_by_text("Log a debrief", exact=True).click()
    page.get_by_label("When do they decide?").fill("20 March 2026")
    choose(page, "How do we know", "^Asked$")
    saved = page.get_by_text("The debrief is saved and counts from now on.")
    press(page, page.get_by_role("button", name="Save the debrief"), saved)
    expect(receipt(page, "Asked when they decide")).to_contain_text("100")

    upload(page, desk, tmp_path, "next week.csv", NEXT_WEEK)
    open_ana(page)
    expect(receipt(page, "Persistent, not pushy")).to_contain_text("their server was down")
    page.get_by_text("Why did it change?", exact=True).click()
    row = page.locator("table.ft-table tr", has_text="Persistent, not pushy")
    expect(row).to_be_visible()
    before, *parts, now = [cell.replace("−", "-") for cell in row.locator("td").all_inner_texts()]
    assert float(now) < float(before), "a third follow-up without an answer"
    assert float(before) + sum(float(part) for part in parts if part) == pytest.approx(float(now))
    assert parts[0], "the change comes from the new contact"
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()

    # what was said is taken back with one click, and the points with it
    page.locator("[class*=st-key-made-]").get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("The correction is taken back.")).to_be_visible()
    expect(receipt(page, "Persistent, not pushy").locator("s")).to_have_count(0)


def test_what_one_recruiter_says_another_sees_and_a_restart_keeps(
    page: Page, browser: Browser, desk: str, tmp_path: Path
) -> None:
    upload(page, desk, tmp_path, "march.csv", MARCH)
    open_ana(page)
    page.get_by_text("Correct a contact", exact=True).click()
    choose(page, "^(?:Selected .*)?Contact", "Follow-up")
    press(page, page.get_by_text("Leave it out because …", exact=True), page.get_by_label("Reason"))
    page.get_by_label("Reason").fill("Sent by mistake to the wrong address")
    said = page.get_by_text("Corrected. The scores follow from it.")
    press(page, page.get_by_role("button", name="Save the correction"), said)
    colleague = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US").new_page()
    colleague.set_default_timeout(60_000)
    colleague.goto(f"{desk}/candidate")
    choose(colleague, "Candidate", "Ana Lind")
    said = colleague.get_by_text("Sent by mistake to the wrong address").filter(visible=True)
    expect(said.first).to_be_visible()
    colleague.context.close()
