"""Several people in a real browser: signing in at a real provider, seeing one's own desk, and nothing else."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axed import ours, violations
from drawn import wait
from playwright.sync_api import Page, expect
from provider import ACCOUNTS, CLIENT, SECRET, Provider, provider

from dashboard.access import Person
from dashboard.store import imports, sayings, staff, state
from dashboard.store.engine import open_engine, reading, writing

ROOT = Path(__file__).parents[2]
COOKIE = "c0ffee-" * 6
LOG = b"""candidate,candidate_email,client,interviewer,recruiter,at,ended_at,sender,receiver,channel,kind
Ana Diaz,ana@example.com,Acme,Dana Osei,Jo Park,2026-03-03 10:00,2026-03-03 11:00,,,in_person,interview
Ana Diaz,ana@example.com,Acme,Dana Osei,Jo Park,2026-03-03 18:00,,candidate,client,email,thank_you
Ben Cole,ben@example.com,Bolt,Max Ruiz,Sam Lee,2026-03-03 12:00,2026-03-03 13:00,,,in_person,interview
Ben Cole,ben@example.com,Bolt,Max Ruiz,Sam Lee,2026-03-04 09:00,,candidate,client,call,follow_up
Cy Ott,cy@example.com,Acme,Dana Osei,,2026-03-05 12:00,2026-03-05 13:00,,,in_person,interview
"""
NOBODY_ELSE = re.compile(r"Ben Cole|Cy Ott|Sam Lee|Bolt|Max Ruiz")


@dataclass(frozen=True)
class Agency:
    """A dashboard with sign-in: where it is, the provider, the keys of its candidates and what it logged."""

    address: str
    provider: Provider
    keys: dict[str, str]
    log: Path

    def of(self, name: str) -> str:
        return f"{self.address}/candidate?candidate={self.keys[name]}"


def filled(place: Path) -> dict[str, str]:
    """A workspace with three candidates and three people; returns the candidates' keys."""
    engine, now = open_engine(str(place)), datetime(2026, 3, 10, 9, tzinfo=UTC)
    with writing(engine) as connection:
        sayings.say(connection, state.ANSWERS, {"zone": "America/Detroit"}, "bo@agency.example", now)
        imports.keep(connection, "everybody.csv", LOG, "bo@agency.example", now)
        for who in (
            Person("bo@agency.example", "Bo", "admin"),
            Person("jo@agency.example", "Jo Park", "staff", ("Jo Park",)),
            Person("sam@agency.example", "Sam <b>Lee</b> ![x](https://x.example/i.png)", "staff", ("Sam Lee",)),
        ):
            staff.appoint(connection, who, "console", now)
    with reading(engine) as connection:
        table = state.result(state.state(connection), now).candidates
    engine.dispose()
    return dict(zip(table["candidate"], table["candidate_key"], strict=True))


@contextmanager
def started(folder: Path, *words: str) -> Iterator[str]:
    """The real command, its words in ``log``; ``{port}`` in them is its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {**os.environ, "FOLLOWTHROUGH_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    named = [word.format(port=port) for word in words]
    command = [sys.executable, "-m", "dashboard.cli", "--no-browser", "--port", str(port), *named]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, env=own, stdout=log, stderr=subprocess.STDOUT) as process,
    ):
        try:
            wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                # a browser that is still connected may hold it
                process.kill()


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    folder = tmp_path_factory.mktemp("agency")
    keys = filled(folder / "workspace.db")
    with provider() as made:
        file = folder / "sign-in.toml"
        told = {"client_id": CLIENT, "client_secret": SECRET, "cookie_secret": COOKIE}
        told["server_metadata_url"] = made.metadata
        file.write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()), "utf-8")
        file.chmod(0o600)
        with started(folder, "--sign-in", str(file)) as address:
            yield Agency(address, made, keys, folder / "log")


def sign_in(page: Page, agency: Agency, account: str) -> None:
    page.goto(agency.address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=account, exact=True).click()


def settled(page: Page) -> str:
    """What stands on the page once it is drawn."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return page.locator("body").inner_text()


