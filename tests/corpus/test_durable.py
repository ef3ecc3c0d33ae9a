"""A file is replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from corpus.durable import write_durably


def test_the_new_content_takes_the_place_of_the_old_and_nothing_is_left_beside(tmp_path: Path) -> None:
    target = tmp_path / "file"
    write_durably(target, b"old")
    write_durably(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_only_those_may_read_it_who_should(tmp_path: Path) -> None:
    write_durably(tmp_path / "secret", b"x", mode=0o600)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_what_a_killed_process_left_beside_is_no_obstacle(tmp_path: Path) -> None:
    beside = tmp_path / ".file.beside"
    beside.write_bytes(b"torn")
    write_durably(tmp_path / "file", b"whole", beside=beside)
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert not beside.exists()


def test_where_it_cannot_be_flushed_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    write_durably(target, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_durably(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
