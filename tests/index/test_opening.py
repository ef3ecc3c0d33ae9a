"""Opening snapshots, whole and damaged, and following the current one."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus import (
    Confidence,
    Kind,
    Language,
    Passage,
    SnapshotDamagedError,
    SnapshotMismatchError,
    SnapshotMissingError,
)
from index import LiveIndex, SearchIndex, SnapshotStore, open_index, read_manifest
from index.snapshot import MANIFEST, write_manifest
from tests.index.doubles import GLOSSARY, HashedEncoder, built, passage, passages

plain = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
made_passages = st.lists(
    st.builds(
        passage, st.from_regex(r"[a-z]{1,8}#[a-z]{1,8}", fullmatch=True), st.sampled_from([*Language]),
        text=plain.filter(str.strip), title=plain, heading=plain, url=plain, kind=st.sampled_from(Kind),
        confidence=st.sampled_from(Confidence), published=st.dates(), as_of=st.dates(),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(home, tmp_path / "copy"))


@given(made_passages)
@example([passage(text="one\u2028two\u0085three\x1cfour", title="a\nb")])
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_built_opens_as_it_was(given_passages: list[Passage]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert built(Path(folder), given_passages).passages == tuple(given_passages)


def test_no_index_is_an_error_that_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="Run: mithaq index build"):
        open_index(tmp_path, HashedEncoder(), GLOSSARY)
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_that_is_named_and_unknown_is_missing(home: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="index gone has no manifest"):
        open_index(home, HashedEncoder(), GLOSSARY, "gone")


def test_another_encoder_is_a_mismatch(home: Path) -> None:
    with pytest.raises(SnapshotMismatchError, match="built by the encoder hashed/1, but hashed/2 is set"):
        open_index(home, HashedEncoder("hashed/2"), GLOSSARY)


PARTS = [
    "passages.jsonl", "vectors.faiss", "projection.npz", "statements.npz", "asked.npz", "outside.npz", "prototypes.npz",
    "lexical/vocab.index.json",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_torn_part_is_found_by_its_checksum(copy: Path, part: str) -> None:
    path = SnapshotStore(copy).path(SnapshotStore(copy).require_current()) / part
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(SnapshotDamagedError, match=f"{part} .* is torn. Run: mithaq index build"):
        open_index(copy, HashedEncoder(), GLOSSARY)


@pytest.mark.parametrize("content", [b"", b"junk\n", b"[]\n", b"{}\n", b"\xff\n"])
@pytest.mark.parametrize("part", PARTS[:7])
def test_a_part_that_was_replaced_together_with_its_checksum_is_an_error_too(
    copy: Path, part: str, content: bytes
) -> None:
    folder = SnapshotStore(copy).path(SnapshotStore(copy).require_current())
    (folder / part).write_bytes(content)
    write_manifest(folder, read_manifest(folder, verify=False))
    with pytest.raises(SnapshotDamagedError, match="Run: mithaq index build"):
        open_index(copy, HashedEncoder(), GLOSSARY)


def test_parts_of_different_sizes_are_an_error(copy: Path) -> None:
    folder = SnapshotStore(copy).path(SnapshotStore(copy).require_current())
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").split("\n")
    (folder / "passages.jsonl").write_text("\n".join(lines[1:]), encoding="utf-8")
    write_manifest(folder, read_manifest(folder, verify=False))
    with pytest.raises(SnapshotDamagedError, match="do not fit together"):
        open_index(copy, HashedEncoder(), GLOSSARY)


def test_another_dimension_is_an_error(copy: Path) -> None:
    folder = SnapshotStore(copy).path(SnapshotStore(copy).require_current())
    write_manifest(folder, replace(read_manifest(folder, verify=False), dimension=3))
    with pytest.raises(SnapshotDamagedError, match="do not fit together"):
        open_index(copy, HashedEncoder(), GLOSSARY)


def test_a_passage_of_another_shape_is_an_error(copy: Path) -> None:
    folder = SnapshotStore(copy).path(SnapshotStore(copy).require_current())
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").split("\n")
    lines[0] = json.dumps(json.loads(lines[0]) | {"more": 1})
    (folder / "passages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    write_manifest(folder, read_manifest(folder, verify=False))
    with pytest.raises(SnapshotDamagedError, match="cannot be read"):
        open_index(copy, HashedEncoder(), GLOSSARY)


def test_a_live_index_picks_up_a_new_snapshot_and_a_rollback_between_two_questions(tmp_path: Path) -> None:
    first = built(tmp_path)
    live = LiveIndex(tmp_path, HashedEncoder(), GLOSSARY)
    assert live.get() is live.get()
    assert live.get().snapshot_id == first.snapshot_id
    second = built(tmp_path, [*passages(), passage("region#new", text="A new passage about argan.")])
    assert live.get().search("argan", Language.EN)[0].section_id == "region#new"
    assert live.get().snapshot_id == second.snapshot_id
    SnapshotStore(tmp_path).rollback()
    assert (live.get().snapshot_id, live.problem) == (first.snapshot_id, None)


def test_a_live_index_keeps_answering_when_the_new_snapshot_is_damaged_and_says_so(tmp_path: Path) -> None:
    built(tmp_path)
    live = LiveIndex(tmp_path, HashedEncoder(), GLOSSARY)
    before = live.get()
    second = built(tmp_path, passages()[:5])
    (SnapshotStore(tmp_path).path(second.snapshot_id) / MANIFEST).write_bytes(b"{")
    assert live.get() is before
    assert "is damaged" in (live.problem or "")
    third = built(tmp_path, passages()[:6])
    assert live.get().snapshot_id == third.snapshot_id
    assert live.problem is None


def test_a_live_index_keeps_answering_when_the_current_one_is_gone_or_of_another_encoder(tmp_path: Path) -> None:
    built(tmp_path)
    live = LiveIndex(tmp_path, HashedEncoder(), GLOSSARY)
    before = live.get()
    built(tmp_path, encoder=HashedEncoder("hashed/2"))
    assert live.get() is before
    assert "hashed/2" in (live.problem or "")
    (tmp_path / "current").unlink()
    assert live.get() is before
    assert "no index yet" in (live.problem or "")


def test_threads_open_a_new_snapshot_once_and_go_on_with_the_one_before_meanwhile(tmp_path: Path) -> None:
    built(tmp_path)
    live = LiveIndex(tmp_path, HashedEncoder(), GLOSSARY)
    before = live.get()
    built(tmp_path, passages()[:5])
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: live.get(), range(32)))
    assert {id(each) for each in opened} <= {id(before), id(live.get())}
    assert len(live.get().passages) == 5


def test_while_one_thread_opens_the_new_snapshot_another_is_answered_at_once_from_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path)
    live = LiveIndex(tmp_path, HashedEncoder(), GLOSSARY)
    before = live.get()
    built(tmp_path, passages()[:5])
    opening, go_on = threading.Event(), threading.Event()

    def prepare(_: SearchIndex) -> None:
        opening.set()
        assert go_on.wait(60)

    monkeypatch.setattr(SearchIndex, "prepare", prepare)
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(live.get)
        assert opening.wait(60)
        assert live.get() is before
        go_on.set()
        assert len(following.result(60).passages) == 5
    assert live.get() is following.result()
