"""The server: this machine only, nothing sent anywhere, and a sentence where it cannot start."""

from __future__ import annotations

import asyncio
import logging
import socket

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config

from dashboard import server
from dashboard.listening import Serving, serving
from dashboard.signing import SignIn

HERE = Serving(port=8501)
SIGN_IN = SignIn("https://login.example/m", "app", "hush-" * 8, "c0ffee-" * 8)


def test_it_listens_on_this_machine_only_and_reports_nothing() -> None:
    settings = server.settings(HERE, open_browser=False)
    assert settings["server.address"] == "127.0.0.1"
    assert settings["server.allowedHosts"] == ["127.0.0.1", "localhost"]
    assert settings["secrets.files"] == []
    assert settings["browser.gatherUsageStats"] is False
    assert settings["client.showErrorDetails"] == "none"
    assert settings["client.showErrorLinks"] is False
    assert settings["client.disableDataExport"] is True


def test_every_setting_is_one_that_the_installed_streamlit_knows() -> None:
    assert set(server.settings(HERE, open_browser=True)) <= set(config._config_options_template)


def test_no_page_may_load_anything_from_another_host() -> None:
    sources = {part.split()[0]: part.split()[1:] for part in server.content_policy(HERE).split("; ")}
    assert sources["default-src"] == ["'self'"]
    assert sources["frame-ancestors"] == ["'none'"]
    outside = [s for part in sources.values() for s in part if s.startswith(("http:", "https:", "*"))]
    assert outside == []


def test_nothing_of_a_folder_or_a_request_says_who_somebody_is() -> None:
    settings = server.settings(HERE, open_browser=False)
    assert settings["server.trustedUserHeaders"] == {}
    assert settings["server.enableAgentApi"] is False
    assert settings["server.corsAllowedOrigins"] == []


@pytest.mark.parametrize(
    ("origin", "kept"),
    [("https://follow.agency.example", b"who=jo; HttpOnly; Secure"), ("http://127.0.0.1:8501", b"who=jo; HttpOnly")],
)
def test_a_cookie_of_an_encrypted_address_is_never_sent_in_the_clear(origin: str, kept: bytes) -> None:
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"set-cookie", b"who=jo; HttpOnly"), (b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    guarded = server.SafeHeaders(app, serving(None, origin, SIGN_IN))
    asyncio.run(guarded({"type": "http", "path": "/"}, receive, send))
    headers = dict(sent[0]["headers"])
    assert headers[b"set-cookie"] == kept
    assert headers[b"content-type"] == b"text/plain"
    assert headers[b"x-frame-options"] == b"DENY"


def test_where_others_open_it_only_that_name_and_its_live_connection_are_let_in() -> None:
    now = serving("0.0.0.0", "https://follow.agency.example", SIGN_IN).at(8501)
    settings = server.settings(now, open_browser=True)
    assert settings["server.address"] == "0.0.0.0"
    assert settings["server.allowedHosts"] == ["follow.agency.example"]
    assert (settings["browser.serverAddress"], settings["browser.serverPort"]) == ("follow.agency.example", 443)
    assert settings["server.headless"] is True
    assert "connect-src 'self' wss://follow.agency.example data: blob:;" in server.content_policy(now)


def test_the_terminal_warns_of_what_is_open_to_everybody() -> None:
    assert server.greeting(HERE) == [
        "Followthrough is open at http://127.0.0.1:8501 (this machine only). Press Ctrl+C to stop it."
    ]
    open_to_all = server.greeting(serving("192.168.1.20", without_sign_in=True).at(8501))
    assert any("nobody has to sign in" in line for line in open_to_all)
    assert any("not encrypted" in line for line in open_to_all)
    guarded = server.greeting(serving("0.0.0.0", "https://follow.agency.example", SIGN_IN).at(8501))
    assert guarded == ["Followthrough is open at https://follow.agency.example. Press Ctrl+C to stop it."]


def test_a_failed_sign_in_is_logged_without_what_the_provider_wrote_of_the_person() -> None:
    said = ("access_denied", "ana@example.com is locked")
    told = "Error during authentication: %s. Error description: %s"
    record = logging.LogRecord("x", logging.ERROR, "", 0, told, said, None)
    assert server.without_data(record)
    assert logging.Formatter().format(record) == "Error during authentication: access_denied"


def test_a_port_in_use_is_one_sentence_and_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert server.run(port=port, open_browser=False) == 1
    assert capsys.readouterr().out == (
        f"Port {port} is in use by another program. Give another one with --port, or leave it out.\n"
    )


def test_a_taken_port_is_passed_over_when_none_was_asked_for() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert server.free_port(port) > port


def test_the_log_of_a_failed_page_keeps_no_traceback_because_it_may_quote_a_file() -> None:
    failed = ValueError("Ana Diaz, ana@example.com")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "Uncaught app execution", (), (ValueError, failed, None))
    assert server.without_data(record)
    assert logging.Formatter().format(record) == "Uncaught app execution"


def test_a_page_that_fails_tells_the_place_and_never_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="Ana") as failed:
        raise ValueError("Ana Diaz, ana@example.com")
    assert server.say_sorry(failed.value) is True
    told = capsys.readouterr().err
    assert "A page failed: ValueError at test_server.py:" in told
    assert "Ana" not in told
