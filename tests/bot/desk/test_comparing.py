"""What a draft repeats and contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.desk.comparing import Compared, Comparison
from corpus import Language, Passage
from corpus.glossary import load_glossary
from corpus.loading import PACKAGED_VECTORS, parse_document
from corpus.splitting import split_into_passages
from corpus.text import split_statements
from corpus.yaml_text import load_yaml
from index import SearchIndex, assemble_index, open_encoder
from index.cache import EMBEDDINGS, PASSAGE, EmbeddingCache, Shipped, load_shipped
from tests.bot.conftest import HashedEncoder
from tests.packaged import packaged_corpus

TODAY = date(2026, 11, 29)
RELEASES = load_yaml(Path(__file__).with_name("releases.yaml").read_text(encoding="utf-8"))
TRANSLATED = ("cri-results", "premium-cap", "strategic-projects")
SAFI = "A project in the province of Safi receives a territorial premium of"


def release(text: str, **fields: str) -> list[Passage]:
    """The passages of a press release."""
    known = {
        "title": "A press release", "kind": "press-release", "publisher": "CCIS", "published": "2026-11-28", "as_of": "2026-11-28",
        "lang": "en", "original_lang": "en", "confidence": "press",
    } | fields  # fmt: skip
    front = "".join(
        f'{name}: "{value}"\n' if name == "title" else f"{name}: {value}\n" for name, value in known.items()
    )
    path = Path("documents/press/a-release") / f"{known['lang']}.md"
    return split_into_passages([parse_document(f"---\n{front}---\n\n{text}", path, Path("documents"))], TODAY)


def texts_of(passages: Sequence[Passage]) -> list[str]:
    return [text for one in passages for text in (one.search_text, *(said.text for said in split_statements(one.text)))]


def compare(index: SearchIndex, passages: list[Passage]) -> Compared:
    """With the offline encoder."""
    texts = texts_of(passages)
    return Comparison(index, dict(zip(texts, HashedEncoder().encode_passages(texts), strict=True))).compare(passages)


def test_the_same_wording_is_a_duplicate_whatever_stands_around_it(index: SearchIndex) -> None:
    copied = f"{SAFI} 10%. The list of provinces is fixed by an order."
    (found,) = compare(index, release(f"The chamber met on Monday. {copied} Coffee was served.")).duplicates
    assert (found.section_id, found.language, found.repeated) == ("territorial#safi", Language.EN, 1.0)
    assert found.excerpt == copied


def test_another_text_is_no_duplicate(index: SearchIndex) -> None:
    text = "Twelve bakers opened a school in Rabat and invited their neighbours to tea."
    assert compare(index, release(text)) == Compared()


def test_chinese_wording_is_compared_by_its_characters(index: SearchIndex) -> None:
    copied = "商会会长在马拉喀什接待了来自广东的中国商务代表团。"
    (found,) = compare(index, release(copied, lang="zh", original_lang="zh")).duplicates
    assert (found.section_id.partition("#")[0], found.repeated) == ("delegation-release", 1.0)


def test_another_figure_for_the_same_measure_is_a_conflict_with_both_sentences(index: SearchIndex) -> None:
    (found,) = compare(index, release(f"Tea was served. {SAFI} 15%.")).conflicts
    assert (found.section_id, found.figures_here, found.figures_there) == ("territorial#safi", ("15%",), ("10%",))
    assert (found.sentence_here, found.sentence_there) == (f"{SAFI} 15%.", f"{SAFI} 10%.")
    assert found.replaces


def test_an_older_release_contradicts_and_does_not_replace(index: SearchIndex) -> None:
    (found,) = compare(index, release(f"{SAFI} 15%.", published="2025-01-02", as_of="2025-01-02")).conflicts
    assert not found.replaces


@pytest.mark.parametrize(
    "said",
    [
        f"{SAFI} 10%.",
        f"{SAFI.replace('Safi', 'Rehamna')} 15%.",
        f"No{SAFI[1:]} 15%.",
        f"For example, {SAFI} 15%.",
        "A project in the province of Safi receives a visit of 15 engineers.",
    ],
)
def test_the_same_figure_another_place_a_denial_an_example_and_another_measure_are_none(
    index: SearchIndex, said: str
) -> None:
    assert compare(index, release(said)).conflicts == ()


def test_the_own_document_in_other_languages_is_left_out(index: SearchIndex) -> None:
    (own,) = [one for one in index.passages if one.id == "premium-cap#cap@en"]
    assert compare(index, [replace(own, text=own.text.replace("30%", "35%"))]) == Compared()


@dataclass(frozen=True)
class Packaged:
    """The packaged corpus, some documents of which stand in it without their Spanish version."""

    index: SearchIndex
    cache: EmbeddingCache
    spanish: dict[str, list[Passage]]

    def compare(self, passages: Sequence[Passage]) -> Compared:
        vectors, _ = self.cache.embed([(PASSAGE, text) for text in texts_of(passages)])
        return Comparison(self.index, {text: vector for (_, text), vector in vectors.items()}).compare(passages)


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    home, encoder = tmp_path_factory.mktemp("home"), open_encoder()
    passages = split_into_passages(packaged_corpus().documents, TODAY)
    apart = {one.id: one for one in passages if one.slug in TRANSLATED and one.language is Language.ES}
    left = [one for one in passages if one.id not in apart]
    index = assemble_index(left, encoder, home, load_glossary(), shipped=PACKAGED_VECTORS)
    shipped = Shipped(load_shipped(PACKAGED_VECTORS, encoder.id).vectors)
    spanish = {slug: [one for one in apart.values() if one.slug == slug] for slug in TRANSLATED}
    return Packaged(index, EmbeddingCache(home / EMBEDDINGS, encoder, shipped), spanish)


def renamed(passages: Sequence[Passage]) -> list[Passage]:
    return [replace(one, section_id=f"copied-{one.section_id}") for one in passages]


@pytest.mark.encoder
@pytest.mark.parametrize("slug", TRANSLATED)
def test_no_packaged_document_contradicts_its_own_translation(packaged: Packaged, slug: str) -> None:
    found = packaged.compare(renamed(packaged.spanish[slug]))
    assert [one for one in found.conflicts if one.section_id.startswith(f"{slug}#")] == []


@pytest.mark.encoder
@pytest.mark.parametrize("slug", ["premium-cap", "eligibility"])
def test_no_packaged_document_contradicts_a_copy_of_itself_and_the_copy_is_seen(packaged: Packaged, slug: str) -> None:
    own = [one for one in packaged.index.passages if one.slug == slug and one.language is Language.AR]
    found = packaged.compare(renamed(own))
    assert found.conflicts == ()
    assert slug in {one.section_id.partition("#")[0] for one in found.duplicates}


@pytest.mark.encoder
@pytest.mark.parametrize("told", RELEASES, ids=lambda one: one["name"])
def test_releases_are_held_against_what_they_contradict_and_nothing_else(
    packaged: Packaged, told: dict[str, Any]
) -> None:
    day, language = str(told["published"]), told["language"]
    passages = release(
        told["text"], title=told["title"], lang=language, original_lang=language, published=day, as_of=day
    )
    conflicts = packaged.compare(passages).conflicts
    for wrong in told["wrong"]:
        against = {one.section_id.partition("#")[0] for one in conflicts if wrong["figure"] in one.figures_here}
        assert against & set(wrong["documents"])
    expected = {wrong["figure"] for wrong in told["wrong"]}
    assert all(expected.intersection(one.figures_here) for one in conflicts)


def test_the_releases_are_wrong_and_right_in_all_languages() -> None:
    assert {one["language"] for one in RELEASES if one["wrong"]} == set(Language)
    assert sum(not one["wrong"] for one in RELEASES) >= 8
