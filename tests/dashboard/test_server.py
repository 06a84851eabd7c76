"""The server: this machine only, nothing sent anywhere, and a sentence where it cannot start."""

from __future__ import annotations

import logging
import socket

import pytest
from streamlit import config

from dashboard import server


def test_it_listens_on_this_machine_only_and_reports_nothing() -> None:
    settings = server.settings(8501, open_browser=False)
    assert settings["server.address"] == "127.0.0.1"
    assert settings["server.allowedHosts"] == ["127.0.0.1", "localhost"]
    assert settings["browser.gatherUsageStats"] is False
    assert settings["client.showErrorDetails"] == "none"
    assert settings["client.showErrorLinks"] is False
    assert settings["client.disableDataExport"] is True


def test_every_setting_is_one_that_the_installed_streamlit_knows() -> None:
    assert set(server.settings(8501, open_browser=True)) <= set(config._config_options_template)


def test_no_page_may_load_anything_from_another_host() -> None:
    sources = {part.split()[0]: part.split()[1:] for part in server.CONTENT_POLICY.split("; ")}
    assert sources["default-src"] == ["'self'"]
    assert sources["frame-ancestors"] == ["'none'"]
    outside = [s for part in sources.values() for s in part if s.startswith(("http:", "https:", "*"))]
    assert outside == []


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
