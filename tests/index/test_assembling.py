"""An index takes over what an earlier one made of the same passages, and is the same as one made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import Language, Passage
from corpus.outside import OutsideKind, OutsideQuestion
from index import SearchIndex, SnapshotStore, assemble_index, build_index, open_index
from index.cache import EMBEDDINGS, EmbeddingCache, Shipped, save_shipped, vector_key
from index.embedded_texts import fit_language_basis, texts_to_embed
from index.form_odds import fit_form_odds
from index.index_vectors import IndexVectors
from index.lexical import LexicalIndex
from tests.index.doubles import GLOSSARY, HashedEncoder, basis_passages, passage, passages

Build = Callable[..., tuple[SearchIndex, HashedEncoder]]
OUTSIDE = [OutsideQuestion(OutsideKind.OFF_TOPIC, Language.EN, "Who won the match?")]
ASKED = [replace(passages()[0], asked=("How high may the premiums be?", "Is there a ceiling?")), *passages()[1:]]
NEW = passage("press#one", heading="A new one?", text="Something new is said here. It is said twice.")
CHANGES = {
    "one more": [*ASKED, NEW],
    "one more in front": [NEW, *ASKED],
    "one less": ASKED[1:],
    "one changed": [replace(ASKED[0], text="The cap is 35% now."), *ASKED[1:]],
    "other questions": [replace(ASKED[0], asked=("What is the most one can get?",)), *ASKED[1:]],
    "turned round": ASKED[::-1],
    "all others": [NEW],
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language basis, without which every new document may change every vector."""
    folder, encoder, parallel = tmp_path_factory.mktemp("shipped"), HashedEncoder(), basis_passages()
    vectors, _ = EmbeddingCache(folder / "c.sqlite", encoder, Shipped({})).embed(texts_to_embed(parallel))
    some = {vector_key(*text, encoder.id): vector.astype(np.float16) for text, vector in list(vectors.items())[:1]}
    forms = fit_form_odds(ASKED)
    save_shipped(folder / "s.npz", encoder.id, Shipped(some, fit_language_basis(parallel, vectors), forms=forms))
    return folder / "s.npz"


@pytest.fixture
def build(shipped: Path) -> Build:
    def build_(home: Path, given: list[Passage], **more: object) -> tuple[SearchIndex, HashedEncoder]:
        encoder = HashedEncoder()
        build_index(given, encoder, home, **{"outside": OUTSIDE, "shipped": shipped} | more)  # type: ignore[arg-type]
        return open_index(home, encoder, GLOSSARY), encoder

    return build_


def assert_same(one: SearchIndex, other: SearchIndex) -> None:
    assert one.passages == other.passages
    rows = range(len(one.passages))
    for row in rows:
        (own, said, asked), (own_, said_, asked_) = one.vectors.of(row), other.vectors.of(row)
        np.testing.assert_array_equal(own, own_)
        assert said.equals(said_)
        assert asked.equals(asked_)
    np.testing.assert_array_equal(one.vectors.outside.vectors, other.vectors.outside.vectors)
    np.testing.assert_array_equal(one.vectors.discriminant.weights, other.vectors.discriminant.weights)
    assert one.vectors.prototypes.keys() == other.vectors.prototypes.keys()
    for section, vector in one.vectors.prototypes.items():
        np.testing.assert_array_equal(vector, other.vectors.prototypes[section])
    assert {s: odds.tolist() for s, odds in one.vectors.forms.items()} == {
        s: odds.tolist() for s, odds in other.vectors.forms.items()
    }
    words = one.lexical.vocabulary()
    assert words.keys() == other.lexical.vocabulary().keys()
    for word in words:
        assert one.lexical.idf(word) == other.lexical.idf(word)
        np.testing.assert_array_equal(one.lexical.scores([word]), other.lexical.scores([word]))


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_it_is_the_same_as_one_made_anew(build: Build, tmp_path: Path, changed: list[Passage]) -> None:
    build(tmp_path / "a", ASKED)
    later, _ = build(tmp_path / "a", changed)
    anew, _ = build(tmp_path / "b", changed)
    assert_same(later, anew)


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_one_in_memory_is_too_and_the_one_it_was_made_like_stays(
    build: Build, tmp_path: Path, shipped: Path, changed: list[Passage]
) -> None:
    like, encoder = build(tmp_path / "a", ASKED)
    made = assemble_index(changed, encoder, tmp_path / "c", GLOSSARY, outside=OUTSIDE, shipped=shipped, like=like)
    anew, _ = build(tmp_path / "b", changed)
    assert_same(made, anew)
    assert_same(like, build(tmp_path / "d", ASKED)[0])


