"""How people ask for a section in their own words (`asked.yaml` beside a document's languages): for the search, never shown."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from corpus.darija import standard_arabic
from corpus.document import Document, Finding, Language
from corpus.errors import CorpusError
from corpus.text import clean_question
from corpus.yaml_text import load_yaml

ASKED_FILE = "asked.yaml"
MOST_CHARACTERS = 300
Asked = Mapping[str, Mapping[Language, tuple[Annotated[str, Field(min_length=2, max_length=MOST_CHARACTERS)], ...]]]
_ADAPTER = TypeAdapter(Asked)
_LINE = re.compile(r"(?:#.*|(?P<anchor>[a-z0-9-]+):|  (?P<language>[a-z]{2}): (?P<questions>\[.*\]))?")


def read_asked(path: Path, shown: str) -> Asked:
    """The questions of an `asked.yaml`: by anchor, then by language; nothing if there is no such file.

    Raises:
        CorpusError: the file is not valid; says where.
    """
    if not path.is_file():
        return {}
    try:
        return _ADAPTER.validate_python(_load(path.read_text(encoding="utf-8")) or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = " ".join(str(error).split())[:200]
        repair = 'Write anchor, language and a list of questions: `cap: {en: ["…"], fr: ["…"]}`.'
        raise CorpusError(
            [Finding(shown, mark.line + 1 if mark else 1, f"It cannot be read: {problem}.", repair)]
        ) from error


def _load(text: str) -> Any:
    """The value of the YAML. With an anchor or a language on each line its lists are JSON too, which is read much faster."""
    value: dict[str, dict[str, Any]] = {}
    own: dict[str, Any] | None = None
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None or (match["language"] and own is None):
            return load_yaml(text)
        if match["anchor"]:
            own = value[match["anchor"]] = {}
        elif own is not None and match["language"]:
            try:
                own[match["language"]] = json.loads(match["questions"])
            except ValueError:
                return load_yaml(text)
    return value if all(value.values()) else load_yaml(text)  # an anchor with nothing below it is a fault


def attach_asked(document: Document, asked: Asked) -> Document:
    """The document with each section's questions in its language."""
    if not asked:
        return document
    return replace(
        document,
        sections=tuple(
            replace(section, asked=_clean(asked.get(section.anchor, {}).get(document.language, ()), document.language))
            for section in document.sections
        ),
    )


def unknown_anchors(document: Document, asked: Asked, shown: str) -> list[Finding]:
    """A finding for each anchor of `asked` that the document does not have."""
    known = {section.anchor for section in document.sections}
    return [
        Finding(shown, 1, f"There is no section #{anchor}.", "Correct the anchor or remove its questions.")
        for anchor in asked
        if anchor not in known
    ]


def _clean(questions: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Each question once, in standard Arabic if it is in Darija, as those of visitors are."""
    cleaned = (clean_question(question) for question in questions)
    spoken = (standard_arabic(one, latin=True) if language is Language.AR else one for one in cleaned)
    return tuple(dict.fromkeys(one for one in spoken if one))
