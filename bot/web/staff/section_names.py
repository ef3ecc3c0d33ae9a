"""Sections by their headings, for people who never saw an id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.shelf import Shelf, Shelves
from corpus import Document, Language, Section


@dataclass(frozen=True)
class NamedSection:
    """A section as a page names it; a section that no document holds has its id as heading and no address."""

    id: str
    heading: str
    title: str = ""
    address: str = ""
    language: Language | None = None


class SectionNames:
    """Finds sections in the documents as their files are now.

    Args:
        shelves: hands out the documents.
    """

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def find(self, section_id: str, language: Language) -> NamedSection:
        """The section `slug#anchor` in this language, else in one that has it."""
        slug, _, anchor = section_id.partition("#")
        for document in _versions(self._shelves(), slug, language):
            for section in document.sections:
                if section.anchor == anchor:
                    return _named(document, section)
        return NamedSection(section_id, section_id)

    def find_all(self, section_ids: Sequence[str], language: Language) -> tuple[NamedSection, ...]:
        """Each of them."""
        return tuple(self.find(one, language) for one in section_ids)

    def title_of(self, path: str) -> str:
        """The title of the document with this file, as in `press/visit/fr.md` or `visit/fr.md`; empty if there is none."""
        *_, slug, file = ("", *path.split("/"))
        versions = self._shelves().versions(slug)
        return next((document.title for language, document in versions.items() if file == f"{language}.md"), "")

    def choices(self, language: Language) -> list[tuple[str, list[NamedSection]]]:
        """Every section below the title of its document, in this language where there is one."""
        shelf = self._shelves()
        slugs = dict.fromkeys(document.slug for document in shelf.corpus.documents)
        shown = [_versions(shelf, slug, language)[0] for slug in slugs]
        return [
            (document.title, [_named(document, section) for section in document.sections])
            for document in sorted(shown, key=lambda one: (one.collection, one.title))
        ]

    def ids(self) -> frozenset[str]:
        """The ids of all sections."""
        documents = self._shelves().corpus.documents
        return frozenset(f"{one.slug}#{section.anchor}" for one in documents for section in one.sections)


def _versions(shelf: Shelf, slug: str, language: Language) -> list[Document]:
    versions = shelf.versions(slug)
    return sorted(versions.values(), key=lambda one: (one.language is not language, list(Language).index(one.language)))


def _named(document: Document, section: Section) -> NamedSection:
    address = f"/staff/documents/{document.collection}/{document.slug}/{document.language}#s-{section.anchor}"
    heading = section.heading or document.title
    return NamedSection(f"{document.slug}#{section.anchor}", heading, document.title, address, document.language)
