"""Immutable, checksummed generations of the index on disk, one of them current."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus import SnapshotDamagedError, SnapshotError, SnapshotMismatchError, SnapshotMissingError
from corpus.durable import flush_folder, write_durably

# Raise it when a snapshot of the same passages would be built otherwise: its files, the tokeniser, the statements.
FORMAT = 7
MANIFEST = "manifest.json"
REPAIR = "Run: mithaq index build"


@dataclass(frozen=True)
class Manifest:
    """What a snapshot was built from; `files` maps each file's path to its SHA-256."""

    id: str
    created: str
    format: int
    encoder: str
    dimension: int
    corpus_digest: str
    passages: int
    projection_version: str
    files: dict[str, str]


class SnapshotStore:
    """The snapshots below one folder, and which of them is current.

    A snapshot is written beside the others under a hidden name, flushed to the disk, renamed into place, and only then made
    current by replacing one small file. A process killed at any moment leaves the old one or the new one current.

    A candidate is a snapshot that was never current. It waits in a folder of its own, neither gone back to nor counted
    among those that are kept, until it is promoted or discarded.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / "snapshots"
        self._candidates = home / "candidates"
        self._current = home / "current"

    def path(self, snapshot_id: str) -> Path:
        """Where a snapshot or a candidate lies, or would lie."""
        candidate = self._candidates / snapshot_id
        return candidate if candidate.is_dir() else self._folder / snapshot_id

    def current_id(self) -> str | None:
        """The id of the current snapshot, or None where none was built yet."""
        try:
            return self._current.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def ids(self) -> list[str]:
        """The ids of all complete snapshots, oldest first; what a killed build left under a hidden name is none."""
        return _complete(self._folder)

    def candidates(self) -> list[str]:
        """The ids of the snapshots that were never current, oldest first."""
        return _complete(self._candidates)

    def require_current(self) -> str:
        """The id of the current snapshot.

        Raises:
            SnapshotMissingError: none was built yet, or the one named is gone.
        """
        snapshot_id = self.current_id()
        if snapshot_id is None:
            raise SnapshotMissingError(f"There is no index yet. {REPAIR}")
        if not self.path(snapshot_id).is_dir():
            raise SnapshotMissingError(f"The index {snapshot_id} is gone. {REPAIR}")
        return snapshot_id

    def switch(self, snapshot_id: str) -> None:
        """Make a snapshot current with one atomic rename."""
        if not (self._folder / snapshot_id / MANIFEST).is_file():
            known = ", ".join(self.ids()) or "none"
            raise SnapshotMissingError(f"There is no snapshot {snapshot_id}. Choose one of: {known}.")
        beside = self._current.with_name(".current")  # always the same: what a killed process left is removed
        write_durably(self._current, f"{snapshot_id}\n".encode(), beside=beside)

    def promote(self, candidate_id: str) -> None:
        """Make a candidate current; one that a killed process had already moved among the snapshots is only switched to.

        The caller holds the lock.

        Raises:
            SnapshotMissingError: there is neither a candidate nor a snapshot of this name.
            SnapshotDamagedError: a file of it is torn or was changed; the current snapshot stays.
        """
        read_manifest(self.path(candidate_id), verify=True)
        waiting = self._candidates / candidate_id
        if waiting.is_dir():
            waiting.replace(self._folder / candidate_id)
            flush_folder(self._folder)
        self.switch(candidate_id)

    def demote(self, candidate_id: str) -> None:
        """Let a snapshot whose promotion was not completed wait again; nothing happens to the current one."""
        moved = self._folder / candidate_id
        if candidate_id in self.ids() and candidate_id != self.current_id():
            moved.replace(self._candidates / candidate_id)

    def discard(self, candidate_id: str) -> None:
        """Remove a candidate; nothing happens where it is gone or was promoted."""
        if candidate_id in self.candidates():
            shutil.rmtree(self._candidates / candidate_id, ignore_errors=True)

    def rollback(self) -> str:
        """Make the snapshot before the current one current; returns its id.

        Raises:
            SnapshotMissingError: there is no older snapshot.
        """
        with self.lock():
            current = self.require_current()
            older = [snapshot_id for snapshot_id in self.ids() if snapshot_id < current]
            if not older:
                raise SnapshotMissingError(f"There is no snapshot before {current} to go back to.")
            read_manifest(self.path(older[-1]), verify=True)
            self.switch(older[-1])
            return older[-1]

    def keep_newest(self, count: int) -> None:
        """Remove all but the newest `count` snapshots and what killed builds left; the current one always stays."""
        current = self.current_id()
        surplus = [snapshot_id for snapshot_id in self.ids()[:-count] if snapshot_id != current]
        leftovers = [entry.name for entry in self._folder.glob(".building-*")]
        for name in [*surplus, *leftovers]:
            shutil.rmtree(self._folder / name, ignore_errors=True)
        for left in self._current.parent.glob(".current-*"):
            left.unlink(missing_ok=True)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Only one process builds or rolls back at a time; the lock goes with the process, whatever ends it.

        Raises:
            SnapshotError: another process holds it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise SnapshotError("Another process is building the index. Wait until it has finished.") from error
            yield

    @contextlib.contextmanager
    def write(self, snapshot_id: str, *, candidate: bool = False) -> Iterator[Path]:
        """A folder to fill; on leaving the block it becomes the snapshot or candidate `snapshot_id`, unless the block raised."""
        place = self._candidates if candidate else self._folder
        place.mkdir(parents=True, exist_ok=True)
        beside = self._folder / f".building-{os.getpid()}"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        try:
            yield beside
            for path in sorted(beside.rglob("*")):
                (flush_folder if path.is_dir() else _flush)(path)
            flush_folder(beside)
            beside.replace(place / snapshot_id)
            flush_folder(place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _complete(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(entry.parent.name for entry in folder.glob(f"[!.]*/{MANIFEST}") if entry.is_file())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with the checksums of all files in the folder."""
    files = {
        path.relative_to(folder).as_posix(): _checksum(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    content = asdict(manifest) | {"files": files}
    (folder / MANIFEST).write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")


def read_manifest(folder: Path, *, verify: bool) -> Manifest:
    """The manifest of a snapshot, after comparing the checksums if `verify` is set.

    Raises:
        SnapshotMissingError: there is no manifest.
        SnapshotDamagedError: the manifest or a file is torn, gone or changed.
        SnapshotMismatchError: another version of the project wrote it.
    """
    try:
        raw: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**raw)
    except FileNotFoundError as error:
        raise SnapshotMissingError(f"The index {folder.name} has no manifest. {REPAIR}") from error
    except (OSError, ValueError, TypeError) as error:
        raise SnapshotDamagedError(f"The manifest of the index {folder.name} is damaged. {REPAIR}") from error
    if not isinstance(manifest.files, dict):
        raise SnapshotDamagedError(f"The manifest of the index {folder.name} is damaged. {REPAIR}")
    if manifest.format != FORMAT:
        raise SnapshotMismatchError(f"The index {folder.name} has format {manifest.format}, not {FORMAT}. {REPAIR}")
    if verify:
        for name, checksum in manifest.files.items():
            path = folder / name
            if not path.is_file() or _checksum(path) != checksum:
                state = "was changed or is torn" if path.is_file() else "is missing"
                raise SnapshotDamagedError(f"The file {name} of the index {folder.name} {state}. {REPAIR}")
    return manifest


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
