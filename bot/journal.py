"""What was asked and what people said of the answers: masked questions for a limited time, opinions without a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Boolean, DateTime, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, Database, aware
from bot.masking import mask_personal

RETENTION_DAYS = 90
LONGEST_QUESTION = 1_000
MOST_SECTIONS = 2_000  # characters


class Feedback(Base):
    """The last opinion on one answer."""

    __tablename__ = "feedback"

    answer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    helpful: Mapped[bool]
    status: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(2))
    sections: Mapped[str] = mapped_column(String(2000))


class QuestionRow(Base):
    """A question without personal data, and how it ended."""

    __tablename__ = "questions"

    answer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(32), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    sections: Mapped[str] = mapped_column(String(2000))
    snapshot_id: Mapped[str] = mapped_column(String(60))
    estimate: Mapped[bool] = mapped_column(Boolean)


@dataclass(frozen=True)
class AskedQuestion:
    """A question as the staff see it; `helpful` is the opinion on its answer, `None` where nobody gave one."""

    id: str
    asked_at: datetime
    language: str
    text: str
    status: str
    reason: str
    sections: tuple[str, ...]
    helpful: bool | None
    snapshot_id: str
    estimate: bool


class Journal:
    """Questions and opinions in the database.

    Args:
        database: where they are kept.
        retention_days: how long a question is kept; 0 keeps none.
    """

    def __init__(self, database: Database, retention_days: int = RETENTION_DAYS) -> None:
        self._database = database
        self._retention_days = retention_days

    def record_feedback(
        self, answer_id: str, helpful: bool | None, status: str, language: str, sections: Sequence[str]
    ) -> None:
        """Keep an opinion; a later one on the same answer replaces it, `None` takes it back."""
        with self._database.session() as session:
            if helpful is None:
                if known := session.get(Feedback, answer_id):
                    session.delete(known)
                return
            session.merge(
                Feedback(
                    answer_id=answer_id,
                    given_at=datetime.now(UTC),
                    helpful=helpful,
                    status=status,
                    language=language,
                    sections=_joined(sections),
                )
            )

    def record_question(
        self,
        answer_id: str,
        question: str,
        *,
        language: str,
        status: str,
        reason: str = "",
        sections: Sequence[str] = (),
        snapshot_id: str = "",
        estimate: bool = False,
        asked_at: datetime | None = None,
    ) -> None:
        """Keep a question, without personal data, for as long as questions are kept."""
        if not self._retention_days:
            return
        masked = mask_personal(question)  # whole: half a number is not known
        text = masked.replace("\x00", "")[:LONGEST_QUESTION]
        row = QuestionRow(
            answer_id=answer_id, asked_at=asked_at or datetime.now(UTC), language=language, text=text, status=status,
            reason=reason, sections=_joined(sections), snapshot_id=snapshot_id, estimate=estimate,
        )  # fmt: skip
        with self._database.session() as session:
            session.merge(row)

    def feedback(self) -> list[Feedback]:
        """All opinions, oldest first."""
        with self._database.session() as session:
            return list(session.scalars(select(Feedback).order_by(Feedback.given_at)))

    def questions(
        self, since: datetime | None = None, until: datetime | None = None, most: int | None = None
    ) -> list[AskedQuestion]:
        """The questions from a moment on and before another, newest first, at most `most`, each with the opinion on its answer."""
        query = select(QuestionRow, Feedback.helpful).outerjoin(Feedback, Feedback.answer_id == QuestionRow.answer_id)
        if since:
            query = query.where(QuestionRow.asked_at >= since)
        if until:
            query = query.where(QuestionRow.asked_at < until)
        query = query.order_by(QuestionRow.asked_at.desc(), QuestionRow.answer_id).limit(most)
        with self._database.session() as session:
            return [_asked(row, helpful) for row, helpful in session.execute(query)]

    def question(self, answer_id: str) -> AskedQuestion | None:
        """One question, or `None` where it is not kept (any more)."""
        with self._database.session() as session:
            row, opinion = session.get(QuestionRow, answer_id), session.get(Feedback, answer_id)
            return _asked(row, opinion.helpful if opinion else None) if row else None

    def erase(self, answer_id: str) -> bool:
        """Take a question and the opinion on its answer out; whether there was any."""
        with self._database.session() as session:
            found = [row for kind in (QuestionRow, Feedback) if (row := session.get(kind, answer_id))]
            for row in found:
                session.delete(row)
        self._database.wipe_traces()
        return bool(found)

    def forget_old(self, now: datetime | None = None) -> int:
        """Take out the questions that are older than they may be kept; how many there were. Opinions hold no question and stay."""
        before = (now or datetime.now(UTC)) - timedelta(days=self._retention_days)
        with self._database.session() as session:
            old = list(session.scalars(select(QuestionRow.answer_id).where(QuestionRow.asked_at < before)))
            session.execute(delete(QuestionRow).where(QuestionRow.asked_at < before))
        if old:
            self._database.wipe_traces()
        return len(old)


def _asked(row: QuestionRow, helpful: bool | None) -> AskedQuestion:
    return AskedQuestion(
        row.answer_id, aware(row.asked_at), row.language, row.text, row.status, row.reason, tuple(row.sections.split()),
        helpful, row.snapshot_id, row.estimate,
    )  # fmt: skip


def _joined(sections: Sequence[str]) -> str:
    """As many sections as there is room for, none of them torn."""
    joined = " ".join(sections)
    return joined if len(joined) <= MOST_SECTIONS else joined[: MOST_SECTIONS + 1].rpartition(" ")[0]
