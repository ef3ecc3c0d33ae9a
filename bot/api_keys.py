"""Keys for programs: shown once when made, kept as hashes in one file.

A key is 256 random bits. Nobody can try so many, so a plain SHA-256 keeps it as well as a slow hash would; slow hashes are for
passwords, which people choose, and would only make every request wait.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import os
import re
import secrets
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus import CharterError
from corpus.durable import write_durably

KEYS_FILE = "api_keys.json"
PREFIX = "mithaq_"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class _KeptKey(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=_NAME.pattern)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    made: date


class _KeptKeys(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: list[_KeptKey]


@dataclass(frozen=True)
class ApiKey:
    """A key without the key: who has it, and since when."""

    name: str
    made: date


class ApiKeys:
    """The keys in `<home>/api_keys.json`; a change of the file counts from the next request on."""

    def __init__(self, home: Path) -> None:
        self._path = home / KEYS_FILE
        self._lock = threading.Lock()
        self._state: tuple[int, int, int] | None = None
        self._kept: tuple[_KeptKey, ...] = ()

    def add(self, name: str) -> str:
        """Make a key and return it; it cannot be shown again.

        Raises:
            CharterError: the name is not one, or another key has it.
        """
        if not _NAME.fullmatch(name):
            raise CharterError(
                f"{name!r} is no name for a key. Use up to 64 letters, digits, dots, hyphens, underscores."
            )
        with self._alone():
            kept = self._read()
            if any(one.name == name for one in kept):
                raise CharterError(
                    f"There is a key {name} already. Choose another name, or run: mithaq key remove {name}"
                )
            key = PREFIX + secrets.token_urlsafe(32)
            self._write([*kept, _KeptKey(name=name, sha256=_hash(key), made=datetime.now(UTC).date())])
        return key

    def remove(self, name: str) -> None:
        """Make a key invalid.

        Raises:
            CharterError: there is none of this name.
        """
        with self._alone():
            kept = self._read()
            left = [one for one in kept if one.name != name]
            if len(left) == len(kept):
                known = ", ".join(one.name for one in kept) or "none"
                raise CharterError(f"There is no key {name}. Known are: {known}.")
            self._write(left)

    def all(self) -> list[ApiKey]:
        """Every key in the order in which they were made."""
        return [ApiKey(one.name, one.made) for one in self._read()]

    def owner(self, key: str) -> str | None:
        """The name of the key, or `None` where it is not one; takes as long for every key.

        Raises:
            CharterError: the keys cannot be read.
        """
        sent, found = _hash(key), None
        for one in self._read():
            if hmac.compare_digest(one.sha256, sent):
                found = one.name
        return found

    def _read(self) -> tuple[_KeptKey, ...]:
        """The keys of the file, read again when it was changed; none where there is no file."""
        try:
            now = self._path.stat()
            state = (now.st_mtime_ns, now.st_size, now.st_ino)
            with self._lock:
                if state != self._state:
                    content = self._path.read_text(encoding="utf-8")
                    self._kept = tuple(_KeptKeys.model_validate_json(content).keys)
                    self._state = state
                return self._kept
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError, ValidationError) as error:
            raise CharterError(
                f"{self._path} cannot be read as keys ({type(error).__name__}). Restore it, or remove it and make new keys with: "
                "mithaq key add NAME"
            ) from error

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process changes the keys meanwhile: a key that was printed must not be lost, nor a removed one come back."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _write(self, kept: Iterable[_KeptKey]) -> None:
        """Replace the file in one step; only its owner may read it."""
        write_durably(self._path, _KeptKeys(keys=list(kept)).model_dump_json(indent=1).encode(), mode=0o600)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
