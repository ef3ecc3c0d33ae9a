"""How a question asks: who, when, how many, whether …, in whichever of the five languages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpus.text import fold
from corpus.yaml_text import load_yaml

FORMS_FILE = Path(__file__).with_name("question_forms.yaml")


@cache
def form_patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of `question_forms.yaml` by the name of their form, all languages joined, over folded text."""
    raw: dict[str, dict[str, str]] = load_yaml(FORMS_FILE.read_text(encoding="utf-8"))
    return {form: re.compile("|".join(f"(?:{p})" for p in languages.values())) for form, languages in raw.items()}


def question_forms(question: str) -> tuple[bool, ...]:
    """Whether a question has each form, in the order of the file; of mere keywords mostly none is true."""
    folded = fold(question)
    return tuple(bool(pattern.search(folded)) for pattern in form_patterns().values())
