"""Doubles of the assistant and the journal for the web tests: they say what they were told and keep what they heard."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.answer import Answer, AnswerStatus, Citation, Claim
from bot.conversation import Message
from bot.messages import load_texts
from corpus import Confidence, Kind, Language

RATE = "The common premiums together may reach 30% of the eligible investment amount."
PASSAGE = (
    "The charter offers **three common premiums**.\n\n- Job creation: 5%, 7% or 10%.\n- Territorial: 10% or 15%.\n\n"
    f"{RATE} The agreement is signed with the State."
)
PASSAGE_FR = "Les primes communes peuvent atteindre 30 % du montant d'investissement primable."
SUGGESTED = {
    Language.EN: ["Which premiums exist?", "Who is eligible?"],
    Language.FR: ["Quelles primes existent ?", "Qui est éligible ?"],
    Language.ES: ["¿Qué primas existen?", "¿Quién puede acogerse?"],
    Language.ZH: ["有哪些补贴？", "谁可以申请？"],
    Language.AR: ["ما المنح المتاحة؟", "من يمكنه الاستفادة؟"],
}


def citation(number: int = 1, **changed: Any) -> Citation:
    fields: dict[str, Any] = {
        "number": number, "section_id": f"charter#premiums-{number}", "title": "The Investment Charter in brief",
        "section": "Which common premiums exist?", "kind": Kind.SUMMARY, "publisher": "Ministry of Investment",
        "published": date(2022, 12, 12), "as_of": date(2026, 11, 1), "url": "https://example.org/charter",
        "source_title": "Framework law 03-22", "language": Language.EN, "confidence": Confidence.OFFICIAL,
        "quotes": (RATE,), "passage_text": PASSAGE,
    }  # fmt: skip
    return Citation(**{**fields, **changed})


def answered(language: Language = Language.EN) -> Answer:
    french = citation(
        2, language=Language.FR, section="Quel est le plafond ?", title="La Charte en bref",
        quotes=(PASSAGE_FR,), passage_text=PASSAGE_FR, confidence=Confidence.PRESS,
    )  # fmt: skip
    claims = (
        Claim(RATE, (1,)),
        Claim("Job creation: 5%, 7% or 10%.", (1,), listed=True),
        Claim("Territorial: 10% or 15%.", (1, 2), listed=True),
        Claim(PASSAGE_FR, (2,), language=Language.FR),
    )
    return Answer(AnswerStatus.ANSWERED, claims, language, (citation(), french), as_of=date(2026, 11, 1))


def service(status: AnswerStatus, language: Language = Language.EN) -> Answer:
    return Answer(status, (Claim(load_texts()[language].status[status]),), language)


class QueuedAssistant:
    """Says the queued answers in order, then a cited one; keeps what it was asked."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = deque(answers)
        self.asked: list[tuple[str, Language | None, Language | None]] = []
        self.heard: list[list[Message]] = []
        self.before: Callable[[], object] = lambda: None

    def ask(
        self,
        question: str,
        language: Language | None = None,
        page_language: Language | None = None,
        history: Sequence[Message] = (),
    ) -> Answer:
        self.heard.append(list(history))
        self.asked.append((question, language, page_language))
        self.before()
        answer = self.answers.popleft() if self.answers else answered(language or page_language or Language.EN)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def suggestions(self, language: Language) -> list[str]:
        return SUGGESTED[language]


class ListJournal:
    """Keeps the feedback in a list."""

    def __init__(self) -> None:
        self.feedback: list[tuple[str, bool | None, str, str, list[str]]] = []

    def record_feedback(
        self, answer_id: str, helpful: bool | None, status: str, language: str, sections: list[str]
    ) -> None:
        self.feedback.append((answer_id, helpful, status, language, sections))


@pytest.fixture
def assistant() -> QueuedAssistant:
    return QueuedAssistant()


@pytest.fixture
def journal() -> ListJournal:
    return ListJournal()


def build_application(assistant: Any, journal: Any, **settings: Any) -> FastAPI:
    async def inside() -> FastAPI:
        from bot.web.api import build_app  # gradio takes seconds; only these tests pay

        # Gradio makes an application whenever its page is changed, each time throwing the one before away, and a last one when
        # it is mounted: only the last is ever used, and each takes a tenth of a second.
        with patch("gradio.blocks.App"):
            return build_app(
                assistant, journal=journal, texts=load_texts(), **{"snapshot": lambda: "test-1", **settings}
            )

    # Inside a running loop: Gradio makes loops of its own, and leaks them, where there is none.
    return asyncio.run(inside())


@pytest.fixture
def build_client(assistant: QueuedAssistant, journal: ListJournal) -> Callable[..., TestClient]:
    def build(**settings: Any) -> TestClient:
        return TestClient(build_application(assistant, journal, **settings), raise_server_exceptions=False)

    return build


class Switched:
    """Passes every call on to the doubles of the test that runs, so that tests can share an application."""

    assistant: QueuedAssistant
    journal: ListJournal

    def ask(self, *arguments: Any, **named: Any) -> Answer:
        return self.assistant.ask(*arguments, **named)

    def suggestions(self, language: Language) -> list[str]:
        return self.assistant.suggestions(language)

    def record_feedback(self, *arguments: Any) -> None:
        self.journal.record_feedback(*arguments)


@pytest.fixture(scope="module")
def app_settings() -> dict[str, Any]:
    """The settings of the application that the tests of a file share; a file puts its own in their place."""
    return {}


@pytest.fixture(scope="module")
def shared(app_settings: dict[str, Any]) -> tuple[FastAPI, Switched]:
    """An application for the tests of a file: building one takes a second."""
    switched = Switched()
    return build_application(switched, switched, **app_settings), switched


@pytest.fixture
def client(shared: tuple[FastAPI, Switched], assistant: QueuedAssistant, journal: ListJournal) -> TestClient:
    application, switched = shared
    switched.assistant, switched.journal = assistant, journal
    return TestClient(application, raise_server_exceptions=False)


@pytest.fixture
def serve(build_client: Callable[..., TestClient]) -> Iterator[Callable[..., str]]:
    """Starts a real server on this machine and gives its address."""
    with contextlib.ExitStack() as stack:
        yield lambda **settings: stack.enter_context(serving(build_client(**settings).app))


@pytest.fixture(scope="module")
def shared_address(shared: tuple[FastAPI, Switched]) -> Iterator[str]:
    """The same of the application that the tests of a file share; `client` gives it the doubles of a test."""
    with serving(shared[0]) as address:
        yield address


@contextlib.contextmanager
def serving(app: Any) -> Iterator[str]:
    import uvicorn

    with contextlib.closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, args=([door],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture(name="citation")
def _citation() -> Callable[..., Citation]:
    return citation


@pytest.fixture(name="answered")
def _answered() -> Callable[..., Answer]:
    return answered


@pytest.fixture(name="service")
def _service() -> Callable[..., Answer]:
    return service
