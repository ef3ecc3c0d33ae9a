"""The words of one language in one YAML file: read, validated, named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus import CharterError
from corpus.yaml_text import load_yaml


class Words(BaseModel):
    """Words as a file holds them: nothing more, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Kind = TypeVar("Kind", bound=Words)


def load_words(kind: type[Kind], path: Path) -> Kind:
    """The words of a file.

    Raises:
        CharterError: the file is missing or is not valid.
    """
    try:
        return kind.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise CharterError(f"{path.name} cannot be used: {error} Restore the file from the repository.") from error


def named(content: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its dotted name."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from named(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)
