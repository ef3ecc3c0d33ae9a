"""Any outside text as safe HTML: escaped, figures kept on one line, left-to-right runs isolated in Arabic."""

from __future__ import annotations

import re
from html import escape

from corpus import Language

# Overrides and isolates that are opened, and not closed, turn the page around; so they are taken out.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_GLUED = re.compile(r"(?<=\d) (?=%|\d{3}(?!\d))|(?<=«) | (?=[»?!:;])")
_LEFT_TO_RIGHT = re.compile(
    r"[0-9A-Za-zÀ-ɏ](?:[0-9A-Za-zÀ-ɏ.,:/'’&@+\u00a0\u202f –-]*[0-9A-Za-zÀ-ɏ])?(?:[\s\u00a0]?%)?"
)
_WEB_ADDRESS = re.compile(r"(?:https?://|(?<![A-Za-z0-9.@/])www\.)[A-Za-z0-9.-]+\.[a-z]{2,}(?:/[\w./%?=&;#-]*[\w/])?")
_LINKED = re.compile(r"https?://[^\s]|/(?![/\\])")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def direction(language: Language) -> str:
    """`rtl` for Arabic, else `ltr`."""
    return "rtl" if language is Language.AR else "ltr"


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, which no page can carry, and without turns of direction."""
    return _CONTROL.sub("\ufffd", _TURNING.sub("", text))


def glued(text: str) -> str:
    """The text with no-break spaces where a line must not end: in figures, before `%` and French punctuation."""
    return _GLUED.sub("\u00a0", text)


def holds_arabic(text: str) -> bool:
    """Whether any letter is Arabic: then runs from left to right need isolating."""
    return _ARABIC.search(text) is not None


def text_html(text: str, *, isolate: bool | None = None) -> str:
    """Escaped text; in Arabic, figures and Latin names keep their own order (03-22, 30%, CAPEX).

    Args:
        text: Anything.
        isolate: Whether the text stands among Arabic; found out from the text itself by default.
    """
    text = glued(clean(text))
    if not (holds_arabic(text) if isolate is None else isolate):
        return escape(text)
    parts, end = [], 0
    for match in _LEFT_TO_RIGHT.finditer(text):
        parts.append(f'{escape(text[end : match.start()])}<bdi dir="ltr">{escape(match.group())}</bdi>')
        end = match.end()
    return "".join(parts) + escape(text[end:])


def linked_html(text: str, *, isolate: bool | None = None) -> str:
    """The same with web addresses as links."""
    isolate = holds_arabic(text) if isolate is None else isolate
    parts, end = [], 0
    for match in _WEB_ADDRESS.finditer(text):
        address = match.group()
        target = address if address.startswith("http") else f"https://{address}"
        parts.append(text_html(text[end : match.start()], isolate=isolate))
        parts.append(link_html(target, f'<bdi dir="ltr">{escape(address)}</bdi>', "mq-link"))
        end = match.end()
    return "".join(parts) + text_html(text[end:], isolate=isolate)


def ended_html(text: str, ending: str) -> str:
    """The linked text with an ending that never stands alone on a line: it stays with the last word."""
    if not ending:
        return linked_html(text)
    text, isolate = glued(text.rstrip()), holds_arabic(text)
    before, space, last = text.rpartition(" ")
    torn = isolate and re.search(r"[0-9A-Za-zÀ-ɏ.,:/'’&@+–-]$", before) and re.match(r"[0-9A-Za-zÀ-ɏ]", last)
    if not space or len(last) > 24 or torn:
        return f"{linked_html(text, isolate=isolate)}&nbsp;{ending}"
    end = f'<span class="mq-end">{linked_html(last, isolate=isolate)}&nbsp;{ending}</span>'
    return f"{linked_html(before, isolate=isolate)} {end}"


def link_html(target: str, words: str, css: str) -> str:
    """A link that opens beside this page; `words` is HTML already. Only http(s) and this site's own paths are linked."""
    if not _LINKED.match(target):
        return words
    return f'<a class="{css}" href="{escape(clean(target))}" target="_blank" rel="noopener noreferrer">{words}</a>'
