"""The process that reads a foreign file: `python -m corpus.importing.worker`, started by `isolation.py` and by nothing else.

It reads one line of JSON and the file from its input, and writes one line of JSON. Before the first byte of the file is looked at,
it gives up what it does not need: memory, time, files to write, the network, other programs.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from typing import Any

from corpus.errors import ImportRefusedError
from corpus.importing.reading import read_file
from corpus.importing.refusal import Refusal, refused
from corpus.importing.values import ImportLimits

MOST_REPLY = 16_000_000
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "shutil.",
    "pty.",
)
_CHANGING = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.chown",
    "os.truncate",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> int:
    """Read the question, answer it, and return 0; a file that is refused is an answer."""
    header = json.loads(sys.stdin.buffer.readline())
    limits = ImportLimits(**header["limits"])
    hold_to(limits)
    sys.addaudithook(forbid)
    json.dump(answer(sys.stdin.buffer.read(), header["name"], limits), sys.stdout, default=str, ensure_ascii=True)
    sys.stdout.flush()
    return 0


def answer(content: bytes, name: str, limits: ImportLimits) -> dict[str, Any]:
    """The reply about a file: `imported` with its text, or `refused` with the reason."""
    try:
        return {"imported": asdict(read_file(content, name, limits))}
    except ImportRefusedError as error:
        problem = error
    except MemoryError:
        problem = refused(Refusal.TOO_MUCH_MEMORY)
    except RecursionError:
        problem = refused(Refusal.HOSTILE, found="nesting")
    return {"refused": {"reason": problem.reason, "page": problem.page, "details": problem.details}}


def hold_to(limits: ImportLimits) -> None:
    """Take the limits on: what goes beyond them ends this process, not the machine."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, MOST_REPLY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 0),
    ):
        _limit(kind, most, most)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 2)  # a signal that tells why, then the end
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 1)  # in case whoever started this is gone


def _limit(kind: int, soft: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (min(soft, most), most))


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: no network, no other program, no file written.

    Raises:
        PermissionError: to whatever tries.
    """
    if event.startswith((*_FORBIDDEN, *_CHANGING)):
        raise PermissionError(f"A file that is imported may not do this: {event}.")
    if event == "open" and len(arguments) == 3 and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        raise PermissionError("A file that is imported may not write.")


if __name__ == "__main__":
    sys.exit(main())
