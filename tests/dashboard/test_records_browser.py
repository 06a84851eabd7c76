"""Records in a real browser: what was imported, taking it back, a person's copy, and erasing them for good."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from drawn import settled
from playwright.sync_api import Page, expect

LOG = b"""candidate,candidate_email,Date of birth,client,interviewer,at,sender,receiver,channel,kind,note
Zenobia Quist,zq@mail.example,1990-05-01,Acme,Dana Osei,2026-03-03 10:00,client,candidate,in_person,interview,
Zenobia Quist,zq@mail.example,1990-05-01,Acme,Dana Osei,2026-03-03 18:00,candidate,client,email,thank_you,
Ben Cole,ben@mail.example,1988-01-01,Acme,Dana Osei,2026-03-03 14:00,client,candidate,in_person,interview,
Ben Cole,ben@mail.example,1988-01-01,Acme,Dana Osei,2026-03-04 09:00,candidate,client,email,thank_you,met Zenobia Quist
"""
OTHER = b"""candidate,candidate_email,client,interviewer,at,sender,receiver,channel,kind
Cy Dorn,cy@mail.example,Acme,Dana Osei,2026-03-05 10:00,client,candidate,in_person,interview
"""


def upload(page: Page, address: str, *files: tuple[str, bytes]) -> None:
    page.goto(f"{address}/upload")
    drop(page, *files)
    for name, _ in files:
        # the card's heading: the drop area shows the name before the server has the file
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    settled(page)


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator("input[type=file]").first.set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": data} for name, data in files]
    )


def show(page: Page, address: str, part: str) -> None:
    page.goto(f"{address}/records")
    settled(page)
    page.get_by_role("radio", name=part).click()
    settled(page)


def test_an_import_is_listed_and_taken_back_and_its_scores_go(page: Page, address: str) -> None:
    upload(page, address, ("march.csv", LOG), ("cy.csv", OTHER))
    page.goto(f"{address}/records")
    card = page.locator("[class*=st-key-import-]", has_text="march.csv").first
    expect(card).to_contain_text("4 contacts")
    expect(card).to_contain_text("march.csv: Date of birth is never kept and was left out.")
    with page.expect_download() as waiting:
        card.get_by_role("button", name="The file as it is kept").click()
    kept = Path(waiting.value.path()).read_bytes()
    assert re.fullmatch(r"import-\d+\.csv", waiting.value.suggested_filename)
    assert b"Zenobia" in kept
    assert b"1990" not in kept

    card.get_by_role("button", name="Take it back …").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("4 contacts go that only this file brought; 2 candidates go with them.")
    expect(asked).to_contain_text("Corrections, sessions and what was typed by hand stay.")
    asked.get_by_role("button", name="Leave it").click()
    expect(asked).to_have_count(0)
    card.get_by_role("button", name="Take it back …").click()
    asked.get_by_role("button", name="Take it back", exact=True).click()
    expect(page.get_by_text("The import is taken back.")).to_be_visible()
    expect(page.locator("[class*=st-key-import-]", has_text="march.csv").first).to_contain_text("Taken back by")
    page.goto(f"{address}/caseload")
    expect(page.get_by_text("1 candidate", exact=False).first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Zenobia")


def test_a_person_gets_a_copy_is_held_and_then_erased_and_no_page_finds_them(
    page: Page, address: str, kept_in: Path
) -> None:
    upload(page, address, ("march.csv", LOG))
    show(page, address, "A candidate’s data")
    choose = page.get_by_role("combobox", name="Candidate")
    choose.fill("Zenobia")
    choose.press("Enter")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the copy").click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        assert b"Zenobia Quist" in archive.read("contacts.csv")
    page.get_by_role("button", name="Put a legal hold").click()
    expect(page.get_by_text("Not while a legal hold stands; lift it first.")).to_be_visible()
    page.get_by_role("button", name="Lift the hold").click()

    expect(page.get_by_text("This removes 2 contacts from 1 file")).to_be_visible()
    name = page.get_by_role("textbox", name="Type the candidate’s name to erase")
    name.fill("Zenobia")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("That is not the name as it stands above; nothing was erased.")).to_be_visible()
    name.fill("zenobia quist")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("The person is erased: 2 contacts in 1 import")).to_be_visible()
    expect(page.get_by_text("A person, erased by")).to_be_visible()
    for place in ("caseload", "candidate", "people", "upload", "records"):
        page.goto(f"{address}/{place}")
        expect(page.locator("[data-testid=stMain]")).to_be_visible()
        page.wait_for_timeout(1000)
        assert "Zenobia" not in page.content(), place
    assert [file.name for file in kept_in.iterdir() if b"Zenobia" in file.read_bytes()] == []

    page.goto(f"{address}/upload")
    drop(page, ("again.csv", LOG + b"\n"))
    expect(page.get_by_text("again.csv: 2 contacts of a person erased on")).to_be_visible()


def test_the_log_the_settings_and_a_backup_work_by_keyboard(page: Page, address: str) -> None:
    upload(page, address, ("march.csv", LOG))
    page.goto(f"{address}/records")
    page.get_by_role("radio", name="Imports").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Times are UTC; candidates are told by keys")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").press("Enter")
    assert "took in a file" in Path(waiting.value.path()).read_text("utf-8-sig")

    show(page, address, "What is kept")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download a backup").press("Enter")
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert "upload.jsonl" in archive.namelist()
    months = page.get_by_role("spinbutton", name="Months to keep (0: for ever)")
    months.fill("1")
    months.press("Enter")
    expect(page.get_by_text("4 contacts are older than that and will be removed for good now.")).to_be_visible()
    page.get_by_role("button", name="Keep 1 months, and remove what is older").press("Enter")
    expect(page.get_by_text("Contacts are kept for 1 months from now on; 4 contacts were removed.")).to_be_visible()


def test_texts_are_dropped_after_a_warning_and_the_scores_stay(page: Page, address: str, kept_in: Path) -> None:
    upload(page, address, ("march.csv", LOG))
    show(page, address, "What is kept")
    page.get_by_text("Headers and hashes only").click()
    expect(page.get_by_text("The files that are here go for good")).to_be_visible()
    page.get_by_role("button", name="Remove the texts").click()
    expect(page.get_by_text("The texts of 1 import are gone")).to_be_visible()
    page.get_by_role("radio", name="Imports").click()
    expect(page.get_by_text("only its contacts are kept")).to_be_visible()
    page.goto(f"{address}/caseload")
    expect(page.get_by_text("2 candidates", exact=False).first).to_be_visible()
    assert [file.name for file in kept_in.iterdir() if b"met Zenobia" in file.read_bytes()] == []


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("Imports", "Nothing was imported yet."),
        ("Typed by hand", "Nothing was typed by hand yet."),
        ("Corrections", "Nothing was corrected yet."),
        ("A candidate’s data", "No candidate is here yet."),
        ("What is kept", "Contacts are kept for ever."),
    ],
)
def test_an_empty_workspace_says_what_would_fill_each_part(page: Page, address: str, part: str, says: str) -> None:
    upload(page, address, ("march.csv", LOG))
    page.goto(f"{address}/records")
    settled(page)
    page.get_by_role("button", name="Take it back …").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back", exact=True).click()
    expect(page.get_by_text("The import is taken back.")).to_be_visible()
    if part == "Imports":
        expect(page.get_by_text("Taken back by")).to_be_visible()
        return
    page.get_by_role("radio", name=part).click()
    expect(page.get_by_text(says)).to_be_visible()
