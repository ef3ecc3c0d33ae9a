"""A server with a scripted assistant, run as a program by the browser tests: `served.py PORT [HOME SITE …]`.

`served.py PORT --limited` lets a visitor ask three times a minute, behind a trusted proxy on this machine.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn

from bot.answer import Answer, AnswerStatus, Claim
from bot.conversation import Message
from bot.messages import load_texts
from bot.networks import read_networks
from bot.pause import PauseFile
from bot.web.api import build_app
from bot.web.fair_use import Limits
from corpus import Language

TESTS = Path(__file__).parents[1]


def load_doubles() -> Any:
    """The small answers of the web's unit tests."""
    spec = importlib.util.spec_from_file_location("web_doubles", TESTS / "bot" / "web" / "conftest.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DOUBLES = load_doubles()


class ScriptedAssistant(DOUBLES.QueuedAssistant):
    """Chooses the outcome by a word of the question."""

    def ask(
        self,
        question: str,
        language: Language | None = None,
        page_language: Language | None = None,
        history: Sequence[Message] = (),
    ) -> Answer:
        spoken = Language.AR if any("\u0600" <= letter <= "\u06ff" for letter in question) else page_language
        spoken = spoken or Language.EN
        if question.startswith("And ") and history:
            return replace(DOUBLES.answered(spoken), completed=f"{history[0].content} {question}")
        if "fail" in question:
            raise RuntimeError("scripted")
        for status in (AnswerStatus.NOT_IN_CORPUS, AnswerStatus.OUT_OF_SCOPE, AnswerStatus.TOO_LONG):
            if status in question:
                return DOUBLES.service(status, spoken)
        if question.startswith("poisoned "):
            return poisoned(question.removeprefix("poisoned "), spoken)
        if "partly_answered" in question:
            return Answer(AnswerStatus.PARTLY_ANSWERED, (Claim("Part of it.", (1,)),), spoken, (DOUBLES.citation(),))
        return DOUBLES.answered(spoken)


class SlowAssistant(ScriptedAssistant):
    """Takes longer to answer than a crowd takes to come."""

    def ask(self, *args: Any, **more: Any) -> Answer:
        time.sleep(4)
        return super().ask(*args, **more)


def poisoned(text: str, language: Language) -> Answer:
    """An answer from a document whose every field holds the text."""
    citation = DOUBLES.citation(
        title=text, section=text, publisher=text, source_title=text, passage_text=f"Before. {text} After.",
        quotes=(text,), url="javascript:alert(1)",
    )  # fmt: skip
    claims = (Claim(f"It says {text}", (1,)), Claim(text, (1,), listed=True))
    return Answer(AnswerStatus.ANSWERED, claims, language, (citation,))


class PrintedJournal:
    """Writes every opinion as a line of JSON on the standard output."""

    def record_feedback(self, *feedback: Any) -> None:
        print(json.dumps(feedback), flush=True)


def main() -> None:
    port, *more = sys.argv[1:]
    if more == ["--limited"]:
        limited = {"limits": Limits(per_minute=3), "trusted_proxies": read_networks("127.0.0.1")}
        serve(int(port), asks_waiting=200, patience=60, **limited)
        return
    if more == ["--slow"]:
        serve(int(port), SlowAssistant(), asks_at_once=12, asks_waiting=24, patience=60)
        return
    embedded = {"is_paused": PauseFile(Path(more[0])).is_paused, "embed_sites": more[1:]} if more else {}
    serve(int(port), **embedded)


def serve_desk(port: int, desk: Any) -> None:
    """The same with a staff desk, where every test signs in from one address."""
    from bot.web.staff import signing

    signing.TRIES_A_MINUTE = 10_000
    serve(port, desk=desk)


def serve(port: int, assistant: ScriptedAssistant | None = None, **more: Any) -> None:
    texts = load_texts()
    app = build_app(
        assistant or ScriptedAssistant(), journal=PrintedJournal(), texts=texts, snapshot=lambda: "scripted", **more
    )
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", proxy_headers=False)


if __name__ == "__main__":
    main()
