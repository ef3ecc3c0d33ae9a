"""What each section of an index holds, whichever language it is read in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from corpus import Kind, Language, Passage
from corpus.figures import read_figures
from corpus.months import read_months
from index.lexical import tokenise

if TYPE_CHECKING:
    from corpus.glossary import Glossary


class Sections:
    """The sections of an index with their versions, terms and figures; each is worked out when it is first asked for."""

    def __init__(self, passages: tuple[Passage, ...], glossary: Glossary) -> None:
        self._passages = passages
        self._glossary = glossary
        self._terms_of: dict[tuple[str, ...], frozenset[str]] = {}
        self._figures_of: dict[tuple[str, str, str, Language], frozenset[str]] = {}

    def learn_from(self, other: Sections) -> None:
        """Take over what was found in the texts of another index with the same glossary, so that only new texts are read."""
        self._terms_of = other._terms_of.copy()
        self._figures_of = other._figures_of.copy()

    @cached_property
    def versions(self) -> Mapping[str, Mapping[Language, Passage]]:
        """Every section with its passage in each language."""
        versions: dict[str, dict[Language, Passage]] = {}
        for passage in self._passages:
            versions.setdefault(passage.section_id, {})[passage.language] = passage
        return versions

    @cached_property
    def terms(self) -> Mapping[str, frozenset[str]]:
        """The ids of the glossary terms that each section holds in whichever language, title and heading included."""
        return {
            section: frozenset().union(
                *(self._terms_in(passage.title, passage.heading, passage.text) for passage in own.values())
            )
            for section, own in self.versions.items()
        }

    @cached_property
    def heading_terms(self) -> Mapping[str, frozenset[str]]:
        """The ids of the glossary terms that the headings of each section hold in whichever language."""
        return {
            section: frozenset().union(*(self._terms_in(passage.heading) for passage in own.values()))
            for section, own in self.versions.items()
        }

    @cached_property
    def heading_words(self) -> Mapping[str, frozenset[str]]:
        """The search words of the headings of each section, all languages together."""
        return {
            section: frozenset(token for passage in own.values() for token in tokenise(passage.heading))
            for section, own in self.versions.items()
        }

    @cached_property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """The figures that each section states, and the months that it names with their year."""
        return {
            section: frozenset().union(*(self._figures_in(passage) for passage in own.values()))
            for section, own in self.versions.items()
        }

    def _terms_in(self, *lines: str) -> frozenset[str]:
        if lines not in self._terms_of:
            self._terms_of[lines] = frozenset(term.id for term in self._glossary.find("\n".join(filter(None, lines))))
        return self._terms_of[lines]

    def _figures_in(self, passage: Passage) -> frozenset[str]:
        key = (passage.title, passage.heading, passage.text, passage.language)
        if key not in self._figures_of:
            self._figures_of[key] = frozenset(read_figures(passage.search_text, passage.language)) | read_months(
                passage.search_text
            )
        return self._figures_of[key]

    @cached_property
    def holders(self) -> Counter[str]:
        """How many sections hold each glossary term, by its id."""
        return Counter(term for terms in self.terms.values() for term in terms)

    def document(self, passage: Passage) -> list[Passage]:
        """All passages of a passage's document in its language, in their order."""
        return [other for other in self._passages if other.slug == passage.slug and other.language is passage.language]

    def originals(self, passage: Passage) -> list[Passage]:
        """The passages of the release that `passage` summarises: of the same day, and only in its original language."""
        if passage.kind is not Kind.PRESS_RELEASE or len(self.versions[passage.section_id]) == 1:
            return []
        return self._originals.get((passage.published, passage.original_language), [])

    @cached_property
    def _originals(self) -> Mapping[tuple[date, Language], list[Passage]]:
        found: dict[tuple[date, Language], list[Passage]] = {}
        for versions in self.versions.values():
            if len(versions) == 1:
                (passage,) = versions.values()
                if passage.kind is Kind.PRESS_RELEASE:
                    found.setdefault((passage.published, passage.language), []).append(passage)
        return found
