"""The file that sets up sign-in: one OpenID Connect provider, and what Streamlit's ``st.login`` needs of it.

Its secrets stand in no message, no log and no ``repr``.
"""

from __future__ import annotations

import importlib.util
import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from dashboard.files import Unreadable, read_text

ENVIRONMENT: Final = "FOLLOWTHROUGH_SIGN_IN"
"""The variable that names the file."""
CALLBACK: Final = "/oauth2callback"
"""Where the provider sends people back to."""
_NEEDED: Final = ("server_metadata_url", "client_id", "client_secret", "cookie_secret")
_MAY: Final = ("redirect_uri", "claim", "scope", "prompt")
_SHORTEST_SECRET: Final = 32
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class NoSignIn(Exception):
    """Sign-in cannot be set up as the file says; the message is one sentence that quotes no secret."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people sign in. ``claim``: the claim of the identity token that holds their address."""

    server_metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)
    cookie_secret: str = field(repr=False)
    redirect_uri: str = ""
    claim: str = "email"
    scope: str = "openid email profile"
    prompt: str = "select_account"

    def secrets(self, origin: str) -> dict[str, Any]:
        """What ``streamlit.App`` takes as its secrets, for a dashboard that people open at ``origin``."""
        auth = {
            "redirect_uri": origin + CALLBACK,
            "cookie_secret": self.cookie_secret,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.server_metadata_url,
            "client_kwargs": {"scope": self.scope, "prompt": self.prompt},
        }
        return {"auth": auth}


def sign_in_place(named: str | None = None) -> Path | None:
    """The file that ``named`` (``--sign-in``) or `ENVIRONMENT` names; None where neither does."""
    told = (named or "").strip() or os.environ.get(ENVIRONMENT, "").strip()
    return Path(told).expanduser() if told else None


def read_sign_in(path: Path) -> SignIn:
    """What a file says. Raises `NoSignIn` for one that is incomplete, wrong, or open to others."""
    if importlib.util.find_spec("authlib") is None or importlib.util.find_spec("httpx") is None:
        raise NoSignIn('Sign-in needs a library that is not installed: pip install ".[sign-in]" adds it.')
    try:
        text = read_text(path)
        mode = path.stat().st_mode
    except (Unreadable, OSError) as error:
        raise NoSignIn(f"Sign-in: {error}") from error
    if os.name == "posix" and mode & (stat.S_IWGRP | stat.S_IRWXO):
        raise NoSignIn(f"Others can read or change {path}, and it holds secrets; run chmod 600 on it first.")
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # the library's message may quote the line, and so a secret
        raise NoSignIn(f'{path} is no TOML; write one setting a line, such as client_id = "…".') from None
    return _understood(told, path)


def _understood(told: Mapping[str, Any], path: Path) -> SignIn:
    # the section is what Streamlit's own documents show
    held = told["auth"] if isinstance(told.get("auth"), dict) else told
    unknown = sorted(set(held) - {*_NEEDED, *_MAY})
    if unknown:
        raise NoSignIn(f"{path} has settings that sign-in does not know: {', '.join(unknown)}; take them out.")
    wrong = [name for name in held if not isinstance(held[name], str)]
    missing = [name for name in _NEEDED if not str(held.get(name, "")).strip()]
    if missing or wrong:
        raise NoSignIn(f"{path} is not complete: {', '.join(missing or wrong)} must be given as text in quotes.")
    if len(held["cookie_secret"]) < _SHORTEST_SECRET:
        raise NoSignIn(f"The cookie_secret in {path} is too short; take {_SHORTEST_SECRET} random characters or more.")
    metadata = urlsplit(held["server_metadata_url"])
    if not (metadata.scheme == "https" or (metadata.scheme == "http" and metadata.hostname in _LOOPBACK)):
        raise NoSignIn(f"The server_metadata_url in {path} must begin with https://.")
    back = held.get("redirect_uri", "")
    if back and not back.endswith(CALLBACK):
        raise NoSignIn(f"The redirect_uri in {path} must end with {CALLBACK}.")
    return SignIn(**held)
