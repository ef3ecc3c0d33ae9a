"""What people said of the answers: thumbs up or down, without the question and without anything that names a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import DateTime, String, create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from corpus import CharterError


class _Base(DeclarativeBase):
    pass


class Feedback(_Base):
    """The last opinion on one answer."""

    __tablename__ = "feedback"

    answer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    helpful: Mapped[bool]
    status: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(2))
    sections: Mapped[str] = mapped_column(String(2000))


class Journal:
    """Feedback in a database that SQLAlchemy reaches.

    Raises:
        CharterError: the address is not valid or the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
            if parsed.get_backend_name() == "sqlite" and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self._engine = create_engine(parsed)
            _Base.metadata.create_all(self._engine)
        except (ArgumentError, SQLAlchemyError, ImportError, OSError) as error:
            raise CharterError(
                f"The journal cannot be opened ({type(error).__name__}). Set MITHAQ_JOURNAL__URL to a database address that "
                "SQLAlchemy knows, or unset it."
            ) from error

    def record_feedback(
        self, answer_id: str, helpful: bool | None, status: str, language: str, sections: Sequence[str]
    ) -> None:
        """Keep an opinion; a later one on the same answer replaces it, `None` takes it back."""
        with Session(self._engine) as session, session.begin():
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
                    sections=" ".join(sections)[:2000],
                )
            )

    def feedback(self) -> list[Feedback]:
        """All opinions, oldest first."""
        with Session(self._engine, expire_on_commit=False) as session:
            return list(session.scalars(select(Feedback).order_by(Feedback.given_at)))

    def close(self) -> None:
        self._engine.dispose()
