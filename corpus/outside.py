"""What people ask that no document answers (`corpus/outside.yaml`): held against a question, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from corpus.darija import standard_arabic
from corpus.document import Language
from corpus.errors import CharterError
from corpus.text import clean_question
from corpus.yaml_text import load_yaml

OUTSIDE_FILE = Path(__file__).parent / "outside.yaml"
MOST_CHARACTERS = 300


class OutsideKind(StrEnum):
    """Why a question is not for the documents."""

    OFF_TOPIC = "off_topic"
    OTHER_COUNTRY = "other_country"
    OTHER_REGION = "other_region"
    GUARANTEE = "guarantee"
    PRIVATE = "private"
    ADVICE = "advice"
    INJECTION = "injection"
    GIBBERISH = "gibberish"
    ABUSE = "abuse"
    ABSENT = "absent"
    PREMISE = "premise"


ABOUT_ELSEWHERE = frozenset({OutsideKind.OTHER_COUNTRY, OutsideKind.OTHER_REGION})
NEVER_ANSWERED = frozenset(
    {OutsideKind.GUARANTEE, OutsideKind.PRIVATE, OutsideKind.ADVICE, OutsideKind.INJECTION, OutsideKind.ABUSE}
)


@dataclass(frozen=True)
class OutsideQuestion:
    """A question that must not be answered from the documents, and why."""

    kind: OutsideKind
    language: Language
    text: str


_Questions = tuple[Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)], ...]
_ADAPTER = TypeAdapter(Mapping[OutsideKind, Mapping[Language, _Questions]])


@cache
def load_outside(path: Path = OUTSIDE_FILE) -> tuple[OutsideQuestion, ...]:
    """The questions of the file, each once, in its order; Darija is put in standard Arabic, as visitors' questions are.

    Raises:
        CharterError: the file is not valid; says where.
    """
    try:
        raw = _ADAPTER.validate_python(load_yaml(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        problem = " ".join(str(error).split())[:200]
        raise CharterError(
            f"{path.name} cannot be read: {problem}. Write a kind, a language and a list of questions for each."
        ) from error
    questions = {
        spoken: OutsideQuestion(kind, language, spoken)
        for kind, languages in raw.items()
        for language, listed in languages.items()
        for question in listed
        if (cleaned := clean_question(question))
        and (spoken := standard_arabic(cleaned, latin=True) if language is Language.AR else cleaned)
    }
    return tuple(questions.values())
