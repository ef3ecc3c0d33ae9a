"""The fixed parts of the page as HTML: header with the language switch, the welcome, the words the script needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from html import escape
from urllib.parse import urlencode

from bot.messages import Texts
from bot.web.answer_html import Turn, turn_html
from bot.web.text_html import direction, text_html
from corpus import Language

LANGUAGE_NAMES = {
    Language.AR: "العربية",
    Language.FR: "Français",
    Language.EN: "English",
    Language.ZH: "中文",
    Language.ES: "Español",
}


class Tab(StrEnum):
    """The pages that the header leads to, by their path."""

    CHAT = "/"
    ESTIMATE = "/estimate"


_TAB_WORDS = {Tab.CHAT: "tab_chat", Tab.ESTIMATE: "tab_estimate"}
_SKIP_TARGETS = {Tab.CHAT: "mq-question", Tab.ESTIMATE: "mq-form"}
SCRIPT_WORDS = ("page_title", "copied", "copy", "theme_dark", "theme_light", "connection_lost")

# An eight-pointed star (khatam) with a horseshoe arch cut out of it.
STAR = (
    '<svg class="mq-star" viewBox="0 0 48 48" aria-hidden="true" focusable="false">'
    '<path class="mq-star-a" d="M24 1 30.7 7.8H40.3V17.3L47 24 40.3 30.7V40.3H30.7L24 47 17.3 40.3H7.8V30.7L1 24 '
    '7.8 17.3V7.8H17.3Z"/>'
    '<path class="mq-star-b" d="M16.2 36V25.6A8.9 8.9 0 1 1 31.8 25.6V36H27.6V25.9A4.9 4.9 0 1 0 20.4 25.9V36Z"/></svg>'
)


def page_language(asked: str | None, accept_language: str | None) -> Language:
    """The page's language: `?lang=`, else the best of the browser's languages that we speak, else French."""
    known = {language.value: language for language in Language}
    if asked and (language := known.get(asked.strip().lower()[:2])):
        return language
    ranked: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), tag[:2].lower()))
        except ValueError:
            continue
    best = next((code for weight, code in sorted(ranked, key=lambda pair: pair[0]) if code in known and weight < 0), "")
    return known.get(best, Language.FR)


def header_html(
    texts: Mapping[Language, Texts],
    page: Language,
    *,
    opened: bool = True,
    tab: Tab = Tab.CHAT,
    query: Sequence[tuple[str, str]] = (),
    title: str = "",
    skip: str = "",
) -> str:
    """The header; its `data-` attributes tell the script the page's language and the words it needs.

    Args:
        texts: The words of the page in all languages.
        page: The page's language.
        opened: Whether the page knows its visitor's language already; the first picture stays until then.
        tab: Which page this is.
        query: What else the address keeps when the language is switched.
        title: The page's title, if it is not the chat's.
        skip: What the link over the header says, if it is not the chat's.
    """
    ui = texts[page].ui
    current = ' aria-current="true"'
    links = "".join(
        f'<a href="?{escape(urlencode([("lang", code.value), *query]))}" lang="{code}" dir="{direction(code)}" '
        f'hreflang="{code}" data-language="{code}"{current if code is page else ""}>{name}</a>'
        for code, name in LANGUAGE_NAMES.items()
    )
    known = {key: ui[key] for key in SCRIPT_WORDS} | ({"page_title": title} if title else {})
    words = escape(json.dumps(known, ensure_ascii=False))
    return (
        f'<div class="mq-header" id="mq-page" lang="{page}" dir="{direction(page)}" data-page="{page}" '
        f'data-opened="{int(opened)}" data-words="{words}">'
        f'<a class="mq-skip" href="#{_SKIP_TARGETS[tab]}">{escape(skip or ui["skip"])}</a>'
        f'<div class="mq-brand">{STAR}<div><h1><span lang="fr" dir="ltr">Mithaq</span> '
        f'<span lang="ar" dir="rtl">ميثاق</span></h1><p>{escape(ui["purpose"])}</p></div></div>{_tabs_html(ui, page, tab)}'
        f'<nav class="mq-languages" aria-label="{escape(ui["languages_label"])}">{links}</nav>'
        f'<button type="button" class="mq-theme" aria-label="{escape(ui["theme_dark"])}"></button></div>'
    )


def _tabs_html(ui: Mapping[str, str], page: Language, tab: Tab) -> str:
    """The pages; the one that is open is no link, so that nobody loses a conversation by it."""
    tabs = "".join(
        f'<span aria-current="page">{escape(ui[word])}</span>'
        if one is tab
        else f'<a href="{one}?lang={page}">{escape(ui[word])}</a>'
        for one, word in _TAB_WORDS.items()
    )
    return f'<nav class="mq-tabs" aria-label="{escape(ui["tabs_label"])}">{tabs}</nav>'


def welcome_html(texts: Mapping[Language, Texts], page: Language) -> str:
    """What stands above the suggested questions before the first question."""
    ui = texts[page].ui
    return (
        f'<div class="mq-welcome" lang="{page}" dir="{direction(page)}">{STAR}<h2>{text_html(ui["hero_title"])}</h2>'
        f"<p>{escape(ui['hero_text'])}</p><h3>{escape(ui['suggestions'])}</h3></div>"
    )


def caution_html(texts: Mapping[Language, Texts], page: Language) -> str:
    """The line under the question field."""
    return f'<div class="mq-caution" lang="{page}" dir="{direction(page)}">{escape(texts[page].ui["caution"])}</div>'


def conversation_html(turns: list[Turn], texts: Mapping[Language, Texts], page: Language) -> str:
    """All turns, oldest first; empty without any."""
    if not turns:
        return ""
    label = escape(texts[page].ui["conversation"])
    return f'<div class="mq-turns" role="group" aria-label="{label}">{_joined(turns, texts, page)}</div>'


def _joined(turns: list[Turn], texts: Mapping[Language, Texts], page: Language) -> str:
    return "".join(turn_html(turn, texts, page) for turn in turns)
