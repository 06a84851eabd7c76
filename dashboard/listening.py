"""Where the server listens and under which address people open it: this machine only, unless told otherwise."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from dashboard.signing import CALLBACK, SignIn

HERE: Final = "127.0.0.1"


class NotServed(Exception):
    """The server does not start like this; the message is one sentence that says what to add."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Where and for whom the dashboard is served.

    ``host``, ``port``: what the server listens on. ``shown``: the address that people open, empty where it is the
    listening one. ``sign_in``: how people sign in; None where nobody does.
    """

    host: str = HERE
    port: int = 0
    shown: str = ""
    sign_in: SignIn | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether other machines reach it, directly or through what stands in front of it."""
        return not (is_here(self.host) and is_here(_host(self.origin)))

    @property
    def unguarded(self) -> bool:
        """Whether everybody who reaches it from elsewhere may do everything."""
        return self.elsewhere and self.sign_in is None

    @property
    def origin(self) -> str:
        """Scheme, host and port that a browser shows."""
        return self.shown or f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def shown_host(self) -> str:
        """The host of `origin`."""
        return _host(self.origin)

    @property
    def shown_port(self) -> int:
        """The port of `origin`."""
        parts = urlsplit(self.origin)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def named_port(self) -> int | None:
        """The port that the shown address names, where nothing stands in front of the server to change it."""
        return urlsplit(self.shown).port if self.shown.startswith("http://") else None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names under which a browser may open it."""
        own = () if _everywhere(self.host) else (self.host,)
        here = ("127.0.0.1", "localhost") if is_here(self.host) and not self.elsewhere else ()
        return tuple(dict.fromkeys((*here, self.shown_host, *own)))

    @property
    def sockets(self) -> tuple[str, ...]:
        """Where a page's live connection may go, as sources of a Content-Security-Policy."""
        if not self.elsewhere:
            return ("ws://127.0.0.1:*", "ws://localhost:*")
        scheme, _, rest = self.origin.partition("://")
        own = () if _everywhere(self.host) else (f"ws://{replace(self, shown='').origin.partition('://')[2]}",)
        return tuple(dict.fromkeys((f"{'wss' if scheme == 'https' else 'ws'}://{rest}", *own)))

    def at(self, port: int) -> Serving:
        """The same on a port."""
        return replace(self, port=port)


def serving(
    listen: str | None = None, shown: str | None = None, sign_in: SignIn | None = None, without_sign_in: bool = False
) -> Serving:
    """Where to serve, of what was said. Raises `NotServed` for what would open the files to others unasked."""
    host = _listening(listen)
    origin = _shown(shown, sign_in)
    found = Serving(host, 0, origin, sign_in)
    if without_sign_in and sign_in is not None:
        raise NotServed("--without-sign-in contradicts the sign-in that is set up; leave one of the two out.")
    if found.elsewhere and sign_in is None and not without_sign_in:
        raise NotServed(
            f"{origin or host} can be reached from other machines, and nobody would have to sign in: set up "
            "--sign-in FILE, or say --without-sign-in if everybody who reaches it may see and change everything."
        )
    if _everywhere(host) and not origin:
        raise NotServed(
            f"--listen {host} needs --address-shown, the address that people will open, such as http://name:8501."
        )
    return found


def is_here(host: str) -> bool:
    """Whether a host is this machine itself, reached by nobody else."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _listening(listen: str | None) -> str:
    told = (listen or HERE).strip().strip("[]")
    if told.lower() == "localhost":
        return HERE
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        raise NotServed(
            f"--listen: {listen!r} is no address of this machine; give one like 0.0.0.0 or 192.168.1.20."
        ) from None


def _shown(shown: str | None, sign_in: SignIn | None) -> str:
    """The origin that people open: as told, else where the provider sends them back to."""
    back = sign_in.redirect_uri.removesuffix(CALLBACK) if sign_in else ""
    told = _origin(shown, "--address-shown") if shown else ""
    known = _origin(back, "redirect_uri") if back else ""
    if told and known and told != known:
        raise NotServed(
            f"--address-shown says {told}, redirect_uri in the file for sign-in says {known}; make them one."
        )
    return told or known


def _origin(text: str, where: str) -> str:
    parts = urlsplit(text.strip())
    try:
        port = parts.port
    except ValueError:
        port = -1
    host = parts.hostname or ""
    rest = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in ("http", "https") or not host or port == -1 or rest or _odd(host):
        raise NotServed(f"{where}: {text!r} is no address of a server; write it like https://follow.agency.example.")
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def _odd(host: str) -> bool:
    """Whether a host holds what could end the directive that it is written into."""
    return not all(c.isascii() and (c.isalnum() or c in ".-:") for c in host)


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def _everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


_SERVED: list[Serving] = []


def serve(now: Serving) -> None:
    """Remember where this process serves; said once, before the first page."""
    _SERVED[:] = [now]


def served() -> Serving:
    """Where this process serves; this machine only where nothing was said."""
    return _SERVED[0] if _SERVED else Serving()
