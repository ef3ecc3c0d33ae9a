"""Replacing a file in one step, so that a reader or a killed process leaves the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(target: Path, content: bytes, *, beside: Path | None = None, mode: int = 0o666) -> None:
    """Write the file beside, flush it to the disk and rename it into place.

    Args:
        target: the file; its folder must exist.
        content: all of it.
        beside: where it is written first, in the same folder; hidden, under a name of this process, if left out.
        mode: who may read and write it, less what the process's mask takes away.

    Raises:
        OSError: it cannot be written; the old file stays, and nothing is left beside it.
    """
    beside = beside or target.with_name(f".{target.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """See that what was renamed in the folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
