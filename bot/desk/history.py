"""Going back: to a kept snapshot, and to what a document said before."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.database import Database
from bot.desk.document_changes import changed_documents, fingerprint_of
from bot.desk.publish_jobs import JobState, PublishJobs
from bot.desk.publish_lock import PublishLock
from bot.desk.publish_steps import PUBLISHED, REMOVED
from corpus import Document, PublishingError, SnapshotError, SnapshotMismatchError
from corpus.loading import read_corpus
from corpus.splitting import split_into_passages
from index import Manifest, SnapshotStore, read_manifest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.desk.audit import Audit, AuditEntry
    from bot.desk.drafts import Draft, Drafts

ROLLED_BACK = "snapshot.rolled_back"
_MOST_VERSIONS = 1_000


@dataclass(frozen=True)
class KeptSnapshot:
    """A snapshot that can be gone back to.

    Attributes:
        is_current: whether it answers now.
        documents_differ: the files on the disk that say something else than it: what the next publishing would change in the index,
            if it were the current one.
        problem: why it cannot be gone back to; empty where it can.
    """

    id: str
    created: datetime | None
    passages: int
    is_current: bool
    documents_differ: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class DocumentVersion:
    """What a document said from `when` on; `is_first` for what it said before the desk first published it.

    Attributes:
        audit_id: the entry of the audit log that holds the text.
        text: the whole file; empty where it was removed or did not exist.
    """

    audit_id: int
    when: datetime
    who: str
    text: str
    is_removed: bool
    is_first: bool = False


class History:
    """The kept snapshots, and the versions of documents that the audit log holds.

    Args:
        database: where the publishings are.
        home: the folder of the index.
        documents: the folder of documents.
        audit: where every change was noted.
        drafts: where a version that is restored begins as a draft.
    """

    def __init__(self, database: Database, home: Path, documents: Path, audit: Audit, drafts: Drafts) -> None:
        self._jobs = PublishJobs(database)
        self._store = SnapshotStore(home)
        self._lock = PublishLock(home)
        self._home = home
        self._documents = documents
        self._audit = audit
        self._drafts = drafts
        self._on_disk: tuple[str, tuple[Document, ...]] = ("", ())
        self._differences: dict[tuple[str, str, date], tuple[str, ...]] = {}

    def snapshots(self) -> list[KeptSnapshot]:
        """The kept snapshots, newest first."""
        current = self._store.current_id()
        return [self._kept(name, is_current=name == current) for name in reversed(self._store.ids())]

    def roll_back(self, snapshot_id: str, who: str) -> KeptSnapshot:
        """Let a kept snapshot answer from the next question on; the documents stay as they are, and so do the drafts.

        Raises:
            PublishingError: something is being published or was interrupted while it was written.
            SnapshotError: it is not kept any more, damaged, or of another encoder; the current one stays.
        """
        lock = self._lock.acquire()
        try:
            job = self._jobs.unfinished()
            if job and job.state is JobState.SWITCHING:
                raise PublishingError("A publishing was interrupted while it wrote. Resume it first, then go back.")
            with self._store.lock():
                before = self._store.require_current()
                if snapshot_id in self._store.ids():
                    manifest = read_manifest(self._store.path(snapshot_id), verify=True)
                    _check_encoder(manifest, read_manifest(self._store.path(before), verify=False))
                self._store.switch(snapshot_id)
        finally:
            os.close(lock)
        self._audit.record(who, ROLLED_BACK, snapshot_id, before=before, after=snapshot_id)
        return self._kept(snapshot_id, is_current=True)

    def document_versions(self, path: str) -> list[DocumentVersion]:
        """What the desk published at `path`, newest first, and last what stood there before."""
        entries = self._versions_of(path)
        versions = [_version(entry) for entry in entries]
        if entries and entries[-1].before:
            first = entries[-1]
            versions.append(DocumentVersion(first.id, first.when, first.who, first.before, False, is_first=True))
        return versions

    def restore_version(self, path: str, audit_id: int, who: str, *, first: bool = False) -> Draft:
        """A draft that holds an earlier version; nothing is published by it.

        Args:
            path: where the document stands or stood.
            audit_id: the entry of the audit log.
            who: the name of the account.
            first: the text before that entry instead of the one after it.

        Raises:
            PublishingError: there is no such version, or the document was removed by it.
            CharterError: an open draft of the document exists.
        """
        entry = next((one for one in self._versions_of(path) if one.id == audit_id), None)
        text = "" if entry is None else entry.before if first else entry.after
        if not text:
            raise PublishingError(f"There is no text of {path} in version {audit_id}. Choose one of the list.")
        return self._drafts.begin(path, text, who, origin=f"version:{audit_id}")

    def _versions_of(self, path: str) -> Sequence[AuditEntry]:
        entries = self._audit.entries(subject=path, most=_MOST_VERSIONS)
        return [entry for entry in entries if entry.action in (PUBLISHED, REMOVED)]

    def _kept(self, snapshot_id: str, *, is_current: bool) -> KeptSnapshot:
        try:
            manifest = read_manifest(self._store.path(snapshot_id), verify=False)
            created = datetime.fromisoformat(manifest.created)
            return KeptSnapshot(
                snapshot_id, created, manifest.passages, is_current, self._documents_differ(snapshot_id)
            )
        except (SnapshotError, ValueError) as error:
            return KeptSnapshot(snapshot_id, None, 0, is_current, problem=str(error))

    def _documents_differ(self, snapshot_id: str) -> tuple[str, ...]:
        from index import read_passages

        fingerprint, today = fingerprint_of(self._documents), date.today()
        key = (snapshot_id, fingerprint, today)
        if key not in self._differences:
            if self._on_disk[0] != fingerprint:
                self._on_disk = (fingerprint, read_corpus(self._documents).documents)
                self._differences.clear()
            documents = self._on_disk[1]
            passages = split_into_passages(documents, today)
            self._differences[key] = changed_documents(documents, passages, read_passages(self._home, snapshot_id))
        return self._differences[key]


def _version(entry: AuditEntry) -> DocumentVersion:
    return DocumentVersion(entry.id, entry.when, entry.who, entry.after, is_removed=entry.action == REMOVED)


def _check_encoder(manifest: Manifest, current: Manifest) -> None:
    if manifest.encoder != current.encoder:
        raise SnapshotMismatchError(
            f"The index {manifest.id} was built by the encoder {manifest.encoder}, which is not the one in use. Choose another one."
        )
