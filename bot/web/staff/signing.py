"""Signing in and out: bounded in how often and how many at once, and always under a new session."""

from __future__ import annotations

import re
import threading
from datetime import datetime

from starlette.responses import Response

from bot.web.fair_use import FairUse, Limits
from bot.web.staff.door import STAFF, TOKEN, cookie_name
from bot.web.staff.pages import Pages
from bot.web.staff.visit import Visit
from bot.web.visitors import NOBODY, VISITOR
from corpus.errors import LockedOutError, WrongPasswordError

TRIES_A_MINUTE = 10
CHECKS_AT_ONCE = 2  # each takes a processor and memory on purpose
_OWN_PAGE = re.compile(r"/staff(?:/[A-Za-z0-9._@/-]*)?")


class Signing:
    """The pages for it."""

    def __init__(self, tries_a_minute: int = TRIES_A_MINUTE) -> None:
        self._tries = FairUse(Limits(per_minute=tries_a_minute))
        self._lock = threading.Lock()
        self._checks = threading.BoundedSemaphore(CHECKS_AT_ONCE)

    def show(self, visit: Visit) -> Response:
        """The form; who is signed in already goes on."""
        if visit.signed_in and visit.request.method != "POST":
            return visit.go(own_page(visit.query("next")))
        expired = visit.request.query_params.get("expired") == "1"
        return _form(visit, problem="expired" if expired else "", status=401 if expired else 200)

    def sign_in(self, visit: Visit) -> Response:
        """A new session, or the form again with why not."""
        visitor: bytes = visit.request.scope.get(VISITOR, NOBODY)
        with self._lock:
            limited = self._tries.take(visitor)
        if limited is not None:
            return _form(visit, problem="too_often", seconds=limited.seconds, status=429)
        old = visit.request.scope.get(TOKEN, "")
        try:
            with self._checks:
                name, password = visit.form.get("name")[:100], visit.form.raw("password")[:1000]
                token = visit.desk.sign_in.sign_in(name, password, visitor=visitor.hex())
        except LockedOutError as error:
            return _form(visit, problem="locked", until=error.until, status=429)
        except WrongPasswordError:
            return _form(visit, problem="wrong", status=401)
        if old:
            visit.desk.sign_in.sign_out(old)
        response = visit.go(own_page(visit.form.get("next")))
        scope = visit.request.scope
        response.set_cookie(
            cookie_name(scope), token, path=STAFF, secure=scope["scheme"] == "https", httponly=True, samesite="lax"
        )
        return response

    def sign_out(self, visit: Visit) -> Response:
        """The session ends here and in the browser."""
        scope = visit.request.scope
        visit.desk.sign_in.sign_out(scope.get(TOKEN, ""))
        response = visit.go("/sign-in", "frame.signed_out")
        secure = scope["scheme"] == "https"
        response.delete_cookie(cookie_name(scope), path=STAFF, secure=secure, httponly=True, samesite="lax")
        return response


def add_signing(pages: Pages) -> None:
    """Adds the pages."""
    signing = Signing(TRIES_A_MINUTE)
    pages.get("/sign-in", signing.show, is_open=True)
    pages.post("/sign-in", signing.sign_in, is_open=True, most_bytes=4096)
    pages.post("/sign-out", signing.sign_out)


def own_page(asked: str) -> str:
    """The page of the desk to go on to, below `/staff`; the first one for anything else."""
    is_own = _OWN_PAGE.fullmatch(asked) and "//" not in asked and ".." not in asked
    return asked.removeprefix(STAFF) if is_own else ""


def _form(visit: Visit, *, problem: str, status: int, until: datetime | None = None, seconds: int = 0) -> Response:
    asked = visit.form.get("next") or visit.query("next")
    return visit.page(
        "frame/sign_in.html", status, problem=problem, until=until, seconds=seconds, name=visit.form.get("name")[:100],
        next=asked if own_page(asked) else "",
    )  # fmt: skip
