"""The document around the chat: language, title, our style sheets and script, in the place of Gradio's own tags."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.messages import Texts
from bot.web.bodies import rewrite
from bot.web.page_html import STAR, page_language
from bot.web.text_html import direction
from corpus import Language

STATIC_FOLDER = Path(__file__).parent / "static"
STATIC_PATH = "/mithaq"
STYLE_SHEETS = ("page.css", "chat.css")
SCRIPT = "chat.js"
# Runs before anything is painted: the chosen or preferred look, and never a page without a background.
EARLY_SCRIPT = (
    "(()=>{let t;try{t=localStorage.getItem('mithaq-theme')}catch(e){}"
    "document.documentElement.dataset.theme=t||(matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light')})()"
)

_GRADIO_META = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*?/>", re.DOTALL)
_GRADIO_MANIFEST = re.compile(r"<link rel=\"manifest\"[^>]*>")
_GRADIO_STYLE = re.compile(r"<style>\s*:root \{\s*--bg:.*?</style>", re.DOTALL)
# Gradio writes the host name of the request into its page; it is told this one, and the browser puts in its own origin.
_NO_HOST = b"mithaq.invalid"
_NO_ORIGIN = re.compile(r'"https?://mithaq\.invalid"')
_HOST_HEADERS = (b"host", b"x-forwarded-", b"forwarded")
_HTML_LANGUAGE = re.compile(r"(<html\s+)lang=\"[^\"]*\"")


class PageDocument:
    """Rewrites the HTML of the chat page; every other response passes untouched."""

    def __init__(self, app: ASGIApp, texts: Mapping[Language, Texts]) -> None:
        self._app = app
        self._texts = texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        language = asked_language(scope)

        def change(html: str, headers: MutableHeaders) -> str:
            headers["content-language"] = str(language)
            headers["vary"] = "Accept-Language"
            headers["cache-control"] = "no-store"
            return document_html(html, language, self._texts[language].ui)

        unsaid = (b"accept-encoding", *_HOST_HEADERS)
        plain = [(name, value) for name, value in scope["headers"] if not name.startswith(unsaid)]
        inside = {**scope, "headers": [(b"host", _NO_HOST), *plain]}
        await rewrite(self._app, inside, receive, send, change, scope["method"])


def asked_language(scope: Scope) -> Language:
    """The page's language as the address and the browser ask for it."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [None])[0]
    return page_language(asked, Headers(scope=scope).get("accept-language"))


def document_html(html: str, language: Language, ui: Mapping[str, str]) -> str:
    """Gradio's document with our language, description, styles, script and a first picture while it loads."""
    for unwanted in (_GRADIO_META, _GRADIO_MANIFEST, _GRADIO_STYLE):
        html = unwanted.sub("", html)
    html = _NO_ORIGIN.sub("location.origin", html)
    html = _HTML_LANGUAGE.sub(rf'\1lang="{language}" dir="{direction(language)}"', html, count=1)
    head = head_html(ui["page_title"], ui["purpose"], STYLE_SHEETS)
    splash = (
        f'<div id="mq-splash" role="status">{STAR}<p>{escape(ui["loading"])}</p></div>'
        '<noscript><p class="mq-noscript">Mithaq needs JavaScript · JavaScript est nécessaire · '
        "يحتاج ميثاق إلى JavaScript</p></noscript>"
    )
    html = html.replace("</head>", f"{head}</head>", 1)
    return re.sub(r"(<body[^>]*>)", lambda body: body.group(1) + splash, html, count=1)


def head_html(title: str, description: str, style_sheets: Sequence[str]) -> str:
    """What stands in the head of each of our pages."""
    sheets = "".join(f'<link rel="stylesheet" href="{static_address(name)}">' for name in style_sheets)
    return (
        f"<title>{escape(title)}</title>"
        f'<meta name="description" content="{escape(description)}">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta property="og:title" content="{escape(title)}">'
        f'<meta property="og:description" content="{escape(description)}"><meta property="og:type" content="website">'
        f'<link rel="icon" type="image/svg+xml" href="{static_address("icon.svg")}">'
        f'<script>{EARLY_SCRIPT}</script>{sheets}<script defer src="{static_address(SCRIPT)}"></script>'
    )


@cache
def static_address(name: str) -> str:
    """Where the browser finds one of our files; the digest makes a changed file a new address."""
    digest = hashlib.sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"{STATIC_PATH}/{name}?v={digest}"
