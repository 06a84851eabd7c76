"""A small OpenID Connect provider on this machine: real discovery, codes, signed tokens and sign-out."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "followthrough"
SECRET = "hush-" + secrets.token_hex(16)

ACCOUNTS: dict[str, dict[str, Any]] = {
    "Jo": {"email": "Jo@agency.example", "email_verified": True, "name": "Jo Park"},
    "Sam": {"email": "sam@agency.example", "email_verified": True, "name": "Sam Lee"},
    "Bo": {"email": "bo@agency.example", "email_verified": True, "name": "Bo"},
    "Stranger": {"email": "stranger@elsewhere.example", "email_verified": True},
    "Impostor": {"email": "bo@agency.example", "email_verified": False},
    "Yesterday": {"email": "bo@agency.example", "email_verified": True, "iat": int(time.time()) - 20 * 3600},
}
"""Who can sign in there, by the word on their link."""


@dataclass
class Provider:
    """One provider; ``handed`` holds every code and token that it gave out."""

    address: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    handed: list[str] = field(default_factory=list)

    @property
    def metadata(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"

    def discovery(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "end_session_endpoint": f"{self.address}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        links = []
        for name in ACCOUNTS:
            code = secrets.token_urlsafe(24)
            self.handed.append(code)
            self.codes[code] = {**asked, "account": name}
            back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            links.append(f'<p><a href="{back}">{name}</a></p>')
        return HTMLResponse("<h1>Who are you?</h1>" + "".join(links))

    async def token(self, request: Request) -> Response:
        form = await request.form()
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        pair = base64.b64decode(given).decode() if scheme.lower() == "basic" else ""
        if pair != f"{CLIENT}:{SECRET}" and form.get("client_secret") != SECRET:
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self.codes.pop(str(form.get("code")), None)
        digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        if asked is None or asked["code_challenge"] != base64.urlsafe_b64encode(digest).decode().rstrip("="):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.address, "sub": asked["account"], "aud": CLIENT, "iat": now, "exp": now + 3600}
        claims |= {"nonce": asked["nonce"], **ACCOUNTS[asked["account"]]}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        access = secrets.token_urlsafe(24)
        self.handed += [signed, access]
        return JSONResponse({"access_token": access, "token_type": "Bearer", "expires_in": 3600, "id_token": signed})

    def end(self, request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        made = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
        app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", made.discovery),
                Route("/keys", made.keys),
                Route("/authorize", made.authorize),
                Route("/token", made.token, methods=["POST"]),
                Route("/end", made.end),
            ]
        )
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            server.should_exit = True
            thread.join(10)
