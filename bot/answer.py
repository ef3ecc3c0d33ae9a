"""What the assistant returns: an answer made of claims, each with its citations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from bot.project import Project
    from corpus import Confidence, Kind, Language


class AnswerStatus(StrEnum):
    """How a question ended; every status has its text in `bot/web/texts/<language>.yaml`."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NEEDS_DETAIL = "needs_detail"
    NOT_IN_CORPUS = "not_in_corpus"
    OUT_OF_SCOPE = "out_of_scope"
    GREETING = "greeting"
    TOO_LONG = "too_long"
    OVERLOADED = "overloaded"
    LIMITED = "limited"
    ERROR = "error"


class Reason(StrEnum):
    """Why a question was not, or not simply, answered; the texts stand under `refusals` in `bot/web/texts/<language>.yaml`."""

    OFF_TOPIC = "off_topic"
    UNCLEAR = "unclear"
    NOT_FOUND = "not_found"
    UNSURE = "unsure"
    NOT_PUBLISHED = "not_published"
    FALSE_PREMISE = "false_premise"
    OTHER_PLACE = "other_place"
    OTHER_COUNTRY = "other_country"
    GUARANTEE = "guarantee"
    ADVICE = "advice"
    PERSONAL = "personal"
    INSTRUCTIONS = "instructions"
    ABUSE = "abuse"


CITED_STATUSES = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED})


@dataclass(frozen=True)
class Citation:
    """One cited passage: `quote` is the part of `passage_text` that the answer uses, word for word."""

    number: int
    section_id: str
    title: str
    section: str
    kind: Kind
    publisher: str
    published: date
    as_of: date
    url: str
    source_title: str
    language: Language
    confidence: Confidence
    quotes: tuple[str, ...]
    passage_text: str

    @property
    def quote(self) -> str:
        """The quoted sentences in the order of the passage."""
        return " ".join(self.quotes)


@dataclass(frozen=True)
class Claim:
    """One statement of an answer with the numbers of the citations it rests on (none: a service text).

    `figures`: for a line of an estimate, those of the project and of its calculation that the line may state beside the figures of
    the passages it cites; its words are its own. `None`: the words stand in a cited passage.
    """

    text: str
    citations: tuple[int, ...] = ()
    language: Language | None = None
    listed: bool = False
    figures: frozenset[str] | None = None


@dataclass(frozen=True)
class Considered:
    """A section that was looked at, with its raw signals and why it was kept or not."""

    section_id: str
    score: float
    cosine: float
    coverage: float
    kept: bool
    reason: str


@dataclass(frozen=True)
class Answer:
    """The assistant's answer; `answered` and `partly_answered` cannot be built without a citation.

    Attributes:
        reason: why it is not a plain answer; `None` for one, for talk and for trouble.
        completed: the question as it was understood from the turns before it; empty where it stands by itself.
        projects: what was estimated, in dirhams, one for each place that was named; none for every other answer.

    Raises:
        ValueError: a cited status without a citation, or a claim that names an unknown citation number.
    """

    status: AnswerStatus
    claims: tuple[Claim, ...]
    language: Language
    citations: tuple[Citation, ...] = ()
    considered: tuple[Considered, ...] = ()
    as_of: date | None = None
    reason: Reason | None = None
    completed: str = ""
    projects: tuple[Project, ...] = ()
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        if self.status in CITED_STATUSES and not self.citations:
            raise ValueError(f"An answer with status {self.status} needs at least one citation.")
        numbers = {citation.number for citation in self.citations}
        for claim in self.claims:
            if unknown := set(claim.citations) - numbers:
                raise ValueError(f"The claim “{claim.text}” names citations that do not exist: {sorted(unknown)}.")

    @property
    def text(self) -> str:
        """The whole answer as plain text: a line per claim, citation numbers in square brackets."""
        return "\n".join(self.piece(claim) for claim in self.claims)

    @staticmethod
    def piece(claim: Claim) -> str:
        """One claim as text, `- ` before a list item."""
        marks = "".join(f"[{number}]" for number in claim.citations)
        return f"{'- ' if claim.listed else ''}{claim.text}{' ' + marks if marks else ''}"
