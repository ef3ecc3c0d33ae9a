"""What a group of questions becomes with one click: the beginning of a document, or questions of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.desk.grouping import group_by_meaning, order_by_centrality
from corpus import Language
from corpus.text import clean_question, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bot.desk.question_groups import QuestionGroup
    from bot.journal import AskedQuestion

SAME_HEADING = 0.75
MOST_HEADINGS = 5
MOST_ASKED = 12
MOST_TITLE = 120


@dataclass(frozen=True)
class DraftSeed:
    """A document to be written.

    Attributes:
        markdown: a heading for each thing that is asked, in the group's main language, with room for the answer below it.
        origin: names the group for the draft.
        asked: how people ask, in each language, for `asked.yaml`.
        nearest: the section that comes nearest today; empty where none is near.
    """

    title: str
    language: Language
    markdown: str
    origin: str
    asked: Mapping[Language, tuple[str, ...]]
    nearest: str


@dataclass(frozen=True)
class QuestionSeed:
    """A question for the desk to ask before it publishes."""

    question: str
    language: Language
    sections: tuple[str, ...]


def seed_draft(group: QuestionGroup, questions: Sequence[AskedQuestion], vectors: NDArray[np.float32]) -> DraftSeed:
    """The beginning of a document that answers a group.

    Args:
        group: the group.
        questions: its wordings in its main language, the most central first.
        vectors: their projected vectors, shape (questions, dimension).
    """
    weights = np.ones(len(questions), np.int64)
    headings = [
        _line(questions[int(rows[order_by_centrality(vectors[rows], weights[rows])[0]])].text)
        for rows in group_by_meaning(vectors, weights, SAME_HEADING)[:MOST_HEADINGS]
    ]
    title = _line(questions[0].text)
    anchors = _anchors(headings)
    markdown = "\n\n".join(f"## {heading} {{#{anchor}}}\n" for heading, anchor in zip(headings, anchors, strict=True))
    asked: dict[Language, list[str]] = {}
    for question in group.central:
        own = asked.setdefault(Language(question.language), [])
        if len(own) < MOST_ASKED:
            own.append(_line(question.text))
    return DraftSeed(
        title=title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1].rstrip()}…",
        language=group.language,
        markdown=f"{markdown}\n",
        origin=f"group:{group.id}",
        asked={language: tuple(own) for language, own in asked.items()},
        nearest=group.nearest,
    )


def seed_questions(group: QuestionGroup) -> tuple[QuestionSeed, ...]:
    """The most central question in each language, the most frequent language first."""
    first: dict[Language, str] = {}
    for question in group.central:
        first.setdefault(Language(question.language), _line(question.text))
    sections = (group.nearest,) if group.nearest else ()
    return tuple(QuestionSeed(first[language], language, sections) for language in group.languages if language in first)


def _line(text: str) -> str:
    """The question as a heading can hold it: on one line, without marks that mean something in a document."""
    return clean_question(text).lstrip("#- ").replace("{", "(").replace("}", ")")


def _anchors(headings: Sequence[str]) -> list[str]:
    anchors: list[str] = []
    for number, heading in enumerate(headings, 1):
        latin = [word for word in words(heading) if word.isascii()][:6]
        anchor = "-".join(latin) if len(latin) > 1 else f"question-{number}"
        anchors.append(anchor if anchor not in anchors else f"{anchor}-{number}")
    return anchors
