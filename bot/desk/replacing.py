"""What to do with documents that a draft makes old."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from corpus.figures import plain_figure
from corpus.parameters import load_parameters
from corpus.rules import Figure, Unit

if TYPE_CHECKING:
    from bot.desk.comparing import Compared
    from corpus import Document
    from index import SearchIndex

MOSTLY = 0.5


@dataclass(frozen=True)
class Replacement:
    """A document of which a draft states newer figures.

    Attributes:
        slug: the older document.
        sections: the anchors of its sections that state the older figures.
        whole: whether they are most of it, so that the draft may take its place.
        front_matter: the line that says so in the older document's files; empty where only those sections are to be changed.
        parameters: the figures of the law (`premiums.cap_rate`) that the older sections stand for; they are changed in
            `corpus/parameters` with a `to` for the old value, because the estimate calculates with them.
    """

    slug: str
    title: str
    sections: tuple[str, ...]
    whole: bool
    front_matter: str
    parameters: tuple[str, ...]


def replacements(compared: Compared, document: Document, index: SearchIndex) -> tuple[Replacement, ...]:
    """One for each document that states an older figure, the one with most such sections first."""
    older: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    parameters: dict[str, set[str]] = defaultdict(set)
    for conflict in compared.conflicts:
        slug, _, anchor = conflict.section_id.partition("#")
        if conflict.replaces:
            older[slug].add(anchor)
            titles[slug] = conflict.title
            parameters[slug].update(conflict.parameters)
    sections = [section.partition("#")[0] for section in index.sections.versions]
    found = []
    for slug, anchors in older.items():
        whole = len(anchors) >= MOSTLY * sections.count(slug)
        line = f"superseded_by: {document.slug}" if whole else ""
        found.append(
            Replacement(slug, titles[slug], tuple(sorted(anchors)), whole, line, tuple(sorted(parameters[slug])))
        )
    return tuple(sorted(found, key=lambda one: (-len(one.sections), one.slug)))


def parameters_stated(section_id: str, figure: str) -> tuple[str, ...]:
    """The figures of the law in force today that rest on a section and have this value, by their keys."""
    stated = _in_force(date.today())
    return tuple(one.key for one in stated if section_id in one.basis.sections and _written(one) == figure)


@cache
def _in_force(day: date) -> tuple[Figure, ...]:
    return tuple(load_parameters().on(day).figures.values())


def _written(figure: Figure) -> str:
    share = figure.unit in (Unit.RATE, Unit.SHARE)
    return f"{plain_figure(figure.value * 100)}%" if share else plain_figure(figure.value)
