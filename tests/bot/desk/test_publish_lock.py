"""The lock of the process that publishes, and how that process is started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bot.desk import publish_lock
from bot.desk.publish_lock import PublishLock, Workers
from corpus import PublishingError


def test_nobody_holds_it_before_it_is_taken(tmp_path: Path) -> None:
    assert not PublishLock(tmp_path / "none").is_held()
    assert not (tmp_path / "none").exists()


def test_it_is_held_until_it_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish_lock, "_PATIENCE", 0.0)
    lock = PublishLock(tmp_path).acquire()
    assert PublishLock(tmp_path).is_held()
    with pytest.raises(PublishingError, match="being published at this moment"):
        PublishLock(tmp_path).acquire()
    os.close(lock)
    assert not PublishLock(tmp_path).is_held()
    os.close(PublishLock(tmp_path).acquire())


def test_the_started_process_holds_the_lock_from_the_first_moment_until_it_ends_however_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = tmp_path / "sleeper"
    sleeper.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'import time; time.sleep(600)'\n", encoding="utf-8")
    sleeper.chmod(0o755)
    monkeypatch.setattr(publish_lock.sys, "executable", str(sleeper))
    workers = Workers(tmp_path)
    workers("job", PublishLock(tmp_path).acquire())
    assert PublishLock(tmp_path).is_held()
    (process,) = workers._started
    process.kill()
    process.wait(60)
    assert not PublishLock(tmp_path).is_held()


def test_what_the_process_prints_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_NO_SUCH_SETTING", "1")
    workers = Workers(tmp_path)
    workers("job", PublishLock(tmp_path).acquire())
    (process,) = workers._started
    assert process.wait(120) == 1
    assert "Unknown setting MITHAQ_NO_SUCH_SETTING" in (tmp_path / "publishing/worker.log").read_text(encoding="utf-8")


def test_a_process_that_cannot_be_started_gives_the_lock_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish_lock.sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(FileNotFoundError):
        Workers(tmp_path)("job", PublishLock(tmp_path).acquire())
    assert not PublishLock(tmp_path).is_held()
