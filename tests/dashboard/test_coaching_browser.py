"""In a real browser: last week's action is marked kept after this week's upload, a new one is agreed, and the private
note does not reach the page while its part is closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, WebSocket, expect
from pypdf import PdfReader
from test_browser import outside

from analysis.agreed import Action
from dashboard.coaching.held import agree, keep_private
from dashboard.store.engine import open_engine, writing
from dashboard.store.imports import keep

HEAD = "candidate,candidate_email,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
ANA = "Ana Lind,ana@mail.example,Acme,direct,Dana Osei,dana@acme.example"
BEN = "Ben Ito,ben@mail.example,Bolt,direct,Ed Hale,ed@bolt.example"
NOW = datetime.now(UTC)
SECRET = "Says her mother is ill; go gently"
ANAS_KEY = "a5e8135a2e10cda6"
"""What follows from her address."""


def ago(days: int) -> date:
    return (NOW - timedelta(days=days)).date()


def met(who: str, days: int) -> str:
    return f"{who},{ago(days)} 10:00,{ago(days)} 11:00,client,candidate,in_person,interview\n"


def last_week(folder: Path) -> None:
    """A workspace as it was left a week ago: an export, a session with Ana, and a private note."""
    then = NOW - timedelta(days=7)
    engine = open_engine(str(folder / "workspace.db"))
    with writing(engine) as connection:
        keep(connection, "last_week.csv", (HEAD + met(ANA, 12) + met(BEN, 12)).encode(), "Kim", then)
        action = Action("Send Acme one friendly message.", "one_message", ago(2))
        agree(ANAS_KEY, then.date(), action, "")(connection, "Kim", then)
        keep_private(ANAS_KEY, then.date(), SECRET)(connection, "Kim", then)
    engine.dispose()


def test_last_weeks_action_is_kept_after_this_weeks_upload_and_a_new_one_is_agreed(
    page: Page, address: str, kept_in: Path, tmp_path: Path, requests: list[str]
) -> None:
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()))

    page.on("websocket", listen)
    last_week(kept_in)
    page.goto(f"{address}/coaching?candidate={ANAS_KEY}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Lind")
    expect(page.locator(".ft-outcome")).to_contain_text("Still open")
    expect(page.locator(".ft-outcome")).to_contain_text("The next export will show.")

    week = tmp_path / "this_week.csv"
    wrote = f"{ANA},{ago(4)} 10:00,,candidate,client,email,follow_up\n"
    week.write_text(HEAD + met(ANA, 12) + wrote, "utf-8")
    page.get_by_role("link", name="Upload").click()
    page.locator("input[type=file]").set_input_files(week)
    expect(page.get_by_role("heading", name="this_week.csv", exact=True)).to_be_visible()
    page.get_by_role("link", name="Coaching session").click()
    box = page.get_by_role("combobox", name="Candidate")
    box.fill("Ana")
    page.get_by_role("option", name="Ana Lind", exact=True).click()
    expect(page.locator(".ft-outcome")).to_contain_text("Kept")
    expect(page.locator(".ft-outcome")).to_contain_text("A message went out on")
    expect(page.get_by_role("heading", name="Done well")).to_be_visible()

    press = page.get_by_role("button", name="Agree", exact=True)
    press.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Agreed and kept.")).to_be_visible()
    expect(page.get_by_role("heading", name="What we agreed today")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="Calendar file").last.click()
    calendar = Path(started.value.path()).read_bytes()
    assert calendar.startswith(b"BEGIN:VCALENDAR")
    assert started.value.suggested_filename == "agreed.ics"

    # nothing of anybody else, and nothing private, was sent while the part for staff was closed
    frames_of_ana = b"".join(frames)
    for place in (frames_of_ana, page.content().encode(), calendar):
        assert SECRET.encode() not in place
    assert "Ben" not in page.get_by_test_id("stMain").inner_text()
    assert "Ana" not in page.url
    page.get_by_text("For staff only").click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    assert SECRET.encode() in b"".join(frames)
    page.get_by_text("For staff only").click()
    expect(page.get_by_text(SECRET)).to_have_count(0)

    page.get_by_role("button", name="Take back").last.click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert outside(requests) == []


def test_one_page_goes_home_with_the_candidate_and_opens(page: Page, address: str, kept_in: Path) -> None:
    last_week(kept_in)
    page.goto(f"{address}/coaching?candidate={ANAS_KEY}")
    expect(page.get_by_role("heading", name="To take home")).to_be_visible()
    # the reader's browser is American, so paper is Letter until A4 is chosen
    for paper, height in (("Letter", 792), ("A4", 842)):
        if paper == "A4":
            page.get_by_role("radio", name="A4").click()
        with page.expect_download() as started:
            page.get_by_role("button", name=f"One page as PDF ({paper})").click()
        assert started.value.suggested_filename == "coaching-session.pdf"
        (sheet,) = PdfReader(started.value.path()).pages
        assert round(sheet.mediabox.height) == height
        said = sheet.extract_text()
        assert "Ana Lind" in said
        assert SECRET not in said
        assert "Ben" not in said


def test_the_page_fits_a_phone(page: Page, address: str, kept_in: Path) -> None:
    last_week(kept_in)
    page.set_viewport_size({"width": 400, "height": 850})
    page.goto(f"{address}/coaching?candidate={ANAS_KEY}")
    expect(page.get_by_role("heading", name="Agree on one thing")).to_be_visible()
    page.wait_for_timeout(800)
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
