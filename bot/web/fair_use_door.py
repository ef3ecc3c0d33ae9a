"""The door that keeps use fair: 429 for programs, a friendly text for people, both saying when to come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from babel.dates import format_timedelta
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.answer import Answer, AnswerStatus, Claim
from bot.messages import Texts
from bot.web.fair_use import FairUse, Limit, Limited
from bot.web.key_check import is_locked
from bot.web.page_html import page_language
from bot.web.refusals import refusal
from bot.web.visitors import NOBODY, VISITOR
from corpus import Language

_LOCALES = {Language.AR: "ar_MA", Language.FR: "fr", Language.EN: "en_GB", Language.ZH: "zh_CN", Language.ES: "es"}


class FairUseDoor:
    """Counts every request to an address for programs and refuses what is over the limit, before its body is read."""

    def __init__(self, app: ASGIApp, fair_use: FairUse, texts: Mapping[Language, Texts]) -> None:
        self._app = app
        self._fair_use = fair_use
        self._texts = texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        counted = scope["type"] == "http" and is_locked(scope["path"]) and scope["method"] != "OPTIONS"
        limited = self._fair_use.take(scope.get(VISITOR, NOBODY)) if counted else None
        if limited is None:
            await self._app(scope, receive, send)
            return
        language = page_language(None, Headers(scope=scope).get("accept-language", "en"))
        detail = limited_text(limited, self._texts[language], language)
        response = refusal(scope["path"], 429, detail, {"Retry-After": str(limited.seconds)}, "limited")
        await response(scope, receive, send)


def limited_answer(limited: Limited, texts: Mapping[Language, Texts], language: Language) -> Answer:
    """What the chat answers over the limit."""
    said = limited_text(limited, texts[language], language)
    return Answer(AnswerStatus.LIMITED, (Claim(said, language=language),), language)


def limited_text(limited: Limited, texts: Texts, language: Language) -> str:
    """Why nothing is answered now, and when it will be."""
    if limited.limit is Limit.TURNS:
        return texts.ui["limited_turns"].format(clear=texts.ui["clear"])
    said = texts.ui["limited_service"] if limited.limit is Limit.SERVICE else texts.status[AnswerStatus.LIMITED]
    return said.format(wait=wait_text(limited.seconds, language))


def wait_text(seconds: int, language: Language) -> str:
    """“In 3 minutes”, rounded up to whole seconds, minutes or hours."""
    unit = next(unit for unit in (3600, 60, 1) if seconds >= unit or unit == 1)
    rounded = timedelta(seconds=-(-seconds // unit) * unit)
    said: str = format_timedelta(rounded, add_direction=True, locale=_LOCALES[language], threshold=1)
    return said.replace("خلال", "بعد")  # Babel says “within”, and nobody should come back before
