"""Publishing: what a page or a command may ask for; the work itself is done by a process of its own (`publish_worker.py`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.database import Database
from bot.desk.audit import Audit
from bot.desk.drafts import Drafts
from bot.desk.publish_jobs import ChangedAnswer, JobState, PublishJob, PublishJobs
from bot.desk.publish_lock import PublishLock, Workers
from corpus import PublishingError
from index import SnapshotStore

__all__ = ["ChangedAnswer", "JobState", "PublishJob", "Publisher"]

StartWorker = Callable[[str, int], None]


class Publisher:
    """Starts publishings and says how they stand; one at a time.

    Whoever calls has made sure that `who` may do it: what changes the index, and `override` above all, is a publisher's.

    Args:
        database: where the jobs are kept.
        home: the folder of index and jobs.
        drafts: where the drafts are.
        audit: where every action is noted.
        start_worker: starts the process that works on a job and hands it the lock; by default one apart from this one.
    """

    def __init__(
        self,
        database: Database,
        home: Path,
        drafts: Drafts,
        audit: Audit,
        start_worker: StartWorker | None = None,
    ) -> None:
        self._jobs = PublishJobs(database)
        self._lock = PublishLock(home)
        self._store = SnapshotStore(home)
        self._drafts = drafts
        self._audit = audit
        self._start_worker = start_worker or Workers(home)

    def start(self, draft_ids: Sequence[str], who: str, *, must_agree: bool = False) -> PublishJob:
        """Begin to publish drafts, each in the revision it has now; without drafts, what lies on the disk.

        Args:
            draft_ids: the drafts.
            who: the name of the account.
            must_agree: whether it waits for `agree` before it switches, even where every floor is kept.

        Raises:
            CharterError: a draft is unknown.
            PublishingError: another publishing is not finished.
        """
        revisions = {draft_id: self._drafts.get(draft_id).revision for draft_id in draft_ids}
        if self._jobs.unfinished():
            raise PublishingError("Another publishing is not finished. Wait for it, or resume or cancel it first.")
        lock = self._lock.acquire()
        try:
            job = self._jobs.add(revisions, who, must_agree=must_agree)
        except BaseException:
            os.close(lock)
            raise
        self._audit.record(who, "publish.started", job.id, after="\n".join(revisions))
        self._start_worker(job.id, lock)
        return self.get(job.id)

    def get(self, job_id: str) -> PublishJob:
        """How a job stands.

        Raises:
            PublishingError: there is none of this id.
        """
        running = self._lock.is_held()
        return self._shown(self._jobs.get(job_id), running)

    def jobs(self, most: int = 50) -> list[PublishJob]:
        """The newest jobs, newest first."""
        running = self._lock.is_held()
        return [self._shown(job, running) for job in self._jobs.newest(most)]

    def unfinished(self) -> PublishJob | None:
        """The job that is not final, if there is one."""
        running = self._lock.is_held()
        job = self._jobs.unfinished()
        return self._shown(job, running) if job else None

    def changes(self, job_id: str) -> list[ChangedAnswer]:
        """The questions whose answer changes with a job, those that become wrong first; none before all were asked."""
        return self._jobs.changes(job_id)

    def resume(self, job_id: str, who: str) -> PublishJob:
        """Go on where the process that worked on a job died; nothing happens where one works on it.

        Raises:
            PublishingError: the job is finished or waits for a word.
        """
        job = self.get(job_id)
        if job.running:
            return job
        if not job.is_resumable:
            raise PublishingError("This publishing does not stand still. Look at what it says and choose from there.")
        lock = self._lock.acquire()
        self._audit.record(who, "publish.resumed", job_id)
        self._start_worker(job_id, lock)
        return self.get(job_id)

    def cancel(self, job_id: str, who: str) -> PublishJob:
        """Give a job up: nothing of it is published, and its drafts stay as they are.

        A process that works on it sees it between two questions or texts; otherwise it is done at once.

        Raises:
            PublishingError: the job is finished, or has begun to write the documents and can only be completed.
        """
        job = self.get(job_id)
        _refuse_too_late(job)
        self._jobs.cancel(job_id, who)
        job = self.get(job_id)
        if not job.running or job.state is JobState.WAITING:
            lock = self._lock.acquire()
            try:
                job = self._jobs.get(job_id)
                _refuse_too_late(job)
                self._store.discard(job.candidate)
                self._jobs.change(job_id, JobState.CANCELLED)
            finally:
                os.close(lock)
        self._audit.record(who, "publish.cancelled", job_id)
        return self.get(job_id)

    def agree(self, job_id: str, who: str) -> PublishJob:
        """Let a job go on that waits although every floor is kept.

        Raises:
            PublishingError: it does not wait, or waits because a floor is not kept.
        """
        job = self._waiting(job_id)
        if job.below:
            raise PublishingError("A floor is not kept. Only a publisher may let it pass, with a reason.")
        return self._go_on(job, who, "publish.agreed", "")

    def override(self, job_id: str, who: str, reason: str) -> PublishJob:
        """Let a job pass below a floor.

        Raises:
            PublishingError: it does not wait, or no reason is given.
        """
        job = self._waiting(job_id)
        if not reason.strip():
            raise PublishingError("A reason is needed. Write why these answers may become worse.")
        return self._go_on(job, who, "publish.overridden", reason.strip())

    def _waiting(self, job_id: str) -> PublishJob:
        job = self.get(job_id)
        if job.state is not JobState.WAITING:
            raise PublishingError("This publishing does not wait for a word.")
        return job

    def _go_on(self, job: PublishJob, who: str, action: str, reason: str) -> PublishJob:
        lock = self._lock.acquire()
        self._audit.record(who, action, job.id, reason=reason)
        self._jobs.change(job.id, JobState.SWITCHING, reason=reason, problem="")
        self._start_worker(job.id, lock)
        return self.get(job.id)

    @staticmethod
    def _shown(job: PublishJob, running: bool) -> PublishJob:
        return replace(job, running=running and not job.is_final)


def _refuse_too_late(job: PublishJob) -> None:
    if job.is_final:
        raise PublishingError("This publishing is finished. Start another one, or go back to a kept index.")
    if job.state is JobState.SWITCHING:
        raise PublishingError("The documents are being written already. Let it finish, then go back if need be.")
