"""Cutting documents into sections and passages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import Confidence, Section
from corpus.loading import load_corpus
from corpus.splitting import MOST_WORDS, split_into_passages, split_into_sections
from corpus.text import clean, split_sentences, word_count
from tests.corpus.documents import write

some_words = st.sampled_from(["word", "Art.", "30%", "补贴投资宪章", "منحة", "n°", "- item"])
sentences = st.lists(some_words, min_size=1, max_size=200).map(lambda words: " ".join(words) + ".")
paragraphs = st.lists(sentences, min_size=1, max_size=8)
separators = st.sampled_from(["\n\n", "\n", "\n \n\n", "\n\n\n"])
releases = st.builds(lambda parts, separator: separator.join(parts), paragraphs, separators)


def split(body: str, *, first_line: int = 1) -> tuple[Section, ...]:
    return split_into_sections(body, title="The title", first_line=first_line, confidence=Confidence.PRESS)


def without_spaces(text: str) -> str:
    return "".join(text.split())


def prose(words: int, sentence: int = 10) -> str:
    """A paragraph of so many words in sentences of `sentence` words."""
    return " ".join(f"word{i}." if i % sentence == sentence - 1 else f"word{i}" for i in range(words))


@given(releases)
def test_a_release_loses_no_word_and_keeps_their_order(body: str) -> None:
    assert without_spaces("".join(section.body for section in split(body))) == without_spaces(body)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="#")).map(clean))
@example("one\n \ntwo")
@example("\x1c one\u2028two")
def test_any_text_without_headings_is_kept_whole(body: str) -> None:
    assert without_spaces("".join(section.body for section in split(body))) == without_spaces(body)


@given(
    st.lists(st.tuples(st.sampled_from(["A", "B {c}", "D {2026}", "{"]), releases), min_size=1, max_size=4), releases
)
def test_a_text_with_headings_keeps_every_heading_and_word_in_order(
    headed: list[tuple[str, str]], opening: str
) -> None:
    body = "\n".join([opening, *(f"## {heading}\n{text}" for heading, text in headed)])
    sections = split(body)
    assert without_spaces("".join(s.body for s in sections)) == without_spaces(
        opening + "".join(text for _, text in headed)
    )
    headings = list(dict.fromkeys(section.heading for section in sections))
    assert headings == list(dict.fromkeys(["The title", *(heading for heading, _ in headed)]))


@given(releases)
def test_no_part_of_a_release_is_longer_than_160_words_unless_it_is_one_sentence(body: str) -> None:
    for section in split(body):
        assert word_count(section.body) <= MOST_WORDS or len(split_sentences(section.body)) == 1


@given(releases)
def test_anchors_are_of_the_allowed_form_all_different_and_the_same_again(body: str) -> None:
    anchors = [section.anchor for section in split(body)]
    assert len(set(anchors)) == len(anchors)
    assert anchors == [section.anchor for section in split(body)]


def test_short_paragraphs_are_joined_and_a_short_end_goes_to_the_part_before() -> None:
    body = "\n\n".join([prose(30), prose(40), prose(70), prose(20)])
    assert [word_count(section.body) for section in split(body)] == [70, 90]


def test_a_long_paragraph_is_cut_at_its_sentences() -> None:
    sections = split(prose(400))
    assert [word_count(section.body) for section in sections] == [160, 160, 80]
    assert all(section.body.endswith(".") for section in sections)


def test_a_short_paragraph_before_a_full_one_stays_alone() -> None:
    assert [word_count(section.body) for section in split(f"{prose(40)}\n\n{prose(150)}\n\n{prose(30)}")] == [
        40,
        150,
        30,
    ]


def test_a_headed_section_states_its_anchor_confidence_and_line() -> None:
    opening, first, second = split(
        "Opening.\n\n## One? {#one .to-confirm}\n\nYes.\n\n## Two {#two}\nNo.", first_line=10
    )
    assert (opening.heading, opening.body, opening.line) == ("The title", "Opening.", 10)
    assert (first.anchor, first.heading, first.body, first.line) == ("one", "One?", "Yes.", 12)
    assert (first.confidence, second.confidence) == (Confidence.TO_CONFIRM, Confidence.PRESS)
    assert (second.anchor, second.line) == ("two", 16)


def test_a_section_with_an_anchor_is_never_cut() -> None:
    (section,) = split(f"## One {{#one}}\n\n{prose(400)}")
    assert word_count(section.body) == 400


def test_a_section_without_anchor_gets_one_from_its_place_and_text() -> None:
    first, second = split(f"## One\n\n{prose(150)}\n\n{prose(149)}")
    assert (first.heading, second.heading) == ("One", "One")
    assert first.anchor.startswith("p1-")
    assert second.anchor.startswith("p2-")
    assert split(f"## One\n\n{prose(150)}!\n\n{prose(149)}")[0].anchor != first.anchor


@pytest.mark.parametrize("heading", ["## A {not closed", "## A {2026}", "## A {#}", "### Deeper {#deep}", "##No space"])
def test_what_is_no_mark_stays_in_the_text(heading: str) -> None:
    sections = split(f"{heading}\nText with a }} brace.")
    kept = "".join(section.heading + section.body for section in sections)
    assert "Text with a } brace." in kept
    assert all(word in kept for word in heading.strip("# ").split() if word != "{#}")


def test_an_empty_text_has_no_sections() -> None:
    assert split("") == split(" \n\n ") == ()


def test_the_line_of_a_part_without_headings_is_where_it_starts() -> None:
    assert [section.line for section in split(f"{prose(100)}\n\n\n{prose(120)}", first_line=5)] == [5, 8]


def test_passages_are_made_of_documents_in_force_with_their_sources(tmp_path: Path) -> None:
    body = "## One? {#one}\n\nYes.\n\n## Two? {#two .press}\n\nNo.\n"
    sources = "[{title: General, url: https://a.org}, {title: Own, url: https://b.org, sections: [two]}]"
    write(tmp_path, "charter/cap/en", body, sources=sources, valid_to="2026-12-31")
    write(tmp_path, "charter/old/en", superseded_by="cap")
    write(tmp_path, "charter/bare/fr")
    documents = load_corpus(tmp_path).documents
    passages = split_into_passages(documents, date(2026, 12, 31))
    assert [passage.id for passage in passages] == ["bare#cap@fr", "cap#one@en", "cap#two@en"]
    assert [passage.url for passage in passages] == ["", "https://a.org", "https://b.org"]
    assert [passage.source_title for passage in passages] == ["", "General", "Own"]
    assert passages[2].confidence is Confidence.PRESS
    assert [passage.id for passage in split_into_passages(documents, date(2027, 1, 1))] == ["bare#cap@fr"]


def test_a_document_before_its_first_day_has_no_passages(tmp_path: Path) -> None:
    write(tmp_path, "charter/cap/en")
    (document,) = load_corpus(tmp_path).documents
    assert split_into_passages([replace(document, valid_from=date(2030, 1, 1))], date(2026, 1, 1)) == []
