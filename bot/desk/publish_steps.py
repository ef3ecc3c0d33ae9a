"""The steps of a publishing. Each can be done again from its beginning, so that whatever kills the process loses nothing."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk.asking import AnswerMemory, ask_all
from bot.desk.document_changes import blocking_findings, changed_documents, fingerprint_of
from bot.desk.floors import changed_answers, floors_of, shares
from bot.desk.golden import GoldenQuestion
from bot.desk.publish_jobs import JobState, ProblemKind, PublishJob, PublishJobs
from bot.desk.switching import FileChange, Switch, Switching, document_path, read_document
from corpus import CharterError, Document, Finding, Passage, PublishingError
from corpus.checking import check_documents
from corpus.loading import Corpus, read_corpus
from corpus.splitting import split_into_passages
from index import SnapshotStore

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.desk.audit import Audit
    from bot.desk.drafts import Draft, Drafts
    from index import BuildReport

logger = logging.getLogger(__name__)

PUBLISHED = "document.published"
REMOVED = "document.removed"
SWITCHED = "snapshot.switched"
_NOTED_EVERY = 0.5

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PublishParts:
    """What the steps work with.

    Attributes:
        home: the folder of the index.
        documents: the folder of documents.
        keep: how many snapshots stay for rollback.
        overlay: the documents with drafts in place, and what is wrong with them.
        build: builds a candidate of passages; its progress may raise to end it.
        passages: what a snapshot holds.
        open_assistant: an assistant that answers from a snapshot or candidate.
        questions: what is asked before the switch.
    """

    home: Path
    documents: Path
    keep: int
    jobs: PublishJobs
    memory: AnswerMemory
    drafts: Drafts
    audit: Audit
    overlay: Callable[[Sequence[Draft], Path], tuple[Sequence[Document], Sequence[Finding]]]
    build: Callable[[Sequence[Passage], Progress], BuildReport]
    passages: Callable[[str], Iterable[Passage]]
    open_assistant: Callable[[str], Assistant]
    questions: Callable[[], Sequence[GoldenQuestion]]


class _CancelledError(Exception):
    """Somebody cancelled the job."""


class _StaleError(Exception):
    """The documents or the index are others than when the candidate was built."""


class _RefusedError(PublishingError):
    """The drafts cannot be published as they are."""

    def __init__(self, kind: ProblemKind, text: str) -> None:
        self.kind = kind
        super().__init__(text)


class PublishSteps:
    """Works on one job until it is final or waits for a word."""

    def __init__(self, parts: PublishParts) -> None:
        self._parts = parts
        self._jobs = parts.jobs
        self._store = SnapshotStore(parts.home)
        self._switching = Switching(parts.home, parts.keep)
        self._noted = 0.0

    def work(self, job_id: str) -> PublishJob:
        """Do what is left of a job and return how it stands then; what goes wrong stands in it."""
        steps = {
            JobState.QUEUED: self._build,
            JobState.BUILDING: self._build,
            JobState.ASKING: self._ask,
            JobState.SWITCHING: self._switch,
        }
        self._switching.forget_all_but(job_id)
        job = self._jobs.get(job_id)
        while step := steps.get(job.state):
            try:
                job = step(job)
                if job.state is JobState.WAITING and job.cancelled_by:
                    raise _CancelledError
            except _CancelledError:
                job = self._end(job, JobState.CANCELLED)
            except _RefusedError as error:
                job = self._end(job, JobState.FAILED, str(error), error.kind)
            except Exception as error:
                logger.exception("The publishing %s was interrupted.", job.id)
                job = self._interrupted(job, error)
                break
        if job.is_final:
            self._switching.forget(job.id)
        return job

    def _interrupted(self, job: PublishJob, error: Exception) -> PublishJob:
        """A switch that was begun must be completed, so it stays to be resumed; everything else has failed."""
        said = str(error) if isinstance(error, CharterError) else f"{type(error).__name__}: {error}"
        if self._switching.switch_of(job.id):
            return self._jobs.change(job.id, problem=said, problem_kind=ProblemKind.OTHER)
        return self._end(job, JobState.FAILED, said, ProblemKind.OTHER)

    def _end(self, job: PublishJob, state: JobState, problem: str = "", kind: str = "") -> PublishJob:
        """Nothing of the job is published."""
        self._store.discard(self._jobs.get(job.id).candidate)
        return self._jobs.change(job.id, state, problem=problem, problem_kind=kind)

    def _build(self, job: PublishJob) -> PublishJob:
        """Check the drafts and build a candidate of the documents with them in place."""
        self._jobs.change(job.id, JobState.BUILDING, step_done=0, step_total=0, problem="", problem_kind="", reason="")
        drafts = self._drafts_of(job)
        outdated = [draft.path for draft in drafts if self._parts.drafts.is_outdated(draft)]
        if outdated:
            raise _RefusedError(
                ProblemKind.OUTDATED,
                "\n".join(
                    f"{path} was changed since its draft was begun. Compare both and save the draft again."
                    for path in outdated
                ),
            )
        if drafts and not os.access(self._parts.documents, os.W_OK):
            raise PublishingError(f"{self._parts.documents} cannot be written to. Give the right to, or mount it so.")
        fingerprint = fingerprint_of(self._parts.documents)
        before = self._store.require_current()
        documents = self._documents_with(drafts)
        passages = split_into_passages(documents, date.today())
        report = self._parts.build(passages, lambda done, total: self._note(job, done, total))
        self._jobs.change(job.id, candidate=report.snapshot_id)
        if not drafts and report.snapshot_id != before:
            self._refuse(check_documents(Corpus(tuple(documents)), self._parts.documents), documents, drafts)
        return self._jobs.change(
            job.id, JobState.ASKING, before_snapshot=before, fingerprint=fingerprint,
            documents=changed_documents(documents, passages, self._parts.passages(before)), step_done=0, step_total=0,
        )  # fmt: skip

    def _documents_with(self, drafts: Sequence[Draft]) -> Sequence[Document]:
        """The documents with the drafts in place. Without drafts what takes longest, comparing languages, waits until something is
        known to have changed.
        """
        folder = self._parts.documents
        if drafts:
            documents, findings = self._parts.overlay(drafts, folder)
        else:
            read = read_corpus(folder)
            documents, findings = read.documents, read.findings
        self._refuse(findings, documents, drafts)
        return documents

    def _refuse(self, findings: Sequence[Finding], documents: Sequence[Document], drafts: Sequence[Draft]) -> None:
        paths = {draft.path for draft in drafts}
        if blocking := blocking_findings(findings, documents, paths, self._parts.documents):
            raise _RefusedError(ProblemKind.FINDINGS, "\n".join(map(str, blocking)))

    def _ask(self, job: PublishJob) -> PublishJob:
        """Ask both snapshots everything, and decide by the answers alone."""
        before, after = job.before_snapshot, job.candidate
        if before != after:
            questions = self._parts.questions()
            assistants = {name: (lambda name=name: self._parts.open_assistant(name)) for name in (before, after)}
            outcomes = ask_all(
                questions, assistants, self._parts.memory, lambda done, total: self._note(job, done, total)
            )
            was, now = shares(questions, outcomes[before]), shares(questions, outcomes[after])
            self._jobs.keep_changes(job.id, changed_answers(questions, outcomes[before], outcomes[after]))
            scores = {name: (share, now[name]) for name, share in was.items()}
            job = self._jobs.change(job.id, scores=scores, floors=floors_of(was))
        if job.below:
            lines = [
                f"{name}: {job.scores[name][0]:.1%} today, {job.scores[name][1]:.1%} afterwards, at least {job.floors[name]:.1%} "
                "is asked for." for name in job.below
            ]  # fmt: skip
            return self._jobs.change(job.id, JobState.WAITING, problem="\n".join(lines), problem_kind=ProblemKind.BELOW)
        if job.must_agree:
            said = "It waits for somebody to look at the answers that change."
            return self._jobs.change(job.id, JobState.WAITING, problem=said, problem_kind=ProblemKind.AGREE)
        return self._jobs.change(job.id, JobState.SWITCHING)

    def _switch(self, job: PublishJob) -> PublishJob:
        """Write the documents, let the candidate answer, close the drafts and note it all."""
        try:
            undone = self._switching.run(job.id, lambda: self._prepare(job))
        except _StaleError:
            self._store.discard(job.candidate)
            return self._jobs.change(job.id, JobState.BUILDING, scores={}, floors={})
        if undone:
            raise _RefusedError(ProblemKind.CHANGED, undone)
        self._parts.drafts.mark_published(job.revisions)
        self._record(job)
        self._parts.memory.forget_all_but([job.candidate])
        return self._jobs.change(
            job.id, JobState.DONE, after_snapshot=job.candidate, problem="", problem_kind="", step_done=0, step_total=0
        )

    def _prepare(self, job: PublishJob) -> Switch:
        """What the switch will do; called while nobody else can change the index."""
        self._refuse_cancelled(job)
        drafts = self._drafts_of(job)
        current = self._store.require_current()
        if current != job.before_snapshot or fingerprint_of(self._parts.documents) != job.fingerprint:
            raise _StaleError
        changes = tuple(
            FileChange(
                draft.path,
                read_document(document_path(self._parts.documents, draft.path)),
                None if draft.remove else draft.text,
            )
            for draft in drafts
        )
        return Switch(str(self._parts.documents.resolve()), current, job.candidate, changes)

    def _record(self, job: PublishJob) -> None:
        """Note what was published, once however often the step is done."""
        switch = self._switching.switch_of(job.id)
        if switch is None:
            raise PublishingError(
                f"The journal of the publishing {job.id} is gone. Look whether its documents were written."
            )
        reason = f"publishing {job.id}" + (f": {job.reason}" if job.reason else "")
        for change in switch.changes:
            action = REMOVED if change.after is None else PUBLISHED
            self._record_once(job, action, change.path, change.before or "", change.after or "", reason)
        files = "\n".join((job.candidate, *job.documents))
        self._record_once(job, SWITCHED, job.candidate, switch.current, files, reason)

    def _record_once(self, job: PublishJob, action: str, subject: str, before: str, after: str, reason: str) -> None:
        known = self._parts.audit.entries(subject=subject)
        if not any(entry.action == action and entry.reason == reason for entry in known):
            self._parts.audit.record(job.who, action, subject, before=before, after=after, reason=reason)

    def _drafts_of(self, job: PublishJob) -> list[Draft]:
        drafts = [self._parts.drafts.get(draft_id) for draft_id in job.revisions]
        changed = [draft.path for draft in drafts if (draft.state, draft.revision) != ("open", job.revisions[draft.id])]
        if changed:
            raise _RefusedError(
                ProblemKind.CHANGED,
                "\n".join(
                    f"The draft of {path} was changed meanwhile. Look at it, then publish again." for path in changed
                ),
            )
        proposed = [draft.path for draft in drafts if draft.proposed]
        if proposed:
            raise _RefusedError(
                ProblemKind.PROPOSED,
                "\n".join(
                    f"{path} was translated by a machine and nobody has accepted it yet. Read it and accept it."
                    for path in proposed
                ),
            )
        return drafts

    def _refuse_cancelled(self, job: PublishJob) -> None:
        if self._jobs.get(job.id).cancelled_by:
            raise _CancelledError

    def _note(self, job: PublishJob, done: int, total: int) -> None:
        """Show how far the step is, twice a second at most; the moment at which a cancelled job ends."""
        self._refuse_cancelled(job)
        if done == total or time.monotonic() - self._noted > _NOTED_EVERY:
            self._noted = time.monotonic()
            self._jobs.change(job.id, step_done=done, step_total=total)
