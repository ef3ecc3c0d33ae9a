"""Sections by their headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.shelf import Shelves
from bot.web.staff.section_names import NamedSection, SectionNames
from corpus import Language
from tests.bot.conftest import write_corpus


@pytest.fixture
def names(tmp_path: Path) -> SectionNames:
    return SectionNames(Shelves(write_corpus(tmp_path / "documents")))


def test_a_section_is_named_in_the_language_of_the_page_else_in_one_that_has_it(names: SectionNames) -> None:
    named = names.find("premium-cap#cap", Language.FR)
    assert (named.heading, named.address) == (
        "Quel est le plafond des primes ?",
        "/staff/documents/charter/premium-cap/fr#s-cap",
    )
    assert names.find("diving#agrement", Language.AR).language is Language.FR
    assert names.find("gone#x", Language.FR) == NamedSection("gone#x", "gone#x")
    assert [one.id for one in names.find_all(["premium-cap#cap", "x"], Language.EN)] == ["premium-cap#cap", "x"]


def test_titles_are_found_by_the_path_of_a_file(names: SectionNames) -> None:
    assert names.title_of("guides/diving/fr.md") == names.title_of("diving/fr.md") == "Écoles de plongée"
    assert [names.title_of(path) for path in ("guides/diving/ar.md", "none/fr.md", "fr.md", "")] == [""] * 4


def test_every_section_is_a_choice_below_its_document(names: SectionNames) -> None:
    choices = dict(names.choices(Language.AR))
    assert [one.id for one in choices["Territorial premium and jobs"]] == [
        "territorial#safi",
        "territorial#essaouira",
        "territorial#jobs",
    ]
    assert {one.id for found in choices.values() for one in found} == names.ids()
