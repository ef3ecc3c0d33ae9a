"""A server with a scripted assistant, run as a program by the browser tests: `served.py PORT`."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn

from bot.answer import Answer, AnswerStatus, Claim
from bot.conversation import Message
from bot.messages import load_texts
from bot.web.api import build_app
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
        if "partly_answered" in question:
            return Answer(AnswerStatus.PARTLY_ANSWERED, (Claim("Part of it.", (1,)),), spoken, (DOUBLES.citation(),))
        return DOUBLES.answered(spoken)


class PrintedJournal:
    """Writes every opinion as a line of JSON on the standard output."""

    def record_feedback(self, *feedback: Any) -> None:
        print(json.dumps(feedback), flush=True)


def main() -> None:
    app = build_app(ScriptedAssistant(), journal=PrintedJournal(), texts=load_texts(), snapshot=lambda: "scripted")
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
