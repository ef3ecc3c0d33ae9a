"""The patterns of `project_reading.yaml`: how a project is put into words, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from corpus.text import fold
from corpus.yaml_text import load_yaml

MOST_BETWEEN = 60  # letters between what is taken back and what stands instead
_FILE = Path(__file__).parent / "project_reading.yaml"
_LATIN = re.compile(r"(?<!\\)[a-z]")
_ARABIC = re.compile("[\u0621-\u064a]")
_SPACE = re.compile(r" (?![^\[\]]*\])")  # not within a set of characters
_ARABIC_BEFORE = "(?<![\u0621-\u064a])[وفبلك]{0,2}"
_ARABIC_AFTER = "(?![\u0621-\u064a])"


def forms_pattern(forms: Iterable[str]) -> str:
    """A regular expression that finds each form as a word of its own, the longest first.

    What must stand before a form is said once for each script, not for each form: most places of a text are passed by at once.
    """
    latin, arabic, other = [], [], []  # the others last: some of them may be empty
    for form in (fold(str(form)) for form in sorted(map(str, forms), key=len, reverse=True)):
        if _ARABIC.search(form):
            arabic.append(_arabic_form(form))
        elif _LATIN.search(form):
            latin.append(_latin_form(form))
        else:
            other.append(f"(?:{form})")
    scripts = []
    if latin:
        scripts.append(f"(?<![a-z])(?:{'|'.join(latin)})")
    if arabic:
        scripts.append(f"{_ARABIC_BEFORE}(?:{'|'.join(arabic)}){_ARABIC_AFTER}")
    return f"(?:{'|'.join((*scripts, *other))})"


def _arabic_form(form: str) -> str:
    body = form.replace(" ", r"\s+")
    return f"(?:ال|لل){body.removeprefix('ال')}" if body.startswith("ال") else f"(?:ال|لل)?(?:{body})"


def _latin_form(form: str) -> str:
    form = form.replace(" ?", "[-\\s]*")
    after = "(?![a-z])" if form[-1] not in "$€%" else ""
    return f"(?:{_SPACE.sub('[ -]+', form)}){after}"


@cache
def load_wording() -> dict[str, Any]:
    """The file as it stands: lists of forms, and mappings to them."""
    return dict(load_yaml(_FILE.read_text(encoding="utf-8")))


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """The compiled forms under a name of the file, or under a name within a mapping."""
    return re.compile(forms_of(*names))


@cache
def forms_of(*names: str) -> str:
    """The forms under a name as one regular expression, for joining with others."""
    value: Any = load_wording()
    for name in names:
        value = value[name]
    return forms_pattern(value)


def takes_back(between: str) -> bool:
    """Whether the words between two things say that the second stands in place of the first: "145 jobs, no, better 160"."""
    return len(between) <= MOST_BETWEEN and _taking_back().search(between) is not None


@cache
def _taking_back() -> re.Pattern[str]:
    return re.compile(rf"^[^.;!?。\d]*?[\s,.;:!?…،，。？()—–-]+{forms_of('corrections')}[^.;!?。\d]{{0,18}}$")


def longest(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The finds that lie in no longer one, in order."""
    kept: list[tuple[int, int, str]] = []
    for start, end, name in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
        if not any(start < other_end and other_start < end for other_start, other_end, _ in kept):
            kept.append((start, end, name))
    return sorted(kept)
