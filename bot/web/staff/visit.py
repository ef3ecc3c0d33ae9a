"""One request to a page of the desk: who asks, in which language, what was sent, and how to answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.desk import Desk
from bot.web.page_html import page_language
from bot.web.staff.door import STAFF
from bot.web.staff.forms import Form
from bot.web.staff.rendering import Templates
from bot.web.staff.words import LANGUAGES, Wording
from corpus import Language

SAID_COOKIE = "mithaq-staff-said"
LANGUAGE_COOKIE = "mithaq-staff-language"
PUBLISHER = "publisher"
_YEAR = 365 * 86_400
_SAID = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")


class NotHereError(Exception):
    """There is nothing at this address; becomes a page with status 404."""


@dataclass(frozen=True)
class Visit:
    """What a handler gets. It runs in a thread, so it may call any service."""

    request: Request
    desk: Desk
    words: Wording
    templates: Templates
    signed_in: Any = None
    form: Form = field(default_factory=Form)

    @property
    def who(self) -> str:
        """The name of the account, empty before signing in."""
        return str(self.signed_in.account.name) if self.signed_in else ""

    @property
    def is_publisher(self) -> bool:
        return bool(self.signed_in) and self.signed_in.account.role == PUBLISHER

    @property
    def language(self) -> Language:
        return self.words.language

    def path(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """A value behind the `?` of the address, 300 characters at most."""
        return self.request.query_params.get(name, "").strip()[:300]

    def page(self, template: str, status: int = 200, **context: object) -> Response:
        """The page that a template makes; what was said by the page before is shown once."""
        said = self.request.cookies.get(SAID_COOKIE, "")
        shown = said if _SAID.fullmatch(said) and said in self.words else ""
        html = self.templates.render(template, self, said=shown, **context)
        headers = {"Content-Language": self.language.value, "Vary": "Cookie, Accept-Language"}
        response = HTMLResponse(html, status, headers)
        if said:
            response.delete_cookie(SAID_COOKIE, path=STAFF)
        return response

    def go(self, path: str, said: str = "") -> Response:
        """On to another page of the desk; `said` names the text that it shows first."""
        response = RedirectResponse(f"{STAFF}{path}", 303)
        if said:
            secure = self.request.url.scheme == "https"
            response.set_cookie(
                SAID_COOKIE, said, max_age=60, path=STAFF, secure=secure, httponly=True, samesite="strict"
            )
        return response

    def t(self, name: str, /, **values: object) -> str:
        """A text in the language of the page."""
        return self.words.text(name, **values)


def visit_language(request: Request, signed_in: Any) -> Language:
    """As the address asks, else as chosen before, as the account says, as the browser prefers; else French."""
    wishes = [request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)]
    wishes.append(signed_in.account.language if signed_in else None)
    known: Mapping[str, Language] = {language.value: language for language in LANGUAGES}
    for wish in wishes:
        if wish and wish in known:
            return known[wish]
    preferred = page_language(None, request.headers.get("accept-language"))
    return preferred if preferred in LANGUAGES else Language.FR


def remember_language(request: Request, response: Response) -> None:
    """Keep a language that the address asked for."""
    asked = request.query_params.get("lang")
    if asked in {language.value for language in LANGUAGES}:
        secure = request.url.scheme == "https"
        response.set_cookie(
            LANGUAGE_COOKIE, asked, max_age=_YEAR, path=STAFF, secure=secure, httponly=True, samesite="strict"
        )
