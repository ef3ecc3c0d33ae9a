"""Checking the corpus as a whole: what a single file cannot show."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from corpus.document import Document, Finding, Language, Section, Severity
from corpus.figures import read_figures
from corpus.loading import Corpus, read_corpus
from corpus.text import word_count

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

MOST_WORDS_ADVISED = 180


def check_corpus(folder: Path) -> list[Finding]:
    """Everything to repair in the documents below `folder`, in the order of files and lines.

    Beside what stops a single file from loading: a slug used twice, languages that are missing, anchors or figures that differ
    between the languages of a document, a document replaced by one that does not exist, sections that are too long.
    """
    return check_documents(read_corpus(folder), folder)


def check_documents(corpus: Corpus, folder: Path, slugs: Collection[str] | None = None) -> list[Finding]:
    """The same for documents that were read already, whether or not their files exist yet.

    Args:
        corpus: the documents, and what was found when they were read.
        folder: where they stand or would stand.
        slugs: of which documents the sections and languages are compared, which takes most of the time; of all if left out.
    """
    findings = list(corpus.findings)
    collections: dict[str, str] = {}
    versions = corpus.versions()
    for document in corpus.documents:
        findings.extend(_check_document(document, folder, versions.keys(), collections))
    for slug, by_language in versions.items():
        if slugs is None or slug in slugs:
            findings.extend(finding for one in by_language.values() for finding in _check_sections(one, folder))
            findings.extend(_check_languages(slug, by_language, folder))
    return sorted(findings, key=lambda finding: (finding.path, finding.line))


def _shown(document: Document, folder: Path) -> str:
    return document.path.relative_to(folder).as_posix()


def _check_document(
    document: Document, folder: Path, slugs: Collection[str], collections: dict[str, str]
) -> list[Finding]:
    shown, findings = _shown(document, folder), []
    collection = collections.setdefault(document.slug, document.collection)
    if collection != document.collection:
        message = f"The slug {document.slug} stands in the collection {collection} as well."
        findings.append(Finding(shown, 1, message, "Rename one of the two folders."))
    if document.superseded_by and document.superseded_by not in slugs:
        message = f"superseded_by names {document.superseded_by}, which does not exist."
        findings.append(Finding(shown, 1, message, "Correct the slug or add that document."))
    if document.valid_from and document.valid_to and document.valid_to < document.valid_from:
        findings.append(Finding(shown, 1, "valid_to lies before valid_from.", "Exchange or correct the two dates."))
    if not document.sources and document.publisher.startswith("Mithaq"):
        repair = "Add sources: with a title and url, so that the reader can check."
        findings.append(Finding(shown, 1, "The summary names no source.", repair))
    return findings


def _check_sections(document: Document, folder: Path) -> list[Finding]:
    shown, findings = _shown(document, folder), []
    for section in document.sections:
        if word_count(section.body) > MOST_WORDS_ADVISED:
            message = f"#{section.anchor} has {word_count(section.body)} words."
            repair = "Cut it into two sections of at most 120 words, each with its own question."
            findings.append(Finding(shown, section.line, message, repair, Severity.WARNING))
    return findings


def _check_languages(slug: str, versions: dict[Language, Document], folder: Path) -> list[Finding]:
    reference = versions.get(next(iter(versions.values())).original_language, next(iter(versions.values())))
    shown = _shown(reference, folder)
    missing = sorted(set(Language) - set(versions))
    if missing:
        severity = Severity.WARNING if len(versions) == 1 else Severity.ERROR
        message = f"{slug} is missing in {', '.join(missing)}."
        repair = f"Add {', '.join(f'{language}.md' for language in missing)} beside it with the same anchors."
        return [Finding(shown, 1, message, repair, severity)]
    findings = []
    for document in versions.values():
        if document is not reference:
            findings.extend(_compare(reference, document, folder))
    return findings


def _compare(reference: Document, other: Document, folder: Path) -> list[Finding]:
    shown, findings = _shown(other, folder), []
    expected = {section.anchor: section for section in reference.sections}
    found = {section.anchor: section for section in other.sections}
    for anchor in expected.keys() - found.keys():
        message = f"#{anchor} of {reference.language}.md is missing."
        findings.append(Finding(shown, 1, message, f"Add a section with the anchor {{#{anchor}}}."))
    for anchor in found.keys() - expected.keys():
        message = f"#{anchor} does not stand in {reference.language}.md."
        findings.append(Finding(shown, found[anchor].line, message, "Correct the anchor, or add the section there."))
    for anchor in expected.keys() & found.keys():
        findings.extend(_compare_figures(reference, expected[anchor], other, found[anchor], shown))
    return findings


def _compare_figures(reference: Document, there: Section, other: Document, here: Section, shown: str) -> list[Finding]:
    expected = _figures(there, reference.language)
    found = _figures(here, other.language)
    if set(expected) == set(found):
        return []
    lacking = ", ".join(sorted(set(expected) - set(found))) or "none"
    surplus = ", ".join(sorted(set(found) - set(expected))) or "none"
    message = f"#{here.anchor} has other figures than {reference.language}.md: lacking {lacking}; only here {surplus}."
    return [Finding(shown, here.line, message, "Write the same figures in every language.")]


def _figures(section: Section, language: Language) -> Counter[str]:
    return read_figures(f"{section.heading}\n{section.body}", language)
