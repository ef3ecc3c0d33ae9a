"""What Mithaq says by itself, per language: read from `bot/web/texts/<language>.yaml`, validated, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.answer import AnswerStatus, Reason
from bot.word_files import Words, load_words
from corpus import CharterError, Language

TEXTS_FOLDER = Path(__file__).parent / "web" / "texts"
# Without a text of their own: these say the text of their status, or quote a document.
SAID_OTHERWISE = frozenset(
    {Reason.UNSURE, Reason.OFF_TOPIC, Reason.UNCLEAR, Reason.NOT_FOUND, Reason.NOT_PUBLISHED, Reason.FALSE_PREMISE}
)


class ServiceTexts(Words):
    """Ready texts for talk that is not a question."""

    thanks: str
    help: str


class ComposeTexts(Words):
    """Sentences around the quoted ones."""

    missing: str
    unsure: str
    nearest: str
    to_confirm: str
    press: str
    quoted_in: str
    other_language: str
    understood: str


class AskedBackTexts(Words):
    """What is asked back about a project instead of guessed; `{words}` are the asker's own."""

    lead: str
    two_amounts: str
    unit_unclear: str
    currency_unknown: str
    unknown_place: str
    foreign_place: str
    negative: str
    absurd: str
    contradiction: str
    left_open: str
    one_figure: str


class Texts(Words):
    """Every text of one language; `refusals` says why, and who to ask instead; `ui` holds the words of the page."""

    status: dict[AnswerStatus, str]
    service: ServiceTexts
    refusals: dict[Reason, str]
    compose: ComposeTexts
    asked_back: AskedBackTexts
    languages: dict[Language, str]
    list_separator: str
    ui: dict[str, str]


@cache
def load_texts() -> Mapping[Language, Texts]:
    """The texts of all languages, read once.

    Raises:
        CharterError: a file is missing, is not valid, or lacks a status or a word that another language has.
    """
    texts = {language: load_words(Texts, TEXTS_FOLDER / f"{language}.yaml") for language in Language}
    words = {key for text in texts.values() for key in text.ui}
    for language, text in texts.items():
        missing = (
            sorted(set(AnswerStatus) - set(text.status))
            + sorted(set(Reason) - set(text.refusals) - SAID_OTHERWISE)
            + sorted(words - set(text.ui))
        )
        if missing:
            raise CharterError(f"bot/web/texts/{language}.yaml lacks {', '.join(missing)}. Add these lines.")
    return MappingProxyType(texts)
