"""The log's two forms: one line per event, the request's id, and never a question by accident."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from bot.logs import LEFT_OUT, REQUEST_ID, JsonFormatter, PlainFormatter, configure_logging
from corpus import CharterError

QUESTION = "Can my cousin Youssef get 40%?"


def record(error: BaseException | None = None, message: str = "It happened.", **details: Any) -> logging.LogRecord:
    info: Any = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("mithaq.test", logging.INFO, "x.py", 1, message, None, info)
    made.details = details
    return made


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception:
        return sys.exc_info()[1]  # type: ignore[return-value]


def test_a_json_line_is_one_object_with_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    token = REQUEST_ID.set("abc-12345")
    try:
        line = JsonFormatter(questions=False).format(record(message="Two\nlines ما", path="/api/ask", status=200))
    finally:
        REQUEST_ID.reset(token)
    assert "\n" not in line
    told = json.loads(line)
    assert told["time"].endswith("Z")
    told.pop("time")
    assert told == {
        "level": "info", "logger": "mithaq.test", "message": "Two\nlines ما", "request_id": "abc-12345",
        "path": "/api/ask", "status": 200,
    }  # fmt: skip


def test_a_plain_line_quotes_its_details_so_that_none_can_break_it() -> None:
    line = PlainFormatter(questions=False).format(record(path="/x\n2026 ERROR forged"))
    assert "\n" not in line
    assert r"path='/x\n2026 ERROR forged'" in line


@pytest.mark.parametrize("form", [PlainFormatter, JsonFormatter])
def test_the_text_of_a_foreign_exception_is_left_out(form: Any) -> None:
    error = raised(ValueError(QUESTION))
    line = form(questions=False).format(record(error))
    assert "Youssef" not in line
    assert f"ValueError: {LEFT_OUT}" in line
    assert "test_logs.py" in line, "where it was raised stays"
    assert "Youssef" in form(questions=True).format(record(error))


def test_our_own_errors_say_what_to_repair() -> None:
    line = PlainFormatter(questions=False).format(record(raised(CharterError("The index is damaged. Build it."))))
    assert "The index is damaged. Build it." in line


def test_the_errors_that_led_to_one_are_told_without_their_texts() -> None:
    try:
        try:
            raise KeyError(QUESTION)
        except KeyError as cause:
            raise RuntimeError(QUESTION) from cause
    except RuntimeError as error:
        line = PlainFormatter(questions=False).format(record(error))
    assert line.index("KeyError") < line.index("RuntimeError")
    assert "Youssef" not in line.replace("raise KeyError(QUESTION)", "")


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    root, own = logging.getLogger(), logging.getLogger("mithaq")
    handlers, levels = root.handlers[:], (root.level, own.level)
    yield
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    own.setLevel(levels[1])


@pytest.mark.usefixtures("logging_as_it_was")
def test_a_server_logs_its_own_events_and_what_is_wrong_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("json")
    logging.getLogger("mithaq.access").info("request")
    logging.getLogger("httpx").info("chatter")
    logging.getLogger("uvicorn.error").error("trouble")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["message"] for line in lines] == ["request", "trouble"]
