"""Upload in a real browser: what is asked once is not asked again, and what went wrong can be found and put right."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

OWN = """\
Wen;Firma;Zeitpunkt;Vorgang;Bemerkung
May Lind;Acme;2026-11-03 10:00;Interview;with Dana, went well
May Lind;Acme;2026-11-03 19:00;Thank-you;sent a note to Dana
Lee Orr;Beta;2026-11-04 09:30;Interview;panel of three
"""


def drop(page: Page, address: str, tmp_path: Path, *files: tuple[str, str]) -> None:
    """Drop files on the Upload page and wait until all of them have their card."""
    for name, text in files:
        (tmp_path / name).write_text(text, encoding="utf-8")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").first.set_input_files([tmp_path / name for name, _ in files])
    for name, _ in files:
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def card(page: Page, name: str) -> Locator:
    """The card of one file."""
    heading = page.get_by_role("heading", name=name, exact=True)
    return page.locator('[class*="st-key-file-"]').filter(has=heading)


def problem(page: Page, title: str) -> Locator:
    """What is said about one kind of problem."""
    return page.locator(".ft-problem").filter(has_text=re.compile(rf"^\W*{re.escape(title)}"))


def again(page: Page) -> Page:
    """A page of a later visit: another browser context, nothing remembered by it."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(locale="en-US", timezone_id="America/Detroit")
    fresh = context.new_page()
    fresh.set_default_timeout(60_000)
    return fresh


def pick(page: Page, box: Locator, option: str) -> None:
    """Choose an option of a select box by typing it, as from the keyboard, and see its list close."""
    if box.input_value() != option:
        box.click()
        page.keyboard.type(option)
        expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value(option)


def test_a_layout_mapped_by_hand_needs_no_question_the_next_time(page: Page, address: str, tmp_path: Path) -> None:
    drop(page, address, tmp_path, ("own.csv", OWN))
    file = card(page, "own.csv")
    expect(file.get_by_text("Layout not known: its columns were guessed")).to_be_visible()
    expect(file.get_by_text("A guess: its values are names of people").first).to_be_visible()
    for number, field in ((1, "the candidate's name"), (2, "the client (employer)"), (3, "when it happened"),
                          (4, "the activity: a word for kind or channel"), (5, "the note or text")):  # fmt: skip
        pick(page, file.get_by_role("combobox", name=re.compile(f"Column {number} is")), field)
    file.get_by_role("button", name="Use these columns, and remember them").click()
    expect(file.get_by_text("Read by the columns you confirmed")).to_be_visible()
    expect(file.get_by_text("3 contacts")).to_be_visible()
    later = again(page)
    drop(later, address, tmp_path, ("next week.csv", OWN.replace("May Lind", "Ana Ruiz").replace("-11-", "-12-")))
    file = card(later, "next week.csv")
    expect(file.get_by_text(re.compile("As you told us on "))).to_be_visible()
    expect(file.get_by_text("3 contacts")).to_be_visible()
    assert file.locator('[class*="st-key-ask-"] [role=radiogroup]').count() == 0
    expect(file.get_by_text("to check, see below")).to_have_count(0)
    file.get_by_role("button", name="Forget it").click()
    expect(file.get_by_text("Layout not known: its columns were guessed")).to_be_visible()
    later.context.close()


def test_day_or_month_is_asked_with_the_first_dates_in_words(page: Page, address: str, tmp_path: Path) -> None:
    text = "Applicant,Company,When,How,Remarks\n" + "".join(
        f"Ana Diaz,Acme,{day}/11/2026 10:00,call,talked\n" for day in (2, 3, 4, 5)
    )
    drop(page, address, tmp_path, ("calls.csv", text))
    asked = card(page, "calls.csv").get_by_role("radiogroup", name="Which dates are meant?")
    expect(asked).to_contain_text("2 November 2026, 3 November 2026, 4 November 2026")
    expect(asked).to_contain_text("11 February 2026, 11 March 2026, 11 April 2026")
    asked.get_by_text("2 November 2026, 3 November 2026").click()
    expect(card(page, "calls.csv").locator('[class*="st-key-ask-"] [role=radiogroup]')).to_have_count(0)
    expect(problem(page, "Day or month first?")).to_have_count(0)
    card(page, "calls.csv").get_by_text("Dates and times").click()
    expect(card(page, "calls.csv").get_by_role("radio", name="2 November 2026")).to_be_checked()
    later = again(page)
    drop(later, address, tmp_path, ("calls again.csv", text.replace("Diaz", "Ruiz")))
    expect(card(later, "calls again.csv").get_by_text(re.compile("As you told us on "))).to_be_visible()
    expect(problem(later, "Day or month first?")).to_have_count(0)
    later.context.close()


