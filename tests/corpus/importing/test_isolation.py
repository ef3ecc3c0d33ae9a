"""Reading a file in a process of its own."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

import pytest

from corpus import ImportRefusedError
from corpus.importing import ImportLimits, import_file, isolation
from tests.corpus.importing.files import pdf

PROGRAM = "import sys, os, time, signal\nquestion = sys.stdin.buffer.read()\n"


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Put another program in the place of the one that reads files."""
    monkeypatch.setattr(isolation, "_WORKER", (sys.executable, "-S", "-c", PROGRAM + program))


def reason(content: bytes = b"text", name: str = "a.txt", **limits: float) -> str:
    with pytest.raises(ImportRefusedError) as error:
        import_file(content, name, limits=ImportLimits(**limits))  # type: ignore[arg-type]
    return error.value.reason


def test_a_file_is_read_by_the_real_process() -> None:
    imported = import_file("Safi, le 3 mars 2025\n\nLe centre reçoit une délégation.".encode(), "a.txt")
    assert (imported.language, str(imported.published), imported.format) == ("fr", "2025-03-03", "text")
    assert imported.markdown == "Safi, le 3 mars 2025\n\nLe centre reçoit une délégation."[22:]


def test_a_refusal_crosses_with_its_page_and_words() -> None:
    with pytest.raises(ImportRefusedError, match=r"Page 1: Its Arabic words are written backwards\.") as error:
        import_file(pdf("reversed-dejavu"), "a.pdf")
    assert (error.value.reason, error.value.page) == ("reversed", 1)


def test_a_bomb_of_memory_and_an_endless_page_end_the_process_only() -> None:
    bomb = b"<html><body>" + b"<p>a" * 1_900_000
    assert reason(bomb, "a.html", memory=400_000_000) in {"too-much-memory", "crashed"}
    assert reason(pdf("chromium-naskh"), "a.pdf", cpu_seconds=1, seconds=0.05) == "too-slow"


def test_too_large_and_empty_files_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_WORKER", ("/nowhere/no-such-program",))
    assert reason(b"") == "empty"
    assert reason(b"x" * 11, most_bytes=10) == "too-large"


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("os._exit(3)", "crashed"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "too-much-memory"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "too-slow"),
        ("time.sleep(60)", "too-slow"),
        ("", "crashed"),
        ("print('[]')", "crashed"),
        ("print('{\"imported\": null}')", "crashed"),
        ('print(\'{"imported": {"markdown": 1}}\')', "crashed"),
        ('print(\'{"refused": {"reason": "invented"}}\')', "crashed"),
        ('print(\'{"refused": {"reason": "scan", "page": 4}}\')', "scan"),
        ("sys.stdout.write('x' * 3_000_000)", "crashed"),
    ],
)
def test_whatever_the_process_does_the_server_gets_a_reason(
    monkeypatch: pytest.MonkeyPatch, program: str, expected: str
) -> None:
    instead(monkeypatch, program)
    assert reason(seconds=1.5 if "sleep" in program else 20) == expected


def test_what_the_process_started_does_not_outlive_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child"
    start = "import subprocess\np = subprocess.Popen(['sleep', '60'])\n"
    program = f"{start}open({str(child)!r}, 'w').write(str(p.pid))\ntime.sleep(60)"
    instead(monkeypatch, program)
    assert reason(seconds=3) == "too-slow"
    state = Path(f"/proc/{int(child.read_text())}/stat")
    until = time.monotonic() + 10  # killed at once, but whoever inherits it may take a moment to bury it
    while is_alive(state) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_alive(state)


def is_alive(state: Path) -> bool:
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_process_gets_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_SECRET", "s")
    assert set(isolation._environment()) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "LC_ALL"}
    assert "s" not in isolation._environment().values()


def test_the_question_is_one_line_of_json_and_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    instead(monkeypatch, f"open({str(asked)!r}, 'wb').write(question)")
    reason(b"\x00\nfile", "ملف.txt")
    header, content = asked.read_bytes().split(b"\n", 1)
    assert json.loads(header)["name"] == "ملف.txt"
    assert content == b"\x00\nfile"


def test_more_files_than_can_be_read_at_once_wait_and_then_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_AT_ONCE", threading.BoundedSemaphore(1))
    monkeypatch.setattr(isolation, "_LONGEST_WAIT", 0.01)
    isolation._AT_ONCE.acquire()
    assert reason() == "busy"
    isolation._AT_ONCE.release()
    instead(monkeypatch, "os._exit(1)")
    assert reason() == "crashed"
    assert isolation._AT_ONCE.acquire(timeout=0.1)
