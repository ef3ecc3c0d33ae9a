"""What to do with documents that a draft makes old."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.desk.comparing import Compared, Conflict
from bot.desk.replacing import parameters_stated, replacements
from corpus import Language
from corpus.loading import load_corpus
from index import SearchIndex

CONFLICT = Conflict(
    "p1", "territorial#safi", Language.EN, "Territorial premium", "Safi", ("12%",), ("10%",), "It is 12%.", "It is 10%.", True
)  # fmt: skip


def found(index: SearchIndex, documents: Path, *conflicts: Conflict) -> list[tuple[str, tuple[str, ...], bool, str]]:
    draft = replace(load_corpus(documents).documents[0], slug="newer")
    made = replacements(Compared(conflicts=conflicts), draft, index)
    return [(one.slug, one.sections, one.whole, one.front_matter) for one in made]


def test_one_section_of_several_is_to_be_changed_where_it_stands(index: SearchIndex, documents: Path) -> None:
    assert found(index, documents, CONFLICT, CONFLICT) == [("territorial", ("safi",), False, "")]


def test_a_document_whose_sections_are_mostly_older_may_be_superseded(index: SearchIndex, documents: Path) -> None:
    other = replace(CONFLICT, section_id="territorial#essaouira")
    expected = [("territorial", ("essaouira", "safi"), True, "superseded_by: newer")]
    assert found(index, documents, CONFLICT, other) == expected


def test_an_older_draft_replaces_nothing(index: SearchIndex, documents: Path) -> None:
    assert found(index, documents, replace(CONFLICT, replaces=False)) == []


def test_a_section_tells_which_figures_of_the_law_the_estimate_takes_from_it() -> None:
    assert parameters_stated("premium-cap#thirty-percent", "30%") == ("premiums.cap_rate",)
    assert parameters_stated("eligibility#main-thresholds", "50000000") == ("eligibility.main_amount",)
    assert parameters_stated("premium-cap#thirty-percent", "35%") == ()