def test_words_are_given_a_meaning_in_the_table(page: Page, address: str, tmp_path: Path) -> None:
    text = "Candidate,Client,At,Activity,Note\n" + "".join(
        f"Ana Diaz,Acme,2026-11-0{day} 10:00,{word},talked\n"
        for day, word in ((2, "Interview"), (3, "Cand Check-In"), (4, "Cand Check-In"), (5, "Zorb"))
    )
    drop(page, address, tmp_path, ("words.csv", text.replace("At,", "Contact date,")))
    file = card(page, "words.csv")
    label = file.get_by_text(re.compile("Words, and what each means: 2 not known"))
    expect(label).to_be_visible()
    grid = file.locator('[class*="st-key-said-"] [data-testid=stDataFrame]')
    expect(grid).to_be_visible()
    page.wait_for_timeout(1000)
    # the grid is drawn on a canvas: the first row’s cell under “What it was” is reached by keys
    box = grid.bounding_box()
    assert box is not None
    grid.click(position={"x": 40, "y": 52})
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("thank")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    file.get_by_role("button", name="Use these meanings, and remember them").click()
    expect(file.get_by_text(re.compile("each means: . not known"))).to_have_count(0)
    expect(problem(page, "A word that is not known")).to_have_count(0)
    page.get_by_text(re.compile("Layouts you described")).click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download them as a file").click()
    kept = json.loads(started.value.path().read_text("utf-8"))["mappings"]
    words = next(m["words"]["type"] for m in kept if "words" in m)
    assert words == {"cand_check_in": {"kind": "thank_you", "sender": "candidate"}, "zorb": {}}


BROKEN = """\
candidate,client,at,kind,note
May Lind,Acme,2026-11-03 10:00,interview,went well
May Lind,Acme,the day after,thank_you,"=HYPERLINK(""https://x.example"")"
May Lind,Acme,,follow_up,asked again
Lee Orr,Beta,some day,reply,ok
"""


def test_problems_are_counted_by_kind_and_narrowed_to_one(page: Page, address: str, tmp_path: Path) -> None:
    drop(page, address, tmp_path, ("log.csv", BROKEN))
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    expect(problem(page, "A date that cannot be read")).to_contain_text("Line 3 of log.csv")
    expect(problem(page, "No date")).to_be_visible()
    pick(page, page.get_by_role("combobox", name="Show"), "A date that cannot be read (2)")
    expect(problem(page, "No date")).to_have_count(0)
    expect(problem(page, "A date that cannot be read")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").last).to_be_visible()


def test_rows_are_downloaded_corrected_and_uploaded_beside_the_original(
    page: Page, address: str, tmp_path: Path
) -> None:
    drop(page, address, tmp_path, ("log.csv", BROKEN))
    file = card(page, "log.csv")
    expect(file.get_by_text("1 contact", exact=True)).to_be_visible()
    expect(file.get_by_text("2 set aside")).to_be_visible()
    expect(file.get_by_text("1 without a date", exact=True)).to_be_visible()
    with page.expect_download() as started:
        file.get_by_role("button", name="Download these rows to correct").click()
    rows = list(csv.reader(started.value.path().read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in rows] == ["line", "3", "4", "5"]
    for row, when in zip(rows[1:], ("2026-11-04 10:00", "2026-11-13 10:00", "2026-11-14 10:00"), strict=True):
        row[4] = when
    fixed = tmp_path / "rows-to-correct.csv"
    with fixed.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    page.locator("input[type=file]").first.set_input_files(fixed)
    expect(card(page, "rows-to-correct.csv").get_by_text("3 contacts")).to_be_visible()
    expect(card(page, "rows-to-correct.csv").get_by_text("0 set aside")).to_be_visible()
    expect(file.get_by_text("1 contact", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 400, "height": 850}], ids=["desk", "phone"])
def test_hostile_headers_and_words_fetch_nothing_and_nothing_runs_over_the_edge(
    page: Page, address: str, tmp_path: Path, requests: list[str], size: dict[str, int]
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    picture = "![x](https://evil.example/p.png)"
    tag = "<img src=https://evil.example/i.png onerror=alert(1)>"
    text = (
        f'"{picture}","{tag}",When,Activity,Remarks and a rather long name of a column{"x" * 60}\n'
        f'"{picture}",Acme,3/11/2026 10:00,"{picture}","{tag}"\n'
        f'"{tag}",Acme,4/11/2026 10:00,"{tag}","{picture}"\n'
        f'"{tag}",Acme,no date,"{tag}","{picture}"\n'
    )
    name = "![y](https:evil.example).csv".replace("/", "")
    drop(page, address, tmp_path, (name, text))
    page.wait_for_timeout(1500)
    assert [r for r in requests if urlsplit(r).hostname not in ("127.0.0.1", None)] == []
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    file = card(page, name)
    file.get_by_role("button", name=re.compile("Use these columns")).click()
    expect(file.get_by_text(re.compile("As you told us on "))).to_be_visible()
    page.wait_for_timeout(1500)
    assert [r for r in requests if urlsplit(r).hostname not in ("127.0.0.1", None)] == []
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_all_files_go_only_after_a_second_look(page: Page, address: str, tmp_path: Path) -> None:
    drop(page, address, tmp_path, ("log.csv", BROKEN))
    page.get_by_role("button", name="Remove all files …").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("1 file goes, with every contact from there")
    asked.get_by_role("button", name="Leave them").click()
    expect(asked).to_have_count(0)
    expect(card(page, "log.csv")).to_be_visible()
    page.get_by_role("button", name="Remove all files …").click()
    asked.get_by_role("button", name="Remove all files").click()
    expect(card(page, "log.csv")).to_have_count(0)
