"""The words of the button on other sites and of a pause: read from `embed_texts/<language>.yaml`, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus import CharterError, Language
from corpus.yaml_text import load_yaml

EMBED_TEXTS_FOLDER = Path(__file__).parent / "embed_texts"


class EmbedTexts(BaseModel):
    """One language; `title` names the window for screen readers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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
    return MappingProxyType({language: _load(EMBED_TEXTS_FOLDER / f"{language}.yaml") for language in Language})


def _load(path: Path) -> EmbedTexts:
    try:
        return EmbedTexts.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise CharterError(f"{path.name} cannot be used: {error} Restore the file from the repository.") from error
