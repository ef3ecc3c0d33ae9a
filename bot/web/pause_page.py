"""What answers while the chat is paused: a friendly page for people, a problem for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.messages import Texts
from bot.pause import Pause
from bot.web.embed import EMBEDDED
from bot.web.embed_texts import load_embed_texts
from bot.web.page import asked_language, head_html
from bot.web.page_html import STAR, page_language
from bot.web.problems import problem_response
from bot.web.text_html import clean, direction, linked_html, text_html
from corpus import Language

RETRY_AFTER = {"Retry-After": "300"}
PAGES = frozenset({"/", "/estimate"})
# `/api/ask` says it by itself: it knows the language of the question.
_OWN_WORDS = "/api/ask"


class PauseDoor:
    """Stands before everything that answers; health, files and the description of the API go on."""

    def __init__(self, app: ASGIApp, texts: Mapping[Language, Texts], is_paused: Callable[[Pause], bool]) -> None:
        self._app = app
        self._texts = texts
        self._is_paused = is_paused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._pause(scope) if scope["type"] == "http" else None
        await (self._app if response is None else response)(scope, receive, send)

    def _pause(self, scope: Scope) -> Response | None:
        path = scope["path"]
        if path in PAGES:
            if not self._is_paused(Pause.WIDGET if EMBEDDED in scope else Pause.CHAT):
                return None
            language = asked_language(scope)
            headers = {**RETRY_AFTER, "Cache-Control": "no-store", "Content-Language": language}
            return HTMLResponse(page_html(self._texts, language), 503, {**headers, "Vary": "Accept-Language"})
        answers = (path.startswith("/api/") and path != _OWN_WORDS) or path == "/mcp"
        if not answers or not self._is_paused(Pause.CHAT):
            return None
        return paused_problem(page_language(None, Headers(scope=scope).get("accept-language", "en")))


def paused_problem(language: Language) -> Response:
    """The problem that programs get."""
    return problem_response(503, paused_text(language), RETRY_AFTER, code="paused")


def paused_text(language: Language) -> str:
    """What is said while the chat is paused."""
    return load_embed_texts()[language].paused_text


def page_html(texts: Mapping[Language, Texts], language: Language) -> str:
    """The whole document."""
    words, ui = load_embed_texts()[language], texts[language].ui
    return (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}" data-ready="1"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{head_html(words.paused_title, ui['purpose'], ('page.css', 'pause.css'))}</head>"
        f'<body><main class="mq-pause">{STAR}<h1>{text_html(words.paused_title)}</h1>'
        f"<p>{linked_html(words.paused_text)}</p></main></body></html>"
    )


def paused_turn_html(question: str, language: Language) -> str:
    """What a question in an open conversation gets; the question itself goes back into its field."""
    words = load_embed_texts()[language]
    return (
        f'<div class="mq-turn" dir="{direction(language)}" lang="{language}">'
        f'<div class="mq-question"><p dir="auto">{text_html(clean(" ".join(question.split()))[:600])}</p></div>'
        f'<div class="mq-answer mq-answer--trouble" data-answer="paused-{uuid4().hex}" data-done="1">'
        f'<p class="mq-badge">{escape(words.paused_title)}</p>'
        f'<div class="mq-text"><p>{linked_html(words.paused_text)}</p></div></div></div>'
    )
