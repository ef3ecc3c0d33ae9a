"""Outside text as inert text: nothing in it can become HTML, a hidden link, a heading, an anchor or a front matter."""

from __future__ import annotations

import re
import unicodedata

from corpus.text import clean

_SPACES = re.compile("[\\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufff0-\ufffc\ufffe\uffff\U000e0000-\U0010ffff]")
_LIGATURES = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])([^<>]*)>?")
_LINK = re.compile(r"\](?=[(\[:])")
_HEADING = re.compile(r"^(?:#+(?:\s+|$))+")
_RULE = re.compile(r"^[-=*_~\s|:+]{3,}$")
_FENCE = re.compile(r"`{2,}|~{3,}")
_MARKS = re.compile(r"\{(?=\s*[#.:])([^{}]*)\}?")
_POINT = re.compile(r"^(?:[-*+•▪●◦‣·–—>](?:\s+|$))+")


def inert(text: str) -> str:
    """The text on one line, composed and without control characters, as words and nothing else.

    Tags and comments show in single angle quotes, a Markdown link loses its target's attachment, `{#anchor}` and `{.unknown}` stand
    in round brackets, signs of headings, rules and fences go. Arabic presentation forms become letters.
    """
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), clean(text))
    text = _SPACES.sub(" ", _PRIVATE.sub("", text)).strip()
    text = _MARKUP.sub(r"‹\1›", text)
    text = _MARKS.sub(r"(\1)", _FENCE.sub("'", text))
    text = _HEADING.sub("", _LINK.sub("] ", text)).strip()
    return "" if _RULE.match(text) else text


def inert_lines(text: str) -> list[str]:
    """The lines of a paragraph, each inert; empty ones go."""
    return [line for raw in clean(text).split("\n") if (line := inert(raw))]


def inert_item(text: str) -> str:
    """The text of a list item on one line, without a point of its own in front."""
    return inert(_POINT.sub("", inert(text)))


def inert_heading(text: str, most: int = 200) -> str:
    """The text of a heading: no braces at all, at most `most` characters."""
    text = inert_item(inert(text).translate(str.maketrans("{}", "()"))).rstrip("# ")
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def web_address(target: str) -> str:
    """The address if it is a web address that may be shown, else nothing."""
    target = target.strip()
    return target if re.fullmatch(r"https?://[^\s<>\"'{}\[\]\\^`|\x00-\x20]{3,500}", target) else ""
