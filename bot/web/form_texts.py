"""The words of the estimate page, per language: read from `form_texts/<language>.yaml`, validated, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.estimate import Eligible, Scheme, Status
from bot.word_files import Words, load_words, named
from corpus import CharterError, Confidence, Language
from corpus.rules import Category

FORM_TEXTS_FOLDER = Path(__file__).parent / "form_texts"


class FieldText(Words):
    """What stands over a field and, smaller, under it."""

    label: str
    hint: str


class ResultTexts(Words):
    """The words of the result; `words` are those without a code of their own."""

    words: dict[str, str]
    categories: dict[Category, str]
    firmness: dict[Confidence, str]


class FormTexts(Words):
    """Every text of the estimate page in one language that `bot/estimate_words` does not hold."""

    page: dict[str, str]
    fields: dict[str, FieldText]
    errors: dict[str, str]
    schemes: dict[Scheme, str]
    eligible: dict[Eligible, str]
    statuses: dict[Status, str]
    result: ResultTexts
    ask: dict[str, str]


@cache
def load_form_texts() -> Mapping[Language, FormTexts]:
    """The texts of all languages, read once.

    Raises:
        CharterError: a file is missing, is not valid, or lacks a text that another language or a code needs.
    """
    texts = {language: load_words(FormTexts, FORM_TEXTS_FOLDER / f"{language}.yaml") for language in Language}
    names = {language: {name for name, _ in named(text.model_dump(mode="json"))} for language, text in texts.items()}
    needed = set().union(*names.values()) | {
        *(f"schemes.{one}" for one in Scheme),
        *(f"eligible.{one}" for one in Eligible),
        *(f"statuses.{one}" for one in Status),
        *(f"result.categories.{one}" for one in Category),
        *(f"result.firmness.{one}" for one in Confidence),
    }
    for language, known in names.items():
        if missing := sorted(needed - known):
            raise CharterError(f"bot/web/form_texts/{language}.yaml lacks {', '.join(missing)}. Add these lines.")
    return MappingProxyType(texts)
