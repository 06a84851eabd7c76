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

HOST: Final = "127.0.0.1"
FIRST_PORT: Final = 8501
UPLOAD_LIMIT_MB: Final = 200

_SCRIPT: Final = Path(__file__).with_name("app.py")

CONTENT_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:* data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""What a page may load: this server only, so that nothing in an uploaded file can reach another host."""


class SafeHeaders:
    """Adds the headers that keep a page from loading, or being framed by, anything outside this server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the headers set on the first part of the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = CONTENT_POLICY
                headers["X-Frame-Options"] = "DENY"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


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


def settings(port: int, open_browser: bool) -> dict[str, Any]:
    """Every setting of the server, by its dotted name."""
    return {
        "server.address": HOST,
        "server.port": port,
        "server.headless": not open_browser,
        "server.showEmailPrompt": False,
        "server.allowedHosts": [HOST, "localhost"],
        "server.maxUploadSize": UPLOAD_LIMIT_MB,
        "server.fileWatcherType": "none",
        "server.enableXsrfProtection": True,
        "browser.serverAddress": HOST,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.disableDataExport": True,
        "client.toolbarMode": "viewer",
        "runner.magicEnabled": False,
        "logger.hideWelcomeMessage": True,
        **_THEME,
    }


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from ``first`` on that nothing listens on. Raises ``OSError`` if a hundred are taken."""
    for port in range(first, first + 100):
        if _free(port):
            return port
    raise OSError(f"no free port between {first} and {first + 99}")


def run(*, port: int | None = None, open_browser: bool = True) -> int:
    """Serve the dashboard on this machine only until it is stopped; returns an exit code.

    ``port`` None takes the first free one from 8501 on. A given port that is taken: one sentence, code 1.
    """
    if port is not None and not _free(port):
        print(f"Port {port} is in use by another program. Give another one with --port, or leave it out.")
        return 1
    chosen = free_port() if port is None else port
    logging.getLogger("streamlit").setLevel(logging.WARNING)
    logging.getLogger("streamlit.error_util").addFilter(without_data)
    print(f"Followthrough is open at http://{HOST}:{chosen} (this machine only). Press Ctrl+C to stop it.", flush=True)
    threading.Thread(target=session.warm, name="sample", daemon=True).start()
    app = st.App(_SCRIPT, middleware=[Middleware(SafeHeaders)], on_script_error=say_sorry)
    with suppress(KeyboardInterrupt):
        app.run(config=settings(chosen, open_browser))
    return 0


def without_data(record: logging.LogRecord) -> bool:
    """Drop a logged exception's traceback: its message may hold what stood in a file; `say_sorry` tells the place."""
    record.exc_info = None
    record.exc_text = None
    return True


def say_sorry(error: Exception) -> bool:
    """Where a page of ours fails: a sentence on the page, and the place (never the data) on the terminal."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames)), "")
    print(f"A page failed: {type(error).__name__} at {place}", file=sys.stderr, flush=True)
    st.error("Something went wrong on this page; it is our mistake, not yours. Nothing of your files was changed.")
    st.text("Open another page and come back. If it stays, tell us what you did last and what the terminal says.")
    return True


def _free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
