"""The door of the staff desk: shut while there is no account, closed to other sites, and never kept by a browser.

Pure ASGI, like `bot.web.security`.
"""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.desk import Desk
from bot.web.page import EARLY_SCRIPT
from bot.web.problems import problem_response
from bot.web.refusals import NOTHING_HERE

STAFF = "/staff"
SIGN_IN = f"{STAFF}/sign-in"
SIGNED_IN = "mithaq.signed_in"  # in the scope of a request: who is signed in, or `None`
TOKEN = "mithaq.staff_token"  # noqa: S105 - the name in the scope
COOKIE = "mithaq-staff"
READS = frozenset({"GET", "HEAD"})

_EARLY = base64.b64encode(hashlib.sha256(EARLY_SCRIPT.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; script-src 'self' 'sha256-{_EARLY}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class StaffHeaders:
    """Stricter headers than any other page has; stands outside `SecurityHeaders`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_staff(scope["path"]):
            await self._app(scope, receive, send)
            return

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_strictly)


class StaffDoor:
    """Notes who is signed in, and refuses before any body is read: without an account, from another site, unknown visitors."""

    def __init__(self, app: ASGIApp, desk: Desk | None) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_staff(scope["path"]):
            await self._app(scope, receive, send)
            return
        desk = self._desk
        if desk is None or not await to_thread.run_sync(desk.accounts.exist):
            await problem_response(404, NOTHING_HERE)(scope, receive, send)
            return
        reads = scope["method"] in READS
        if not reads and (scope["method"] != "POST" or not is_own(Headers(scope=scope))):
            refused = problem_response(403, "Only the pages of the desk themselves may send something to this address.")
            await refused(scope, receive, send)
            return
        token = session_token(scope)
        signed_in = await to_thread.run_sync(desk.sign_in.find, token) if token else None
        if not reads and signed_in is None and scope["path"] != SIGN_IN:
            leads = {**scope, "method": "GET", "path": SIGN_IN, "raw_path": SIGN_IN.encode(), SIGNED_IN: None}
            leads |= {"query_string": b"expired=1", TOKEN: ""}
            await self._app(leads, receive, send)
            return
        await self._app({**scope, SIGNED_IN: signed_in, TOKEN: token}, receive, send)


def is_staff(path: str) -> bool:
    """Whether the address belongs to the desk."""
    return path == STAFF or path.startswith(f"{STAFF}/")


def is_own(headers: Headers) -> bool:
    """Whether the browser says that a page of this very origin sends this; who says nothing is refused."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    if site is not None and site != "same-origin":
        return False
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def cookie_name(scope: Scope) -> str:
    """The cookie of the session; over https under a name that no page without it can set."""
    return f"__Secure-{COOKIE}" if scope.get("scheme") == "https" else COOKIE


def session_token(scope: Scope) -> str:
    """The token that the browser sent; empty if none, or if another site may have planted a second one."""
    name = cookie_name(scope)
    pairs = (pair.partition("=") for header in Headers(scope=scope).getlist("cookie") for pair in header.split(";"))
    tokens = {value.strip() for key, _, value in pairs if key.strip() == name}
    return tokens.pop()[:200] if len(tokens) == 1 else ""
