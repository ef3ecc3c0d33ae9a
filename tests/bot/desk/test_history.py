"""Going back to a kept snapshot and to what a document said."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.desk import publish_lock
from bot.desk.history import History
from bot.desk.publish_jobs import JobState
from bot.desk.publish_lock import PublishLock
from corpus import CharterError, PublishingError, SnapshotDamagedError, SnapshotMismatchError, SnapshotMissingError
from index import SnapshotStore, build_index
from tests.bot.conftest import HashedEncoder
from tests.bot.desk.publishing_doubles import NEW_FILE, NEW_TEXT, SAFFRON, Desk, passages_of, prepare

EDITED = "charter/territorial/en.md"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that published a new document, changed it, and removed it."""
    folder = prepare(tmp_path_factory.mktemp("prepared"))
    desk = Desk.open(folder)
    desk.publisher.start([desk.draft().id], "karim")
    desk.publisher.start([desk.draft_with(NEW_FILE, "Taliouine", "Taznakht").id], "karim")
    desk.publisher.start([desk.drafts.begin_from_document(NEW_FILE, "amina", remove=True).id], "karim")
    desk.database.close()
    return folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Desk:
    return Desk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))


@pytest.fixture
def history(desk: Desk) -> History:
    return History(desk.database, desk.home, desk.documents, desk.audit, desk.drafts)


def test_the_kept_snapshots_are_told_newest_first_with_the_documents_that_say_something_else(
    desk: Desk, history: History
) -> None:
    kept = history.snapshots()
    assert [one.id for one in kept] == SnapshotStore(desk.home).ids()[::-1]
    assert [one.is_current for one in kept] == [True, False, False, False]
    gone = ("saffron-desk/en.md",)
    assert [one.documents_differ for one in kept] == [(), gone, gone, ()]
    assert [one.passages for one in kept] == [kept[0].passages, *[kept[0].passages + 1] * 2, kept[0].passages]
    assert kept[0].created is not None
    assert history.snapshots() == kept
    file = desk.documents / EDITED
    file.write_text(file.read_text(encoding="utf-8").replace("Interns are", "Trainees are"), encoding="utf-8")
    assert [one.documents_differ for one in history.snapshots()][:2] == [(EDITED,), (EDITED, *gone)]


def test_one_click_goes_back_and_only_the_index_changes(desk: Desk, history: History) -> None:
    before, target = SnapshotStore(desk.home).require_current(), history.snapshots()[2].id
    kept = history.roll_back(target, "karim")
    assert (kept.id, kept.is_current, kept.documents_differ) == (target, True, ("saffron-desk/en.md",))
    assert "Taliouine" in desk.ask(SAFFRON)
    assert not (desk.documents / NEW_FILE).exists()
    entry = desk.audit.entries()[0]
    assert (entry.who, entry.action, entry.subject, entry.before) == ("karim", "snapshot.rolled_back", target, before)
    assert desk.publisher.start([], "karim").documents == ("saffron-desk/en.md",)


def test_a_snapshot_that_is_gone_damaged_or_of_another_encoder_is_not_gone_back_to(
    desk: Desk, history: History
) -> None:
    store = SnapshotStore(desk.home)
    current, first, second, _ = store.require_current(), *store.ids()[:3]
    (store.path(first) / "vectors.faiss").write_bytes(b"x")
    (store.path(second) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotMissingError, match="Choose one of"):
        history.roll_back("../" + first, "karim")
    for name in (first, second):
        with pytest.raises(SnapshotDamagedError):
            history.roll_back(name, "karim")
    assert "is damaged" in history.snapshots()[2].problem
    other = HashedEncoder()
    other.id = "other/1"
    build_index(passages_of(desk.documents), other, desk.home)
    with pytest.raises(SnapshotMismatchError, match="not the one in use"):
        history.roll_back(current, "karim")


def test_a_candidate_is_no_snapshot_to_go_back_to(desk: Desk, history: History) -> None:
    job = desk.publisher.start([desk.draft().id], "karim", must_agree=True)
    assert job.candidate not in [one.id for one in history.snapshots()]
    with pytest.raises(SnapshotMissingError):
        history.roll_back(job.candidate, "karim")
    target = history.snapshots()[1].id
    history.roll_back(target, "karim")
    assert desk.publisher.agree(job.id, "karim").state is JobState.WAITING, "it was compared with another index"
    assert desk.publisher.get(job.id).before_snapshot == target


def test_while_something_is_published_nobody_goes_back(
    desk: Desk, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish_lock, "_PATIENCE", 0.0)
    target = history.snapshots()[1].id
    lock = PublishLock(desk.home).acquire()
    with pytest.raises(PublishingError, match="being published at this moment"):
        history.roll_back(target, "karim")
    os.close(lock)
    job = Desk.open(desk.home.parent, start_worker=lambda _, lock: os.close(lock)).publisher.start([], "karim")
    desk.parts.jobs.change(job.id, JobState.SWITCHING)
    with pytest.raises(PublishingError, match="Resume it first"):
        history.roll_back(target, "karim")
    desk.publisher.resume(job.id, "karim")
    assert history.roll_back(target, "karim").is_current


def test_the_versions_of_a_document_are_what_was_published_newest_first(desk: Desk, history: History) -> None:
    removed, changed, made = history.document_versions(NEW_FILE)
    assert (removed.is_removed, removed.text, removed.who) == (True, "", "karim")
    assert "Taznakht" in changed.text
    assert (made.text, made.is_first) == (NEW_TEXT, False)
    assert history.document_versions("press/nothing/fr.md") == []


def test_what_a_document_said_before_the_desk_touched_it_is_a_version_too(desk: Desk, history: History) -> None:
    original = (desk.documents / EDITED).read_text(encoding="utf-8")
    desk.publisher.start([desk.draft_with(EDITED, "Interns are", "Trainees are").id], "karim")
    new, first = history.document_versions(EDITED)
    assert (first.text, first.is_first, first.audit_id) == (original, True, new.audit_id)
    assert history.restore_version(EDITED, first.audit_id, "amina", first=True).text == original


def test_a_version_is_restored_as_a_draft_and_nothing_is_published(desk: Desk, history: History) -> None:
    made = history.document_versions(NEW_FILE)[-1]
    draft = history.restore_version(NEW_FILE, made.audit_id, "amina")
    assert (draft.path, draft.text, draft.state, draft.origin) == (
        NEW_FILE,
        NEW_TEXT,
        "open",
        f"version:{made.audit_id}",
    )
    assert not (desk.documents / NEW_FILE).exists()
    with pytest.raises(CharterError):
        history.restore_version(NEW_FILE, made.audit_id, "karim")


def test_a_version_without_a_text_cannot_be_restored(desk: Desk, history: History) -> None:
    removed = history.document_versions(NEW_FILE)[0]
    for number in (removed.audit_id, 10_000):
        with pytest.raises(PublishingError, match="no text of"):
            history.restore_version(NEW_FILE, number, "amina")
