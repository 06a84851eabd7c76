"""Keeps downloads and uploads from whoever has not signed in: their addresses alone open nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.access import signed_in

_GUARDED: Final = ("/media/", "/_stcore/upload_file", "/_stcore/metrics")


class SignedInOnly:
    """Answers 401 on addresses that hold personal data where the browser's cookie names nobody who is signed in."""

    def __init__(self, app: ASGIApp, claim: str) -> None:
        self.app = app
        self.claim = claim

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it is for a guarded address and nobody is signed in."""
        if scope["type"] == "http" and scope["path"].startswith(_GUARDED):
            claims = _claims(HTTPConnection(scope).cookies)
            address, _ = signed_in(claims, self.claim, datetime.now(UTC))
            if not address:
                answer = PlainTextResponse("Sign in first.", status_code=401, headers={"Cache-Control": "no-store"})
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _claims(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """What the signed cookie of a sign-in says; nothing where there is none, or it is not ours."""

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace")) if value else None

    told = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    if told is None:
        return {}
    try:
        claims = json.loads(told)
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else {}
