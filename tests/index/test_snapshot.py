"""Generations of the index on disk."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import asdict, replace
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from corpus import SnapshotDamagedError, SnapshotError, SnapshotMismatchError, SnapshotMissingError
from index.snapshot import FORMAT, MANIFEST, Manifest, SnapshotStore, read_manifest, write_manifest

MADE = Manifest("a", "2026-01-01", FORMAT, "encoder/1", 3, "digest", 1, "projection", {})


def add(home: Path, snapshot_id: str) -> SnapshotStore:
    """A small snapshot, made current."""
    store = SnapshotStore(home)
    with store.lock(), store.write(snapshot_id) as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "part.bin").write_bytes(snapshot_id.encode() * 100)
        write_manifest(folder, replace(MADE, id=snapshot_id))
    store.switch(snapshot_id)
    return store


def add_candidate(home: Path, snapshot_id: str) -> SnapshotStore:
    """A small snapshot that waits."""
    store = SnapshotStore(home)
    with store.lock(), store.write(snapshot_id, candidate=True) as folder:
        (folder / "part.bin").write_bytes(snapshot_id.encode() * 100)
        write_manifest(folder, replace(MADE, id=snapshot_id))
    return store


def add_all(home: Path, snapshot_ids: str) -> SnapshotStore:
    for snapshot_id in snapshot_ids:
        add(home, snapshot_id)
    return SnapshotStore(home)


def hold_lock(home: Path, held: Event, done: Event) -> None:
    with SnapshotStore(home).lock():
        held.set()
        done.wait(60)


def test_nothing_is_current_before_the_first_build(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path / "none")
    assert (store.current_id(), store.ids()) == (None, [])
    with pytest.raises(SnapshotMissingError, match=r"no index yet\. Run: mithaq index build"):
        store.require_current()
    assert not (tmp_path / "none").exists()


def test_what_was_written_and_made_current_is_current(tmp_path: Path) -> None:
    store = add(tmp_path, "a")
    assert (store.current_id(), store.require_current(), store.ids()) == ("a", "a", ["a"])
    manifest = read_manifest(store.path("a"), verify=True)
    assert list(manifest.files) == ["inner/part.bin"]
    assert replace(manifest, files={}) == MADE


def test_an_empty_current_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("\n", encoding="utf-8")
    assert SnapshotStore(tmp_path).current_id() is None


def test_a_current_snapshot_that_was_removed_is_missing(tmp_path: Path) -> None:
    store = add(tmp_path, "a")
    (tmp_path / "current").write_text("gone", encoding="utf-8")
    with pytest.raises(SnapshotMissingError, match="The index gone is gone"):
        store.require_current()


def test_switching_to_an_unknown_snapshot_names_the_known_ones_and_changes_nothing(tmp_path: Path) -> None:
    store = add(tmp_path, "a")
    with pytest.raises(SnapshotMissingError, match=r"no snapshot b\. Choose one of: a\."):
        store.switch("b")
    with pytest.raises(SnapshotMissingError, match=r"Choose one of: none\."):
        SnapshotStore(tmp_path / "other").switch("b")
    assert store.current_id() == "a"


def test_a_block_that_raises_leaves_no_snapshot(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    with pytest.raises(OSError, match="full"), store.write("a") as folder:
        (folder / MANIFEST).write_text("{}", encoding="utf-8")
        raise OSError("full")
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_rollback_goes_back_one_at_a_time_until_there_is_no_older_one(tmp_path: Path) -> None:
    store = add_all(tmp_path, "abc")
    assert [store.rollback(), store.current_id(), store.rollback(), store.current_id()] == ["b", "b", "a", "a"]
    with pytest.raises(SnapshotMissingError, match="no snapshot before a"):
        store.rollback()
    assert store.ids() == ["a", "b", "c"]


def test_rollback_to_a_damaged_snapshot_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    store = add_all(tmp_path, "ab")
    (store.path("a") / "inner/part.bin").write_bytes(b"x")
    with pytest.raises(SnapshotDamagedError):
        store.rollback()
    assert store.current_id() == "b"


def test_what_a_killed_build_left_is_no_snapshot_to_go_back_to(tmp_path: Path) -> None:
    store = add(tmp_path, "a")
    left = tmp_path / "snapshots" / ".building-1"
    left.mkdir()
    (left / MANIFEST).write_text(json.dumps(asdict(MADE)), encoding="utf-8")
    assert store.ids() == ["a"]
    with pytest.raises(SnapshotMissingError, match="no snapshot before a"):
        store.rollback()


def test_only_the_newest_are_kept_and_the_current_one_and_leftovers_go(tmp_path: Path) -> None:
    store = add_all(tmp_path, "abcde")
    store.switch("b")
    (tmp_path / "snapshots" / ".building-1").mkdir()
    store.keep_newest(2)
    assert store.ids() == ["b", "d", "e"]
    assert not (tmp_path / "snapshots" / ".building-1").exists()
    store.keep_newest(9)
    assert store.ids() == ["b", "d", "e"]


def test_a_candidate_is_no_snapshot_to_switch_or_go_back_to_and_is_not_counted_among_those_kept(tmp_path: Path) -> None:
    add_candidate(tmp_path, "a")
    store = add_all(tmp_path, "bc")
    add_candidate(tmp_path, "d")
    assert (store.ids(), store.candidates(), store.current_id()) == (["b", "c"], ["a", "d"], "c")
    with pytest.raises(SnapshotMissingError, match=r"no snapshot d\. Choose one of: b, c\."):
        store.switch("d")
    assert store.rollback() == "b"
    with pytest.raises(SnapshotMissingError, match="no snapshot before b"):
        store.rollback()
    store.keep_newest(1)
    assert (store.ids(), store.candidates()) == (["b", "c"], ["a", "d"])


def test_a_candidate_that_is_promoted_is_current_and_the_one_before_can_be_gone_back_to(tmp_path: Path) -> None:
    add(tmp_path, "a")
    store = add_candidate(tmp_path, "b")
    assert read_manifest(store.path("b"), verify=True).id == "b"
    store.promote("b")
    assert (store.current_id(), store.ids(), store.candidates()) == ("b", ["a", "b"], [])
    store.promote("b")
    assert store.current_id() == "b"
    assert store.rollback() == "a"


def test_a_promotion_killed_between_its_two_steps_is_completed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, "a")
    store = add_candidate(tmp_path, "b")
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(SnapshotStore, "switch", lambda *_: 1 / 0)
        store.promote("b")
    assert (store.current_id(), store.ids(), store.candidates()) == ("a", ["a", "b"], [])
    store.demote("b")
    assert (store.current_id(), store.ids(), store.candidates()) == ("a", ["a"], ["b"])
    store.promote("b")
    for name in ("b", "", "c"):
        store.demote(name)
    assert (store.current_id(), store.ids(), store.candidates()) == ("b", ["a", "b"], [])


def test_a_damaged_or_unknown_candidate_is_not_promoted(tmp_path: Path) -> None:
    add(tmp_path, "a")
    store = add_candidate(tmp_path, "b")
    (store.path("b") / "part.bin").write_bytes(b"x")
    with pytest.raises(SnapshotDamagedError):
        store.promote("b")
    with pytest.raises(SnapshotMissingError):
        store.promote("c")
    assert (store.current_id(), store.candidates()) == ("a", ["b"])


def test_a_discarded_candidate_is_gone_and_a_snapshot_of_that_name_stays(tmp_path: Path) -> None:
    add(tmp_path, "a")
    store = add_candidate(tmp_path, "b")
    for name in ("", ".", "../snapshots/a", "a"):
        store.discard(name)
    assert (store.ids(), store.candidates()) == (["a"], ["b"])
    for name in ("b", "b"):
        store.discard(name)
    assert (store.ids(), store.candidates()) == (["a"], [])


def test_only_one_process_holds_the_lock_and_it_is_free_when_that_process_is_killed(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    process = context.Process(target=hold_lock, args=(tmp_path, held, done))
    process.start()
    try:
        assert held.wait(60)
        with pytest.raises(SnapshotError, match="Another process is building"), SnapshotStore(tmp_path).lock():
            pass
    finally:
        process.kill()
        process.join(60)
    with SnapshotStore(tmp_path).lock():
        pass


@pytest.mark.parametrize("change", ["torn", "changed", "missing"])
def test_a_file_that_is_torn_changed_or_missing_is_found_when_verified(tmp_path: Path, change: str) -> None:
    folder = add(tmp_path, "a").path("a")
    part = folder / "inner/part.bin"
    content = part.read_bytes()
    if change == "missing":
        part.unlink()
    else:
        part.write_bytes(content[:50] if change == "torn" else b"b" + content[1:])
    said = "is missing" if change == "missing" else "was changed or is torn"
    with pytest.raises(SnapshotDamagedError, match=f"inner/part.bin of the index a {said}. Run: mithaq index build"):
        read_manifest(folder, verify=True)
    assert read_manifest(folder, verify=False).id == "a"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b"{}", b"null", json.dumps(asdict(MADE) | {"files": None}).encode(),
     json.dumps(asdict(MADE) | {"more": 1}).encode()],
)  # fmt: skip
def test_a_damaged_manifest_is_found(tmp_path: Path, content: bytes) -> None:
    folder = add(tmp_path, "a").path("a")
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(SnapshotDamagedError, match="manifest of the index a is damaged"):
        read_manifest(folder, verify=True)


def test_a_manifest_that_is_missing_or_cannot_be_read_is_an_error_of_the_snapshot(tmp_path: Path) -> None:
    folder = add(tmp_path, "a").path("a")
    (folder / MANIFEST).unlink()
    with pytest.raises(SnapshotMissingError, match="has no manifest"):
        read_manifest(folder, verify=True)
    (folder / MANIFEST).mkdir()
    with pytest.raises(SnapshotDamagedError):
        read_manifest(folder, verify=True)


def test_another_format_is_a_mismatch(tmp_path: Path) -> None:
    folder = add(tmp_path, "a").path("a")
    (folder / MANIFEST).write_text(json.dumps(asdict(MADE) | {"format": 99}), encoding="utf-8")
    with pytest.raises(SnapshotMismatchError, match=f"has format 99, not {FORMAT}"):
        read_manifest(folder, verify=True)
