"""The same questions are asked of two snapshots, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from bot.answer import Answer, AnswerStatus, Claim
from bot.assistant import Assistant
from bot.database import Database
from bot.desk import asking
from bot.desk.asking import AnswerMemory, Outcome, RememberingEncoder, ask_all, program_version
from corpus import Language
from tests.bot.conftest import HashedEncoder
from tests.bot.desk.publishing_doubles import golden

QUESTIONS = [golden(f"Question {number}?", "refused") for number in range(45)]


class Asked:
    """Refuses, and keeps what it was asked."""

    def __init__(self) -> None:
        self.questions: list[str] = []

    def ask(self, question: str, **_: object) -> Answer:
        self.questions.append(question)
        return Answer(AnswerStatus.NOT_IN_CORPUS, (Claim(f"Not {question}"),), Language.EN)

    def open(self) -> Assistant:
        return cast("Assistant", self)


def quiet(_: int, __: int) -> None:
    """Nobody watches."""


@pytest.fixture
def memory(tmp_path: Path) -> AnswerMemory:
    return AnswerMemory(Database(f"sqlite:///{tmp_path / 'mithaq.db'}"))


def unopened() -> Assistant:
    raise AssertionError("every answer is known")


def test_both_are_asked_everything_and_the_second_time_nothing(memory: AnswerMemory) -> None:
    before, after, progress = Asked(), Asked(), list[tuple[int, int]]()
    outcomes = ask_all(
        QUESTIONS, {"a": before.open, "b": after.open}, memory, lambda done, total: progress.append((done, total))
    )
    assert before.questions == after.questions == [one.question for one in QUESTIONS]
    assert [one.text for one in outcomes["b"]] == [f"Not {one.question}" for one in QUESTIONS]
    assert progress == [(done, 90) for done in range(91)]
    again = ask_all(QUESTIONS, {"b": unopened}, memory, quiet)
    assert again == {"b": outcomes["b"]}


def test_an_interrupted_asking_goes_on_where_it_stopped(memory: AnswerMemory) -> None:
    def stop(done: int, _: int) -> None:
        if done == 30:
            raise KeyboardInterrupt

    first, second = Asked(), Asked()
    with pytest.raises(KeyboardInterrupt):
        ask_all(QUESTIONS, {"a": first.open}, memory, stop)
    ask_all(QUESTIONS, {"a": second.open}, memory, quiet)
    assert len(first.questions) == 30
    assert second.questions == [one.question for one in QUESTIONS[20:]]


@pytest.mark.parametrize(
    "change",
    [{"sections": frozenset({"a#b"})}, {"figures": frozenset({"3%"})}, {"expect": "answered"}, {"before": ("Hm?",)}],
)
def test_a_question_that_is_judged_otherwise_is_asked_again(memory: AnswerMemory, change: dict[str, Any]) -> None:
    ask_all(QUESTIONS[:1], {"a": Asked().open}, memory, quiet)
    asked = Asked()
    ask_all([replace(QUESTIONS[0], **change)], {"a": asked.open}, memory, quiet)
    assert asked.questions[-1] == QUESTIONS[0].question


def test_another_program_asks_again(memory: AnswerMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_all(QUESTIONS[:1], {"a": Asked().open}, memory, quiet)
    monkeypatch.setattr(asking, "program_version", lambda: "other")
    asked = Asked()
    ask_all(QUESTIONS[:1], {"a": asked.open}, memory, quiet)
    assert len(asked.questions) == 1


def test_the_program_is_another_when_a_file_of_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version_of(text: str) -> str:
        (tmp_path / "bot").mkdir(exist_ok=True)
        (tmp_path / "bot/routing.yaml").write_text(text, encoding="utf-8")
        program_version.cache_clear()
        return program_version()

    monkeypatch.setattr(asking, "_ROOT", tmp_path)
    assert version_of("a") == version_of("a") != version_of("b")
    program_version.cache_clear()


def test_what_other_snapshots_answered_is_forgotten(memory: AnswerMemory) -> None:
    ask_all(QUESTIONS[:2], {"a": Asked().open, "b": Asked().open}, memory, quiet)
    memory.forget_all_but(["b"])
    assert (len(memory.known("a")), len(memory.known("b"))) == (0, 2)


def test_only_what_a_visitor_sees_makes_two_outcomes_differ() -> None:
    one = Outcome("answered", "", "Yes.", ("a#b",), "")
    assert one.says_as(replace(one, problem="wrong"))
    changes: list[Callable[[], Outcome]] = [
        lambda: replace(one, text="No."), lambda: replace(one, sections=("c#d",)), lambda: replace(one, reason="unsure"),
    ]  # fmt: skip
    assert not any(one.says_as(change()) for change in changes)


class Counting(HashedEncoder):
    """Keeps which questions it embedded."""

    def __init__(self) -> None:
        self.queries: list[str] = []

    def encode_queries(self, texts: Any) -> Any:
        self.queries.extend(texts)
        return super().encode_queries(texts)


def test_a_question_is_embedded_once_for_both_and_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_REMEMBERED", 2)
    encoder = Counting()
    remembering = RememberingEncoder(encoder)
    for text in ("a", "a", "b", "a", "c", "a"):
        assert (remembering.encode_queries([text]) == HashedEncoder().encode_queries([text])).all()
    assert encoder.queries == ["a", "b", "c", "a"]
    remembering.encode_queries(["b", "c"])
    assert encoder.queries[-2:] == ["b", "c"]
    assert remembering.id == encoder.id
    assert remembering.encode_passages(["a", "b"]).shape[0] == 2
