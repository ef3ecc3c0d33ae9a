"""What publishing a draft would do, seen before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.drafts import Drafts
from bot.desk.preview import Preview, Previews
from corpus import Language
from index import SearchIndex
from tests.bot.desk.preview_doubles import FRONT, PATH, QUESTION, TEXT, Asked, open_drafts, previews_of

LEAD = "The chamber opened a desk for saffron growers in Taliouine."
SHOWN = ("section_id", "title", "section", "publisher", "published", "as_of", "url", "confidence", "passage_text")


@pytest.fixture
def drafts(tmp_path: Path, corpus_folder: Path) -> Drafts:
    return open_drafts(tmp_path, corpus_folder)


@pytest.fixture
def previews(drafts: Drafts, corpus_folder: Path, index: SearchIndex, tmp_path: Path) -> Previews:
    return previews_of(drafts, corpus_folder, index, tmp_path, Asked(QUESTION), Asked("Where do seals sleep?"))


def test_sections_are_shown_as_they_are_cut_and_cited(previews: Previews, drafts: Drafts) -> None:
    (section,) = previews.preview(drafts.begin(PATH, TEXT, "amina")).sections
    assert (section.anchor, section.heading, section.line) == ("saffron", "Who helps saffron growers?", 12)
    assert (section.words, section.passages, section.citation.quotes) == (20, 1, (LEAD,))
    assert section.citation_text.startswith(f"{LEAD} — Who helps saffron growers?")
    assert section.citation_text.endswith("A desk for saffron growers, CCIS, 2026-11-20")


def test_the_citation_is_the_one_that_an_answer_shows(previews: Previews, drafts: Drafts) -> None:
    draft = drafts.begin(PATH, TEXT, "amina")
    (section,) = previews.preview(draft).sections
    shown = previews.try_question(draft, QUESTION, Language.EN).with_draft.citations[0]
    assert {name: getattr(section.citation, name) for name in SHOWN} == {name: getattr(shown, name) for name in SHOWN}


def test_a_release_without_headings_is_cut_at_its_paragraphs(previews: Previews, drafts: Drafts) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number} says: {'something ' * 70}." for number in range(3))
    sections = previews.preview(drafts.begin(PATH, f"{FRONT}{paragraphs}\n", "amina")).sections
    assert [section.words for section in sections] == [73, 73, 73]
    assert [section.line for section in sections] == [12, 14, 16]


def test_conflicts_duplicates_and_what_to_do_with_the_older_text_come_together(
    previews: Previews, drafts: Drafts
) -> None:
    said = "A project in the province of Safi receives a territorial premium of 15%."
    preview = previews.preview(drafts.begin(PATH, f"{FRONT}{said}\n", "amina"))
    assert [(one.section_id, one.figures_there) for one in preview.conflicts] == [("territorial#safi", ("10%",))]
    assert [(one.slug, one.whole) for one in preview.replacements] == [("territorial", False)]
    assert preview.duplicates


def test_questions_that_had_no_answer_and_get_one_are_named(previews: Previews, drafts: Drafts) -> None:
    assert previews.preview(drafts.begin(PATH, TEXT, "amina")).now_answered == (QUESTION,)


def test_a_document_out_of_force_is_shown_and_answers_nothing(previews: Previews, drafts: Drafts) -> None:
    text = TEXT.replace("confidence: press", "confidence: press\nvalid_to: 2025-01-01")
    preview = previews.preview(drafts.begin(PATH, text, "amina"))
    assert len(preview.sections) == 1
    assert preview.now_answered == ()


def test_a_question_is_answered_today_and_with_the_draft(previews: Previews, drafts: Drafts) -> None:
    tried = previews.try_question(drafts.begin(PATH, TEXT, "amina"), QUESTION, Language.EN)
    assert not tried.today.citations
    assert tried.with_draft.citations[0].section_id == "saffron#saffron"


@pytest.mark.parametrize("text", ["nothing", TEXT.replace("lang: en\n", "lang: fr\n", 1)])
def test_a_draft_that_cannot_be_read_shows_its_findings_and_changes_no_answer(
    previews: Previews, drafts: Drafts, text: str
) -> None:
    draft = drafts.begin(PATH, text, "amina")
    preview = previews.preview(draft)
    assert preview == Preview(findings=preview.findings)
    assert preview.findings
    tried = previews.try_question(draft, QUESTION, Language.EN)
    assert tried.today.text == tried.with_draft.text


def test_a_draft_with_an_impossible_path_shows_that(previews: Previews, drafts: Drafts) -> None:
    preview = previews.preview(drafts.begin("../../etc/passwd", TEXT, "amina"))
    assert [finding.message for finding in preview.findings] == ["No document can stand at “../../etc/passwd”."]


def test_a_removal_is_tried_as_the_corpus_without_the_document(previews: Previews, drafts: Drafts) -> None:
    draft = drafts.begin_from_document("charter/territorial/en.md", "amina", remove=True)
    assert previews.preview(draft).sections == ()
    tried = previews.try_question(draft, "Which jobs does the jobs premium count?", Language.EN)
    assert tried.today.citations[0].section_id == "territorial#jobs"
    assert all(not one.section_id.startswith("territorial#") for one in tried.with_draft.citations)
