"""Searching: a real index of small passages with the offline encoder."""

from __future__ import annotations

import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

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
from corpus.text import split_statements
from index import LiveIndex, SearchIndex, SnapshotStore, build_index, open_index, read_manifest
from index.search import CACHED_QUESTIONS
from index.snapshot import MANIFEST, write_manifest
from tests.index.doubles import GLOSSARY, TEXTS, HashedEncoder, basis_passages, passage, passages

plain = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
made_passages = st.lists(
    st.builds(
        passage, st.from_regex(r"[a-z]{1,8}#[a-z]{1,8}", fullmatch=True), st.sampled_from([*Language]),
        text=plain.filter(str.strip), title=plain, heading=plain, url=plain, kind=st.sampled_from(Kind),
        confidence=st.sampled_from(Confidence), published=st.dates(), as_of=st.dates(),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def built(home: Path, given_passages: list[Passage] | None = None, encoder: HashedEncoder | None = None) -> SearchIndex:
    encoder = encoder or HashedEncoder()
    build_index(given_passages or passages(), encoder, home)
    return open_index(home, encoder, GLOSSARY)


def release(section_id: str, language: str, **changed: Any) -> Passage:
    fields = {"text": f"{section_id} in {language}.", "kind": Kind.PRESS_RELEASE, "published": date(2023, 11, 15)}
    return passage(section_id, language, **fields | changed)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the small passages; not to be written to."""
    home = tmp_path_factory.mktemp("home")
    build_index(passages(), HashedEncoder(), home)
    return home


@pytest.fixture(scope="module")
def index(home: Path) -> SearchIndex:
    return open_index(home, HashedEncoder(), GLOSSARY)


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(home, tmp_path / "copy"))


@pytest.mark.parametrize("anchor", list(TEXTS))
@pytest.mark.parametrize("language", list(Language))
def test_a_heading_finds_its_section_first_in_every_language(
    index: SearchIndex, anchor: str, language: Language
) -> None:
    hit = index.search(TEXTS[anchor][language][0], language)[0]
    assert hit.section_id == f"charter#{anchor}"
    assert hit.passage == hit.found == index.versions[hit.section_id][language]
    assert (hit.vector_rank, hit.lexical_rank) == (1, 1)


def test_a_question_in_another_language_shows_the_askers_version_of_what_was_found(index: SearchIndex) -> None:
    hit = index.search("Quel est le plafond des primes ?", Language.ZH)[0]
    assert (hit.found.id, hit.passage.id) == ("charter#cap@fr", "charter#cap@zh")


def test_a_section_without_a_version_for_the_asker_is_shown_as_found(index: SearchIndex) -> None:
    hit = index.search("Where do olives grow?", Language.AR)[0]
    assert hit.passage is hit.found
    assert hit.passage.id == "region#olives@en"


def test_a_synonym_of_the_glossary_finds_a_section_without_that_word(index: SearchIndex) -> None:
    hit = index.search("ceiling", Language.EN)[0]
    assert hit.section_id == "charter#cap"
    assert hit.coverage > 0


def test_each_section_stands_once_best_first_with_its_signals(index: SearchIndex) -> None:
    hits = index.search("What is the cap of the premiums?", Language.EN)
    assert sorted(hit.section_id for hit in hits) == ["charter#cap", "charter#jobs", "region#olives"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert sorted(hit.vector_rank for hit in hits) == [1, 2, 3]
    for hit in hits:
        assert -1 <= hit.cosine <= 1.001
        assert -1 <= hit.statement_cosine <= 1.001
        assert 0 <= hit.coverage <= 1
        assert (hit.lexical_rank == 0) is (hit.coverage == 0)


def test_at_most_as_many_sections_come_back_as_asked_for(index: SearchIndex) -> None:
    best = index.search("What is the cap?", Language.EN, most=1)
    assert best == index.search("What is the cap?", Language.EN)[:1]


@pytest.mark.parametrize("question", ["the of", "zzz", "?", "\ud800", "x" * 5000, "上", "🫒"])
def test_any_question_is_searched(index: SearchIndex, question: str) -> None:
    assert len(index.search(question, Language.EN)) == 3


def test_a_statement_is_nearest_to_its_own_words(index: SearchIndex) -> None:
    olives = index.versions["region#olives"][Language.EN]
    cosines = index.statement_cosines("Fishing lives in Safi", olives)
    assert len(cosines) == len(split_statements(olives.text)) == 2
    assert cosines.argmax() == 1


def test_a_question_is_embedded_once_and_the_oldest_forgotten(home: Path) -> None:
    encoder = HashedEncoder()
    index = open_index(home, encoder, GLOSSARY)
    for number in range(CACHED_QUESTIONS):
        index.statement_cosines(f"question {number}", index.passages[0])
    index.search("question 0", Language.EN)
    index.search("one more", Language.EN)
    assert len(encoder.queries) == CACHED_QUESTIONS + 1
    index.search("question 0", Language.EN)
    assert len(encoder.queries) == CACHED_QUESTIONS + 1
    index.search("question 1", Language.EN)
    assert len(encoder.queries) == CACHED_QUESTIONS + 2


def test_threads_find_the_same(index: SearchIndex) -> None:
    questions = [heading for texts in TEXTS.values() for heading, _ in texts.values()] * 3
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: index.search(question, Language.EN), questions))
    assert together == [index.search(question, Language.EN) for question in questions]


def test_the_terms_of_a_section_are_those_of_all_its_versions(index: SearchIndex) -> None:
    assert index.section_terms == {"charter#cap": {"cap"}, "charter#jobs": set(), "region#olives": set()}
    assert index.holders == {"cap": 1}


def test_a_document_is_its_passages_in_one_language_in_order(index: SearchIndex) -> None:
    ids = [each.id for each in index.document(passage("charter#jobs", "fr"))]
    assert ids == ["charter#cap@fr", "charter#jobs@fr"]


def test_the_originals_of_a_summary_are_the_releases_of_its_day_in_its_original_language(tmp_path: Path) -> None:
    summary = [release("visit#who", language, original_language=Language.AR) for language in ("fr", "en")]
    original, other_day = release("release#p1", "ar"), release("other#p1", "ar", published=date(2024, 1, 1))
    guide = passage("guide#p1", "ar", published=date(2023, 11, 15))
    index = built(tmp_path, [*summary, original, other_day, release("french#p1", "fr"), guide])
    assert index.originals(summary[0]) == [original]
    assert index.originals(original) == index.originals(guide) == []


def test_with_a_language_basis_a_section_is_still_found_from_every_language(tmp_path: Path) -> None:
    index = built(tmp_path, basis_passages())
    for language in Language:
        assert index.search(TEXTS["jobs"][language][0], language)[0].section_id.startswith("charter#jobs")


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


def test_another_encoder_is_a_mismatch(home: Path) -> None:
    with pytest.raises(SnapshotMismatchError, match="built by the encoder hashed/1, but hashed/2 is set"):
        open_index(home, HashedEncoder("hashed/2"), GLOSSARY)


PARTS = ["passages.jsonl", "vectors.faiss", "debias.npz", "statements.npz", "lexical/vocab.index.json"]


@pytest.mark.parametrize("part", PARTS)
def test_a_torn_part_is_found_by_its_checksum(copy: Path, part: str) -> None:
    path = SnapshotStore(copy).path(SnapshotStore(copy).require_current()) / part
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(SnapshotDamagedError, match=f"{part} .* is torn. Run: mithaq index build"):
        open_index(copy, HashedEncoder(), GLOSSARY)


@pytest.mark.parametrize("content", [b"", b"junk\n", b"[]\n", b"{}\n", b"\xff\n"])
@pytest.mark.parametrize("part", PARTS[:4])
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


def test_threads_open_a_new_snapshot_once(tmp_path: Path) -> None:
    built(tmp_path)
    live = LiveIndex(tmp_path, HashedEncoder(), GLOSSARY)
    built(tmp_path, passages()[:5])
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: live.get(), range(32)))
    assert len({id(each) for each in opened}) == 1
    assert len(opened[0].passages) == 5