def test_only_what_is_new_is_embedded_even_without_the_cache(build: Build, tmp_path: Path) -> None:
    build(tmp_path, ASKED)
    (tmp_path / EMBEDDINGS).unlink()
    _, encoder = build(tmp_path, [*ASKED, NEW], outside=())
    assert encoder.queries == []
    assert encoder.passages == [NEW.search_text, "Something new is said here.", "It is said twice."]


def test_questions_that_stay_are_held_in_memory_once(build: Build, tmp_path: Path, shipped: Path) -> None:
    like, encoder = build(tmp_path, ASKED)
    made = assemble_index([*ASKED, NEW], encoder, tmp_path, GLOSSARY, outside=OUTSIDE, shipped=shipped, like=like)
    assert made.vectors.asked.vectors is like.vectors.asked.vectors
    assert made.vectors.discriminant is like.vectors.discriminant
    other = assemble_index(
        CHANGES["other questions"], encoder, tmp_path, GLOSSARY, outside=OUTSIDE, shipped=shipped, like=like
    )
    assert other.vectors.discriminant is not like.vectors.discriminant


def test_nothing_is_taken_over_where_the_basis_comes_from_the_passages_themselves(tmp_path: Path) -> None:
    encoder = HashedEncoder()
    build_index(basis_passages(), encoder, tmp_path)
    (tmp_path / EMBEDDINGS).unlink()
    again = HashedEncoder()
    build_index([*basis_passages(), NEW], again, tmp_path)
    assert set(again.passages) >= {one.search_text for one in basis_passages()}


def test_nothing_is_taken_over_from_a_damaged_index_one_of_another_encoder_or_where_nothing_is_trusted(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Path
) -> None:
    first, _ = build(tmp_path, ASKED)
    folder = SnapshotStore(tmp_path).path(first.snapshot_id)
    opened: list[Path] = []
    open_vectors = IndexVectors.open
    monkeypatch.setattr(IndexVectors, "open", lambda where: opened.append(where) or open_vectors(where))
    build_index([*ASKED, NEW], HashedEncoder("hashed/2"), tmp_path, outside=OUTSIDE, switch=False)
    build_index([*ASKED, NEW], HashedEncoder(), tmp_path, outside=OUTSIDE, shipped=shipped, fresh=True, switch=False)
    assert opened == []
    (folder / "statements.npz").write_bytes(b"torn")
    build_index(ASKED[1:], HashedEncoder(), tmp_path, outside=OUTSIDE, shipped=shipped)
    assert opened == []


def test_the_words_of_an_earlier_index_are_not_read_again_and_those_of_gone_texts_are_forgotten(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = ["The premium of Safi", "the of", "Le plafond de la prime"]
    LexicalIndex.build(texts).save(tmp_path)
    earlier = LexicalIndex.open(tmp_path)
    read: list[str] = []
    monkeypatch.setattr("index.lexical.tokenise", lambda text: read.append(text) or ["olive", "safi"])
    later = LexicalIndex.build(["Olives of Safi", *texts[:2]], earlier, [None, 0, 1])
    assert read == ["Olives of Safi"]
    assert not later.knows("plafon")
    assert later.idf("plafon") == later.highest_idf
    assert list(later.scores(["safi"]) > 0) == [True, True, False]
    assert later.size == 3


def test_questions_from_outside_keep_their_texts_and_kinds(build: Build, tmp_path: Path) -> None:
    given = [*OUTSIDE, OutsideQuestion(OutsideKind.ABSENT, Language.ZH, "商标\n要多少钱")]
    index, _ = build(tmp_path, ASKED, outside=given)
    assert index.vectors.outside.texts == tuple(question.text for question in given)
    assert index.vectors.outside.kinds == tuple(question.kind for question in given)
