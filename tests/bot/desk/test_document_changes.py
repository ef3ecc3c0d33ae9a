"""What changed, and what may not be published."""

from __future__ import annotations

from pathlib import Path

from bot.desk.document_changes import blocking_findings, changed_documents, fingerprint_of
from corpus import Finding, Severity
from corpus.checking import check_corpus
from corpus.loading import load_corpus, read_corpus
from tests.bot.conftest import write_document
from tests.bot.desk.publishing_doubles import passages_of

FR = "charter/premium-cap/fr.md"


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def blocking(folder: Path, *drafts: str) -> list[str]:
    found = blocking_findings(check_corpus(folder), read_corpus(folder).documents, set(drafts), folder)
    return [finding.path for finding in found]


def test_the_fingerprint_changes_with_documents_and_lists_of_questions_only(corpus_folder: Path) -> None:
    first = fingerprint_of(corpus_folder)
    (corpus_folder / "notes.txt").write_text("x", encoding="utf-8")
    assert fingerprint_of(corpus_folder) == first
    (corpus_folder / "charter/premium-cap/asked.yaml").write_text("{}", encoding="utf-8")
    second = fingerprint_of(corpus_folder)
    edit(corpus_folder, FR, "30 %", "31 %")
    assert len({first, second, fingerprint_of(corpus_folder)}) == 3


def test_documents_that_say_something_else_are_named_also_one_that_is_gone(corpus_folder: Path) -> None:
    before = passages_of(corpus_folder)
    edit(corpus_folder, FR, "30 %", "31 %")
    (corpus_folder / "guides/diving/fr.md").unlink()
    changed = changed_documents(load_corpus(corpus_folder).documents, passages_of(corpus_folder), before)
    assert changed == (FR, "diving/fr.md")
    assert changed_documents(load_corpus(corpus_folder).documents, before[:0], before[:0]) == ()


def test_another_figure_blocks_in_whichever_language_the_draft_is(corpus_folder: Path) -> None:
    assert blocking(corpus_folder) == []
    edit(corpus_folder, FR, "30 %", "31 %")
    assert blocking(corpus_folder) == [FR]
    assert blocking(corpus_folder, "charter/premium-cap/en.md") == [FR]
    assert blocking(corpus_folder, "charter/territorial/en.md") == []


def test_a_missing_language_blocks_nothing(corpus_folder: Path) -> None:
    assert any(finding.severity is Severity.ERROR for finding in check_corpus(corpus_folder))
    assert blocking(corpus_folder, "press/delegation/en.md") == []


def test_what_cannot_be_read_blocks_whatever_is_published(corpus_folder: Path) -> None:
    write_document(corpus_folder, "guides/broken/fr", "## A {#a}\n\nText.\n", confidence="rumour")
    assert blocking(corpus_folder, "charter/territorial/en.md") == ["guides/broken/fr.md"]


def test_a_warning_blocks_nothing(corpus_folder: Path) -> None:
    warning = Finding(FR, 1, "Long.", "Cut.", Severity.WARNING)
    assert blocking_findings([warning], read_corpus(corpus_folder).documents, {FR}, corpus_folder) == []
