"""The steps of a publishing: what stops it, and what happens when the world changes meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.desk.golden import GoldenQuestion, Origin
from bot.desk.publish_jobs import JobState, ProblemKind, PublishJob
from index import SnapshotStore, build_index
from tests.bot.conftest import HashedEncoder
from tests.bot.desk.publishing_doubles import (
    CAP,
    NEW_FILE,
    NEW_TEXT,
    QUESTIONS,
    SAFFRON,
    Desk,
    golden,
    passages_of,
    prepare,
)

EDITED = "charter/territorial/en.md"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Desk:
    return Desk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))


def changed(desk: Desk, **parts: Any) -> Desk:
    return Desk.open(desk.home.parent, **parts)


def refused(desk: Desk, job: PublishJob, kind: ProblemKind, said: str) -> None:
    """Nothing of the job is published, and it says why."""
    assert (job.state, job.problem_kind) == (JobState.FAILED, kind)
    assert said in job.problem
    assert SnapshotStore(desk.home).candidates() == []
    assert not (desk.documents / NEW_FILE).exists()
    assert all(desk.drafts.get(draft_id).state == "open" for draft_id in job.drafts)
    assert desk.publisher.unfinished() is None


def test_a_finding_at_a_draft_blocks_with_its_line(desk: Desk) -> None:
    draft = desk.draft(text=NEW_TEXT.replace("confidence: press", "confidence: rumour"))
    refused(desk, desk.publisher.start([draft.id], "karim"), ProblemKind.FINDINGS, f"{NEW_FILE}:9: error: `confidence`")


def test_another_figure_in_one_language_on_the_disk_blocks_what_is_published_without_drafts(desk: Desk) -> None:
    file = desk.documents / "charter/premium-cap/fr.md"
    file.write_text(file.read_text(encoding="utf-8").replace("30 %", "31 %"), encoding="utf-8")
    refused(desk, desk.publisher.start([], "karim"), ProblemKind.FINDINGS, "#cap has other figures than en.md")


def test_an_outdated_draft_blocks(desk: Desk) -> None:
    draft = desk.draft_with(EDITED, "Interns are", "Trainees are")
    file = desk.documents / EDITED
    file.write_text(file.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    job = desk.publisher.start([draft.id], "karim")
    refused(desk, job, ProblemKind.OUTDATED, f"{EDITED} was changed since its draft was begun")


def test_a_translation_that_nobody_accepted_blocks(desk: Desk) -> None:
    draft = desk.drafts.begin(NEW_FILE, NEW_TEXT, "amina", proposed=True)
    refused(desk, desk.publisher.start([draft.id], "karim"), ProblemKind.PROPOSED, "nobody has accepted it yet")


def test_a_discarded_draft_blocks(desk: Desk) -> None:
    draft = desk.draft()
    desk.drafts.discard(draft.id, draft.revision, "amina")
    job = desk.publisher.start([draft.id], "karim")
    assert (job.state, job.problem_kind) == (JobState.FAILED, ProblemKind.CHANGED)


def test_documents_that_cannot_be_written_to_block_before_anything_is_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = desk.draft()
    monkeypatch.setattr(os, "access", lambda *_: False)
    refused(desk, desk.publisher.start([draft.id], "karim"), ProblemKind.OTHER, "cannot be written to")


def test_without_an_index_it_says_how_to_build_one(desk: Desk) -> None:
    (desk.home / "current").unlink()
    refused(desk, desk.publisher.start([desk.draft().id], "karim"), ProblemKind.OTHER, "Run: mithaq index build")


def test_what_nobody_expected_fails_and_says_what(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> list[GoldenQuestion]:
        raise ZeroDivisionError("by zero")

    job = changed(desk, questions=broken).publisher.start([desk.draft().id], "karim")
    refused(desk, job, ProblemKind.OTHER, "ZeroDivisionError: by zero")
    assert "was interrupted" in caplog.text


def test_one_of_the_desks_own_questions_that_becomes_wrong_makes_it_wait(desk: Desk) -> None:
    own = golden(SAFFRON, "refused", origin=Origin.DESK)
    job = changed(desk, questions=lambda: (*QUESTIONS, own)).publisher.start([desk.draft().id], "karim")
    assert (job.state, job.below, job.scores["desk"]) == (JobState.WAITING, ("desk",), (1.0, 0.0))
    change = desk.publisher.changes(job.id)[0]
    assert (change.question, change.origin, change.after_right) == (SAFFRON, "desk", False)


def counting(desk: Desk, asked: list[str]) -> Desk:
    """The same desk; keeps of which snapshot an assistant was opened."""

    def open_assistant(snapshot_id: str) -> Assistant:
        asked.append(snapshot_id)
        return desk.parts.open_assistant(snapshot_id)

    return changed(desk, open_assistant=open_assistant)


def test_the_second_publishing_asks_only_the_new_snapshot(desk: Desk) -> None:
    asked: list[str] = []
    own = counting(desk, asked)
    first = own.publisher.start([own.draft().id], "karim")
    assert asked == [first.before_snapshot, first.candidate]
    draft = own.draft_with(EDITED, "Interns are", "Trainees are")
    second = own.publisher.start([draft.id], "karim")
    assert asked[2:] == [second.candidate]
    assert second.before_snapshot == first.candidate
    assert own.parts.memory.known(first.before_snapshot) == {}


def while_asking(desk: Desk, act: Callable[[], object]) -> Desk:
    """The same desk, where something happens once while the questions are asked."""
    acted: list[bool] = []

    def questions() -> tuple[GoldenQuestion, ...]:
        if not acted:
            acted.append(True)
            act()
        return QUESTIONS

    return changed(desk, questions=questions)


def test_a_draft_that_is_saved_meanwhile_is_not_published_and_not_lost(desk: Desk) -> None:
    draft = desk.draft()
    own = while_asking(desk, lambda: desk.drafts.save(draft.id, NEW_TEXT + "\nMore.\n", draft.revision, "amina"))
    job = own.publisher.start([draft.id], "karim")
    refused(desk, job, ProblemKind.CHANGED, f"The draft of {NEW_FILE} was changed meanwhile")
    assert desk.drafts.get(draft.id).text.endswith("More.\n")


def test_documents_that_change_on_the_disk_meanwhile_are_built_and_asked_again(desk: Desk) -> None:
    def pull() -> None:
        file = desk.documents / EDITED
        file.write_text(file.read_text(encoding="utf-8").replace("Interns are", "Trainees are"), encoding="utf-8")

    own = while_asking(desk, pull)
    job = own.publisher.start([desk.draft().id], "karim")
    assert job.state is JobState.DONE
    assert job.documents == (EDITED, NEW_FILE)
    assert SnapshotStore(desk.home).candidates() == []
    texts = [passage.text for passage in desk.parts.passages(job.after_snapshot)]
    assert any("Trainees are" in text for text in texts)
    assert any("Taliouine" in text for text in texts)


def test_an_index_that_is_built_meanwhile_is_what_the_candidate_is_compared_with(desk: Desk) -> None:
    def build() -> None:
        build_index(passages_of(desk.documents)[:-1], HashedEncoder(), desk.home)

    job = while_asking(desk, build).publisher.start([desk.draft().id], "karim")
    assert job.state is JobState.DONE
    assert len(SnapshotStore(desk.home).ids()) == 3
    assert job.before_snapshot == SnapshotStore(desk.home).ids()[1]


def test_a_document_that_is_removed_is_gone_from_disk_index_and_answers(desk: Desk) -> None:
    draft = desk.drafts.begin_from_document("guides/diving/fr.md", "amina", remove=True)
    job = desk.publisher.start([draft.id], "karim")
    assert (job.state, job.documents) == (JobState.DONE, ("diving/fr.md",))
    assert not (desk.documents / "guides/diving").exists()
    entry = desk.audit.entries(subject="guides/diving/fr.md")[0]
    assert (entry.action, entry.after) == ("document.removed", "")
    assert "brevet de moniteur" in entry.before


def test_a_switch_that_the_disk_refuses_and_cannot_undo_waits_to_be_resumed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draft = desk.draft()
    with monkeypatch.context() as patch:
        real = Path.replace

        def full(path: Path, target: Path) -> Path:
            if path.name.endswith(".publishing") and path.name != ".switch.json.publishing":
                raise OSError(28, "No space left on device", str(path))
            return real(path, target)

        patch.setattr(Path, "replace", full)
        job = desk.publisher.start([draft.id], "karim")
    assert (job.state, job.is_resumable, job.problem_kind) == (JobState.SWITCHING, True, ProblemKind.OTHER)
    assert "No space left" in job.problem
    assert desk.publisher.resume(job.id, "karim").state is JobState.DONE
    assert "Taliouine" in desk.ask(SAFFRON)


def test_a_database_that_fails_after_the_switch_leaves_it_to_be_resumed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draft = desk.draft()
    with monkeypatch.context() as patch:
        patch.setattr(type(desk.drafts), "mark_published", lambda *_: 1 / 0)
        job = desk.publisher.start([draft.id], "karim")
    assert (job.state, job.is_resumable) == (JobState.SWITCHING, True)
    assert "Taliouine" in desk.ask(SAFFRON)
    assert desk.publisher.resume(job.id, "karim").state is JobState.DONE
    assert desk.drafts.get(draft.id).state == "published"


def test_only_answers_decide_so_a_question_that_was_wrong_before_does_not_block(desk: Desk) -> None:
    wrong = replace(golden(CAP, "answered", "somewhere#else"), id="wrong")
    many = [replace(QUESTIONS[0], id=str(number)) for number in range(9)]
    job = changed(desk, questions=lambda: (wrong, *many)).publisher.start([desk.draft().id], "karim")
    assert (job.state, job.scores["right"]) == (JobState.DONE, (0.9, 0.9))
