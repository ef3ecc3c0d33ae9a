"""Countries are known by name in every language, without those that are everyday words."""

from __future__ import annotations

import pytest

from corpus import Language
from corpus.countries import country_names
from corpus.glossary import load_glossary


def test_names_come_in_every_language() -> None:
    names = country_names()
    assert len(names) > 200
    assert all(set(own) == set(Language) for own in names.values())
    assert names["DO"][Language.ES] == "República Dominicana"


@pytest.mark.parametrize("code", ["MA", "EH", "ML", "RE"])
def test_morocco_and_names_that_are_everyday_words_are_left_out(code: str) -> None:
    assert code not in country_names()


@pytest.mark.parametrize(
    "text", ["in Norway", "en République dominicaine", "en Perú", "في النرويج", "在新西兰", "في تونس", "en Tunisie"]
)
def test_the_glossary_finds_a_country_abroad_once(text: str) -> None:
    (term,) = load_glossary().find(text)
    assert (term.kind, term.scope) == ("place", "abroad")


@pytest.mark.parametrize("text", ["هل هناك دعم مالي؟", "la réunion de lundi", "ما هو الدعم المالي"])
def test_an_everyday_word_is_no_country(text: str) -> None:
    assert not any(term.scope == "abroad" for term in load_glossary().find(text))
