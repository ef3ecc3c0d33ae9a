"""Counting what was asked: which sections are cited and which never, and how questions ended from day to day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.desk.asked_questions import Outcome, outcome_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.journal import AskedQuestion
    from corpus import Language, Passage
    from index import SearchIndex

MOST_DAYS_ONE_BY_ONE = 31


@dataclass(frozen=True)
class SectionCount:
    """How often a section was cited; `helpful` and `unhelpful` count opinions on answers that cite it.

    Attributes:
        versions: the passage in each language; empty where the index does not hold the section any more.
    """

    section_id: str
    count: int
    helpful: int
    unhelpful: int
    versions: Mapping[Language, Passage]

    def heading(self, language: Language) -> str:
        """The heading in a language, else in any; the section's name where the index does not hold it any more."""
        passage = self.versions.get(language) or next(iter(self.versions.values()), None)
        return (passage.heading or passage.title) if passage else self.section_id


@dataclass(frozen=True)
class Period:
    """The questions of some days, by how they ended."""

    start: date
    days: int
    counts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def count_sections(questions: Sequence[AskedQuestion], index: SearchIndex) -> tuple[SectionCount, ...]:
    """Every section that an answer cited, the most cited first."""
    cited, helpful, unhelpful = Counter[str](), Counter[str](), Counter[str]()
    for question in questions:
        sections = set(question.sections)
        cited.update(sections)
        if question.helpful is not None:
            (helpful if question.helpful else unhelpful).update(sections)
    versions = index.sections.versions
    return tuple(
        SectionCount(section, count, helpful[section], unhelpful[section], versions.get(section, {}))
        for section, count in sorted(cited.items(), key=lambda one: (-one[1], one[0]))
    )


def count_sections_never_cited(questions: Sequence[AskedQuestion], index: SearchIndex) -> tuple[SectionCount, ...]:
    """The sections of the index that no answer cited, in its order."""
    cited = {section for question in questions for section in question.sections}
    return tuple(
        SectionCount(section, 0, 0, 0, versions)
        for section, versions in index.sections.versions.items()
        if section not in cited
    )


def count_over_time(questions: Sequence[AskedQuestion], now: datetime, since_days: int) -> tuple[Period, ...]:
    """The questions in periods that end today, the earliest first; talk and attacks are not counted."""
    length = 1 if since_days <= MOST_DAYS_ONE_BY_ONE else 7
    periods = max(-(-since_days // length), 1)
    counts = [Counter[Outcome]() for _ in range(periods)]
    today = now.date()
    for question in questions:
        age = (today - question.asked_at.astimezone(now.tzinfo).date()).days // length
        if (outcome := outcome_of(question)) and 0 <= age < periods:
            counts[periods - 1 - age][outcome] += 1
    first = today - timedelta(days=periods * length - 1)
    return tuple(
        Period(first + timedelta(days=place * length), length, {outcome: own[outcome] for outcome in Outcome})
        for place, own in enumerate(counts)
    )