@pytest.mark.parametrize("path", ["", "/caseload", "/people", "/upload", "/staff", "/candidate?candidate={ana}"])
def test_whoever_has_not_signed_in_sees_the_way_in_and_nothing_else(page: Page, agency: Agency, path: str) -> None:
    page.goto(agency.address + path.format(ana=agency.keys["Ana Diaz"]))
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    shown = settled(page)
    assert re.findall(r"Ana|Ben|everybody\.csv|agency\.example|Caseload|Today", shown) == []


def test_staff_see_their_own_desk_and_are_refused_the_address_of_anothers_candidate(page: Page, agency: Agency) -> None:
    sign_in(page, agency, "Jo")
    expect(page.get_by_text("Signed in: Jo Park (staff, Jo Park)")).to_be_visible()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    assert not NOBODY_ELSE.search(settled(page))
    page.get_by_role("link", name="Caseload").click()
    expect(page.get_by_role("heading", name="Caseload")).to_be_visible()
    expect(page.get_by_text("1 candidate", exact=False).first).to_be_visible()
    assert not NOBODY_ELSE.search(settled(page))
    assert page.get_by_role("link", name="People").count() == 0
    assert page.get_by_role("link", name="Staff").count() == 0

    page.goto(agency.of("Ana Diaz"))
    expect(page.get_by_role("heading", name="Ana Diaz")).to_be_visible()
    assert not NOBODY_ELSE.search(settled(page))
    for hidden, where in (("Ben Cole", "candidate"), ("Cy Ott", "candidate"), ("Ben Cole", "coaching")):
        page.goto(f"{agency.address}/{where}?candidate={agency.keys[hidden]}")
        expect(page.get_by_text("Signed in: Jo Park")).to_be_visible()
        assert not NOBODY_ELSE.search(settled(page))
        assert page.get_by_role("heading", name=hidden).count() == 0

    page.goto(f"{agency.address}/upload")
    expect(page.get_by_role("heading", name="Upload")).to_be_visible()
    assert "everybody.csv" not in settled(page)


def test_staff_see_the_files_they_loaded_and_a_downloads_address_opens_nothing_for_others(
    page: Page, agency: Agency
) -> None:
    sign_in(page, agency, "Jo")
    page.get_by_role("link", name="Upload").click()
    mine = b"candidate,client,recruiter,at,kind\nGus Hale,Acme,Jo Park,whenever,interview\n"
    page.locator("input[type=file]").set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": mine})
    expect(page.get_by_role("heading", name="mine.csv", exact=True)).to_be_visible()
    assert "everybody.csv" not in settled(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name=re.compile("to correct")).first.click()
    assert "Gus Hale" in Path(caught.value.path()).read_text("utf-8")
    place = caught.value.url
    assert place.startswith(f"{agency.address}/media/")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(place, timeout=10)
    assert refused.value.code == 401
    assert page.request.get(place).status == 200

    page.get_by_role("button", name="Remove all files …").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove all files").click()
    expect(page.get_by_text("Only a lead or an admin can take an import back")).to_be_visible()
    expect(page.get_by_role("heading", name="mine.csv", exact=True)).to_be_visible()


def test_signing_out_ends_it_here_and_at_the_provider(page: Page, agency: Agency, requests: list[str]) -> None:
    sign_in(page, agency, "Jo")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert any(url.startswith(f"{agency.provider.address}/end?") for url in requests)
    page.goto(agency.of("Ana Diaz"))
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert "Ana" not in settled(page)


def test_somebody_without_a_role_is_told_whom_to_ask(page: Page, agency: Agency) -> None:
    sign_in(page, agency, "Stranger")
    expect(page.get_by_role("heading", name="You have no role here yet")).to_be_visible()
    shown = settled(page)
    assert "stranger@elsewhere.example" in shown
    assert "Ask for one: bo@agency.example" in shown
    assert re.findall(r"Ana|Ben Cole|everybody\.csv", shown) == []


