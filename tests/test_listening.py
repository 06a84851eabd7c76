"""Where the dashboard is served: this machine only, unless somebody says who may come in."""

from __future__ import annotations

import pytest

from dashboard.listening import NotServed, Serving, served, serving
from dashboard.signing import SignIn

SIGN_IN = SignIn("https://login.example/.well-known/openid-configuration", "app", "s" * 40, "c" * 40)
BACK = SignIn("https://login.example/m", "app", "s" * 40, "c" * 40, "https://follow.agency.example/oauth2callback")


def test_without_a_word_it_is_this_machine_only() -> None:
    now = serving().at(8501)
    assert (now.host, now.origin, now.elsewhere, now.unguarded) == ("127.0.0.1", "http://127.0.0.1:8501", False, False)
    assert now.hosts == ("127.0.0.1", "localhost")
    assert now.sockets == ("ws://127.0.0.1:*", "ws://localhost:*")
    assert served() == Serving()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]"])
def test_this_machine_needs_no_sign_in(address: str) -> None:
    assert not serving(listen=address).elsewhere


@pytest.mark.parametrize(
    ("listen", "shown"),
    [
        ("0.0.0.0", None),
        ("::", None),
        ("192.168.1.20", None),
        ("10.0.0.5", "http://127.0.0.1:8501"),
        (None, "https://follow.agency.example"),
    ],
)
def test_elsewhere_is_refused_unless_somebody_signs_in_or_it_is_said_that_nobody_does(
    listen: str | None, shown: str | None
) -> None:
    with pytest.raises(NotServed, match="nobody would have to sign in"):
        serving(listen, shown)
    told = shown or "http://desk.example:8501"
    assert serving(listen, told, without_sign_in=True).unguarded
    assert not serving(listen, told, SIGN_IN).unguarded


def test_every_address_of_the_machine_needs_the_name_that_people_type() -> None:
    with pytest.raises(NotServed, match=r"--listen 0\.0\.0\.0 needs --address-shown"):
        serving("0.0.0.0", without_sign_in=True)
    assert serving("0.0.0.0", sign_in=BACK).hosts == ("follow.agency.example",)


def test_behind_a_server_with_https_the_live_connection_goes_there() -> None:
    now = serving(None, "https://Follow.Agency.example/", SIGN_IN).at(8501)
    assert now.origin == "https://follow.agency.example"
    assert now.sockets == ("wss://follow.agency.example", "ws://127.0.0.1:8501")
    assert now.hosts == ("follow.agency.example", "127.0.0.1")
    assert (now.shown_host, now.shown_port, now.named_port) == ("follow.agency.example", 443, None)


def test_an_address_of_the_house_is_its_own_name() -> None:
    now = serving("192.168.1.20", sign_in=SIGN_IN).at(8600)
    assert now.origin == "http://192.168.1.20:8600"
    assert now.sockets == ("ws://192.168.1.20:8600",)
    assert now.hosts == ("192.168.1.20",)


def test_the_port_that_people_type_is_the_port_it_listens_on() -> None:
    assert serving("0.0.0.0", "http://desk.example:9000", without_sign_in=True).named_port == 9000


def test_where_the_provider_sends_people_back_to_is_where_they_open_it() -> None:
    assert serving(sign_in=BACK).origin == "https://follow.agency.example"
    with pytest.raises(NotServed, match="make them one"):
        serving(None, "https://other.agency.example", BACK)


def test_no_sign_in_and_a_sign_in_contradict() -> None:
    with pytest.raises(NotServed, match="contradicts"):
        serving("0.0.0.0", "http://desk.example", SIGN_IN, without_sign_in=True)


@pytest.mark.parametrize("listen", ["everywhere", "300.1.1.1", "agency.example", "127.0.0.1:80"])
def test_what_is_no_address_of_a_machine_is_refused(listen: str) -> None:
    with pytest.raises(NotServed, match="is no address of this machine"):
        serving(listen, without_sign_in=True)


@pytest.mark.parametrize(
    "shown",
    [
        "follow.agency.example",
        "ftp://follow.agency.example",
        "https://follow.agency.example/path",
        "https://jo:pw@follow.agency.example",
        "https://follow.agency.example:99999",
        "https://a.example;script-src",
        "https://a.example *",
        "https://",
    ],
)
def test_what_is_no_address_to_open_is_refused_and_never_reaches_a_header(shown: str) -> None:
    with pytest.raises(NotServed, match="is no address of a server"):
        serving(None, shown, without_sign_in=True)
