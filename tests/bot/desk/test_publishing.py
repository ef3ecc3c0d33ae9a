"""Publishing from the outside: started, watched, cancelled, resumed, let pass; visitors notice nothing but the new answer."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.publish_jobs import JobState, ProblemKind
from bot.desk.publish_lock import PublishLock
from bot.desk.publish_steps import PublishSteps
from corpus import CharterError, PublishingError
from corpus.glossary import load_glossary
from index import LiveIndex, SnapshotStore
from tests.bot.conftest import HashedEncoder
from tests.bot.desk.publishing_doubles import CAP, NEW_FILE, QUESTIONS, SAFFRON, Desk, golden, prepare

WORSE = "The premiums of the main support scheme"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "desk"))


@pytest.fixture
def desk(folder: Path) -> Desk:
    return Desk.open(folder)


@pytest.fixture
def idle(folder: Path) -> Desk:
    """A desk whose processes die at once."""
    return Desk.open(folder, start_worker=lambda _, lock: os.close(lock))


def spoiling(desk: Desk) -> str:
    """The id of a draft after which no section tells which jobs count."""
    path = "charter/territorial/en.md"
    text = (desk.documents / path).read_text(encoding="utf-8")
    return desk.drafts.begin(path, text[: text.index("## Which jobs")], "amina").id


def test_a_new_document_is_published_with_its_file_its_answer_and_its_entries(desk: Desk) -> None:
    draft = desk.draft()
    job = desk.publisher.start([draft.id], "karim")
    assert (job.state, job.problem, job.drafts, job.who) == (JobState.DONE, "", (draft.id,), "karim")
    assert job.documents == (NEW_FILE,)
    assert (desk.documents / NEW_FILE).read_text(encoding="utf-8") == draft.text
    assert "Taliouine" in desk.ask(SAFFRON)
    assert desk.drafts.get(draft.id).state == "published"
    assert SnapshotStore(desk.home).current_id() == job.after_snapshot != job.before_snapshot
    assert job.scores == dict.fromkeys(("right", "answered", "refused"), (1.0, 1.0))
    published = desk.audit.entries(subject=NEW_FILE)[0]
    assert (published.action, published.who, published.before, published.after) == (
        "document.published", "karim", "", draft.text,
    )  # fmt: skip
    assert desk.audit.actions()[1:] == ["publish.started", "document.published", "snapshot.switched"]
    assert desk.publisher.unfinished() is None
    assert [one.id for one in desk.publisher.jobs()] == [job.id]


def test_what_lies_on_the_disk_is_published_without_drafts(desk: Desk) -> None:
    file = desk.documents / "charter/territorial/en.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Interns are", "Trainees are"), encoding="utf-8")
    job = desk.publisher.start([], "karim")
    assert (job.state, job.documents) == (JobState.DONE, ("charter/territorial/en.md",))
    assert desk.publisher.start([], "karim").documents == ()


def test_where_nothing_changed_nothing_is_asked_and_the_index_stays(desk: Desk) -> None:
    job = desk.publisher.start([], "karim")
    assert (job.state, job.scores, job.after_snapshot) == (JobState.DONE, {}, job.before_snapshot)


def test_every_changed_answer_is_shown_before_and_after(desk: Desk) -> None:
    draft = desk.draft_with("charter/premium-cap/en.md", "The cap covers the common", "It covers the common")
    job = desk.publisher.start([draft.id], "karim")
    (change,) = desk.publisher.changes(job.id)
    assert (change.question, change.language, change.origin) == (CAP, "en", "golden")
    assert "The cap covers" in change.before
    assert "It covers" in change.after
    assert (change.before_right, change.after_right) == (True, True)
    assert change.sections_before == change.sections_after == ("premium-cap#cap",)


def test_below_a_floor_it_waits_until_a_publisher_gives_a_reason(desk: Desk) -> None:
    draft_id = spoiling(desk)
    job = desk.publisher.start([draft_id], "karim")
    assert (job.state, job.problem_kind, job.below) == (JobState.WAITING, ProblemKind.BELOW, ("right", "answered"))
    assert "answered: 100.0% today, 50.0% afterwards, at least 99.0% is asked for." in job.problem
    worse = desk.publisher.changes(job.id)[0]
    assert (worse.question, worse.before_right, worse.after_right) == (QUESTIONS[1].question, True, False)
    assert SnapshotStore(desk.home).current_id() == job.before_snapshot
    with pytest.raises(PublishingError, match="Only a publisher may let it pass"):
        desk.publisher.agree(job.id, "karim")
    with pytest.raises(PublishingError, match="A reason is needed"):
        desk.publisher.override(job.id, "karim", "  ")
    done = desk.publisher.override(job.id, "karim", "Repealed in March.")
    assert (done.state, done.reason) == (JobState.DONE, "Repealed in March.")
    assert desk.audit.entries(subject=job.id)[0].reason == "Repealed in March."
    assert "Repealed in March." in desk.audit.entries(subject="charter/territorial/en.md")[0].reason


def test_an_override_is_only_for_one_that_waits(desk: Desk) -> None:
    job = desk.publisher.start([], "karim")
    for call in (lambda: desk.publisher.override(job.id, "k", "r"), lambda: desk.publisher.agree(job.id, "k")):
        with pytest.raises(PublishingError, match="does not wait for a word"):
            call()


def test_one_that_must_be_agreed_to_waits_although_every_floor_is_kept(desk: Desk) -> None:
    job = desk.publisher.start([desk.draft().id], "amina", must_agree=True)
    assert (job.state, job.problem_kind, job.below) == (JobState.WAITING, ProblemKind.AGREE, ())
    assert desk.publisher.agree(job.id, "karim").state is JobState.DONE
    assert "publish.agreed" in desk.audit.actions()


def test_only_one_is_worked_on_at_a_time(desk: Desk, idle: Desk) -> None:
    job = idle.publisher.start([], "karim")
    with pytest.raises(PublishingError, match="Another publishing is not finished"):
        desk.publisher.start([], "amina")
    with pytest.raises(PublishingError, match="Another publishing is not finished"):
        desk.parts.jobs.add({}, "amina", must_agree=False)
    desk.publisher.cancel(job.id, "amina")
    assert desk.publisher.start([], "amina").state is JobState.DONE


def test_an_unknown_draft_or_job_is_an_error_and_leaves_no_job(desk: Desk) -> None:
    with pytest.raises(CharterError):
        desk.publisher.start(["none"], "karim")
    assert desk.publisher.jobs() == []
    with pytest.raises(PublishingError, match="no publishing none"):
        desk.publisher.get("none")


def test_one_whose_process_died_is_shown_as_resumable_and_is_completed(desk: Desk, idle: Desk) -> None:
    job = idle.publisher.start([idle.draft().id], "karim")
    assert (job.state, job.running, job.is_resumable) == (JobState.QUEUED, False, True)
    assert desk.publisher.resume(job.id, "amina").state is JobState.DONE
    with pytest.raises(PublishingError, match="does not stand still"):
        desk.publisher.resume(job.id, "amina")


def test_one_that_is_worked_on_is_not_resumed(idle: Desk) -> None:
    job = idle.publisher.start([], "karim")
    lock = PublishLock(idle.home).acquire()
    try:
        assert idle.publisher.resume(job.id, "amina").running
    finally:
        os.close(lock)
    assert "publish.resumed" not in idle.audit.actions()


def test_a_cancelled_one_publishes_nothing_and_its_drafts_stay_open(desk: Desk) -> None:
    draft_id = spoiling(desk)
    job = desk.publisher.start([draft_id], "karim")
    done = desk.publisher.cancel(job.id, "amina")
    assert (done.state, done.cancelled_by) == (JobState.CANCELLED, "amina")
    assert SnapshotStore(desk.home).candidates() == []
    assert desk.drafts.get(draft_id).state == "open"
    with pytest.raises(PublishingError, match="is finished"):
        desk.publisher.cancel(job.id, "amina")


def asking_then(desk: Desk, act: Callable[[str], object]) -> Desk:
    """The same desk, where something happens as soon as the first question is asked."""
    acted: list[str] = []

    def open_assistant(snapshot_id: str) -> object:
        if not acted:
            acted.append(snapshot_id)
            unfinished = desk.publisher.unfinished()
            assert unfinished is not None
            act(unfinished.id)
        return desk.parts.open_assistant(snapshot_id)

    return Desk.open(desk.home.parent, open_assistant=open_assistant)


def test_one_that_is_cancelled_while_it_asks_ends_before_the_next_question(desk: Desk) -> None:
    def cancel(job_id: str) -> None:
        assert desk.publisher.get(job_id).running
        assert desk.publisher.cancel(job_id, "amina").state is JobState.ASKING

    job = asking_then(desk, cancel).publisher.start([desk.draft().id], "karim")
    assert job.state is JobState.CANCELLED
    assert len(desk.parts.memory.known(job.before_snapshot)) == 0
    assert not (desk.documents / NEW_FILE).exists()


def test_cancelled_when_it_just_came_to_wait_it_does_not_wait(desk: Desk, idle: Desk) -> None:
    job = idle.publisher.start([spoiling(idle)], "karim")
    assert PublishSteps(replace(desk.parts)).work(job.id).state is JobState.WAITING
    lock = PublishLock(desk.home).acquire()
    threading.Timer(0.2, os.close, [lock]).start()
    assert desk.publisher.cancel(job.id, "amina").state is JobState.CANCELLED


def test_one_that_writes_cannot_be_cancelled(idle: Desk) -> None:
    job = idle.publisher.start([], "karim")
    idle.parts.jobs.change(job.id, JobState.SWITCHING)
    with pytest.raises(PublishingError, match="being written already"):
        idle.publisher.cancel(job.id, "amina")


def test_visitors_are_answered_all_the_time_by_the_old_or_the_new_index(desk: Desk) -> None:
    live = LiveIndex(desk.home, HashedEncoder(), load_glossary())
    told: list[bool] = []
    problems: list[BaseException] = []
    stop = threading.Event()

    def visit() -> None:
        try:
            while not stop.is_set():
                hits = live.get().search(SAFFRON, golden("").language)
                told.append("Taliouine" in hits[0].passage.text)
                time.sleep(0.001)
        except BaseException as error:
            problems.append(error)

    visitors = [threading.Thread(target=visit) for _ in range(2)]
    for visitor in visitors:
        visitor.start()
    try:
        for _ in range(2):
            draft = desk.draft()
            assert desk.publisher.start([draft.id], "karim").state is JobState.DONE
            removal = desk.drafts.begin_from_document(NEW_FILE, "karim", remove=True)
            assert desk.publisher.start([removal.id], "karim").state is JobState.DONE
    finally:
        stop.set()
        for visitor in visitors:
            visitor.join(60)
    assert problems == []
    assert live.problem is None
    assert set(told) == {True, False}
