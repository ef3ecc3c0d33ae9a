"""Embeddings kept by content."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import EncoderError, SnapshotError
from index.cache import BATCH, PASSAGE, QUERY, EmbeddingCache, Shipped, load_shipped, save_shipped, vector_key
from index.projection import Projection
from tests.index.doubles import HashedEncoder

TEXTS = [(PASSAGE, "one"), (QUERY, "one"), (PASSAGE, "two")]


def cache(folder: Path, encoder: HashedEncoder, shipped: Shipped | None = None) -> EmbeddingCache:
    return EmbeddingCache(folder / "cache" / "embeddings.sqlite", encoder, shipped or Shipped({}))


def shipped() -> Shipped:
    rows = np.eye(3, dtype=np.float16)
    projection = Projection(np.ones(3, np.float32), np.zeros(3, np.float32), np.eye(3, dtype=np.float32)[::-1])
    vectors = {vector_key(*text, "hashed/1"): row for text, row in zip(TEXTS, rows, strict=True)}
    return Shipped(vectors, projection, {"charter#cap": rows[0], "charter#jobs": rows[1]}, {"charter#jobs": rows[2]})


def test_each_text_is_embedded_once_in_its_role(tmp_path: Path) -> None:
    encoder = HashedEncoder()
    vectors, embedded = cache(tmp_path, encoder).embed([*TEXTS, TEXTS[0]])
    assert (set(vectors), embedded) == (set(TEXTS), 3)
    assert (encoder.passages, encoder.queries) == (["one", "two"], ["one"])


def test_a_kept_vector_is_the_same_as_a_new_one(tmp_path: Path) -> None:
    encoder = HashedEncoder()
    new, _ = cache(tmp_path, encoder).embed([(PASSAGE, "one two three")])
    kept, embedded = cache(tmp_path, encoder).embed([(PASSAGE, "one two three")])
    assert embedded == 0
    np.testing.assert_array_equal(new[PASSAGE, "one two three"], kept[PASSAGE, "one two three"])
    assert kept[PASSAGE, "one two three"].dtype == np.float32


def test_another_encoder_or_role_does_not_get_the_vector_of_the_first(tmp_path: Path) -> None:
    cache(tmp_path, HashedEncoder()).embed([(PASSAGE, "one")])
    assert cache(tmp_path, HashedEncoder("hashed/2")).embed([(PASSAGE, "one")])[1] == 1
    assert cache(tmp_path, HashedEncoder()).embed([(QUERY, "one")])[1] == 1


def test_what_was_embedded_before_a_failure_is_kept(tmp_path: Path) -> None:
    texts = [(PASSAGE, f"text {i}") for i in range(2 * BATCH)]
    with pytest.raises(EncoderError):
        cache(tmp_path, HashedEncoder(fail_after=BATCH)).embed(texts)
    assert cache(tmp_path, HashedEncoder()).embed(texts)[1] == BATCH


def test_finding_embeds_nothing(tmp_path: Path) -> None:
    encoder = HashedEncoder()
    kept, _ = cache(tmp_path, encoder).embed(TEXTS[:2])
    found = cache(tmp_path, encoder, shipped()).find([*TEXTS[:2], (QUERY, "never seen")])
    assert set(found) == set(TEXTS[:2])
    assert set(cache(tmp_path, encoder).find([*TEXTS, (QUERY, "never seen")])) == set(kept)
    assert (encoder.passages, encoder.queries) == (["one"], ["one"])


def test_all_but_what_is_to_be_kept_is_forgotten(tmp_path: Path) -> None:
    cache(tmp_path, HashedEncoder()).embed(TEXTS)
    cache(tmp_path, HashedEncoder("hashed/2")).embed(TEXTS)
    assert cache(tmp_path, HashedEncoder()).keep_only([TEXTS[1], (QUERY, "never seen")]) == 5
    assert set(cache(tmp_path, HashedEncoder()).find(TEXTS)) == {TEXTS[1]}
    assert cache(tmp_path, HashedEncoder("hashed/2")).find(TEXTS) == {}


def test_progress_is_told_after_each_batch(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    texts = [(PASSAGE, f"text {i}") for i in range(BATCH + 1)] + [(QUERY, "q")]
    cache(tmp_path, HashedEncoder()).embed(texts, lambda *said: told.append(said))
    assert told == [(0, BATCH + 2), (BATCH, BATCH + 2), (BATCH + 1, BATCH + 2), (BATCH + 2, BATCH + 2)]


def test_a_damaged_cache_is_an_error_that_says_how_to_repair(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "embeddings.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(SnapshotError, match="mithaq index build --fresh"):
        cache(tmp_path, HashedEncoder())


def test_shipped_vectors_go_before_the_model(tmp_path: Path) -> None:
    encoder = HashedEncoder()
    vectors, embedded = cache(tmp_path, encoder, shipped()).embed(TEXTS)
    assert (embedded, encoder.passages) == (0, [])
    assert vectors[TEXTS[1]].tolist() == [0, 1, 0]


def test_what_is_shipped_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "shipped.npz"
    save_shipped(path, "hashed/1", shipped())
    loaded = load_shipped(path, "hashed/1")
    assert {key: row.tolist() for key, row in loaded.vectors.items()} == {
        key: row.tolist() for key, row in shipped().vectors.items()
    }
    assert loaded.projection is not None
    assert {section: row.tolist() for section, row in loaded.prototypes.items()} == {
        "charter#cap": [1, 0, 0],
        "charter#jobs": [0, 1, 0],
    }
    assert {section: row.tolist() for section, row in loaded.forms.items()} == {"charter#jobs": [0, 0, 1]}
    assert loaded.version == shipped().version != replace(shipped(), prototypes={}).version != Shipped({}).version == ""
    assert loaded.version != replace(shipped(), forms={}).version
    first = path.read_bytes()
    save_shipped(path, "hashed/1", replace(shipped(), vectors=dict(reversed(shipped().vectors.items()))))
    assert path.read_bytes() == first


def test_without_a_projection_the_one_that_changes_nothing_is_shipped(tmp_path: Path) -> None:
    save_shipped(tmp_path / "s.npz", "hashed/1", Shipped(shipped().vectors))
    loaded = load_shipped(tmp_path / "s.npz", "hashed/1")
    assert loaded.projection is not None
    assert loaded.projection.matrix.tolist() == np.eye(3).tolist()
    assert loaded.prototypes == {}


def test_what_another_encoder_shipped_or_nobody_is_not_used(tmp_path: Path) -> None:
    save_shipped(tmp_path / "s.npz", "hashed/1", shipped())
    assert load_shipped(tmp_path / "s.npz", "hashed/2") == Shipped({})
    assert load_shipped(tmp_path / "none.npz", "hashed/1") == Shipped({})


@pytest.mark.parametrize("damage", ["empty", "torn", "junk", "other arrays"])
def test_damaged_shipped_vectors_are_an_error(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "s.npz"
    save_shipped(path, "hashed/1", shipped())
    if damage == "other arrays":
        np.savez(path, other=np.zeros(1))
    else:
        content = path.read_bytes()
        path.write_bytes({"empty": b"", "torn": content[: len(content) // 2], "junk": b"junk"}[damage])
    with pytest.raises(EncoderError, match=r"s.npz are damaged"):
        load_shipped(path, "hashed/1")


def test_a_key_can_be_made_of_any_text() -> None:
    assert len({vector_key(PASSAGE, "a", "e"), vector_key(QUERY, "a", "e"), vector_key(PASSAGE, "\ud800", "e")}) == 3
