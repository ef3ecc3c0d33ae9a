"""The audit log: who changed what, when, and what it was before; nothing is ever taken out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, aware

if TYPE_CHECKING:
    from bot.database import Database


@dataclass(frozen=True)
class AuditEntry:
    """One change; `action` is a dotted word such as `document.published`, `subject` what was changed."""

    id: int
    when: datetime
    who: str
    action: str
    subject: str
    before: str
    after: str
    reason: str


class AuditRow(Base):
    """One change as it is kept."""

    __tablename__ = "staff_audit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    when: Mapped[datetime] = mapped_column("at", DateTime(timezone=True))
    who: Mapped[str] = mapped_column(String(60), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300), index=True)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)

    def entry(self) -> AuditEntry:
        """The value that others see."""
        return AuditEntry(
            self.id, aware(self.when), self.who, self.action, self.subject, self.before, self.after, self.reason
        )


class Audit:
    """The log in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self, who: str, action: str, subject: str, *, before: str = "", after: str = "", reason: str = ""
    ) -> int:
        """Note a change; returns the number of the entry."""
        row = AuditRow(
            when=datetime.now(UTC), who=who[:60], action=action[:60], subject=subject[:300], before=_storable(before),
            after=_storable(after), reason=_storable(reason),
        )  # fmt: skip
        with self._database.session() as session:
            session.add(row)
            session.flush()
            return row.id

    def entries(
        self, *, subject: str = "", who: str = "", most: int = 100, before_id: int | None = None
    ) -> list[AuditEntry]:
        """The newest entries first, at most `most`; those on one subject or of one person, those older than an entry."""
        query = select(AuditRow).order_by(AuditRow.id.desc()).limit(most)
        if subject:
            query = query.where(AuditRow.subject == subject)
        if who:
            query = query.where(AuditRow.who == who)
        if before_id is not None:
            query = query.where(AuditRow.id < before_id)
        with self._database.session() as session:
            return [row.entry() for row in session.scalars(query)]


def _storable(text: str) -> str:
    return text.replace("\x00", "")  # PostgreSQL takes no NUL
