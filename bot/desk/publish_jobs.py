"""Publishing jobs as the database keeps them, so that a page, a command and the process that works on one see the same."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, String, Text, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, Database, aware
from corpus import PublishingError

_TAKEN = 1


class JobState(StrEnum):
    """Where a job stands; `WAITING` is for a publisher's word, the last three are final."""

    QUEUED = "queued"
    BUILDING = "building"
    ASKING = "asking"
    WAITING = "waiting"
    SWITCHING = "switching"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ProblemKind(StrEnum):
    """Why a job waits, failed or stands still, for a page to say it in its own language."""

    FINDINGS = "findings"
    OUTDATED = "outdated"
    PROPOSED = "proposed"
    CHANGED = "changed"
    BELOW = "below"
    AGREE = "agree"
    OTHER = "other"


FINAL = frozenset({JobState.DONE, JobState.CANCELLED, JobState.FAILED})


@dataclass(frozen=True)
class PublishJob:
    """One publishing of drafts, or (without drafts) of what lies on the disk.

    Attributes:
        revisions: the drafts with the revision of each that is published.
        who: who started it.
        step_done: how much of the state's work is done: texts embedded while building, answers given while asking.
        candidate: the snapshot that was built beside; empty before.
        before_snapshot: the snapshot that answered when it was built.
        after_snapshot: the snapshot that answers since it is done.
        documents: the files whose text in the index changes, beside those of the drafts also what else was changed on the disk.
        problem: why it waits, failed or stands still; one line for each thing.
        problem_kind: the same as one of a few kinds; empty where there is none.
        scores: for each measure its share before and after, from 0 to 1.
        floors: for each measure what it must reach at least.
        must_agree: whether it waits for somebody's word even where every floor is kept.
        reason: why a publisher let it pass below a floor.
        cancelled_by: who cancelled it, also while that has not yet taken effect.
        running: whether a process works on it now; one that is not final, does not wait and does not run can be resumed.
    """

    id: str
    state: JobState
    revisions: Mapping[str, int]
    who: str
    created: datetime
    changed: datetime
    step_done: int = 0
    step_total: int = 0
    candidate: str = ""
    before_snapshot: str = ""
    after_snapshot: str = ""
    documents: tuple[str, ...] = ()
    fingerprint: str = ""
    problem: str = ""
    problem_kind: str = ""
    scores: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    must_agree: bool = False
    reason: str = ""
    cancelled_by: str = ""
    running: bool = False

    @property
    def drafts(self) -> tuple[str, ...]:
        """The ids of the drafts."""
        return tuple(self.revisions)

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in FINAL

    @property
    def is_resumable(self) -> bool:
        """Whether the process that worked on it died."""
        return not (self.is_final or self.running or self.state is JobState.WAITING)

    @property
    def below(self) -> tuple[str, ...]:
        """The measures that lie below their floor."""
        return tuple(name for name, floor in self.floors.items() if self.scores[name][1] < floor)


@dataclass(frozen=True)
class ChangedAnswer:
    """A question that is answered otherwise with the new snapshot, and whether either answer is right."""

    question: str
    language: str
    origin: str
    before: str
    after: str
    before_right: bool | None
    after_right: bool | None
    sections_before: tuple[str, ...] = ()
    sections_after: tuple[str, ...] = ()


class PublishJobRow(Base):
    """A job; `slot` holds 1 while it is not final, so that the database itself allows one at a time."""

    __tablename__ = "publish_jobs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slot: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(16))
    who: Mapped[str] = mapped_column(String(100))
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    changed: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    cancelled_by: Mapped[str] = mapped_column(String(100), default="")
    rest: Mapped[dict[str, Any]] = mapped_column(JSON)


class ChangedAnswerRow(Base):
    """A changed answer of a job, in the order in which they are shown."""

    __tablename__ = "changed_answers"

    job_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    origin: Mapped[str] = mapped_column(String(16))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    before_right: Mapped[bool | None]
    after_right: Mapped[bool | None]
    sections_before: Mapped[list[str]] = mapped_column(JSON)
    sections_after: Mapped[list[str]] = mapped_column(JSON)


