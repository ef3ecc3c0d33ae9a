"""Why a file is refused, in the words of whoever keeps the corpus."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from corpus.document import Language
from corpus.errors import ImportRefusedError
from corpus.importing.values import Doubt
from corpus.yaml_text import load_yaml

_WORDS = Path(__file__).with_name("words.yaml")


class Refusal(StrEnum):
    """The reasons for which a file does not become a document; the words of each stand in `words.yaml`."""

    EMPTY = "empty"
    NO_TEXT = "no-text"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_LONG = "too-long"
    TOO_SLOW = "too-slow"
    TOO_MUCH_MEMORY = "too-much-memory"
    CRASHED = "crashed"
    BUSY = "busy"
    ENCRYPTED = "encrypted"
    MISNAMED = "misnamed"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    HOSTILE = "hostile"
    SCAN = "scan"
    BROKEN_FONT = "broken-font"
    REVERSED = "reversed"
    VERTICAL = "vertical"
    UNKNOWN_CHARSET = "unknown-charset"
    IS_DOCUMENT = "is-document"


def refused(reason: Refusal, *, page: int | None = None, **details: str) -> ImportRefusedError:
    """The error to raise; `details` fill the words: `size` and `limit`, `name`, or `found` (a key of `formats`)."""
    text, repair = _sentences(reason, details, Language.EN)
    return ImportRefusedError(reason, text, repair, page=page, details=details)


def explain_refusal(error: ImportRefusedError, language: Language) -> tuple[str, str]:
    """What is wrong, with the page in front, and how to repair it; in English where the language has no words."""
    text, repair = _sentences(Refusal(error.reason), error.details, language)
    front = _in(_words()["page"], language).format(page=error.page) if error.page else ""
    return f"{front}{text}", repair


def explain_doubt(doubt: Doubt, page: int, language: Language) -> str:
    """A sentence about what a person should look at; `page` 0 is the whole file."""
    front = _in(_words()["page"], language).format(page=page) if page else ""
    return f"{front}{_in(_words()['doubts'][doubt], language)}"


def _sentences(reason: Refusal, details: dict[str, str], language: Language) -> tuple[str, str]:
    words = dict(details)
    if "found" in words:
        words["found"] = _in(_words()["formats"].get(words["found"], {Language.EN: words["found"]}), language)
    text, repair = _in(_words()["refusals"][reason], language)
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text, repair


def _in(words: dict[str, Any], language: Language) -> Any:
    return words.get(language, words[Language.EN])


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = load_yaml(_WORDS.read_text(encoding="utf-8"))
    return words
