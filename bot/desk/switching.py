"""Switching to what was published: the documents and the snapshot together, completed or undone whatever kills the process.

Before the first document is written, all that will be written stands in a journal on the disk, with what it replaces. From then
on every process that finds the journal can complete the switch, however often it is begun again: the one that resumes the
publishing, or a server that starts. Where it cannot be completed (somebody else changed a document, the snapshot is damaged, the
disk is full) all is put back as it was.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.desk.publish_lock import FOLDER
from corpus import PublishingError, SnapshotError
from corpus.durable import write_durably
from index import SnapshotStore

_JOURNAL = "switch.json"
_OUTCOME = "outcome"
_SWITCHED = "switched"
_PATIENCE = 60.0


@dataclass(frozen=True)
class FileChange:
    """The text of a document's file before and after; `None` where there is no file."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Switch:
    """What becomes true together: the files below a folder, and that `candidate` answers instead of `current`."""

    documents: str
    current: str
    candidate: str
    changes: tuple[FileChange, ...]


class Switching:
    """The switches of one `MITHAQ_HOME`, one folder for each publishing.

    Args:
        home: the folder of the index.
        keep: how many snapshots stay for rollback.
    """

    def __init__(self, home: Path, keep: int) -> None:
        self._folder = home / FOLDER
        self._store = SnapshotStore(home)
        self._keep = keep

    def run(self, job_id: str, prepare: Callable[[], Switch]) -> str:
        """Switch, or complete a switch that was begun; empty if it is done, else why all was put back as it was.

        Args:
            job_id: the publishing.
            prepare: says what to switch, while nobody else can change the index; not called for a switch that was begun.

        Raises:
            SnapshotError: another process goes on building for a minute.
            OSError: the disk refuses both to complete the switch and to undo it; it can be run again.
        """
        own = self._folder / job_id
        with self._alone():
            if not (own / _JOURNAL).is_file():
                switch = prepare()
                own.mkdir(parents=True, exist_ok=True)
                _write(own / _JOURNAL, json.dumps(asdict(switch)).encode())
            return self._complete(own)

    def switch_of(self, job_id: str) -> Switch | None:
        """What was to be switched, also when that is done; None before it was begun and after it was forgotten."""
        journal = self._folder / job_id / _JOURNAL
        return _read(journal) if journal.is_file() else None

    def is_begun(self, job_id: str) -> bool:
        """Whether a switch was begun and is neither done nor undone."""
        own = self._folder / job_id
        return (own / _JOURNAL).is_file() and not (own / _OUTCOME).is_file()

    def forget(self, job_id: str) -> None:
        """Remove the journal of a publishing that is finished."""
        shutil.rmtree(self._folder / job_id, ignore_errors=True)

    def forget_all_but(self, job_id: str) -> None:
        """Remove the journals of all other publishings, which are finished when this one runs."""
        for journal in self._folder.glob(f"*/{_JOURNAL}"):
            if journal.parent.name != job_id and not self.is_begun(journal.parent.name):
                self.forget(journal.parent.name)

    def complete_interrupted(self) -> list[str]:
        """Complete or undo every switch that a killed process left; the publishings that it was done for."""
        names = [path.parent.name for path in self._folder.glob(f"*/{_JOURNAL}")]
        begun = [name for name in sorted(names) if self.is_begun(name)]
        if begun:
            with self._alone():
                for name in begun:
                    self._complete(self._folder / name)
        return begun

    def _complete(self, own: Path) -> str:
        if not (own / _OUTCOME).is_file():
            undone = self._try(_read(own / _JOURNAL))
            self._store.keep_newest(self._keep)
            _write(own / _OUTCOME, (undone or _SWITCHED).encode())
        outcome = (own / _OUTCOME).read_text(encoding="utf-8")
        return "" if outcome == _SWITCHED else outcome

    def _try(self, switch: Switch) -> str:
        """Do what is not done yet, or undo it all and say why."""
        documents, others = Path(switch.documents), switch.candidate != switch.current
        if others and self._store.current_id() == switch.candidate:
            return ""  # the snapshot comes last, so the documents are written
        try:
            for change in switch.changes:
                _apply(documents, change)
            if others:
                self._store.promote(switch.candidate)
        except (PublishingError, SnapshotError, OSError) as error:
            if others and self._store.current_id() == switch.candidate:
                raise
            for change in reversed(switch.changes):
                with contextlib.suppress(PublishingError):  # it is as somebody else wrote it, and stays so
                    _apply(documents, FileChange(change.path, change.after, change.before))
            self._store.demote(switch.candidate)
            return f"Nothing was published: {_said(error)}"
        return ""

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else builds or switches; waits for a build that is under way."""
        end = time.monotonic() + _PATIENCE
        with contextlib.ExitStack() as stack:
            while True:
                try:
                    stack.enter_context(self._store.lock())
                    break
                except SnapshotError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.1)
            yield


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'a document'} cannot be written ({error.strerror}). Make room or give the right to write."
    return str(error)


def _read(journal: Path) -> Switch:
    raw = json.loads(journal.read_text(encoding="utf-8"))
    return Switch(**raw | {"changes": tuple(FileChange(**change) for change in raw["changes"])})


def document_path(documents: Path, path: str) -> Path:
    """Where a document stands, `path` being `<collection>/<slug>/<language>.md`.

    Raises:
        PublishingError: it would stand elsewhere.
    """
    parts = path.split("/")
    if len(parts) != 3 or any(part in {"", ".", ".."} or part.startswith(".") or "\0" in part for part in parts):
        raise PublishingError(f"{path!r} is no place of a document. Write it as <collection>/<slug>/<language>.md.")
    return documents.joinpath(*parts)


def read_document(path: Path) -> str | None:
    """The text of a file, also of one that is not UTF-8; `None` if there is none."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None


def _apply(documents: Path, change: FileChange) -> None:
    """Write or remove a file, unless that is done; raises where it is neither as before nor as after."""
    target = document_path(documents, change.path)
    _beside(target).unlink(missing_ok=True)
    now = read_document(target)
    if now == change.after:
        return
    if now != change.before:
        raise PublishingError(f"{change.path} was changed by somebody else meanwhile. Look at it, then publish again.")
    if change.after is None:
        target.unlink()
        with contextlib.suppress(OSError):  # other languages stand there
            target.parent.rmdir()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, change.after.encode("utf-8", "surrogateescape"))


def _write(target: Path, content: bytes) -> None:
    write_durably(target, content, beside=_beside(target))


def _beside(target: Path) -> Path:
    """Always the same, so that the next process removes what a killed one left; only one publishes at a time."""
    return target.with_name(f".{target.name}.publishing")
