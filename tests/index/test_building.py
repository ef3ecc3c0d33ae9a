"""Building an index, also when the disk is full or the process is killed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import CorpusError, EncoderError, Language, SnapshotError
from corpus.glossary import load_glossary
from corpus.outside import OutsideKind, OutsideQuestion
from index import SnapshotStore, build_index, building, open_index, read_manifest, snapshot
from index.building import BuildReport
from index.cache import EmbeddingCache, Shipped, save_shipped, vector_key
from index.embedded_texts import fit_language_basis, texts_to_embed
from index.snapshot import MANIFEST
from index.vectors import VectorIndex
from tests.index.doubles import DIMENSION, GLOSSARY, HashedEncoder, basis_passages, passage, passages
from tests.index.slow_build import PLACES, STATIC

ROOT = Path(__file__).parents[2]


def build(home: Path, **changed: Any) -> BuildReport:
    arguments: dict[str, Any] = {"passages": passages(), "encoder": HashedEncoder(), "home": home} | changed
    return build_index(**arguments)


def changed_passages(word: str) -> list[Any]:
    return [replace(each, text=f"{each.text} {word} {i}.") for i, each in enumerate(passages())]


def opened_text(home: Path) -> str:
    return open_index(home, HashedEncoder(), GLOSSARY).passages[0].text


def test_a_build_makes_a_snapshot_current_and_reports_it(tmp_path: Path) -> None:
    report = build(tmp_path)
    assert (report.new, report.passages) == (True, len(passages()))
    assert report.embedded == len(texts_to_embed(passages()))
    manifest = read_manifest(SnapshotStore(tmp_path).path(report.snapshot_id), verify=True)
    assert (manifest.id, manifest.encoder, manifest.passages) == (report.snapshot_id, "hashed/1", report.passages)
    assert SnapshotStore(tmp_path).current_id() == report.snapshot_id


def test_nothing_is_done_when_nothing_changed(tmp_path: Path) -> None:
    first, encoder = build(tmp_path), HashedEncoder()
    assert build(tmp_path, encoder=encoder) == BuildReport(first.snapshot_id, False, first.passages, 0)
    assert encoder.passages == encoder.queries == []


def test_a_build_that_does_not_switch_waits_beside_and_is_found_again_until_it_is_promoted(tmp_path: Path) -> None:
    current = build(tmp_path).snapshot_id
    assert build(tmp_path, switch=False) == BuildReport(current, False, len(passages()), 0)
    report = build(tmp_path, passages=changed_passages("new"), switch=False)
    store = SnapshotStore(tmp_path)
    assert (report.new, store.current_id(), store.ids(), store.candidates()) == (
        True, current, [current], [report.snapshot_id],
    )  # fmt: skip
    again, encoder = replace(report, new=False, embedded=0), HashedEncoder()
    assert build(tmp_path, passages=changed_passages("new"), switch=False, encoder=encoder) == again
    assert "new" in open_index(tmp_path, HashedEncoder(), GLOSSARY, report.snapshot_id).passages[0].text
    assert "new" not in opened_text(tmp_path)
    build(tmp_path, passages=changed_passages("other"), keep=1)
    assert store.candidates() == [report.snapshot_id]
    store.promote(report.snapshot_id)
    assert "new" in opened_text(tmp_path)


def test_a_damaged_candidate_is_not_taken_again(tmp_path: Path) -> None:
    build(tmp_path)
    first = build(tmp_path, passages=changed_passages("new"), switch=False).snapshot_id
    (SnapshotStore(tmp_path).path(first) / "vectors.faiss").write_bytes(b"x")
    second = build(tmp_path, passages=changed_passages("new"), switch=False)
    assert second.new
    assert second.snapshot_id != first


def test_only_what_changed_is_embedded_again(tmp_path: Path) -> None:
    build(tmp_path)
    changed = [replace(passages()[0], text="A new sentence."), *passages()[1:]]
    encoder = HashedEncoder()
    report = build(tmp_path, passages=changed, encoder=encoder)
    assert (report.new, report.embedded) == (True, 2)
    assert encoder.passages == [changed[0].search_text, "A new sentence."]


@pytest.mark.parametrize("field", ["url", "as_of", "title"])
def test_any_changed_field_makes_a_new_snapshot(tmp_path: Path, field: str) -> None:
    build(tmp_path)
    other = {"url": "https://other.org", "as_of": passage().published, "title": "Other"}[field]
    assert build(tmp_path, passages=[replace(passages()[0], **{field: other}), *passages()[1:]]).new


def test_another_encoder_a_damaged_snapshot_or_fresh_build_anew(tmp_path: Path) -> None:
    first = build(tmp_path)
    assert build(tmp_path, encoder=HashedEncoder("hashed/2")).new
    second = build(tmp_path)
    assert second.new
    assert second.embedded == 0
    (SnapshotStore(tmp_path).path(second.snapshot_id) / MANIFEST).write_bytes(b"{")
    third = build(tmp_path)
    assert third.new
    fresh = build(tmp_path, fresh=True)
    assert (fresh.new, fresh.embedded) == (True, first.embedded)


def test_only_as_many_snapshots_stay_as_are_kept(tmp_path: Path) -> None:
    made = [build(tmp_path, passages=changed_passages(word), keep=2).snapshot_id for word in ("one", "two", "three")]
    assert SnapshotStore(tmp_path).ids() == made[1:]
    assert SnapshotStore(tmp_path).rollback() == made[1]
    assert "two" in opened_text(tmp_path)


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    report = build(tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, report.embedded)
    assert told[-1] == (report.embedded, report.embedded)
    assert told == sorted(told)


def test_a_corpus_without_passages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no passage to index"):
        build(tmp_path, passages=[])
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_without_parallel_texts_uses_the_shipped_basis_and_vectors(tmp_path: Path) -> None:
    made, encoder = basis_passages(), HashedEncoder()
    vectors, _ = EmbeddingCache(tmp_path / "c.sqlite", encoder, Shipped({})).embed(texts_to_embed(made))
    basis = fit_language_basis(made, vectors)
    by_key = {vector_key(*text, encoder.id): vector.astype(np.float16) for text, vector in vectors.items()}
    save_shipped(tmp_path / "shipped.npz", encoder.id, Shipped(by_key, basis))
    report = build(tmp_path / "home", passages=made[:1], shipped=tmp_path / "shipped.npz")
    assert report.embedded == 0
    manifest = read_manifest(SnapshotStore(tmp_path / "home").path(report.snapshot_id), verify=False)
    assert basis is not None
    assert manifest.projection_version == basis.version
    assert build(tmp_path / "home", passages=made[:1], shipped=tmp_path / "shipped.npz", fresh=True).embedded == 3


def test_another_shipped_projection_or_prototype_or_question_from_outside_rebuilds(tmp_path: Path) -> None:
    made, encoder, shipped = basis_passages(), HashedEncoder(), tmp_path / "shipped.npz"
    vectors, _ = EmbeddingCache(tmp_path / "c.sqlite", encoder, Shipped({})).embed(texts_to_embed(made))
    by_key = {vector_key(*text, encoder.id): vector.astype(np.float16) for text, vector in vectors.items()}
    basis = fit_language_basis(made, vectors)
    prototypes = {"charter#cap0": np.ones(DIMENSION, np.float16)}
    outside = [OutsideQuestion(OutsideKind.ABSENT, Language.EN, "Who built the port?")]
    for fitted, questions, new in (
        ((basis,), [], True),
        ((basis,), [], False),
        ((basis, prototypes), [], True),
        ((basis, prototypes), outside, True),
        ((basis, prototypes), outside, False),
        ((None,), outside, True),
    ):
        save_shipped(shipped, encoder.id, Shipped(by_key, *fitted))
        assert build(tmp_path / "home", passages=made, outside=questions, shipped=shipped).new is new


def test_a_section_without_a_shipped_prototype_takes_the_mean_of_its_texts(tmp_path: Path) -> None:
    build(tmp_path, passages=[passage("charter#cap", asked=("How high is the ceiling?",)), passage("charter#jobs")])
    index = open_index(tmp_path, HashedEncoder(), GLOSSARY)
    near, far = index.search("How high is the ceiling?", Language.EN)
    assert near.section_id == "charter#cap"
    assert near.prototype_cosine > 0.5 > far.prototype_cosine


def test_the_nearest_question_from_outside_is_told_with_its_kind(tmp_path: Path) -> None:
    outside = [
        OutsideQuestion(OutsideKind.OFF_TOPIC, Language.EN, "Who won the match?"),
        OutsideQuestion(OutsideKind.ABSENT, Language.EN, "Rents?"),
    ]
    build(tmp_path, passages=passages(), outside=outside)
    index = open_index(tmp_path, HashedEncoder(), GLOSSARY)
    kind, cosine = index.nearest_outside("Who won that match?")
    assert (kind, round(cosine, 1)) == ("off_topic", 1.0)
    build(tmp_path, passages=passages())
    assert open_index(tmp_path, HashedEncoder(), GLOSSARY).nearest_outside("Who won that match?") == ("", 0.0)


def test_a_question_about_a_place_at_home_is_not_held_against_those_about_other_places(tmp_path: Path) -> None:
    outside = [
        OutsideQuestion(OutsideKind.OTHER_COUNTRY, Language.EN, "What is the VAT rate in Tunisia?"),
        OutsideQuestion(OutsideKind.ABSENT, Language.EN, "Rents?"),
    ]
    build(tmp_path, passages=passages(), outside=outside)
    index = open_index(tmp_path, HashedEncoder(), load_glossary())
    for question, kind in (
        ("What is the VAT rate in Tunisia?", "other_country"),
        ("What is the VAT rate?", "other_country"),
        ("What is the VAT rate in Morocco or Tunisia?", "other_country"),
        ("What is the VAT rate in Morocco?", "absent"),
        ("What is the VAT rate in Safi?", "absent"),
    ):
        assert index.nearest_outside(question)[0] == kind


def test_a_model_that_fails_leaves_the_old_index_and_what_it_embedded_is_kept(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(EncoderError):
        build(tmp_path, passages=changed_passages("new"), encoder=HashedEncoder(fail_after=16))
    assert "new" not in opened_text(tmp_path)
    encoder = HashedEncoder()
    build(tmp_path, passages=changed_passages("new"), encoder=encoder)
    assert changed_passages("new")[0].search_text not in encoder.passages
    assert "new" in opened_text(tmp_path)


def full(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (VectorIndex, "save"), (Path, "write_text"), (np, "savez"), (building, "write_manifest"), (snapshot, "_flush"),
        (os, "fsync"), (snapshot, "write_durably"), (Path, "replace"), (SnapshotStore, "lock"),
    ],
)  # fmt: skip
def test_a_full_disk_leaves_the_old_index_answering(
    tmp_path: Path, owner: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full)
        with pytest.raises(SnapshotError, match=r"No space left on device\. Make room"):
            build(tmp_path, passages=changed_passages("new"))
    assert "new" not in opened_text(tmp_path)
    assert build(tmp_path, passages=changed_passages("new")).new
    assert "new" in opened_text(tmp_path)


def test_a_disk_that_is_full_for_the_cache_is_the_same_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)

    def refuse(*_: Any) -> bytes:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(EmbeddingCache, "_key", refuse)
        with pytest.raises(SnapshotError, match="disk is full"):
            build(tmp_path, passages=changed_passages("new"))
    assert "new" not in opened_text(tmp_path)


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with SnapshotStore(tmp_path).lock(), pytest.raises(SnapshotError, match="Another process is building"):
        build(tmp_path)


def kill_build(home: Path, place: str) -> None:
    """Starts a build of changed passages in another process and kills it (SIGKILL) at a place."""
    command = [sys.executable, "-m", "tests.index.slow_build", str(home), place]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.kill()


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_build_leaves_the_old_or_the_new_index_and_the_next_build_succeeds(tmp_path: Path, place: str) -> None:
    old = build(tmp_path)
    kill_build(tmp_path, place)
    switched = place == "before tidying"
    assert ("It was changed" in opened_text(tmp_path)) is switched
    report = build(tmp_path, passages=changed_passages("It was changed"))
    assert report.new is not switched
    assert "It was changed" in opened_text(tmp_path)
    last = build(tmp_path, passages=changed_passages("Again"))
    store = SnapshotStore(tmp_path)
    assert store.ids()[0] == old.snapshot_id
    assert store.ids()[-1] == last.snapshot_id
    assert not list((tmp_path / "snapshots").glob(".building-*"))


def test_every_place_to_be_killed_at_exists() -> None:
    assert all(hasattr(owner, name) for owner, name in STATIC.values())
