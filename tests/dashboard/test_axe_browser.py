"""Nobody is kept out: axe-core on every page, in light and dark, on a desk's screen and on a phone."""

from __future__ import annotations

import re

import pytest
from axed import SCHEMES, WIDTHS, context, drawn, ours, places, violations
from drawn import settled
from playwright.sync_api import Browser, Page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_passes(browser: Browser, address: str, width: int, scheme: str) -> None:
    with context(browser, 1440, "light") as desk:
        paths = places(desk.new_page(), address)
    assert {"", "caseload", "upload", "policy", "records", "help"} <= {path.partition("?")[0] for path in paths}
    found = {}
    with context(browser, width, scheme) as reader:
        page = reader.new_page()
        page.set_default_timeout(60_000)
        for path in paths:
            drawn(page, address, path)
            found[path.partition("?")[0]] = ours(violations(page))
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_opened_on_a_page_passes_too(browser: Browser, address: str, scheme: str) -> None:
    with context(browser, 1440, scheme) as reader:
        page = reader.new_page()
        page.set_default_timeout(60_000)
        (candidate,) = [path for path in places(page, address) if path.startswith("candidate")]
        page.get_by_role("button", name="Not needed").first.click()
        page.get_by_text("The process is over").first.wait_for()
        settled(page)
        found = {"Not needed": ours(violations(page))}
        drawn(page, address, candidate)
        for part, inside in (
            ("Log a debrief", "Save the debrief"),
            ("Type in a contact", "Save the contact"),
            ("Correct a contact", ""),
        ):
            page.get_by_text(part, exact=True).click()
            within(page, inside)
            found[part] = ours(violations(page))
        drawn(page, address, "records")
        page.get_by_role("button", name=re.compile("Take.* back")).first.click()
        page.get_by_role("dialog").wait_for()
        settled(page)
        found["dialog"] = ours(violations(page))
    assert {part: faults for part, faults in found.items() if faults} == {}


def within(page: Page, button: str) -> None:
    """Until what was opened is drawn."""
    if button:
        page.get_by_role("button", name=button).wait_for()
    else:
        page.get_by_role("combobox", name=re.compile("Contact")).first.wait_for()
    settled(page)
