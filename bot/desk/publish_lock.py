"""Whether a process publishes: a lock on a file that goes with the process, whatever ends it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from corpus import PublishingError

FOLDER = "publishing"
ROOT = Path(__file__).parents[2]
_PATIENCE = 2.0


class PublishLock:
    """The lock of the process that works on a publishing.

    Who starts that process takes the lock and hands it over, so that there is no moment at which nobody seems to work on it.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER
        self._path = self._folder / "lock"

    def acquire(self) -> int:
        """The open file that holds the lock; closing it in every process that has it gives the lock back.

        Raises:
            PublishingError: another process holds it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        end = time.monotonic() + _PATIENCE  # somebody who only looks holds it for a moment
        while not _locked(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > end:
                os.close(descriptor)
                raise PublishingError("Something is being published at this moment. Wait until it has finished.")
            time.sleep(0.02)
        return descriptor

    def is_held(self) -> bool:
        """Whether a process publishes now."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            return not _locked(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Workers:
    """Starts a process for each publishing, apart from the one that serves; what it prints is kept in `worker.log`."""

    def __init__(self, home: Path) -> None:
        self._log = home / FOLDER / "worker.log"
        self._started: list[subprocess.Popen[bytes]] = []

    def __call__(self, job_id: str, lock: int) -> None:
        """Start the process that works on a job and hand it the lock, which is closed here."""
        self._started = [process for process in self._started if process.poll() is None]
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-m", "bot.desk.publish_worker", job_id, "--lock", str(lock)]
        try:
            with self._log.open("ab") as log:
                self._started.append(
                    subprocess.Popen(  # noqa: S603 - our own module; the id comes from the database
                        command, env=os.environ | {"PYTHONPATH": paths}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                        pass_fds=(lock,), start_new_session=True,
                    )
                )  # fmt: skip
        finally:
            os.close(lock)
