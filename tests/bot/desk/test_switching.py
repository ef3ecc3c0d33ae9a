"""Documents and snapshot are switched together, or all is as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk import switching
from bot.desk.switching import FileChange, Switch, Switching, document_path, read_document
from corpus import PublishingError, SnapshotError
from index import SnapshotStore
from index.snapshot import FORMAT, Manifest, write_manifest

CHANGES = (
    FileChange("press/a/fr.md", "old\n", "new\n"),
    FileChange("press/b/fr.md", None, "made\n"),
    FileChange("press/c/fr.md", "gone\n", None),
)
BEFORE = {"press/a/fr.md": "old\n", "press/c/fr.md": "gone\n"}
AFTER = {"press/a/fr.md": "new\n", "press/b/fr.md": "made\n"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An index with a current snapshot `a` and a candidate `b`, and the documents as before."""
    home = tmp_path / "home"
    store = SnapshotStore(home)
    for name in "ab":
        with store.lock(), store.write(name, candidate=name == "b") as folder:
            (folder / "part.bin").write_bytes(b"x")
            write_manifest(folder, Manifest(name, "2026-01-01", FORMAT, "e", 3, "d", 1, "p", {}))
    store.switch("a")
    write(tmp_path / "documents", BEFORE)
    return home


def write(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def written(home: Path) -> dict[str, str]:
    folder = home.parent / "documents"
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


def switch(home: Path) -> Switch:
    return Switch(str(home.parent / "documents"), "a", "b", CHANGES)


def never() -> Switch:
    raise AssertionError("it was prepared already")


def test_all_files_and_the_snapshot_are_switched_and_empty_folders_go(home: Path) -> None:
    assert Switching(home, 5).run("job", lambda: switch(home)) == ""
    assert written(home) == AFTER
    assert not (home.parent / "documents/press/c").exists()
    store = SnapshotStore(home)
    assert (store.current_id(), store.ids(), store.candidates()) == ("b", ["a", "b"], [])


def test_run_again_it_does_nothing_more_and_says_the_same(home: Path) -> None:
    own = Switching(home, 5)
    own.run("job", lambda: switch(home))
    (home.parent / "documents/press/a/fr.md").write_text("newer\n", encoding="utf-8")
    assert own.run("job", never) == ""
    assert written(home)["press/a/fr.md"] == "newer\n"
    assert own.switch_of("job") == switch(home)
    assert not own.is_begun("job")
    own.forget("job")
    assert own.switch_of("job") is None


def test_nothing_is_written_before_it_is_prepared(home: Path) -> None:
    def refuse() -> Switch:
        raise PublishingError("no")

    with pytest.raises(PublishingError):
        Switching(home, 5).run("job", refuse)
    assert written(home) == BEFORE
    assert Switching(home, 5).switch_of("job") is None


def test_a_document_that_somebody_else_changed_stops_it_and_all_else_is_put_back(home: Path) -> None:
    foreign = BEFORE | {"press/c/fr.md": "by another\n"}
    write(home.parent / "documents", foreign)
    said = Switching(home, 5).run("job", lambda: switch(home))
    assert "press/c/fr.md was changed by somebody else meanwhile" in said
    assert written(home) == foreign
    assert SnapshotStore(home).current_id() == "a"
    assert Switching(home, 5).run("job", never) == said


def test_a_damaged_candidate_puts_the_documents_back(home: Path) -> None:
    (SnapshotStore(home).path("b") / "part.bin").write_bytes(b"y")
    assert "part.bin of the index b was changed or is torn" in Switching(home, 5).run("job", lambda: switch(home))
    assert written(home) == BEFORE
    assert SnapshotStore(home).current_id() == "a"


def failing_on(number: int, error: OSError) -> Callable[..., None]:
    """`write_durably` whose call of this number fails."""
    calls: list[Path] = []
    real = switching.write_durably

    def write_durably(target: Path, content: bytes, *, beside: Path) -> None:
        calls.append(target)
        if len(calls) == number:
            raise error
        real(target, content, beside=beside)

    return write_durably


def test_a_full_disk_puts_the_documents_back_and_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = OSError(28, "No space left on device", "/x/fr.md")
    monkeypatch.setattr(switching, "write_durably", failing_on(3, full))
    said = Switching(home, 5).run("job", lambda: switch(home))
    assert (
        said
        == "Nothing was published: /x/fr.md cannot be written (No space left on device). Make room or give the right to write."
    )
    assert written(home) == BEFORE


def test_a_promotion_that_fails_leaves_the_candidate_waiting(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(SnapshotStore, "switch", full)
        assert "cannot be written" in Switching(home, 5).run("job", lambda: switch(home))
    store = SnapshotStore(home)
    assert (written(home), store.current_id(), store.ids(), store.candidates()) == (BEFORE, "a", ["a"], ["b"])


def test_one_that_a_killed_process_left_is_completed_by_whoever_starts_next(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(SnapshotStore, "promote", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        Switching(home, 5).run("job", lambda: switch(home))
    assert (written(home), SnapshotStore(home).current_id()) == (AFTER, "a")
    assert Switching(home, 5).is_begun("job")
    Switching(home, 5).forget_all_but("other")
    assert Switching(home, 5).complete_interrupted() == ["job"]
    assert (written(home), SnapshotStore(home).current_id()) == (AFTER, "b")
    assert Switching(home, 5).complete_interrupted() == []
    Switching(home, 5).forget_all_but("other")
    assert Switching(home, 5).switch_of("job") is None


def test_where_no_passage_changes_the_snapshot_stays_and_only_files_are_written(home: Path) -> None:
    assert Switching(home, 5).run("job", lambda: replace(switch(home), candidate="a")) == ""
    assert (written(home), SnapshotStore(home).current_id()) == (AFTER, "a")


def test_where_no_passage_changes_a_conflict_is_undone_too(home: Path) -> None:
    write(home.parent / "documents", {"press/c/fr.md": "by another\n"})
    assert "by somebody else" in Switching(home, 5).run("job", lambda: replace(switch(home), candidate="a"))
    assert written(home) == BEFORE | {"press/c/fr.md": "by another\n"}


def test_it_waits_for_a_build_and_gives_up_in_the_end(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "_PATIENCE", 0.0)
    with SnapshotStore(home).lock(), pytest.raises(SnapshotError, match="Another process is building"):
        Switching(home, 5).run("job", lambda: switch(home))
    assert Switching(home, 5).run("job", lambda: switch(home)) == ""


@pytest.mark.parametrize(
    "path", ["../a/fr.md", "press/../fr.md", "press/a/.fr.md", "/press/a/fr.md", "fr.md", "a/b/c/d", "a//fr.md"]
)
def test_no_file_is_written_outside_the_documents(tmp_path: Path, path: str) -> None:
    with pytest.raises(PublishingError, match="is no place of a document"):
        document_path(tmp_path, path)


def test_a_file_that_is_no_utf_8_is_put_back_byte_for_byte(home: Path) -> None:
    file = home.parent / "documents/press/a/fr.md"
    file.write_bytes(b"\xff old")
    text = read_document(file)
    changes = (FileChange("press/a/fr.md", text, "new\n"), FileChange("press/c/fr.md", "else", "x"))
    assert "by somebody else" in Switching(home, 5).run("job", lambda: replace(switch(home), changes=changes))
    assert file.read_bytes() == b"\xff old"