_COLUMNS = ("id", "state", "who", "created", "changed", "cancelled_by")
_COMPARED = tuple(ChangedAnswer.__dataclass_fields__)


class PublishJobs:
    """The jobs of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, revisions: Mapping[str, int], who: str, *, must_agree: bool) -> PublishJob:
        """A new job.

        Raises:
            PublishingError: another one is not finished.
        """
        now = datetime.now(UTC)
        row = PublishJobRow(
            id=uuid.uuid4().hex[:16], slot=_TAKEN, state=JobState.QUEUED, who=who, created=now, changed=now,
            cancelled_by="", rest={"revisions": dict(revisions), "must_agree": must_agree},
        )  # fmt: skip
        try:
            with self._database.session() as session:
                session.add(row)
        except IntegrityError as error:
            raise PublishingError(
                "Another publishing is not finished. Wait for it, or resume or cancel it first."
            ) from error
        return _job(row)

    def get(self, job_id: str) -> PublishJob:
        """A job.

        Raises:
            PublishingError: there is none of this id.
        """
        with self._database.session() as session:
            row = session.get(PublishJobRow, job_id)
        if row is None:
            raise PublishingError(f"There is no publishing {job_id}. Choose one of the list.")
        return _job(row)

    def newest(self, most: int = 50) -> list[PublishJob]:
        """The newest jobs, newest first."""
        with self._database.session() as session:
            rows = session.scalars(select(PublishJobRow).order_by(PublishJobRow.created.desc()).limit(most))
            return [_job(row) for row in rows]

    def unfinished(self) -> PublishJob | None:
        """The job that is not final, if there is one."""
        with self._database.session() as session:
            row = session.scalar(select(PublishJobRow).where(PublishJobRow.slot == _TAKEN))
            return _job(row) if row else None

    def change(self, job_id: str, state: JobState | None = None, **rest: Any) -> PublishJob:
        """Note what a job has come to; a final state makes room for the next job."""
        with self._database.session() as session:
            row = session.get_one(PublishJobRow, job_id, with_for_update=True)
            row.state = state or row.state
            row.slot = None if JobState(row.state) in FINAL else _TAKEN
            row.changed = datetime.now(UTC)
            row.rest = row.rest | rest
        return _job(row)

    def cancel(self, job_id: str, who: str) -> None:
        """Note who wants it cancelled, for the process that works on it to see."""
        with self._database.session() as session:
            session.execute(update(PublishJobRow).where(PublishJobRow.id == job_id).values(cancelled_by=who))

    def keep_changes(self, job_id: str, changes: Sequence[ChangedAnswer]) -> None:
        """Replace the changed answers of a job."""
        with self._database.session() as session:
            for row in session.scalars(select(ChangedAnswerRow).where(ChangedAnswerRow.job_id == job_id)):
                session.delete(row)
            session.flush()
            for place, change in enumerate(changes):
                values = {name: getattr(change, name) for name in _COMPARED}
                values |= {name: list(values[name]) for name in ("sections_before", "sections_after")}
                session.add(ChangedAnswerRow(job_id=job_id, place=place, **values))

    def changes(self, job_id: str) -> list[ChangedAnswer]:
        """The changed answers of a job: those that became wrong first."""
        wanted = select(ChangedAnswerRow).where(ChangedAnswerRow.job_id == job_id).order_by(ChangedAnswerRow.place)
        with self._database.session() as session:
            rows = list(session.scalars(wanted))
        values = [{name: getattr(row, name) for name in _COMPARED} for row in rows]
        tuples = ("sections_before", "sections_after")
        return [ChangedAnswer(**(one | {name: tuple(one[name]) for name in tuples})) for one in values]


def _job(row: PublishJobRow) -> PublishJob:
    """What a row says; SQLite gives times back without their zone."""
    values = {name: getattr(row, name) for name in _COLUMNS} | row.rest
    values |= {name: aware(values[name]) for name in ("created", "changed")}
    scores = {name: (before, after) for name, (before, after) in row.rest.get("scores", {}).items()}
    documents = tuple(row.rest.get("documents", ()))
    return PublishJob(**(values | {"state": JobState(row.state), "scores": scores, "documents": documents}))
