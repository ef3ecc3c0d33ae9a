"""What the reading process gives up, and how it answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.importing import ImportLimits, worker

LIMITS = ImportLimits()
START = "from corpus.importing.worker import hold_to, forbid\nfrom corpus.importing.values import ImportLimits\nimport sys, os\n"
ROOT = str(Path(__file__).parents[3])


def held(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process that has taken the limits on."""
    code = f"{START}hold_to(ImportLimits(memory=500_000_000, cpu_seconds=1, seconds=20))\nsys.addaudithook(forbid)\n{program}"
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env={"PYTHONPATH": ROOT}, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "open('/tmp/mithaq-test-file', 'w')",
        "os.open('/tmp/mithaq-test-file', os.O_CREAT | os.O_WRONLY)",
        "os.remove('/tmp/mithaq-test-file')",
    ],
)
def test_it_may_not_connect_start_or_write_anything(program: str) -> None:
    done = held(program)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr


def test_it_may_read_and_think() -> None:
    assert held(f"print(len(open({__file__!r}).read()) > 0)").stdout == "True\n"


def test_more_memory_or_time_than_allowed_ends_it() -> None:
    assert "MemoryError" in held("x = bytearray(600_000_000)").stderr
    assert held("while True: pass").returncode < 0


def test_an_answer_is_the_text_or_the_reason() -> None:
    assert worker.answer(b"Some text.", "a.txt", LIMITS)["imported"]["markdown"] == "Some text."
    assert worker.answer(b"", "a.txt", LIMITS) == {"refused": {"reason": "empty", "page": None, "details": {}}}


@pytest.mark.parametrize(("error", "reason"), [(MemoryError, "too-much-memory"), (RecursionError, "hostile")])
def test_what_a_parser_cannot_bear_is_a_reason_too(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception], reason: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(worker, "read_file", fail)
    assert worker.answer(b"x", "a.txt", LIMITS)["refused"]["reason"] == reason


def test_reading_is_allowed_and_writing_is_not() -> None:
    worker.forbid("open", ("a", "r", os.O_RDONLY))
    worker.forbid("import", ("a",))
    with pytest.raises(PermissionError):
        worker.forbid("open", ("a", "w", os.O_WRONLY))
    with pytest.raises(PermissionError):
        worker.forbid("socket.connect", ())