@pytest.mark.parametrize(
    ("account", "why"),
    [("Impostor", "has not verified your address"), ("Yesterday", "signed in more than 12 hours ago")],
)
def test_a_sign_in_that_counts_for_nothing_opens_nothing(page: Page, agency: Agency, account: str, why: str) -> None:
    sign_in(page, agency, account)
    expect(page.get_by_text(why)).to_be_visible()
    assert re.findall(r"Ana|Caseload|Today|Staff", settled(page)) == []


def test_a_name_that_is_markup_is_only_text(page: Page, agency: Agency, requests: list[str]) -> None:
    sign_in(page, agency, "Sam")
    expect(page.get_by_text("Sam <b>Lee</b> ![x](https://x.example/i.png) (staff, Sam Lee)")).to_be_visible()
    assert not [url for url in requests if "x.example" in url]


def test_an_admin_says_who_works_here_and_it_counts_at_their_next_click(page: Page, agency: Agency) -> None:
    sign_in(page, agency, "Bo")
    page.get_by_role("link", name="Caseload").click()
    expect(page.get_by_text("3 candidates", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Staff").click()
    expect(page.get_by_role("heading", name="Staff", exact=True)).to_be_visible()
    settled(page)
    assert ours(violations(page)) == []
    other = page.context.browser
    assert other is not None
    with other.new_context() as context:
        jo = context.new_page()
        jo.set_default_timeout(60_000)
        sign_in(jo, agency, "Jo")
        expect(jo.get_by_text("Signed in: Jo Park (staff, Jo Park)")).to_be_visible()

        card = page.locator("[class*=st-key-person-]").filter(has_text="jo@agency.example")
        card.get_by_text("Change").click()
        card.get_by_text("Lead: every desk").click()
        card.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Jo Park is lead now.")).to_be_visible()

        jo.get_by_role("link", name="Upload").click()
        expect(jo.get_by_text("Signed in: Jo Park (lead, every desk)")).to_be_visible()
        expect(jo.get_by_text("everybody.csv").first).to_be_visible()
        jo.goto(agency.of("Ben Cole"))
        expect(jo.get_by_role("heading", name="Ben Cole")).to_be_visible()

    page.get_by_label("Address that they sign in with").fill("nobody")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("'nobody' is no address; write it like jo@agency.example.")).to_be_visible()


def test_the_last_admin_cannot_step_down(page: Page, agency: Agency) -> None:
    sign_in(page, agency, "Bo")
    page.get_by_role("link", name="Staff").click()
    card = page.locator("[class*=st-key-person-]").filter(has_text="bo@agency.example")
    card.get_by_text("Change").click()
    card.get_by_role("button", name="Take the role away").click()
    expect(page.get_by_text("bo@agency.example is the only admin; name another one first.")).to_be_visible()


def test_nothing_secret_and_nobodys_address_is_in_the_log(page: Page, agency: Agency) -> None:
    sign_in(page, agency, "Jo")
    expect(page.get_by_text("Signed in: Jo Park")).to_be_visible()
    page.goto(f"{agency.address}/oauth2callback?error=access_denied&error_description=ana%40example.com+is+locked")
    page.goto(f"{agency.address}/oauth2callback?code=forged&state=forged")
    expect(page.get_by_text("Signed in: Jo Park")).to_be_visible()
    logged = agency.log.read_text("utf-8")
    assert "Followthrough is open at" in logged
    assert "access_denied" in logged
    secret = [SECRET, COOKIE, *agency.provider.handed, *(str(one["email"]) for one in ACCOUNTS.values())]
    assert len(agency.provider.handed) > 2
    assert [word for word in [*secret, "ana@example.com", "Traceback"] if word in logged] == []


def test_without_sign_in_every_page_warns_where_others_can_come_in(
    page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("open")
    words = ("--listen", "127.0.0.1", "--address-shown", "http://desk.agency.example:{port}", "--without-sign-in")
    with started(folder, *words) as address:
        for path in ("", "/people", "/upload"):
            page.goto(address + path)
            expect(page.get_by_text("Nobody has to sign in here, and other machines reach this one")).to_be_visible()
        assert page.get_by_role("button", name="Sign out").count() == 0
        assert page.get_by_role("link", name="Staff").count() == 0
    assert "Warning: nobody has to sign in" in (folder / "log").read_text("utf-8")
