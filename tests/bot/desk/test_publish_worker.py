"""The process that works on a publishing, put together from the settings as it is when it is started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk import publish_worker
from bot.desk.publish_jobs import JobState
from bot.desk.publish_lock import PublishLock
from bot.desk.publish_worker import golden_questions, main, open_publisher
from bot.desk.questions import DeskQuestions
from bot.settings import load_settings
from corpus import CharterError, Language
from tests.bot.conftest import OUTSIDE, HashedEncoder
from tests.bot.desk.publishing_doubles import NEW_FILE, Desk, prepare


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk at which nobody works, and the settings of its worker; golden questions are a folder with none."""
    folder = prepare(tmp_path / "desk")
    (tmp_path / "golden").mkdir()
    monkeypatch.setenv("MITHAQ_HOME", str(folder / "home"))
    monkeypatch.setenv("MITHAQ_CORPUS__DOCUMENTS", str(folder / "documents"))
    monkeypatch.setenv("MITHAQ_DESK__QUESTIONS", str(tmp_path / "golden"))
    monkeypatch.setattr("index.encoder.open_encoder", lambda *_, **__: HashedEncoder())
    monkeypatch.setattr("corpus.outside.load_outside", lambda: OUTSIDE)
    monkeypatch.setattr(publish_worker, "configure_logging", lambda *_, **__: None)
    return Desk.open(folder, start_worker=lambda _, lock: os.close(lock))


@pytest.fixture
def niceness(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    added: list[int] = []
    monkeypatch.setattr(os, "nice", added.append)
    yield added


def test_it_works_on_the_job_with_the_lock_it_was_given_and_gives_that_back(desk: Desk, niceness: list[int]) -> None:
    DeskQuestions(desk.database, desk.audit).add("Who won?", Language.EN, "refused", [], "amina")
    job = desk.publisher.start([desk.draft().id], "karim")
    lock = PublishLock(desk.home).acquire()
    assert main([job.id, "--lock", str(lock)]) == 0
    done = desk.publisher.get(job.id)
    assert (done.state, done.problem, done.scores["desk"]) == (JobState.DONE, "", (1.0, 1.0))
    assert (desk.documents / NEW_FILE).is_file()
    assert not PublishLock(desk.home).is_held()
    assert niceness == [10], "asking goes after visitors"


def test_started_by_hand_it_takes_the_lock_itself(desk: Desk, niceness: list[int]) -> None:
    job = desk.publisher.start([], "karim")
    assert main([job.id]) == 0
    assert desk.publisher.get(job.id).state is JobState.DONE


def test_an_unknown_job_is_told_and_gives_the_lock_back(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["none"]) == 1
    assert "There is no publishing none" in capsys.readouterr().err
    assert not PublishLock(desk.home).is_held()


def test_a_publisher_is_made_of_the_settings(desk: Desk) -> None:
    job = desk.publisher.start([], "karim")
    assert [one.id for one in open_publisher(load_settings()).jobs()] == [job.id]


def test_the_golden_questions_are_those_of_the_folder_or_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(golden_questions("")) == 4_580
    with pytest.raises(CharterError):
        golden_questions(str(tmp_path / "none"))
    monkeypatch.setattr(publish_worker, "CHECKOUT", tmp_path / "none")
    assert golden_questions("") == []
