"""Starts the dashboard: one local server, its settings independent of the folder it is started from."""

from __future__ import annotations

import logging
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import session
from dashboard.guarding import SignedInOnly
from dashboard.listening import HERE, Serving, serve

FIRST_PORT: Final = 8501
UPLOAD_LIMIT_MB: Final = 200

_SCRIPT: Final = Path(__file__).with_name("app.py")


def content_policy(now: Serving) -> str:
    """What a page may load: this server only, so that nothing in an uploaded file can reach another host."""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            f"connect-src 'self' {' '.join(now.sockets)} data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SafeHeaders:
    """Adds the headers that keep a page from loading, or being framed by, anything outside this server.

    Cookies of a server that people open with https:// are never sent without it.
    """

    def __init__(self, app: ASGIApp, now: Serving) -> None:
        self.app = app
        self.policy = content_policy(now)
        self.https = now.origin.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the headers set on the first part of the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy
                headers["X-Frame-Options"] = "DENY"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                if self.https:
                    message["headers"] = [(name, _secure(name, value)) for name, value in message["headers"]]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def _secure(name: bytes, value: bytes) -> bytes:
    """A header, where it sets a cookie for https:// alone."""
    missing = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return value + b"; Secure" if missing else value


_THEME: Final[Mapping[str, Any]] = {
    "theme.font": "'Source Sans', 'Segoe UI', system-ui, sans-serif",
    "theme.baseRadius": "0.5rem",
    "theme.paddingTop": "1rem",
    "theme.paddingBottom": "2rem",
    "theme.headingFontSizes": ["1.9rem", "1.35rem", "1.1rem"],
    "theme.headingFontWeights": [650, 600, 600],
    "theme.metricValueFontSize": "1.7rem",
    "theme.light.primaryColor": "#005a8c",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f3f5f7",
    "theme.light.textColor": "#1b2730",
    "theme.light.borderColor": "#d5dce2",
    "theme.light.linkColor": "#005a8c",
    "theme.dark.primaryColor": "#6cb8e6",
    "theme.dark.backgroundColor": "#12181d",
    "theme.dark.secondaryBackgroundColor": "#1c252c",
    "theme.dark.textColor": "#e8eef2",
    "theme.dark.borderColor": "#36444e",
    "theme.dark.linkColor": "#8ccbf0",
}


def settings(now: Serving, open_browser: bool) -> dict[str, Any]:
    """Every setting of the server, by its dotted name."""
    return {
        "server.address": now.host,
        "server.port": now.port,
        "server.headless": now.elsewhere or not open_browser,
        "server.showEmailPrompt": False,
        "server.allowedHosts": list(now.hosts),
        "server.maxUploadSize": UPLOAD_LIMIT_MB,
        "server.fileWatcherType": "none",
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.corsAllowedOrigins": [],
        "server.baseUrlPath": "",
        # no other way in, and no name that a request claims for itself
        "server.enableAgentApi": False,
        "server.trustedUserHeaders": {},
        "browser.serverAddress": now.shown_host,
        "browser.serverPort": now.shown_port,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.disableDataExport": True,
        "client.toolbarMode": "viewer",
        "runner.magicEnabled": False,
        # a look through all that is held after each click costs more than it frees in a large workspace
        "runner.postScriptGC": False,
        # secrets come from the file for sign-in alone, not from a folder that happens to be there
        "secrets.files": [],
        "logger.hideWelcomeMessage": True,
        **_THEME,
    }


def free_port(first: int = FIRST_PORT, host: str = HERE) -> int:
    """The first port from ``first`` on that nothing listens on. Raises ``OSError`` if a hundred are taken."""
    for port in range(first, first + 100):
        if _free(port, host):
            return port
    raise OSError(f"no free port between {first} and {first + 99}")


def run(*, port: int | None = None, open_browser: bool = True, where: Serving | None = None) -> int:
    """Serve the dashboard until it is stopped, on this machine only unless ``where`` says more; returns an exit code.

    ``port`` None takes that of the address people open, else the first free one from 8501 on. A port that is taken, or
    an address that this machine does not have: one sentence, code 1.
    """
    place = where or Serving()
    if not _has(place.host):
        print(f"This machine has no address {place.host}; give one of its own with --listen, or 0.0.0.0 for all.")
        return 1
    asked = port if port is not None else place.named_port
    if asked is not None and not _free(asked, place.host):
        print(f"Port {asked} is in use by another program. Give another one with --port, or leave it out.")
        return 1
    now = place.at(free_port(host=place.host) if asked is None else asked)
    serve(now)
    logging.getLogger("streamlit").setLevel(logging.WARNING)
    logging.getLogger("streamlit.error_util").addFilter(without_data)
    logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes").addFilter(without_data)
    for sentence in greeting(now):
        print(sentence, flush=True)
    threading.Thread(target=session.warm, name="sample", daemon=True).start()
    middleware = [Middleware(SafeHeaders, now=now)]
    if now.sign_in is not None:
        middleware.append(Middleware(SignedInOnly, claim=now.sign_in.claim))
    secrets = now.sign_in.secrets(now.origin) if now.sign_in else None
    app = st.App(_SCRIPT, middleware=middleware, on_script_error=say_sorry, secrets=secrets)
    with suppress(KeyboardInterrupt):
        app.run(config=settings(now, open_browser))
    return 0


def greeting(now: Serving) -> list[str]:
    """What the terminal says: where the dashboard is open, to whom, and what to beware of."""
    if not now.elsewhere:
        return [f"Followthrough is open at {now.origin} (this machine only). Press Ctrl+C to stop it."]
    told = [f"Followthrough is open at {now.origin}. Press Ctrl+C to stop it."]
    if now.unguarded:
        told.append("Warning: nobody has to sign in; whoever reaches this address sees and changes everything.")
    if now.origin.startswith("http://"):
        told.append(
            "Warning: http:// is not encrypted; put a server with https:// in front and name it with --address-shown."
        )
    return told


def without_data(record: logging.LogRecord) -> bool:
    """Drop a logged exception's traceback: its message may hold what stood in a file; `say_sorry` tells the place.

    What a provider of sign-ins writes of a failed one goes too, except for its first word: it may name a person.
    """
    record.exc_info = None
    record.exc_text = None
    if isinstance(record.args, tuple) and "description" in str(record.msg):
        record.msg, record.args = "Error during authentication: %s", record.args[:1]
    return True


def say_sorry(error: Exception) -> bool:
    """Where a page of ours fails: a sentence on the page, and the place (never the data) on the terminal."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames)), "")
    print(f"A page failed: {type(error).__name__} at {place}", file=sys.stderr, flush=True)
    st.error("Something went wrong on this page; it is our mistake, not yours. Nothing of your files was changed.")
    st.text("Open another page and come back. If it stays, tell us what you did last and what the terminal says.")
    return True


def _free(port: int, host: str) -> bool:
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _has(host: str) -> bool:
    """Whether this machine has an address."""
    try:
        return _free(0, host)
    except OSError:
        return False


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
