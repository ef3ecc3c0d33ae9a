"""Questions reach the journal beside the answer's path, and a journal in trouble stops no answer."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from bot.answer import Answer, AnswerStatus, Claim, Reason
from bot.web.recorder import MOST_WAITING, QuestionRecorder
from corpus import Language


def refusal(completed: str = "") -> Answer:
    return Answer(AnswerStatus.OUT_OF_SCOPE, (Claim("No."),), Language.FR, reason=Reason.OFF_TOPIC, completed=completed)


class ListedJournal:
    def __init__(self) -> None:
        self.kept: list[tuple[str, str, dict[str, Any]]] = []
        self.forgot = 0
        self.open = threading.Event()
        self.open.set()
        self.trouble: Exception | None = None

    def record_question(self, answer_id: str, question: str, **details: Any) -> None:
        self.open.wait()
        if self.trouble:
            raise self.trouble
        self.kept.append((answer_id, question, details))

    def forget_old(self) -> int:
        self.forgot += 1
        return 0


@pytest.fixture
def journal() -> ListedJournal:
    return ListedJournal()


@pytest.fixture
def recorder(journal: ListedJournal) -> QuestionRecorder:
    return QuestionRecorder(journal, lambda: "s1")


def test_a_question_is_kept_with_how_it_ended(recorder: QuestionRecorder, journal: ListedJournal) -> None:
    answer = refusal()
    recorder.note("Who wins the cup?", answer)
    recorder.flush()
    ((answer_id, question, details),) = journal.kept
    assert (answer_id, question) == (answer.id, "Who wins the cup?")
    asked_at = details.pop("asked_at")
    assert asked_at.utcoffset() is not None
    assert details == {
        "language": "fr", "status": "out_of_scope", "reason": "off_topic", "sections": [], "snapshot_id": "s1", "estimate": False,
    }  # fmt: skip


def test_old_questions_are_forgotten_now_and_then_not_with_every_question(
    recorder: QuestionRecorder, journal: ListedJournal
) -> None:
    for _ in range(3):
        recorder.note("?", refusal())
    recorder.flush()
    assert (len(journal.kept), journal.forgot) == (3, 1)


def test_a_journal_in_trouble_stops_no_answer_and_is_tried_again(
    recorder: QuestionRecorder, journal: ListedJournal, caplog: pytest.LogCaptureFixture
) -> None:
    journal.trouble = RuntimeError("the question itself")
    with caplog.at_level(logging.ERROR):
        recorder.note("a secret", refusal())
        recorder.flush()
    assert "could not be kept" in caplog.text
    journal.trouble = None
    recorder.note("again", refusal())
    recorder.flush()
    assert [question for _, question, _ in journal.kept] == ["again"]


def test_a_slow_journal_delays_nobody_and_its_queue_is_bounded(
    recorder: QuestionRecorder, journal: ListedJournal, caplog: pytest.LogCaptureFixture
) -> None:
    journal.open.clear()
    for _ in range(MOST_WAITING + 50):
        recorder.note("?", refusal())
    journal.open.set()
    recorder.flush()
    assert MOST_WAITING <= len(journal.kept) <= MOST_WAITING + 1
    assert caplog.text.count("slower than the questions") == 1


def test_a_follow_up_is_kept_as_it_was_understood(recorder: QuestionRecorder, journal: ListedJournal) -> None:
    recorder.note("And in Safi?", refusal("What is the territorial premium in Safi?"))
    recorder.flush()
    assert [question for _, question, _ in journal.kept] == ["What is the territorial premium in Safi?"]


def test_old_questions_are_forgotten_also_while_nobody_asks(
    journal: ListedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = threading.Event()

    def forget() -> int:
        journal.forgot += 1
        if journal.forgot >= 3:
            forgotten.set()
        return 0

    monkeypatch.setattr(journal, "forget_old", forget)
    monkeypatch.setattr("bot.web.recorder.FORGET_EVERY", 0.01)
    QuestionRecorder(journal, lambda: "s1").note("?", refusal())
    assert forgotten.wait(30)
    monkeypatch.undo()


def test_what_was_lost_is_told_with_its_number_each_time(
    recorder: QuestionRecorder, journal: ListedJournal, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        journal.open.clear()
        for _ in range(MOST_WAITING + 50):
            recorder.note("?", refusal())
        journal.open.set()
        recorder.flush()
    told = [record.details["lost"] for record in caplog.records if hasattr(record, "details")]
    assert sum(told) == 2 * (MOST_WAITING + 50) - len(journal.kept)
    assert len(told) == 2
