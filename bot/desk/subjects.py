"""Whether two statements speak of the same thing, so that another figure is a contradiction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.desk.measures import Measure, MeasureKind, Said, read_said
from corpus import Passage
from corpus.glossary import Glossary

if TYPE_CHECKING:
    from index import SearchIndex

FEWEST_WORDS = 4


@dataclass(frozen=True)
class Subject:
    """What a section is about: the names, ordinals and periods of its title and heading hold for each of its statements."""

    passage: Passage
    heading: Said
    title: Said

    @classmethod
    def of(cls, passage: Passage, glossary: Glossary) -> Subject:
        heading, title = (read_said(text, passage.language, glossary) for text in (passage.heading, passage.title))
        return cls(passage, heading, title)

    @property
    def names(self) -> frozenset[str]:
        return self.heading.names | self.title.names

    @property
    def ordinals(self) -> frozenset[int]:
        return self.heading.ordinals | self.title.ordinals


@dataclass(frozen=True)
class Statement:
    """A statement with what its section is about, and its place in that section."""

    said: Said
    subject: Subject
    place: int
    listed: bool = False

    def near(self, measure: Measure) -> frozenset[str]:
        """The words around a figure; where the statement is an item of a list or has few words, those of the heading as well."""
        if self.listed or len(measure.near) < FEWEST_WORDS:
            return measure.near | (self.subject.heading.words or self.subject.title.words)
        return measure.near

    @property
    def periods(self) -> frozenset[str]:
        return self.said.periods or self.subject.heading.periods

    @property
    def institutions(self) -> frozenset[str]:
        return self.said.institutions | self.subject.heading.institutions


def speaks_of_the_same(here: Statement, mine: Measure, there: Statement, theirs: Measure) -> bool:
    """Whether both figures may speak of one thing: neither names what the other one and its heading do not."""
    heading = there.subject.heading
    named = there.said.names | heading.sectors | (frozenset() if there.said.places else heading.places)
    if mine.names - named - there.subject.names or named - here.said.names - here.subject.names:
        return False
    if here.institutions and there.institutions and not here.institutions & there.institutions:
        return False
    if here.said.running and there.said.running:
        return True
    own, others = mine.ordinals, theirs.ordinals
    return not (own - others - there.subject.ordinals or others - own - here.subject.ordinals)


def likeness(here: Statement, mine: Measure, there: Statement, theirs: Measure, index: SearchIndex) -> float:
    """How much of the wording around two figures is shared, weighted by rarity, 0 to 1; 0 where they do not count the same."""
    if not mine.counts_the_same(theirs) or not _same_time(here, there, mine):
        return 0.0
    ours, others = here.near(mine), there.near(theirs)
    weights = {word: index.lexical.idf(word) for word in ours | others}
    both = sum(weights[word] for word in ours & others)
    total = sum(weights[word] for word in ours) + sum(weights[word] for word in others)
    return 2 * both / total if total else 0.0


def _same_time(here: Statement, there: Statement, measure: Measure) -> bool:
    """Whether both speak of one time, or of a count that runs on; what is named by its year may be of a month of it."""
    if not here.periods or not there.periods:
        return True
    if here.said.running and there.said.running:
        return True
    if measure.kind is MeasureKind.SHARE or len(here.periods) == len(there.periods) == 1:
        return any(a.startswith(b) or b.startswith(a) for a in here.periods for b in there.periods)
    return here.periods == there.periods
