"""The words of the estimate page, per language: read from `form_texts/<language>.yaml`, validated, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.estimate import Eligible, Scheme, Status
from corpus import CharterError, Confidence, Language
from corpus.rules import Category
from corpus.yaml_text import load_yaml

FORM_TEXTS_FOLDER = Path(__file__).parent / "form_texts"


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldText(_Texts):
    """What stands over a field and, smaller, under it."""

    label: str
    hint: str


class ResultTexts(_Texts):
    """The words of the result; `words` are those without a code of their own."""

    words: dict[str, str]
    categories: dict[Category, str]
    firmness: dict[Confidence, str]


class FormTexts(_Texts):
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
    texts = {language: _load(FORM_TEXTS_FOLDER / f"{language}.yaml") for language in Language}
    names = {language: set(_names(text.model_dump())) for language, text in texts.items()}
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


def _load(path: Path) -> FormTexts:
    try:
        return FormTexts.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise CharterError(f"{path.name} cannot be used: {error} Restore the file from the repository.") from error


def _names(content: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The dotted name of every text."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _names(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"
