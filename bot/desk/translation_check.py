"""What a translated text must have of its source: the anchors, the figures, the official terms; and what it must not hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.language import LanguageDetector
from corpus import Document, Finding, Language, Section, Severity
from corpus.figures import read_figures
from corpus.text import HAN, fold, words

if TYPE_CHECKING:
    from corpus.glossary import Glossary, Term

FEWEST_WORDS_TOLD = 6  # the language of fewer words is not told for sure
MOST_GROWTH = 3
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC_DIGITS = re.compile("[٠-٩۰-۹]")
_PERCENT_FIRST = re.compile(r"(?<!\d)(?<!\d\s)[%٪]\s?\d+(?:[.,]\d+)?(?!\s?[%٪\d])")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+\S", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+")
_LATIN = re.compile("[a-zA-ZÀ-ɏ]")
_OTHER = re.compile("[\u0600-\u06ff\u3400-\u4dbf\u4e00-\u9fff]")


class ProblemCode(StrEnum):
    """What can be wrong with a translation."""

    UNREADABLE = "unreadable"
    ANCHOR_MISSING = "anchor_missing"
    ANCHOR_SURPLUS = "anchor_surplus"
    FIGURES_LACKING = "figures_lacking"
    FIGURES_SURPLUS = "figures_surplus"
    TERM_MISSING = "term_missing"
    NOT_TRANSLATED = "not_translated"
    WRONG_LANGUAGE = "wrong_language"
    DIRECTION_MARKS = "direction_marks"
    ARABIC_DIGITS = "arabic_digits"
    PERCENT_FIRST = "percent_first"
    LIST_DIFFERS = "list_differs"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    HEADING_INSIDE = "heading_inside"


_TEXTS = {
    ProblemCode.UNREADABLE: ("{}", "{}"),
    ProblemCode.ANCHOR_MISSING: ("#{} of the source is missing.", "Translate that section, with the same anchor."),
    ProblemCode.ANCHOR_SURPLUS: ("#{} does not stand in the source.", "Correct the anchor, or remove the section."),
    ProblemCode.FIGURES_LACKING: ("#{} lacks the figures {}.", "Write every figure of the source."),
    ProblemCode.FIGURES_SURPLUS: ("#{} has the figures {}, which the source has not.", "Correct or remove them."),
    ProblemCode.TERM_MISSING: ("#{} speaks of “{}” by another name.", "Write the official term: {}"),
    ProblemCode.NOT_TRANSLATED: ("#{} stands there as in the source.", "Translate it."),
    ProblemCode.WRONG_LANGUAGE: ("#{} is written in {}.", "Translate it."),
    ProblemCode.DIRECTION_MARKS: ("The line holds invisible direction marks.", "Remove them; they are not needed."),
    ProblemCode.ARABIC_DIGITS: ("The line writes figures as {}.", "Write them 0 to 9."),
    ProblemCode.PERCENT_FIRST: ("“{}” has the sign before the number.", "Write the number first, as in 10%."),
    ProblemCode.LIST_DIFFERS: ("#{} has {} list items, the source {}.", "Keep the list of the source."),
    ProblemCode.TOO_LONG: ("#{} is far longer than its source.", "Say no more than the source says."),
    ProblemCode.EMPTY: ("#{} has no text.", "Translate it."),
    ProblemCode.HEADING_INSIDE: ("#{} holds a heading of its own.", "Keep the sections of the source."),
}
_WARNINGS = frozenset({ProblemCode.TERM_MISSING, ProblemCode.DIRECTION_MARKS, ProblemCode.LIST_DIFFERS})


@dataclass(frozen=True)
class TranslationProblem:
    """One thing to repair in a translation; a page says it in its own words by the code and the details."""

    code: ProblemCode
    line: int
    details: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether it must be repaired, or only looked at."""
        return Severity.WARNING if self.code in _WARNINGS else Severity.ERROR

    def finding(self, path: str) -> Finding:
        """The same as a finding of the corpus."""
        message, repair = _TEXTS[self.code]
        told = message.count("{}")
        return Finding(
            path, self.line, message.format(*self.details), repair.format(*self.details[told:]), self.severity
        )


