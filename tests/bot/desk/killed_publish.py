"""Kills a publishing at every step that leaves a trace on the disk, and looks at what is left: python killed_publish.py FOLDER.

A trace is what survives the process: a file renamed, removed or flushed by the switch, a snapshot moved, a transaction committed.
The process forks a child for each, which is killed (SIGKILL) just before its trace of that number; what is left is looked at, the
publishing is resumed by another child, and what it ends in is looked at again. Everything is imported once, so that a kill takes a
moment. Prints a line for each kill, then the count.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.desk.publish_jobs import JobState, PublishJob
from bot.desk.publish_steps import PUBLISHED, REMOVED, SWITCHED, PublishSteps
from bot.desk.switching import Switching
from corpus.loading import load_corpus
from index import SnapshotStore
from tests.bot.desk.publishing_doubles import NEW_FILE, NEW_TEXT, SAFFRON, Desk, prepare

EDITED = "charter/territorial/en.md"
REMOVED_FILE = "guides/diving/fr.md"
OLD, NEW = "Interns are not counted", "Interns never count"
TRACES = ((Path, "replace"), (Path, "unlink"), (Path, "rmdir"), (shutil, "rmtree"), (os, "fsync"))


class Traces:
    """Counts what leaves a trace, and kills this process just before a certain one."""

    def __init__(self, fatal: int) -> None:
        self.count = 0
        self._fatal = fatal

    def step(self) -> None:
        self.count += 1
        if self.count == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Every trace is counted within."""
        originals = [(owner, name, getattr(owner, name)) for owner, name in TRACES]
        for owner, name, original in originals:
            setattr(owner, name, self._counted(original))
        event.listen(Engine, "commit", self._before_commit)
        try:
            yield
        finally:
            event.remove(Engine, "commit", self._before_commit)
            for owner, name, original in originals:
                setattr(owner, name, original)

    def _before_commit(self, _: Any) -> None:
        self.step()

    def _counted(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return original(*args, **kwargs)

        return counted


def in_child(work: Callable[[], object]) -> int:
    """Runs it in a fork of this process; its exit code, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def start(folder: Path) -> str:
    """Drafts of a new, a changed and a removed document, and a publishing of them that nobody works on yet."""
    desk = Desk.open(prepare(folder), start_worker=lambda _, lock: os.close(lock))
    drafts = [
        desk.draft(),
        desk.draft_with(EDITED, OLD, NEW),
        desk.drafts.begin_from_document(REMOVED_FILE, "amina", remove=True),
    ]
    return desk.publisher.start([draft.id for draft in drafts], "karim").id


def publish(folder: Path, job_id: str, fatal: int = 0) -> int:
    """Works on the publishing; the number of traces it left."""
    desk, traces = Desk.open(folder), Traces(fatal)
    with traces.watched():
        PublishSteps(desk.parts).work(job_id)
    desk.database.close()
    return traces.count


def answers(desk: Desk) -> bool:
    """Whether the index in use finds what the new document says."""
    return "Taliouine" in desk.ask(SAFFRON)


def look(folder: Path, job_id: str) -> PublishJob:
    """Old or new index, whole documents, no draft lost; whatever moment it is."""
    desk = Desk.open(folder)
    store = SnapshotStore(desk.home)
    current = store.require_current()
    job = desk.publisher.get(job_id)
    assert job.is_resumable or job.is_final, job
    assert current in {job.before_snapshot, job.candidate} or not job.before_snapshot
    assert answers(desk) is (current == job.candidate), "old or new index, and it answers"
    load_corpus(desk.documents)
    edited = (desk.documents / EDITED).read_text(encoding="utf-8")
    assert (OLD in edited) is not (NEW in edited), "no half document"
    assert edited.endswith("for the State.\n")
    new = desk.documents / NEW_FILE
    assert not new.exists() or new.read_text(encoding="utf-8") == NEW_TEXT, "no half document"
    for draft_id in job.drafts:
        assert desk.drafts.get(draft_id).text, "no saved draft lost"
    desk.database.close()
    return job


def look_at_the_end(folder: Path, job_id: str) -> None:
    """All is published, once, and nothing is left over."""
    job = look(folder, job_id)
    assert job.state is JobState.DONE, job
    desk = Desk.open(folder)
    assert answers(desk)
    assert NEW in (desk.documents / EDITED).read_text(encoding="utf-8")
    assert not (desk.documents / REMOVED_FILE).exists()
    assert [desk.drafts.get(draft_id).state for draft_id in job.drafts] == ["published"] * 3
    recorded = desk.audit.actions()
    assert [recorded.count(action) for action in (PUBLISHED, REMOVED, SWITCHED)] == [2, 1, 1], recorded
    assert SnapshotStore(desk.home).candidates() == []
    assert not list((desk.home / "publishing").glob("*/*"))
    assert not [path for path in folder.rglob(".*") if path.is_file() and path.name != ".lock"]
    desk.database.close()


def restart(folder: Path) -> None:
    """What a server does first: completes what was begun, and builds from the documents."""
    desk = Desk.open(folder)
    Switching(desk.home, keep=5).complete_interrupted()
    documents = load_corpus(desk.documents).documents
    texts = {document.path for document in documents}
    written = [desk.documents / NEW_FILE in texts, NEW in (desk.documents / EDITED).read_text(encoding="utf-8"),
               not (desk.documents / REMOVED_FILE).exists()]  # fmt: skip
    assert len(set(written)) == 1, "all documents or none"
    assert written[0] is answers(desk)
    desk.database.close()


def main(folder: Path, step: int) -> None:
    pristine = folder / "pristine"
    job_id = start(pristine)
    counted = folder / "counted"
    shutil.copytree(pristine, counted)
    traces = publish(counted, job_id)
    look_at_the_end(counted, job_id)
    kills = 0
    for fatal in range(1, traces + 1, step):
        case = folder / str(fatal)
        shutil.copytree(pristine, case)
        assert in_child(lambda: publish(case, job_id, fatal)) == -signal.SIGKILL  # noqa: B023
        state = look(case, job_id).state
        if fatal % 2:
            restart(case)
        assert in_child(lambda: publish(case, job_id)) == 0  # noqa: B023
        look_at_the_end(case, job_id)
        kills += 1
        print(f"{fatal}/{traces} {state}", flush=True)
        shutil.rmtree(case)
    print(f"killed {kills}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
