"""What is paused: a small file in `MITHAQ_HOME` that a running server looks at with every request."""

from __future__ import annotations

import logging
from enum import StrEnum
from pathlib import Path

from corpus.durable import write_durably

FILE_NAME = "paused"

logger = logging.getLogger(__name__)


class Pause(StrEnum):
    """What can be paused: the button on other sites, or everything that answers."""

    WIDGET = "widget"
    CHAT = "chat"


class PauseFile:
    """The file: one name on each line; nothing is paused where it is missing."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE_NAME
        self._stamp: tuple[int, ...] = ()
        self._known: frozenset[Pause] = frozenset()

    def is_paused(self, what: Pause) -> bool:
        """Whether it is paused now; the widget is paused with the chat. A file that cannot be read changes nothing."""
        try:
            paused = self._read()
        except OSError:
            logger.exception("%s cannot be read; what was paused before stays paused.", self._path)
            paused = self._known
        return what in paused or Pause.CHAT in paused

    def change(self, what: Pause, *, paused: bool) -> frozenset[Pause]:
        """Pause it or go on with it; effective at once, with all that is paused then returned."""
        known = self._read()
        after = known | {what} if paused else known - {what}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(self._path, "".join(f"{name}\n" for name in sorted(after)).encode())
        return frozenset(after)

    def _read(self) -> frozenset[Pause]:
        """What the file names; it is only opened when it has changed."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._stamp, self._known = (), frozenset()
            return self._known
        stamp = (status.st_mtime_ns, status.st_ino, status.st_size)
        if stamp != self._stamp:
            names = set(self._path.read_text(encoding="utf-8", errors="replace").split())
            self._known = frozenset(what for what in Pause if what in names)
            self._stamp = stamp
        return self._known


def never(_: Pause) -> bool:
    """Where nothing can be paused."""
    return False
