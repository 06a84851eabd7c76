"""The real server in a real browser, for every test that needs to see a page as a reader does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from drawn import free_port, wait
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.store.engine import open_engine, writing
from dashboard.store.records import note
from dashboard.store.schema import METADATA

expect.set_options(timeout=60_000)

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def kept_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the server."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, kept_in: Path) -> Iterator[str]:
    """The dashboard's own server on a free port, started from another folder, with an empty data folder."""
    port = free_port()
    start = f"import sys; sys.argv = ['-c']; from dashboard import server; server.run(port={port}, open_browser=False)"
    kept = {**os.environ, "FOLLOWTHROUGH_DATA": str(kept_in)}
    with subprocess.Popen([sys.executable, "-c", start], cwd=tmp_path_factory.mktemp("elsewhere"), env=kept) as process:
        try:
            wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium; its absence is a failure, because a page nobody opened is not known to work."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "no Chromium found: install it with `apt-get install chromium` (or your system's package)"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def requests() -> list[str]:
    """The address of every request that the page made."""
    return []


def empty(folder: Path) -> None:
    """Take everything out of the server's workspace, as if it were new."""
    place = folder / "workspace.db"
    if not place.exists():
        return
    engine = open_engine(str(place))
    with writing(engine) as connection:
        for table in reversed(METADATA.sorted_tables):
            if table.name != "audit":
                connection.execute(table.delete())
        # the server sees by the log that something changed
        note(connection, "test", datetime.now(UTC), "empty", "")
    engine.dispose()


@pytest.fixture
def page(browser: Browser, requests: list[str], kept_in: Path) -> Iterator[Page]:
    """A fresh page at a desk's size, on an empty workspace, that notes each request."""
    empty(kept_in)
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-US", timezone_id="America/Detroit"
    )
    opened = context.new_page()
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("websocket", lambda socket: requests.append(socket.url))
    opened.set_default_timeout(60_000)
    yield opened
    context.close()
