"""The desk's own questions: what must be answered rightly whatever is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, Database, aware
from bot.desk.audit import Audit
from bot.desk.golden import GoldenQuestion, Origin
from corpus import CharterError, Language
from corpus.figures import read_figures
from corpus.text import clean_question


class DeskQuestionRow(Base):
    """A question of the desk."""

    __tablename__ = "desk_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    expect: Mapped[str] = mapped_column(String(16))
    sections: Mapped[list[str]] = mapped_column(JSON)
    figures: Mapped[list[str]] = mapped_column(JSON)
    who: Mapped[str] = mapped_column(String(100))
    added: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class DeskQuestion:
    """A question that the desk wants answered rightly whatever is published.

    Attributes:
        expect: answered or refused.
        sections: those of which one must be cited.
        figures: what the answer must say, in the canonical form of `corpus.figures`.
        who: the account that wrote it down.
    """

    id: int
    question: str
    language: Language
    expect: str
    sections: tuple[str, ...]
    figures: tuple[str, ...]
    who: str
    added: datetime

    @property
    def as_golden(self) -> GoldenQuestion:
        """The same in the form in which it is asked and judged."""
        return GoldenQuestion(
            id=f"desk-{self.id}", language=self.language, question=self.question, expect=self.expect, topic="desk",
            form="plain", before=(), sections=frozenset(self.sections), every=(), figures=frozenset(self.figures),
            parallel="", why="", origin=Origin.DESK,
        )  # fmt: skip


class DeskQuestions:
    """The desk's own questions, all of which must be answered rightly by what is published.

    Args:
        database: where they are kept.
        audit: where every change is noted.
    """

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def add(
        self,
        question: str,
        language: Language,
        expect: str,
        sections: Sequence[str],
        who: str,
        figures: Sequence[str] = (),
    ) -> DeskQuestion:
        """Write a question down.

        Args:
            question: as a visitor would type it.
            language: the language of question and answer.
            expect: `answered` or `refused`.
            sections: `slug#anchor` of those of which one must be cited; at least one for a question to answer.
            who: the name of the account.
            figures: figures that the answer must say, as people write them in that language.

        Raises:
            CharterError: the question is empty, nothing is said of what is right, or it stands there already.
        """
        cleaned = clean_question(question)
        sections = tuple(dict.fromkeys(section.strip() for section in sections if section.strip()))
        said = tuple(sorted({figure for one in figures for figure in read_figures(one, language)}))
        _check(cleaned, expect, sections, [one.question for one in self.all()])
        row = DeskQuestionRow(
            question=cleaned, language=language, expect=expect, sections=list(sections), figures=list(said), who=who,
            added=datetime.now(UTC),
        )  # fmt: skip
        with self._database.session() as session:
            session.add(row)
        self._audit.record(who, "question.added", f"question {row.id}", after=_told(_desk_question(row)))
        return _desk_question(row)

    def remove(self, question_id: int, who: str) -> None:
        """Forget a question.

        Raises:
            CharterError: there is none of this number.
        """
        with self._database.session() as session:
            row = session.get(DeskQuestionRow, question_id)
            if row is None:
                raise CharterError(f"There is no question {question_id}. Choose one of the list.")
            session.delete(row)
        self._audit.record(who, "question.removed", f"question {question_id}", before=_told(_desk_question(row)))

    def all(self) -> list[DeskQuestion]:
        """All of them, oldest first."""
        with self._database.session() as session:
            return [
                _desk_question(row) for row in session.scalars(select(DeskQuestionRow).order_by(DeskQuestionRow.id))
            ]


def _check(question: str, expect: str, sections: Sequence[str], known: Sequence[str]) -> None:
    if not question:
        raise CharterError("There is no question. Write it as a visitor would.")
    if question in known:
        raise CharterError("This question stands there already. Remove it first to change what is right.")
    if expect not in ("answered", "refused"):
        raise CharterError(f"{expect!r} is not what can be expected. Choose answered or refused.")
    if expect == "answered" and not sections:
        raise CharterError("No section is named. Name one that holds the answer, or expect a refusal.")


def _told(question: DeskQuestion) -> str:
    right = ", ".join((*question.sections, *question.figures))
    return f"{question.question} ({question.language}): {question.expect}{f', {right}' if right else ''}"


def _desk_question(row: DeskQuestionRow) -> DeskQuestion:
    return DeskQuestion(
        row.id,
        row.question,
        Language(row.language),
        row.expect,
        tuple(row.sections),
        tuple(row.figures),
        row.who,
        aware(row.added),
    )
