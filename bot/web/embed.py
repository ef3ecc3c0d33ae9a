"""The chat on other sites: the script `/embed.js`, the page `/embed` that it frames, and a site to try it on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.pause import Pause
from bot.web.accent import accent_css, is_colour
from bot.web.bodies import rewrite
from bot.web.embed_texts import EmbedTexts, load_embed_texts
from bot.web.page import STATIC_FOLDER, static_address
from bot.web.page_html import page_language
from corpus import Language

SCRIPT_PATH = "/embed.js"
FRAME_PATH = "/embed"
EXAMPLE_PATH = "/embed/example"
EXAMPLE_FOLDER = Path(__file__).parent / "example"
EXAMPLE_LANGUAGES = (Language.FR, Language.AR)
# What a site needs for the button, and no more; the example keeps to it, so that the README's words stay true.
EXAMPLE_POLICY = (
    "default-src 'none'; script-src 'self'; frame-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
PAUSED_SCRIPT = "/* Mithaq is paused. */\n"
EMBEDDED = "mithaq.embedded"  # in the scope of a request for the framed page

_ANCESTORS = re.compile(r"frame-ancestors [^;]*")


def add_embed(app: FastAPI, is_paused: Callable[[Pause], bool]) -> None:
    """Adds the script and the example; the framed page is the chat itself, which `EmbedDoor` leads to."""
    script = script_text(load_embed_texts())
    tag = f'"{hashlib.sha256(script.encode()).hexdigest()[:16]}"'
    examples = {one: (EXAMPLE_FOLDER / f"{one}.html").read_text(encoding="utf-8") for one in EXAMPLE_LANGUAGES}

    @app.api_route(SCRIPT_PATH, methods=["GET", "HEAD"], include_in_schema=False)
    def show_script(request: Request) -> Response:
        # Asked anew with every page, so that a pause works at once; unchanged, it costs 304 and no body.
        headers = {"Cache-Control": "no-cache", "Cross-Origin-Resource-Policy": "cross-origin"}
        if is_paused(Pause.WIDGET):
            return Response(PAUSED_SCRIPT, media_type="text/javascript", headers=headers)
        headers["ETag"] = tag
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(script, media_type="text/javascript", headers=headers)

    @app.api_route(EXAMPLE_PATH, methods=["GET", "HEAD"], include_in_schema=False)
    def show_example(request: Request) -> Response:
        language = page_language(request.query_params.get("lang"), request.headers.get("accept-language"))
        shown = language if language in examples else Language.FR
        return HTMLResponse(examples[shown], headers={"Content-Language": shown, "Vary": "Accept-Language"})


def script_text(texts: Mapping[Language, EmbedTexts]) -> str:
    """The script with its words in all languages, without indentation."""
    source = (STATIC_FOLDER / "embed.js").read_text(encoding="utf-8")
    words = {language: [one.button, one.close, one.title] for language, one in texts.items()}
    written = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    lines = (line.strip() for line in source.replace("{/* words */}", written).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


class EmbedDoor:
    """Leads `/embed` to the chat page, dressed for a frame, and says which sites may show it.

    Outermost, because what it says about frames replaces what every other page says.
    """

    def __init__(self, app: ASGIApp, sites: Sequence[str] = ()) -> None:
        self._app = app
        self._sites = " ".join(sites)
        self._ancestors = " ".join(("frame-ancestors 'self'", *sites))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == EXAMPLE_PATH:
            await self._app(scope, receive, _strictly(send))
        elif scope["type"] == "http" and scope["path"] == FRAME_PATH and scope["method"] in {"GET", "HEAD"}:
            await self._frame(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _frame(self, scope: Scope, receive: Receive, send: Send) -> None:
        accent = parse_qs(scope["query_string"].decode("latin-1")).get("accent", [None])[0]

        def change(html: str, headers: MutableHeaders) -> str:
            policy = headers["content-security-policy"]
            headers["content-security-policy"] = _ANCESTORS.sub(self._ancestors, policy)
            headers["cross-origin-resource-policy"] = "cross-origin"
            return framed_html(html, self._sites, accent)

        inside = {**scope, "path": "/", "raw_path": b"/", "method": "GET", EMBEDDED: True}
        await rewrite(self._app, inside, receive, send, change, scope["method"])


def framed_html(html: str, sites: str, accent: str | None) -> str:
    """The page for a frame: our style for it, the site's colour if it is one, and the script that talks to the site."""
    colours = f"<style>{accent_css(accent)}</style>" if accent is not None and is_colour(accent) else ""
    head = (
        f'<base target="_blank"><link rel="stylesheet" href="{static_address("embed.css")}">{colours}'
        f'<script defer src="{static_address("embed-frame.js")}"></script>'
    )
    html = re.sub(r"<html\b", lambda _: f'<html data-sites="{escape(sites)}"', html, count=1)
    return html.replace("</head>", f"{head}</head>", 1)


def _strictly(send: Send) -> Send:
    async def send_strictly(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["content-security-policy"] = EXAMPLE_POLICY
        await send(message)

    return send_strictly
