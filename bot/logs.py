"""The log: one line per event, plain or as JSON, each with the id of its request; a question is in none unless it is wished."""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

from corpus import CharterError

LogFormat = Literal["plain", "json"]

# The request that is being worked on; empty outside of one.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
OWN = "mithaq"  # the loggers below it say what happens, all others only what is wrong
LEFT_OUT = "(its text is left out: it may hold a question)"


class _Formatter(logging.Formatter):
    """Leaves out the text of foreign exceptions, which may hold what was asked, unless questions may be logged."""

    def __init__(self, *, questions: bool) -> None:
        super().__init__()
        self._questions = questions

    def failure(self, record: logging.LogRecord) -> str:
        """The exception with those that led to it, the first one first."""
        error = record.exc_info[1] if record.exc_info else None
        told: list[str] = []
        while error is not None:
            ours = self._questions or isinstance(error, (CharterError, OSError))
            text = f"{type(error).__name__}: {error if ours else LEFT_OUT}"
            told.insert(0, "".join(traceback.format_tb(error.__traceback__)) + text)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(told)


class PlainFormatter(_Formatter):
    """A line for people: time, level, what happened, its details, the request."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; what a failure adds stands below it."""
        details = [f"{name}={value!r}" for name, value in _details(record).items()]
        request = REQUEST_ID.get()
        parts = [_time(record), record.levelname, record.name, record.getMessage(), *details]
        line = " ".join([*parts, f"[{request}]"] if request else parts)
        failure = self.failure(record)
        return f"{line}\n{failure}" if failure else line


class JsonFormatter(_Formatter):
    """A line for programs: one JSON object, never a line break in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The object."""
        told: dict[str, Any] = {
            "time": _time(record), "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage(),
        }  # fmt: skip
        if request := REQUEST_ID.get():
            told["request_id"] = request
        told |= _details(record)
        if failure := self.failure(record):
            told["failure"] = failure
        return json.dumps(told, ensure_ascii=True, default=str)


def configure_logging(form: LogFormat, *, questions: bool = False) -> None:
    """Sends every log line of this process to the standard error output in one form; for a server only."""
    handler = logging.StreamHandler()
    handler.setFormatter((JsonFormatter if form == "json" else PlainFormatter)(questions=questions))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OWN).setLevel(logging.INFO)
    logging.captureWarnings(True)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _details(record: logging.LogRecord) -> dict[str, Any]:
    """What was given as `extra={"details": …}`."""
    return dict(getattr(record, "details", {}))
