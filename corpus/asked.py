"""How people ask for a section in their own words (`asked.yaml` beside a document's languages): for the search, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

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


def read_asked(path: Path, shown: str) -> Asked:
    """The questions of an `asked.yaml`: by anchor, then by language; nothing if there is no such file.

    Raises:
        CorpusError: the file is not valid; says where.
    """
    if not path.is_file():
        return {}
    try:
        return _ADAPTER.validate_python(load_yaml(path.read_text(encoding="utf-8")) or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = " ".join(str(error).split())[:200]
        repair = 'Write anchor, language and a list of questions: `cap: {en: ["…"], fr: ["…"]}`.'
        raise CorpusError(
            [Finding(shown, mark.line + 1 if mark else 1, f"It cannot be read: {problem}.", repair)]
        ) from error


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
