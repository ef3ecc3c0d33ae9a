"""Proposals of a chat model while they are being made: one at a time, beside the pages, each ending as a draft."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from corpus import CharterError

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Making:
    """How far a proposal is; `problem` says why there is none, `running` whether it is still being made."""

    done: int = 0
    total: int = 0
    running: bool = True
    problem: str = ""


class Proposals:
    """What is being proposed, by the path of the translation; forgotten when the server stops."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, Making] = {}

    def start(self, path: str, make: Callable[[Progress], object]) -> bool:
        """Begin to make a proposal; whether nothing else is being made.

        Args:
            path: of the translation.
            make: makes the proposal and keeps it; is handed what to call with (sections done, sections to do).
        """
        with self._lock:
            if any(making.running for making in self._made.values()):
                return False
            self._made = {path: Making()}
        threading.Thread(target=self._run, args=(path, make), name="propose-translation", daemon=True).start()
        return True

    def at(self, path: str) -> Making | None:
        """How far the proposal for a translation is; None where none was asked for, or it became a draft."""
        with self._lock:
            return self._made.get(path)

    def forget(self, path: str) -> None:
        """A problem was told."""
        with self._lock:
            if path in self._made and not self._made[path].running:
                del self._made[path]

    def _run(self, path: str, make: Callable[[Progress], object]) -> None:
        problem = ""
        try:
            make(lambda done, total: self._note(path, Making(done, total)))
        except CharterError as error:
            problem = str(error)
        except Exception as error:
            logger.exception("A translation could not be proposed.")
            problem = type(error).__name__
        with self._lock:
            if problem:
                self._made[path] = Making(running=False, problem=problem)
            else:
                self._made.pop(path, None)

    def _note(self, path: str, making: Making) -> None:
        with self._lock:
            self._made[path] = making
