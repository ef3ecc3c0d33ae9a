"""Asking the same questions of two snapshots, remembering what was asked before."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, Database
from bot.desk.golden import GoldenQuestion, ask_golden, judge_answer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.answer import Answer
    from bot.assistant import Assistant
    from index import Encoder

_KEPT_AT_ONCE = 20
_REMEMBERED = 64
_ROOT = Path(__file__).parents[2]
_PROGRAM = (
    "bot/*.*",
    "bot/*_words/*.yaml",
    "index/*.*",
    "corpus/*.*",
    "corpus/parameters/*.yaml",
    "bot/web/texts/*.yaml",
)


@dataclass(frozen=True)
class Outcome:
    """How a question ended with one snapshot; `problem` says why that is wrong and is empty where it is right."""

    status: str
    reason: str
    text: str
    sections: tuple[str, ...]
    problem: str

    @property
    def is_right(self) -> bool:
        """Whether the answer is what was expected."""
        return not self.problem

    def says_as(self, other: Outcome) -> bool:
        """Whether a visitor would see the same."""
        return (self.status, self.reason, self.text, self.sections) == (
            other.status,
            other.reason,
            other.text,
            other.sections,
        )


class AskedAnswerRow(Base):
    """What one snapshot answered to one question."""

    __tablename__ = "asked_answers"

    snapshot_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)


class AnswerMemory:
    """Answers by snapshot and question: a snapshot never changes, so what it answered holds while the program is the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, snapshot_id: str) -> dict[str, Outcome]:
        """What a snapshot was asked, by the key of the question."""
        wanted = select(AskedAnswerRow).where(AskedAnswerRow.snapshot_id == snapshot_id)
        with self._database.session() as session:
            rows = list(session.scalars(wanted))
        return {row.key: Outcome(**row.outcome | {"sections": tuple(row.outcome["sections"])}) for row in rows}

    def keep(self, snapshot_id: str, outcomes: Mapping[str, Outcome]) -> None:
        """Remember answers, each for ever."""
        with self._database.session() as session:
            for key, outcome in outcomes.items():
                session.merge(AskedAnswerRow(snapshot_id=snapshot_id, key=key, outcome=asdict(outcome)))

    def forget_all_but(self, snapshot_ids: Iterable[str]) -> None:
        """Forget the answers of all other snapshots."""
        with self._database.session() as session:
            session.execute(delete(AskedAnswerRow).where(AskedAnswerRow.snapshot_id.not_in(list(snapshot_ids))))


def ask_all(
    questions: Sequence[GoldenQuestion],
    assistants: Mapping[str, Callable[[], Assistant]],
    memory: AnswerMemory,
    progress: Callable[[int, int], None],
) -> dict[str, list[Outcome]]:
    """For each snapshot its outcomes in the order of the questions; one question after the other, so that visitors go first.

    Args:
        questions: what is asked.
        assistants: by snapshot, what opens its assistant; not called where every answer is known.
        memory: gives what is known, and keeps each new answer soon, so that an interrupted asking goes on where it stopped.
        progress: called with (asked, to ask) before each question; what it raises ends the asking.
    """
    keys = [_key(question) for question in questions]
    known = {name: memory.known(name) for name in assistants}
    open_once = {name: cache(open_assistant) for name, open_assistant in assistants.items()}
    missing = [(name, place) for place, key in enumerate(keys) for name in assistants if key not in known[name]]
    new: dict[str, dict[str, Outcome]] = {name: {} for name in assistants}
    for done, (name, place) in enumerate(missing):
        progress(done, len(missing))
        new[name][keys[place]] = _outcome(questions[place], open_once[name]())
        if done % _KEPT_AT_ONCE == _KEPT_AT_ONCE - 1 or done == len(missing) - 1:
            for snapshot_id, outcomes in new.items():
                memory.keep(snapshot_id, outcomes)
                known[snapshot_id] |= outcomes
                outcomes.clear()
    progress(len(missing), len(missing))
    return {name: [known[name][key] for key in keys] for name in assistants}


def _outcome(question: GoldenQuestion, assistant: Assistant) -> Outcome:
    answer: Answer = ask_golden(assistant, question)
    return Outcome(
        status=answer.status,
        reason=answer.reason or "",
        text=answer.text,
        sections=tuple(citation.section_id for citation in answer.citations),
        problem=judge_answer(question, answer),
    )


def _key(question: GoldenQuestion) -> str:
    """Changes with every field of the question and with the program, so that only the documents tell two snapshots apart."""
    values = {field.name: _sorted(getattr(question, field.name)) for field in fields(question)}
    return hashlib.sha256(f"{program_version()}{json.dumps(values, sort_keys=True)}".encode()).hexdigest()


def _sorted(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return [_sorted(one) for one in value] if isinstance(value, tuple) else value


@cache
def program_version() -> str:
    """Changes with every file that an answer depends on beside the snapshot."""
    digest = hashlib.sha256()
    for pattern in _PROGRAM:
        for path in sorted(_ROOT.glob(pattern)):
            if path.suffix in {".py", ".yaml", ".json"}:
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class RememberingEncoder:
    """An encoder that embeds a question once for both snapshots.

    Args:
        encoder: what embeds.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.id = encoder.id
        self._encoder = encoder
        self._known: OrderedDict[str, NDArray[Any]] = OrderedDict()

    def encode_passages(self, texts: Sequence[str]) -> NDArray[Any]:
        """As the encoder."""
        return self._encoder.encode_passages(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[Any]:
        """As the encoder; the last single questions are remembered."""
        if len(texts) != 1:
            return self._encoder.encode_queries(texts)
        if texts[0] not in self._known:
            self._known[texts[0]] = self._encoder.encode_queries(texts)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[texts[0]]
