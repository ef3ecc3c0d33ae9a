"""What the figures of a statement count, of when and of what: read so that two statements can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.desk.measure_words import (
    fold_in_place,
    holds_any,
    is_date,
    is_year,
    measure_words,
    money_before,
    money_pattern,
    names_pattern,
    read_ordinals,
    read_periods,
)
from corpus import Language
from corpus.figures import locate_figures
from corpus.glossary import Glossary, Occurrence, Term
from corpus.text import HAN, fold
from index.lexical import tokenise

_BEFORE, _AFTER = 70, 40
_BEFORE_HAN, _AFTER_HAN = 24, 14
_NAMED_BEFORE, _NAMED_AFTER, _ORDINAL_AFTER = 110, 60, 25
_NOUN_TOKENS = 2
_EXCLUDING_FAMILIES = frozenset({"premium", "scheme", "tax", "company-form", "financing"})


class MeasureKind(StrEnum):
    """What sort of thing a figure is."""

    SHARE = "share"
    MONEY = "money"
    COUNT = "count"
    CHANGE = "change"


class Bound(StrEnum):
    """Whether a figure is a quantity or a limit."""

    NONE = ""
    BELOW = "below"
    AT_MOST = "at-most"
    AT_LEAST = "at-least"


@dataclass(frozen=True)
class Measure:
    """A figure that counts something.

    Attributes:
        of: the search words of what it counts, empty for money and shares.
        near: the search words around it, without those that belong to other figures of its kind.
        names: the ids of the names around it of which another one makes another subject.
        ordinals: the ordinal numbers around it, as in the ninth session.
    """

    figure: str
    kind: MeasureKind
    of: tuple[str, ...]
    start: int
    end: int
    bound: Bound = Bound.NONE
    near: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    ordinals: frozenset[int] = frozenset()

    def counts_the_same(self, other: Measure) -> bool:
        """Whether both figures are of one sort and could differ only in their value."""
        if self.kind is not other.kind:
            return False
        if self.kind is not MeasureKind.SHARE and (self.bound is Bound.BELOW) != (other.bound is Bound.BELOW):
            return False
        return self.kind is not MeasureKind.COUNT or self.of[0] in other.of or other.of[0] in self.of


@dataclass(frozen=True)
class Said:
    """A statement read for comparing.

    Attributes:
        words: its search words without figures.
        names: the ids of its places, sectors, premiums, schemes and the like, of which another one makes another subject.
        places, sectors: those of them that are places, and sectors.
        institutions: the ids of the institutions in it.
        periods: the years it names, a month as `2025-06`, the first month of a range as `-01`.
        ordinals: the ordinal numbers it names, as in the ninth session.
        running: whether it counts up to a day.
        figures: all figures in it, whether or not they measure anything.
        plain: whether it neither denies nor only illustrates.
    """

    text: str
    language: Language
    measures: tuple[Measure, ...]
    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    sectors: frozenset[str]
    institutions: frozenset[str]
    periods: frozenset[str]
    ordinals: frozenset[int]
    running: bool
    figures: frozenset[str]
    plain: bool

    def figures_like(self, measure: Measure) -> frozenset[str]:
        """The figures that count the same as a measure of another statement."""
        return frozenset(own.figure for own in self.measures if own.counts_the_same(measure))


class _Same:
    """Stands for a glossary by being the same one: to compare thousands of terms would take longer than to read a statement."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary

    def __hash__(self) -> int:
        return id(self.glossary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.glossary is self.glossary


def read_said(text: str, language: Language, glossary: Glossary) -> Said:
    """What a statement says with its figures."""
    return _read(text, language, _Same(glossary))


@lru_cache(maxsize=10_000)
def _read(text: str, language: Language, same: _Same) -> Said:
    folded = fold_in_place(text)
    found: list[Measure] = []
    years: list[str] = []
    written_figures = locate_figures(text, language)
    for written in written_figures:
        raw = text[written.start : written.end].strip()
        if is_year(raw, folded[written.end :]):
            years.append(raw)
        elif measure := _measure(folded, raw, written.figure, written.start, written.end):
            found.append(measure)
    plain = text
    for written in written_figures:
        plain = plain[: written.start] + " " * (written.end - written.start) + plain[written.end :]
    words, occurring = measure_words(), same.glossary.locate(text)
    return Said(
        text,
        language,
        tuple(
            replace(
                measure,
                near=_near(plain, measure, found),
                names=_names_around(measure, occurring),
                ordinals=read_ordinals(folded[max(0, measure.start - _NAMED_BEFORE) : measure.end + _ORDINAL_AFTER]),
            )
            for measure in found
        ),
        _search_words(plain),
        frozenset(one.term.id for one in occurring if _excludes(one.term)),
        frozenset(one.term.id for one in occurring if _is_place(one.term)),
        frozenset(one.term.id for one in occurring if one.term.kind == "sector"),
        frozenset(one.term.id for one in occurring if one.term.kind == "institution"),
        read_periods(folded, years),
        read_ordinals(folded),
        holds_any(folded, words.running),
        frozenset(written.figure for written in written_figures),
        not holds_any(folded, words.denials) and not holds_any(folded, words.examples),
    )


def _near(plain: str, measure: Measure, others: Sequence[Measure]) -> frozenset[str]:
    """The words around a figure up to its neighbours of the same kind and the ends of its clause."""
    same = [other for other in others if other.kind is measure.kind and other is not measure]
    before, after = (_BEFORE_HAN, _AFTER_HAN) if HAN.search(plain) else (_BEFORE, _AFTER)
    start = max([0, measure.start - before, *(other.end for other in same if other.end <= measure.start)])
    end = min([len(plain), measure.end + after, *(other.start for other in same if other.start >= measure.end)])
    left = re.split(r"[;؛；。]|\.\s", plain[start : measure.start])[-1]
    right = re.split(r"[;؛；。]|\.\s", plain[measure.end : end], maxsplit=1)[0]
    if start and plain[start - 1].isalnum() and not HAN.match(plain[start]):
        left = left.partition(" ")[2]
    if end < len(plain) and plain[end].isalnum() and not HAN.match(plain[end]):
        right = right.rpartition(" ")[0]
    return _search_words(f"{left} {right}")


def _names_around(measure: Measure, occurring: Sequence[Occurrence]) -> frozenset[str]:
    return frozenset(
        one.term.id
        for one in occurring
        if _excludes(one.term) and one.end > measure.start - _NAMED_BEFORE and one.start < measure.end + _NAMED_AFTER
    )


def _excludes(term: Term) -> bool:
    return term.family in _EXCLUDING_FAMILIES or term.kind == "sector" or _is_place(term)


def _is_place(term: Term) -> bool:
    return term.kind == "place" and term.scope != "country"


def _search_words(plain: str) -> frozenset[str]:
    return frozenset(token for token in tokenise(plain) if not token.isdigit())


def _bound(before: str, after: str) -> Bound:
    """The limit that the longest words right before a figure make of it."""
    words = measure_words()
    listed = ((Bound.BELOW, words.below), (Bound.AT_LEAST, words.at_least), (Bound.AT_MOST, words.at_most))
    ends = [(len(name), bound) for bound, names in listed for name in names if before.rstrip().endswith(name)]
    if ends:
        return max(ends)[1]
    return Bound.AT_MOST if re.match(r"\s*(?:au plus|at most|como maximo)", after) else Bound.NONE


def _measure(folded: str, raw: str, figure: str, start: int, end: int) -> Measure | None:
    after, before = folded[end : end + _AFTER], folded[max(0, start - 14) : start]
    if "-" in figure or names_pattern().search(before):
        return None
    bound = _bound(folded[max(0, start - 20) : start].replace("'", " ").replace("’", " "), after)
    if figure.endswith("%"):
        changes = holds_any(folded[max(0, start - 25) : start], measure_words().growth) or holds_any(
            after[:20], measure_words().growth_after
        )
        return Measure(figure, MeasureKind.CHANGE if changes else MeasureKind.SHARE, (), start, end, bound)
    if re.search(r"\bm[dm]?dhs?$", fold(raw)) or money_pattern().match(after) or money_before().search(before):
        return Measure(figure, MeasureKind.MONEY, (), start, end, bound)
    if is_date(before, raw, after):
        return None
    nouns = _nouns(after)
    return Measure(figure, MeasureKind.COUNT, nouns, start, end, bound) if nouns else None


def _nouns(after: str) -> tuple[str, ...]:
    """The search words of the thing that is counted: the first two behind the figure, before any sign that ends the clause."""
    clause = re.split(r"[.,;:()،؛。，；：\d]", after, maxsplit=1)[0]
    if HAN.match(clause.strip()[:1]):
        return tuple(token for token in tokenise(clause.strip()[:5]) if token not in measure_words().ignored)
    first = re.match(r"\s*-?\s*(\w+)", clause)
    if not first or first[1] in measure_words().ignored:
        return ()
    return tuple([token for token in tokenise(clause) if not token.isdigit()][:_NOUN_TOKENS])
