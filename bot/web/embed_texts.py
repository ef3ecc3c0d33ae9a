"""The words of the button on other sites and of a pause: read from `embed_texts/<language>.yaml`, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.word_files import Words, load_words
from corpus import Language

EMBED_TEXTS_FOLDER = Path(__file__).parent / "embed_texts"


class EmbedTexts(Words):
    """One language; `title` names the window for screen readers."""

    button: str
    close: str
    title: str
    paused_title: str
    paused_text: str


@cache
def load_embed_texts() -> Mapping[Language, EmbedTexts]:
    """The texts of all languages, read once.

    Raises:
        CharterError: a file is missing or is not valid.
    """
    return MappingProxyType(
        {language: load_words(EmbedTexts, EMBED_TEXTS_FOLDER / f"{language}.yaml") for language in Language}
    )
