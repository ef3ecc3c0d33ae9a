"""Asked questions put together: in the same words first, then by meaning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.desk.grouping import group_by_meaning, order_by_centrality
from bot.desk.question_vectors import wording_of
from corpus import Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from bot.journal import AskedQuestion
    from index import SearchIndex

NEAR = 0.35  # nine in ten of the right sections lie nearer; most questions about something else lie farther


@dataclass(frozen=True)
class QuestionGroup:
    """Questions of one meaning.

    Attributes:
        id: that of its oldest question; finds the group again as long as it holds this question.
        title: the most central question, as it was asked.
        count: how many questions, the same words counted each time.
        languages: how many in each language, the most frequent first.
        trend: how many in each week, the last one ending now.
        questions: all of them, the newest first.
        central: different wordings, the most central first.
        nearest: the section whose questions lie nearest; empty where none is near.
    """

    id: str
    title: str
    count: int
    languages: Mapping[Language, int]
    trend: tuple[int, ...]
    questions: tuple[AskedQuestion, ...]
    central: tuple[AskedQuestion, ...]
    nearest: str

    @property
    def language(self) -> Language:
        """The language in which it is asked most."""
        return next(iter(self.languages))


@dataclass(frozen=True)
class Wording:
    """All questions in the same words, oldest first; `text` is that of the first."""

    text: str
    questions: tuple[AskedQuestion, ...]


def join_wordings(questions: Sequence[AskedQuestion]) -> list[Wording]:
    """Questions by their words, those asked most often first; those without a text are left out."""
    found: dict[str, list[AskedQuestion]] = {}
    for question in sorted(questions, key=lambda one: (one.asked_at, str(one.id))):
        if wording := wording_of(question.text):
            found.setdefault(wording, []).append(question)
    wordings = [Wording(same[0].text, tuple(same)) for same in found.values()]
    return sorted(wordings, key=lambda wording: -len(wording.questions))


def make_groups(
    wordings: Sequence[Wording],
    vectors: Mapping[str, NDArray[np.float32]],
    index: SearchIndex,
    now: datetime,
    since_days: int,
) -> tuple[QuestionGroup, ...]:
    """The groups of wordings, the largest first.

    Args:
        wordings: at least one.
        vectors: the encoder's vector of each one's text.
        index: compares them, and tells the section nearest to each group.
        now: where the last week of the trends ends.
        since_days: how many days the trends reach back.
    """
    wordings = sorted(wordings, key=lambda wording: (wording.questions[0].asked_at, wording.text))
    projected = index.project_questions(np.stack([vectors[wording.text] for wording in wordings]))
    weights = np.array([len(wording.questions) for wording in wordings], np.int64)
    grouped = group_by_meaning(projected, weights)
    centres = np.stack([weights[rows].astype(np.float32) @ projected[rows] for rows in grouped])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    groups = []
    for rows, (section, cosine) in zip(grouped, index.nearest_sections(centres), strict=True):
        order = rows[order_by_centrality(projected[rows], weights[rows])]
        own = [wordings[row] for row in order]
        groups.append(_make_group(own, section if cosine >= NEAR else "", now, since_days))
    return tuple(groups)


def _make_group(own: list[Wording], nearest: str, now: datetime, since_days: int) -> QuestionGroup:
    """The group of wordings, the most central first."""
    questions = sorted(
        (question for wording in own for question in wording.questions), key=lambda one: (one.asked_at, str(one.id))
    )
    languages = Counter(Language(question.language) for question in questions)
    order = sorted(languages, key=lambda one: (-languages[one], list(Language).index(one)))
    return QuestionGroup(
        id=str(questions[0].id),
        title=own[0].questions[0].text,
        count=len(questions),
        languages={language: languages[language] for language in order},
        trend=_trend(questions, now, since_days),
        questions=tuple(reversed(questions)),
        central=tuple(wording.questions[0] for wording in own),
        nearest=nearest,
    )


def _trend(questions: Sequence[AskedQuestion], now: datetime, since_days: int) -> tuple[int, ...]:
    weeks = max(-(-since_days // 7), 1)
    counts = Counter(max((now - question.asked_at).days, 0) // 7 for question in questions)
    return tuple(counts[weeks - 1 - week] for week in range(weeks))
