"""axe-core on a page as it is drawn: what it finds that is ours, apart from named faults of the framework."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from drawn import settled
from playwright.sync_api import Browser, BrowserContext, Page, expect

WIDTHS: Final = (1440, 400)
SCHEMES: Final = ("light", "dark")
NAMED: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "presentation-role-conflict",
        'data-testid="stFileUploaderDropzone"',
        "Streamlit's drop area is marked as decoration although it has a name; its button beside it has its own.",
    ),
)
"""Faults of the framework: the rule, a part of the element's markup, and why it is not ours to mend."""


def context(browser: Browser, width: int, scheme: str) -> BrowserContext:
    """A reader with a window of this width and this colour scheme."""
    dark = "dark" if scheme == "dark" else "light"
    return browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=dark, locale="en-GB", reduced_motion="reduce"
    )


def places(page: Page, address: str) -> list[str]:
    """Every page of the dashboard by its path, as its own navigation names them; one candidate where it needs one."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    links = page.get_by_role("navigation").get_by_role("link").all()
    paths = [str(link.get_attribute("href")).removeprefix(address).lstrip("/") for link in links]
    one = str(page.get_by_role("link", name="Open").first.get_attribute("href")).partition("?")[2]
    return [f"{path}?{one}" if path in ("candidate", "coaching") else path for path in paths]


def drawn(page: Page, address: str, path: str) -> None:
    """Open a page and wait until it is drawn, charts and grids with it."""
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    page.wait_for_timeout(700)
    settled(page)


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds on the page, one entry an element: ``rule``, ``impact``, ``where``, ``html``, ``why``."""
    told = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        {
            "rule": each["id"],
            "impact": each["impact"],
            "where": " ".join(str(part) for part in node["target"]),
            "html": node["html"],
            "why": node["failureSummary"],
        }
        for each in told
        for node in each["nodes"]
    ]


def ours(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are not among the framework's named ones."""
    return [each for each in found if not list(named(each))]


def named(one: dict[str, Any]) -> Iterator[str]:
    """Why a fault is not ours, if it is among the named ones."""
    yield from (why for rule, part, why in NAMED if one["rule"] == rule and part in one["html"])
