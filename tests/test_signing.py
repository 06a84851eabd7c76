"""The file for sign-in: complete, closed to others, and its secrets in no message."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.signing import NoSignIn, SignIn, read_sign_in, sign_in_place

COOKIE = "c0ffee-" * 6
GOOD = f"""
server_metadata_url = "https://login.agency.example/.well-known/openid-configuration"
client_id = "followthrough"
client_secret = "hush-hush"
cookie_secret = "{COOKIE}"
"""


def kept(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "sign-in.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_a_complete_file_is_what_streamlit_needs(tmp_path: Path) -> None:
    told = read_sign_in(kept(tmp_path, GOOD)).secrets("https://follow.agency.example")
    assert told == {
        "auth": {
            "redirect_uri": "https://follow.agency.example/oauth2callback",
            "cookie_secret": COOKIE,
            "client_id": "followthrough",
            "client_secret": "hush-hush",
            "server_metadata_url": "https://login.agency.example/.well-known/openid-configuration",
            "client_kwargs": {"scope": "openid email profile", "prompt": "select_account"},
        }
    }


def test_the_section_of_streamlits_own_documents_is_understood_too(tmp_path: Path) -> None:
    assert read_sign_in(kept(tmp_path, "[auth]" + GOOD)) == read_sign_in(kept(tmp_path, GOOD))


def test_no_secret_shows_where_the_value_is_printed(tmp_path: Path) -> None:
    shown = repr(read_sign_in(kept(tmp_path, GOOD)))
    assert "hush" not in shown
    assert "c0ffee" not in shown
    assert "followthrough" in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace('client_id = "followthrough"', ""), "not complete: client_id"),
        (GOOD.replace('"hush-hush"', '""'), "not complete: client_secret"),
        (GOOD.replace('"followthrough"', "7"), "not complete: client_id"),
        ("", "not complete: server_metadata_url, client_id, client_secret, cookie_secret"),
        (GOOD.replace(COOKIE, "c0ffee"), "cookie_secret .* is too short"),
        (GOOD.replace("https://login", "http://login"), "must begin with https://"),
        (GOOD + 'redirect_uri = "https://follow.agency.example/"', "must end with /oauth2callback"),
        (GOOD + 'expose_tokens = "id"', "does not know: expose_tokens"),
        (GOOD.replace('"hush-hush"', "hush-hush"), "is no TOML"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_without_a_secret(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(NoSignIn, match=says) as refused:
        read_sign_in(kept(tmp_path, text))
    assert "hush" not in str(refused.value)
    assert "c0ffee-" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o660, 0o602])
def test_a_file_that_others_can_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(NoSignIn, match="run chmod 600"):
        read_sign_in(kept(tmp_path, GOOD, mode))


def test_a_group_of_the_service_may_read_it(tmp_path: Path) -> None:
    assert isinstance(read_sign_in(kept(tmp_path, GOOD, 0o640)), SignIn)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoSignIn, match="There is no file"):
        read_sign_in(tmp_path / "none.toml")


def test_the_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOLLOWTHROUGH_SIGN_IN", raising=False)
    assert sign_in_place() is None
    monkeypatch.setenv("FOLLOWTHROUGH_SIGN_IN", "/etc/followthrough/sign-in.toml")
    assert sign_in_place() == Path("/etc/followthrough/sign-in.toml")
    assert sign_in_place("own.toml") == Path("own.toml")
