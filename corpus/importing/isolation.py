"""Reading a file in a process of its own, so that a hostile one harms nothing: not the server, its memory or its time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.importing.refusal import Refusal, refused
from corpus.importing.values import Imported, ImportLimits

_ROOT = Path(__file__).resolve().parents[2]
_AT_ONCE = threading.BoundedSemaphore(2)
_LONGEST_WAIT = 30.0
_WORKER = (sys.executable, "-P", "-s", "-W", "ignore", "-m", "corpus.importing.worker")


class _Refused(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Refusal
    page: Annotated[int, Field(ge=1)] | None = None
    details: dict[str, str] = {}


class _Reply(BaseModel):
    """What the process may answer: one of the two."""

    model_config = ConfigDict(extra="forbid")

    imported: Imported | None = None
    refused: _Refused | None = None


_REPLY = TypeAdapter(_Reply)


def import_file(content: bytes, name: str, *, limits: ImportLimits | None = None) -> Imported:
    """The text of a file and what is proposed about it.

    The file is parsed in a separate process that is held to `limits`, may not write, connect or start anything, and answers in
    JSON, which is checked. The call waits for it; it may be made from several threads, two files are read at once.

    Args:
        content: the bytes of the file.
        name: its name; the ending has to fit the content.
        limits: how large, long and slow it may be.

    Raises:
        ImportRefusedError: the file cannot be taken, with the reason, the page where one is at fault, and how to repair it.
    """
    limits = limits or ImportLimits()
    if not content:
        raise refused(Refusal.EMPTY)
    if len(content) > limits.most_bytes:
        raise refused(Refusal.TOO_LARGE, size=_megabytes(len(content)), limit=_megabytes(limits.most_bytes))
    if not _AT_ONCE.acquire(timeout=_LONGEST_WAIT):
        raise refused(Refusal.BUSY)
    try:
        reply = _ask_worker(content, name, limits)
    finally:
        _AT_ONCE.release()
    return _read_reply(reply)


def _ask_worker(content: bytes, name: str, limits: ImportLimits) -> bytes:
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(json.dumps({"name": name[-200:], "limits": asdict(limits)}).encode() + b"\n" + content)
        question.seek(0)
        code = _run(question, answer, limits.seconds)
        if code:
            raise refused(_reason_of(code))
        answer.seek(0)
        return answer.read()


def _run(question: IO[bytes], answer: IO[bytes], seconds: float) -> int:
    """The exit code of the process; None of its descendants outlives it.

    Raises:
        ImportRefusedError: it did not end in time and was killed.
    """
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        _WORKER,
        stdin=question,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
        start_new_session=True,
    )
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise refused(Refusal.TOO_SLOW) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _environment() -> dict[str, str]:
    """Nothing of the server's environment, which holds its secrets, beyond where the code stands."""
    inherited = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    path = os.pathsep.join(dict.fromkeys([str(_ROOT), *filter(None, inherited)]))
    return {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


def _reason_of(code: int) -> Refusal:
    if code in {-signal.SIGXCPU, -signal.SIGALRM}:
        return Refusal.TOO_SLOW
    return Refusal.TOO_MUCH_MEMORY if code == -signal.SIGKILL else Refusal.CRASHED


def _read_reply(reply: bytes) -> Imported:
    try:
        answer = _REPLY.validate_json(reply)
    except ValidationError as error:
        raise refused(Refusal.CRASHED) from error
    if answer.refused:
        raise refused(answer.refused.reason, page=answer.refused.page, **answer.refused.details)
    if answer.imported is None:
        raise refused(Refusal.CRASHED)
    return answer.imported


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
