"""The model that comes with the installation, for real."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus import Passage
from corpus.loading import PACKAGED_DOCUMENTS
from corpus.outside import load_outside
from corpus.question_forms import form_patterns, question_forms
from corpus.splitting import split_into_passages
from index import open_encoder
from index.cache import PASSAGE, QUERY, RoleText, Shipped, load_shipped, vector_key
from index.embedded_texts import fit_language_basis, texts_to_embed
from index.encoder import BUNDLED_ID, SentenceTransformersEncoder
from tests.packaged import packaged_corpus

pytestmark = pytest.mark.encoder

ROOT = Path(__file__).parents[2]
SHIPPED = PACKAGED_DOCUMENTS.parent / "vectors" / "packaged.npz"
TEXTS = [
    "How many permanent jobs must a project create?",
    "كم عدد مناصب الشغل القارة التي يجب أن يحدثها المشروع؟",
    "项目必须创造多少个固定就业岗位？",
    "Combien d'emplois stables un projet doit-il créer ?",
    "¿Cuántos empleos estables debe crear un proyecto?",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformersEncoder:
    return open_encoder()


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    return load_shipped(SHIPPED, BUNDLED_ID)


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    documents = packaged_corpus().documents
    return split_into_passages(documents, max(document.as_of for document in documents))


@pytest.fixture(scope="module")
def packaged(passages: list[Passage]) -> list[RoleText]:
    return texts_to_embed(passages, load_outside())


def test_the_model_loads_when_it_is_first_needed(encoder: SentenceTransformersEncoder) -> None:
    assert not open_encoder().ready
    assert encoder.dimension == 384
    assert encoder.ready


def test_vectors_have_length_one_and_the_stated_dimension(encoder: SentenceTransformersEncoder) -> None:
    for vectors in (encoder.encode_passages(TEXTS), encoder.encode_queries(TEXTS)):
        assert vectors.shape == (len(TEXTS), encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_a_question_and_a_passage_of_the_same_words_differ_a_little(encoder: SentenceTransformersEncoder) -> None:
    cosine = float(encoder.encode_queries(TEXTS[:1])[0] @ encoder.encode_passages(TEXTS[:1])[0])
    assert 0.7 < cosine < 0.999


def test_without_its_language_a_question_is_nearest_to_its_translations(
    encoder: SentenceTransformersEncoder, shipped: Shipped
) -> None:
    others = ["Where do olives grow?", "Qui a visité la chambre ?", "港口在哪里？"]
    assert shipped.projection is not None
    vectors = shipped.projection.queries(encoder.encode_queries([*TEXTS, *others]))
    cosines = vectors[0] @ vectors[1:].T
    assert cosines[: len(TEXTS) - 1].min() > cosines[len(TEXTS) - 1 :].max()


def test_one_at_a_time_together_and_in_threads_give_the_same_vectors(encoder: SentenceTransformersEncoder) -> None:
    texts = TEXTS * 3
    together = encoder.encode_queries(texts)
    with ThreadPoolExecutor(4) as pool:
        in_threads = np.concatenate(list(pool.map(lambda text: encoder.encode_queries([text]), texts)))
    np.testing.assert_array_equal(together, in_threads)
    np.testing.assert_array_equal(together[:5], together[5:10])


@pytest.mark.parametrize("text", ["a\x00b", "lone \ud800 surrogate", "x" * 20_000, "🫒", "\u200b."])
def test_odd_texts_are_embedded(encoder: SentenceTransformersEncoder, text: str) -> None:
    vectors = encoder.encode_passages([text])
    assert vectors.shape == (1, 384)
    assert np.isfinite(vectors).all()


def test_a_sample_of_the_shipped_vectors_is_what_the_model_gives(
    encoder: SentenceTransformersEncoder, shipped: Shipped, packaged: list[RoleText]
) -> None:
    sample = random.Random(20261101).sample(packaged, 24)  # noqa: S311
    for role, encode in ((PASSAGE, encoder.encode_passages), (QUERY, encoder.encode_queries)):
        texts = [text for own, text in sample if own == role]
        kept = np.stack([shipped.vectors[vector_key(role, text, BUNDLED_ID)] for text in texts])
        np.testing.assert_allclose(encode(texts), kept.astype(np.float32), atol=1e-2)


def test_every_text_of_the_packaged_documents_has_a_shipped_vector(shipped: Shipped, packaged: list[RoleText]) -> None:
    without = [text for text in packaged if vector_key(*text, BUNDLED_ID) not in shipped.vectors]
    assert without == [], "run: make vectors"


def test_the_shipped_projection_rests_on_the_language_basis_of_the_packaged_documents(
    shipped: Shipped, packaged: list[RoleText], passages: list[Passage]
) -> None:
    vectors = {text: shipped.vectors[vector_key(*text, BUNDLED_ID)].astype(np.float32) for text in packaged}
    basis = fit_language_basis(passages, vectors)
    assert basis is not None
    assert shipped.projection is not None
    np.testing.assert_allclose(basis.passage_centre, shipped.projection.passage_centre, atol=1e-3)
    # What the basis takes out, the shipped matrix takes out too.
    removed = np.eye(basis.matrix.shape[0]) - basis.matrix
    np.testing.assert_allclose(removed @ shipped.projection.matrix, 0, atol=1e-2)


def test_every_section_has_a_prototype_and_example_questions_lie_nearest_to_their_own(
    shipped: Shipped, passages: list[Passage]
) -> None:
    assert shipped.projection is not None
    assert shipped.prototypes.keys() == {passage.section_id for passage in passages}, "run: make vectors"
    sections = list(shipped.prototypes)
    prototypes = np.stack(list(shipped.prototypes.values())).astype(np.float32)
    sample = random.Random(20261128).sample([(q, p.section_id) for p in passages for q in p.asked], 500)  # noqa: S311
    raw = np.stack([shipped.vectors[vector_key(QUERY, question, BUNDLED_ID)] for question, _ in sample])
    cosines = shipped.projection.queries(raw.astype(np.float32)) @ prototypes.T
    own = np.array([sections.index(section) for _, section in sample])
    places = (cosines > cosines[np.arange(len(own)), own][:, None]).sum(axis=1)
    assert np.mean(places == 0) > 0.8
    assert np.mean(places < 3) > 0.93


def test_how_people_ask_is_shipped_for_every_section_with_example_questions(
    shipped: Shipped, passages: list[Passage]
) -> None:
    asked = {passage.section_id: passage.asked for passage in passages if passage.asked}
    assert shipped.forms.keys() == asked.keys(), "run: make vectors"
    assert {row.shape for row in shipped.forms.values()} == {(len(form_patterns()),)}
    many = sorted(asked, key=lambda section: -sum(question_forms(text)[0] for text in asked[section]))[:5]
    assert all(shipped.forms[section][0] > 0 for section in many), "sections that are asked who"


def test_saving_the_module_writes_no_weights(encoder: SentenceTransformersEncoder, tmp_path: Path) -> None:
    encoder.load()[0].save(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert json.dumps(encoder.load().prompts) == '{"query": "query: ", "document": "passage: "}'


def test_the_bare_model_gives_the_same_vectors_without_the_library_around_it(
    encoder: SentenceTransformersEncoder,
) -> None:
    texts = ["What is the cap?", "ما سقف المنح؟", "上限是多少？", "Quel est le plafond des primes ?"]
    bare = open_encoder(bare=True)
    assert bare.id == encoder.id
    assert bare.dimension == encoder.dimension
    for text in texts:
        assert np.array_equal(bare.encode_queries([text]), encoder.encode_queries([text]))
    assert np.allclose(bare.encode_passages(texts), encoder.encode_passages(texts), atol=1e-6)


def test_the_bare_model_loads_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from index import open_encoder; open_encoder(bare=True).encode_queries(['a']); "
        "print(sorted({'torch', 'sentence_transformers'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.strip() == "[]"
