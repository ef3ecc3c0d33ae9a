"""How a page is added: `pages.get(path, handler)` and `pages.post(path, handler)`; guards and tokens are seen to here."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import anyio
from anyio import to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.desk import Desk
from bot.desk.shelf import Shelves
from bot.web.staff.door import SIGN_IN, SIGNED_IN, STAFF
from bot.web.staff.forms import FORM_BYTES, FORM_WITHIN, Form, TooLargeError, TooSlowError, read_form
from bot.web.staff.rendering import Templates
from bot.web.staff.visit import PUBLISHER, NotHereError, Visit, remember_language, visit_language
from bot.web.staff.words import load_wordings
from corpus import CharterError

Handler = Callable[[Visit], Response]

EDITOR = "editor"
AT_ONCE = 8  # the desk works in threads of its own, so that it takes none from the chat
CSRF = "csrf"

logger = logging.getLogger(__name__)


class Pages:
    """Adds pages of the desk to the application."""

    def __init__(self, app: FastAPI, desk: Desk) -> None:
        self._app = app
        self.desk = desk
        self.shelves = Shelves(desk.documents)
        self._words = load_wordings()
        self._templates = Templates()
        self._threads = anyio.CapacityLimiter(AT_ONCE)

    def get(self, path: str, handler: Handler, *, role: str = EDITOR, is_open: bool = False) -> None:
        """A page to read; `is_open` shows it before signing in."""

        async def show(request: Request) -> Response:
            visit = self._visit(request)
            if not is_open and (refused := self._refuse(visit, role)):
                return refused
            response = await self._work(handler, visit)
            remember_language(request, response)
            return response

        self._app.router.routes.append(Route(f"{STAFF}{path}", show, methods=["GET"], include_in_schema=False))

    def post(
        self,
        path: str,
        handler: Handler,
        *,
        role: str = EDITOR,
        is_open: bool = False,
        most_bytes: int = FORM_BYTES,
        within: float = FORM_WITHIN,
    ) -> None:
        """Something to do; the handler gets the form, whose token was checked, and ends with `visit.go` or a page."""

        async def act(request: Request) -> Response:
            visit = self._visit(request)
            if not is_open and (refused := self._refuse(visit, role)):
                return refused
            try:
                form = await read_form(request, most_bytes, within)
            except TooLargeError:
                return await self._stop(visit, "too_large", 413, most=max(1, most_bytes // 1024 // 1024))
            except TooSlowError:
                return await self._stop(visit, "too_slow", 408)
            except HTTPException:
                return await self._stop(visit, "not_a_form", 400)
            visit = replace(visit, form=form)
            if not is_open and not self._is_own(visit, form):
                kept = [(name, value) for name, values in form.fields.items() if name != CSRF for value in values]
                return visit.page("frame/again.html", 403, kept=kept, has_file=bool(form.files))
            return await self._work(handler, visit)

        self._app.router.routes.append(Route(f"{STAFF}{path}", act, methods=["POST"], include_in_schema=False))

    def nothing_else(self) -> None:
        """Every other address below `/staff` is a page that says so; add it last."""

        async def show(request: Request) -> Response:
            visit = self._visit(request)
            return self._refuse(visit, EDITOR) or await self._stop(visit, "not_here", 404)

        for path in (STAFF, f"{STAFF}/{{rest:path}}"):
            self._app.router.routes.append(Route(path, show, include_in_schema=False))

    def _visit(self, request: Request) -> Visit:
        signed_in = request.scope.get(SIGNED_IN)
        words = self._words[visit_language(request, signed_in)]
        return Visit(request, self.desk, words, self._templates, signed_in)

    def _refuse(self, visit: Visit, role: str) -> Response | None:
        """On to signing in, or a page that says whose work this is."""
        if visit.signed_in is None:
            asked = visit.request.url.path
            query = f"?{urlencode({'next': asked})}" if visit.request.method == "GET" and asked != STAFF else ""
            return RedirectResponse(f"{SIGN_IN}{query}", 303)
        if role == PUBLISHER and not visit.is_publisher:
            return visit.page("frame/stopped.html", 403, reason="publisher_only", values={}, detail="")
        return None

    def _is_own(self, visit: Visit, form: Form) -> bool:
        return secrets.compare_digest(form.get(CSRF).encode(), str(visit.signed_in.csrf).encode())

    async def _work(self, handler: Handler, visit: Visit) -> Response:
        try:
            return await to_thread.run_sync(handler, visit, limiter=self._threads)
        except NotHereError:
            return await self._stop(visit, "not_here", 404)
        except CharterError as error:
            logger.exception("A page of the desk could not be shown.")
            return await self._stop(visit, "trouble", 500, detail=str(error))
        except Exception:
            logger.exception("A page of the desk failed.")
            return await self._stop(visit, "trouble", 500)

    async def _stop(self, visit: Visit, reason: str, status: int, detail: str = "", **values: object) -> Response:
        return visit.page("frame/stopped.html", status, reason=reason, values=values, detail=detail)
