"""Searching: a real index of small passages with the offline encoder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus import (
    Kind,
    Language,
    Passage,
)
from corpus.text import split_statements
from index import SearchIndex, open_index
from index.search import CACHED_QUESTIONS
from tests.index.doubles import GLOSSARY, TEXTS, HashedEncoder, basis_passages, built, passage


def release(section_id: str, language: str, **changed: Any) -> Passage:
    fields = {"text": f"{section_id} in {language}.", "kind": Kind.PRESS_RELEASE, "published": date(2023, 11, 15)}
    return passage(section_id, language, **fields | changed)


@pytest.fixture(scope="module")
def index(home: Path) -> SearchIndex:
    return open_index(home, HashedEncoder(), GLOSSARY)


@pytest.mark.parametrize("anchor", list(TEXTS))
@pytest.mark.parametrize("language", list(Language))
def test_a_heading_finds_its_section_first_in_every_language(
    index: SearchIndex, anchor: str, language: Language
) -> None:
    hit = index.search(TEXTS[anchor][language][0], language)[0]
    assert hit.section_id == f"charter#{anchor}"
    assert hit.passage == hit.found == index.sections.versions[hit.section_id][language]
    assert hit.lexical_rank == 1


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
    olives = index.sections.versions["region#olives"][Language.EN]
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
    assert index.sections.terms == {"charter#cap": {"cap"}, "charter#jobs": set(), "region#olives": set()}
    assert index.sections.holders == {"cap": 1}


def test_a_document_is_its_passages_in_one_language_in_order(index: SearchIndex) -> None:
    ids = [each.id for each in index.sections.document(passage("charter#jobs", "fr"))]
    assert ids == ["charter#cap@fr", "charter#jobs@fr"]


def test_the_originals_of_a_summary_are_the_releases_of_its_day_in_its_original_language(tmp_path: Path) -> None:
    summary = [release("visit#who", language, original_language=Language.AR) for language in ("fr", "en")]
    original, other_day = release("release#p1", "ar"), release("other#p1", "ar", published=date(2024, 1, 1))
    guide = passage("guide#p1", "ar", published=date(2023, 11, 15))
    index = built(tmp_path, [*summary, original, other_day, release("french#p1", "fr"), guide])
    assert index.sections.originals(summary[0]) == [original]
    assert index.sections.originals(original) == index.sections.originals(guide) == []


def test_with_a_language_basis_a_section_is_still_found_from_every_language(tmp_path: Path) -> None:
    index = built(tmp_path, basis_passages())
    for language in Language:
        assert index.search(TEXTS["jobs"][language][0], language)[0].section_id.startswith("charter#jobs")


@pytest.mark.parametrize("language", [Language.AR, Language.FR, Language.EN, Language.ES])
def test_a_projected_question_lies_nearest_to_the_section_that_it_is_asked_for(
    index: SearchIndex, language: Language
) -> None:
    questions = [TEXTS[anchor][language][0] for anchor in TEXTS]
    projected = index.project_questions(HashedEncoder().encode_queries(questions))
    assert projected.shape == (len(questions), 256)
    nearest = index.nearest_sections(projected)
    assert [section for section, _ in nearest] == [f"charter#{anchor}" for anchor in TEXTS]
    assert all(0 < cosine <= 1.001 for _, cosine in nearest)
