"""Documents as they would be with drafts in place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.desk.overlay import lay_over, overlay
from corpus import Severity
from corpus.checking import check_corpus
from corpus.loading import read_corpus

PATH = "press/delegation/en.md"


@dataclass(frozen=True)
class Laid:
    path: str
    text: str = ""
    remove: bool = False


def text_of(folder: Path, path: str = PATH) -> str:
    return (folder / path).read_text(encoding="utf-8")


def titles(folder: Path, *drafts: Laid) -> dict[str, str]:
    return {one.path.relative_to(folder).as_posix(): one.title for one in lay_over(drafts, folder).documents}


def test_without_drafts_the_documents_are_those_on_the_disk(corpus_folder: Path) -> None:
    assert lay_over([], corpus_folder) == read_corpus(corpus_folder)
    assert overlay([], corpus_folder)[1] == check_corpus(corpus_folder)


def test_a_draft_takes_the_place_of_its_document_and_no_file_changes(corpus_folder: Path) -> None:
    before = text_of(corpus_folder)
    draft = Laid(PATH, before.replace("A Chinese delegation", "A delegation from Guangdong"))
    assert titles(corpus_folder, draft)[PATH] == "A delegation from Guangdong in Marrakech"
    assert text_of(corpus_folder) == before


def test_a_new_document_stands_where_its_file_would(corpus_folder: Path) -> None:
    new = Laid("charter/added/en.md", text_of(corpus_folder))
    found = list(titles(corpus_folder, new))
    file = corpus_folder / new.path
    file.parent.mkdir()
    file.write_text(new.text, encoding="utf-8")
    assert found == list(titles(corpus_folder))


def test_a_removal_takes_the_document_away_and_the_check_says_what_that_breaks(corpus_folder: Path) -> None:
    assert PATH not in titles(corpus_folder, Laid(PATH, remove=True))
    findings = overlay([Laid("charter/premium-cap/es.md", remove=True)], corpus_folder)[1]
    assert any("premium-cap is missing in es" in one.message and one.severity is Severity.ERROR for one in findings)


def test_a_figure_that_differs_from_the_other_languages_is_found_at_its_line(corpus_folder: Path) -> None:
    path = "charter/premium-cap/fr.md"
    draft = Laid(path, text_of(corpus_folder, path).replace("30 %", "35 %"))
    (found,) = [one for one in overlay([draft], corpus_folder)[1] if one.path == path]
    assert "other figures" in found.message
    assert draft.text.split("\n")[found.line - 1].startswith("## ")


def test_a_draft_that_is_no_document_is_absent_and_the_findings_say_why(corpus_folder: Path) -> None:
    documents, findings = overlay([Laid(PATH, "nothing"), Laid("../../etc/en.md", "x")], corpus_folder)
    assert PATH not in {one.path.relative_to(corpus_folder).as_posix() for one in documents}
    messages = {one.path: one.message for one in findings}
    assert messages[PATH] == "There is no front matter."
    assert messages["../../etc/en.md"] == "No document can stand at “../../etc/en.md”."


def test_two_drafts_of_one_document_are_an_error(corpus_folder: Path) -> None:
    draft = Laid(PATH, text_of(corpus_folder))
    assert any(one.message == "Two drafts want to stand here." for one in overlay([draft, draft], corpus_folder)[1])


def test_what_people_ask_is_attached_to_the_draft_and_compared_with_its_anchors(corpus_folder: Path) -> None:
    (corpus_folder / "press/delegation/asked.yaml").write_text('who: {en: ["Who came?"]}', encoding="utf-8")
    text = text_of(corpus_folder)
    found = {one.path: one for one in lay_over([Laid(PATH, text)], corpus_folder).documents}
    assert found[corpus_folder / PATH].sections[0].asked == ("Who came?",)
    findings = lay_over([Laid(PATH, text.replace("{#who}", "{#whom}"))], corpus_folder).findings
    assert [(one.path, one.message) for one in findings] == [
        ("press/delegation/asked.yaml", "There is no section #who.")
    ]


def test_a_list_of_questions_that_cannot_be_read_is_said_once(corpus_folder: Path) -> None:
    (corpus_folder / "press/delegation/asked.yaml").write_text("who: [", encoding="utf-8")
    findings = lay_over([Laid(PATH, text_of(corpus_folder))], corpus_folder).findings
    assert [one.path for one in findings] == ["press/delegation/asked.yaml"]