class TranslationChecker:
    """Compares sections and documents with their sources."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._detector = LanguageDetector(glossary)

    def terms(self, text: str) -> list[Term]:
        """The official terms that a text speaks of, in their order: institutions, places at home, and terms of several words.

        Everyday words that the glossary holds for the search (“water”, “results”) are left out, and words that only look like an
        abbreviation.
        """
        text = unicodedata.normalize("NFKC", text)
        found = [
            occurrence.term
            for occurrence in self._glossary.locate(text)
            if _is_official(occurrence.term, text[occurrence.start : occurrence.end])
        ]
        return list(dict.fromkeys(found))

    def compare(self, source: Document, target: Document) -> list[TranslationProblem]:
        """What to repair in the translation of a document, in the order of its lines."""
        expected = {section.anchor: section for section in source.sections}
        found = {section.anchor: section for section in target.sections}
        problems = [
            TranslationProblem(ProblemCode.ANCHOR_MISSING, 1, (anchor,)) for anchor in expected if anchor not in found
        ]
        for anchor, section in found.items():
            if anchor in expected:
                problems.extend(self.compare_sections(expected[anchor], source.language, section, target.language))
            else:
                problems.append(TranslationProblem(ProblemCode.ANCHOR_SURPLUS, section.line, (anchor,)))
        return sorted(problems, key=lambda problem: problem.line)

    def compare_sections(
        self, source: Section, source_language: Language, target: Section, language: Language
    ) -> list[TranslationProblem]:
        """What to repair in the translation of one section."""
        problems: list[TranslationProblem] = []

        def add(code: ProblemCode, *details: str) -> None:
            problems.append(TranslationProblem(code, target.line, (target.anchor, *details)))

        if not target.body.strip():
            add(ProblemCode.EMPTY)
            return problems
        lacking, surplus = compare_figures(source, source_language, target, language)
        if lacking:
            add(ProblemCode.FIGURES_LACKING, ", ".join(lacking))
        if surplus:
            add(ProblemCode.FIGURES_SURPLUS, ", ".join(surplus))
        told = self._told_language(target.body, language)
        if words(source.body) == words(target.body):
            add(ProblemCode.NOT_TRANSLATED)
        elif told is not language:
            add(ProblemCode.WRONG_LANGUAGE, told.value)
        for term in self._missing_terms(source, target, language):
            add(ProblemCode.TERM_MISSING, term.official(source_language), term.official(language))
        items = [len(_ITEM.findall(section.body)) for section in (target, source)]
        if items[0] != items[1]:
            add(ProblemCode.LIST_DIFFERS, *map(str, items))
        if len(target.body) > MOST_GROWTH * len(source.body) * _breadth(source_language, language) + 200:
            add(ProblemCode.TOO_LONG)
        return problems

    def _told_language(self, text: str, language: Language) -> Language:
        if len(words(text)) < FEWEST_WORDS_TOLD and language is not Language.ZH:
            return language
        if language not in (Language.AR, Language.ZH) and len(_LATIN.findall(text)) >= len(_OTHER.findall(text)):
            text = _OTHER.sub(" ", text)  # names in their own script do not make a French text Chinese
        return self._detector.detect(text, language).language

    def _missing_terms(self, source: Section, target: Section, language: Language) -> list[Term]:
        text = f"{target.heading}\n{target.body}"
        found, folded = {term.id for term in self._glossary.find(text)}, fold(text)
        return [
            term
            for term in self.terms(f"{source.heading}\n{source.body}")
            if term.id not in found and not any(fold(form) in folded for form in getattr(term, language.value))
        ]


def compare_figures(
    source: Section, source_language: Language, target: Section, language: Language
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures that the translation lacks, and those that only it has; in canonical form, headings included."""
    expected = set(read_figures(f"{source.heading}\n{source.body}", source_language))
    found = set(read_figures(f"{target.heading}\n{target.body}", language))
    return tuple(sorted(expected - found)), tuple(sorted(found - expected))


def check_marks(text: str) -> list[TranslationProblem]:
    """Direction marks, and figures as Arabic must not write them here, line by line; addresses of pages are not looked at."""
    problems = []
    for number, written in enumerate(text.splitlines(), 1):
        line = _ADDRESS.sub("", written)
        if _DIRECTION_MARKS.search(line):
            problems.append(TranslationProblem(ProblemCode.DIRECTION_MARKS, number))
        if digits := _ARABIC_DIGITS.findall(line):
            problems.append(TranslationProblem(ProblemCode.ARABIC_DIGITS, number, ("".join(digits),)))
        elif first := _PERCENT_FIRST.search(line):
            problems.append(TranslationProblem(ProblemCode.PERCENT_FIRST, number, (first.group().strip(),)))
    return problems


def _is_official(term: Term, written: str) -> bool:
    """Whether a translation must name the term: one word alone may be an everyday one, small letters are no abbreviation."""
    if term.kind == "place":
        return term.scope not in ("abroad", "partner")
    if term.kind == "institution":
        return len(written) > 4 or not written.isascii() or written.isupper()  # “add” is no agency, ADD is one
    return len(words(written)) > 1 or len(HAN.findall(written)) > 3


def _breadth(source: Language, target: Language) -> float:
    """How many characters of the target say what one of the source says; a Chinese one says what three Latin ones do."""
    if source is target or Language.ZH not in (source, target):
        return 1.0
    return 4.0 if source is Language.ZH else 0.5
