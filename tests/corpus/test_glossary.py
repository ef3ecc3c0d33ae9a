"""Terms found in texts of five languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus import GlossaryError, Language
from corpus.glossary import Glossary, Term, load_glossary

PACKAGED = load_glossary()


def term(name: str, **changed: Any) -> Term:
    forms = {language.value: (f"{name} {language}",) for language in Language}
    return Term(**{"id": name, "kind": "term"} | forms | changed)


GLOSSARY = Glossary(
    (
        term("premium", ar=("منحة", "المنح"), fr=("prime",), zh=("补贴",)),
        term("common-premium", ar=("المنح المشتركة",), fr=("prime commune", "primes communes"), zh=("共同补贴",)),
        term("ccis", en=("chamber", "CCIS"), zh=("工商会",)),
        term("safi", kind="place", scope="region", province="safi", ar=("آسفي",), fr=("Safi",)),
        term("region", kind="place", scope="region", fr=("Marrakech-Safi",)),
        term("paris", kind="place", scope="abroad", fr=("Paris",)),
    )
)


def found(text: str) -> list[str]:
    return [term.id for term in GLOSSARY.find(text)]


@pytest.mark.parametrize(
    "text", ["منحة", "والمنحة", "بالمنحة", "للمنحة", "فالمنحة", "المنحة", "بمنحة", "ومنحة", "ما مِنْحَة كذا"]
)
def test_an_arabic_form_is_found_behind_what_is_attached_in_front(text: str) -> None:
    assert "premium" in found(text)


def test_an_arabic_form_with_the_article_is_found_without_it() -> None:
    assert "premium" in found("منح الاستثمار")
    assert found("في آسفي") == found("بآسفي") == ["safi"]


def test_a_short_arabic_word_is_not_cut() -> None:
    assert found("وبل") == []


def test_the_longest_form_is_found_in_place_of_a_shorter_one_inside() -> None:
    assert found("La prime commune") == ["common-premium"]
    assert found("La prime, puis la prime commune") == ["premium", "common-premium"]
    assert found("共同补贴") == ["common-premium"]
    assert found("共同补贴和补贴") == ["common-premium", "premium"]


def test_a_chinese_form_is_found_inside_a_run_and_beside_latin_letters() -> None:
    assert found("马拉喀什工商会在哪里") == ["ccis"]
    assert found("CCIS的补贴") == found("请问CCIS有补贴吗") == ["ccis", "premium"]
    assert found("CCIS 的补贴") == ["ccis", "premium"]


def test_case_and_accents_do_not_matter_and_each_term_stands_once() -> None:
    assert found("ccis Ccis PRIMÉ prime") == ["ccis", "premium"]


def test_two_terms_with_one_form_are_both_found() -> None:
    twins = Glossary((term("b", fr=("aide",)), term("a", fr=("aide",))))
    assert [each.id for each in twins.find("une aide")] == ["a", "b"]


def test_a_part_of_a_word_is_no_term() -> None:
    assert found("safiote primes") == []


def test_local_places_are_the_provinces_and_towns_without_the_region() -> None:
    assert GLOSSARY.local_places == {"safi"}


def test_the_official_form_is_the_first() -> None:
    assert GLOSSARY.terms[2].official(Language.EN) == "chamber"


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_can_be_searched(text: str) -> None:
    assert set(found(text)) <= {each.id for each in GLOSSARY.terms}


@pytest.mark.parametrize("language", list(Language))
def test_every_official_form_of_the_packaged_glossary_finds_its_term(language: Language) -> None:
    lost = [each.id for each in PACKAGED.terms if each not in PACKAGED.find(each.official(language))]
    assert lost == []


ONE = {"id": "cap", "kind": "term", "ar": ["سقف"], "fr": ["plafond"], "en": ["cap"], "zh": ["上限"], "es": ["tope"]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("terms: [", "cannot be used"),
        ("other: 1", "terms"),
        ("terms:", "cannot be used"),
        ("- 1", "cannot be used"),
        (yaml.safe_dump({"terms": [{key: ONE[key] for key in ONE if key != "zh"}]}), "zh"),
        (yaml.safe_dump({"terms": [ONE | {"kind": "thing"}]}), "kind"),
        (yaml.safe_dump({"terms": [ONE | {"colour": "red"}]}), "colour"),
        (yaml.safe_dump({"terms": [ONE | {"fr": []}]}), "fr"),
        (yaml.safe_dump({"terms": [ONE | {"fr": ["—"]}]}), "fr"),
        (yaml.safe_dump({"terms": [ONE, ONE]}), "stand twice: cap"),
    ],
)
def test_a_broken_glossary_is_refused_with_the_place(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError, match=said):
        load_glossary(path)


def test_a_glossary_that_is_missing_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"none\.yaml"):
        load_glossary(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("terms: é".encode("latin-1"))
    with pytest.raises(GlossaryError, match=r"latin\.yaml"):
        load_glossary(tmp_path / "latin.yaml")
