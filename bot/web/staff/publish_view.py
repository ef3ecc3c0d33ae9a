"""A publishing as its page shows it: how far it is, what the exam says, and every answer that changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.numbers import format_percent

from bot.desk.publish_jobs import JobState
from bot.web.staff.section_names import NamedSection
from bot.web.staff.word_diff import Piece, diff_words
from bot.web.staff.words import LOCALES
from corpus import Language

if TYPE_CHECKING:
    from bot.desk.publishing import ChangedAnswer, PublishJob

STAGES = (JobState.BUILDING, JobState.ASKING, JobState.WAITING, JobState.SWITCHING)
WORSE, BETTER, OTHER = "worse", "better", "other"
VERDICTS = (WORSE, BETTER, OTHER)
A_PAGE = 20
_FILE = re.compile(r"(?<![\w/-])[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*/(?:ar|fr|en|zh|es)\.md")


@dataclass(frozen=True)
class Stage:
    """A step of a publishing; `state` is done, now or next."""

    name: str
    state: str


@dataclass(frozen=True)
class Score:
    """One measure of the exam in words; `moves` is better, worse or same."""

    name: str
    before: str
    after: str
    floor: str
    moves: str
    is_below: bool


@dataclass(frozen=True)
class ShownChange:
    """An answer before and after, what differs marked."""

    question: str
    language: str
    origin: str
    verdict: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    before_right: bool | None
    after_right: bool | None
    cites_before: tuple[NamedSection, ...]
    cites_after: tuple[NamedSection, ...]


@dataclass(frozen=True)
class ShownChanges:
    """One page of the answers that change, the worse ones first; `counts` by verdict count all of them."""

    shown: tuple[ShownChange, ...]
    counts: dict[str, int]
    only: str
    page: int
    pages: int

    @property
    def total(self) -> int:
        """How many change in all."""
        return sum(self.counts.values())


def stages_of(job: PublishJob) -> list[Stage]:
    """The steps, those before the present one done."""
    here = JobState.BUILDING if job.state is JobState.QUEUED else job.state
    if here not in STAGES:
        return []
    now = STAGES.index(here)
    return [
        Stage(one, "done" if place < now else "now" if place == now else "next") for place, one in enumerate(STAGES)
    ]


def scores_of(job: PublishJob, language: Language) -> list[Score]:
    """Each measure with its floor, as people of that language write shares."""
    below = set(job.below)
    return [
        Score(
            name,
            _share(before, language),
            _share(after, language),
            _share(job.floors.get(name, 0.0), language),
            "better" if after > before else "worse" if after < before else "same",
            name in below,
        )
        for name, (before, after) in job.scores.items()
    ]


def shown_changes(
    changes: Sequence[ChangedAnswer],
    name_section: Callable[[str, Language], NamedSection],
    language: Language,
    *,
    only: str = "",
    page: int = 1,
) -> ShownChanges:
    """The page that was asked for.

    Args:
        changes: all of them, in any order.
        name_section: names a section in a language.
        language: that of the page.
        only: a verdict, to show these alone; anything else shows all.
        page: from 1; one beyond the last shows the last.
    """
    ordered = sorted(changes, key=lambda one: VERDICTS.index(verdict_of(one)))
    counts = {verdict: sum(verdict_of(one) == verdict for one in changes) for verdict in VERDICTS}
    only = only if only in VERDICTS else ""
    wanted = [one for one in ordered if not only or verdict_of(one) == only]
    pages = max(1, -(-len(wanted) // A_PAGE))
    page = min(max(page, 1), pages)
    part = wanted[(page - 1) * A_PAGE : page * A_PAGE]
    return ShownChanges(tuple(_shown(one, name_section, language) for one in part), counts, only, page, pages)


def verdict_of(change: ChangedAnswer) -> str:
    """Whether a right answer becomes wrong, a wrong one right, or neither."""
    if change.before_right and change.after_right is False:
        return WORSE
    return BETTER if change.after_right and change.before_right is False else OTHER


def files_in(problem: str) -> tuple[str, ...]:
    """The files of documents that a problem names."""
    return tuple(dict.fromkeys(_FILE.findall(problem)))


def _shown(
    change: ChangedAnswer, name_section: Callable[[str, Language], NamedSection], language: Language
) -> ShownChange:
    before, after = diff_words(change.before, change.after)
    cites = [
        tuple(name_section(section, language) for section in dict.fromkeys(sections))
        for sections in (change.sections_before, change.sections_after)
    ]
    return ShownChange(
        change.question, change.language, change.origin, verdict_of(change), before, after,
        change.before_right, change.after_right, *cites,
    )  # fmt: skip


def _share(share: float, language: Language) -> str:
    return str(format_percent(share, "#,##0.0 %" if language is not Language.EN else "#,##0.0%", LOCALES[language]))
