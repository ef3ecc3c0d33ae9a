"""Slips of the keyboard are put right; words that exist are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Language
from index.spelling import OFTEN, SHORTEST, Spelling, WordList, is_real, load_shorthand, sound

SPELLING = Spelling(
    [
        "The territorial premium of Essaouira",
        "prime territoriale éligibilité",
        "aeropuerto almendras",
        "المنحة الترابية للاستثمار",
        *["the rate of the bonus", "el tope de la ayuda"] * OFTEN,
        "an olive grove",
    ],
    names=["Egypt"],
)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("teritorial premium", "territorial premium"),
        ("l'élgibilité ?", "l'éligibilité ?"),
        ("Essauoira, please", "essaouira, please"),
        ("aerpouerto", "aeropuerto"),
        ("المنحة الترايبة", "المنحة الترابية"),
        ("wat rrate", "what rate"),
        ("toppe d ayyda", "tope d ayuda"),
        ("tax in egpyt", "tax in egypt"),
        ("tax in Egpyt", "tax in egypt"),
    ],
)
def test_a_slip_becomes_the_word_that_lies_nearest(written: str, right: str) -> None:
    assert SPELLING.correct(written) == right


@pytest.mark.parametrize(
    "text",
    [
        "medina",
        "premium",
        "les gens",
        "Casa",
        "Toppe",
        "TOPPE",
        "olyve",
        "tienes",
        "puedes",
        "contratariamos",
        "exportamos",
        "damos",
        "2026",
        "可享补贴",
        "xqzwvk",
        "essaouira",
        "territorialement",
    ],
)
def test_words_that_exist_are_short_or_far_from_all_others_stay(text: str) -> None:
    assert SPELLING.correct(text) == text


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("eligibilite", "éligibilité"),
        ("المنحه", "المنحة"),
        ("cest koi le % pr Essaouira svp", "c'est quoi le % pour Essaouira"),
        ("q tengo q pagar", "que tengo que pagar"),
        ("PR, Q4 and U", "PR, Q4 and U"),
    ],
)
def test_haste_is_spelled_out_and_marks_are_put_back(written: str, right: str) -> None:
    assert SPELLING.correct(written) == right


def test_a_word_written_in_two_ways_stays_as_it_was_typed() -> None:
    spelling = Spelling(["ou il est", "où est-ce", "المنحة"])
    assert spelling.correct("ou") == "ou"
    assert spelling.correct("où") == "où"


def test_shorthand_is_no_word_of_a_dictionary_but_for_slang_and_slips_that_stand_in_it() -> None:
    long = {short for short in load_shorthand() if len(short) >= SHORTEST}
    assert not {word for word in long if is_real(word)} - {
        "jaimerais",
        "qqun",
        "whats",
        "wanna",
        "لاكن",
        "كدلك",
        "هاذا",
        "gonna",
        "govt",
    }


def test_words_are_told_from_noise() -> None:
    assert SPELLING.is_readable("what is the weather like")
    assert SPELLING.is_readable("天气怎么样")
    assert not SPELLING.is_readable("gvhjk fjkdlq")


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(SPELLING.correct(text), str)
    assert isinstance(SPELLING.is_readable(text), bool)


def test_a_word_list_holds_its_words_and_no_other() -> None:
    words = WordList(["alpha", "beta", "beta", "واحة"])
    assert all(word in words for word in ("alpha", "beta", "واحة"))
    assert not any(word in words for word in ("", "alph", "gamma", "zzzz"))
    assert "alpha" not in WordList([])


def test_a_word_that_only_example_questions_say_may_be_a_slip() -> None:
    once = Spelling(["el aeropuerto"], examples=["cuando abre el aerpouerto"])
    assert once.correct("aerpouerto") == "aeropuerto"
    assert not once.is_readable("aerpouerto")
    twice = Spelling(["el aeropuerto"], examples=["cuando abre el aerpouerto", "aerpouerto en Safi"])
    assert twice.correct("aerpouerto") == "aeropuerto"
    often = Spelling(["el aeropuerto"], examples=["cuando abre el aerpouerto"] * OFTEN)
    assert often.correct("aerpouerto") == "aerpouerto"
    real = Spelling(["la nave"], examples=["una nevera", "otra nevera"])
    assert real.correct("nevra") == "nevra"  # too short, said too rarely


def test_a_slip_of_one_language_is_no_word_of_another() -> None:
    spelling = Spelling(["la charte de l'investissement"] * OFTEN)
    assert spelling.correct("la chatre", Language.FR) == "la charte"
    assert spelling.correct("la chatre", Language.ES) == "la chatre"  # a Spanish word
    assert Spelling(["the costs"] * OFTEN).correct("mis cosas", Language.ES) == "mis cosas"


def test_plurals_of_spanish_words_are_real() -> None:
    assert is_real("litros")
    assert is_real("ladrillos")
    assert not is_real("ladrilos")


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("لقانون", "القانون"),
        ("فلقانون", "في القانون"),
        ("ولقانون", "والقانون"),
        ("دلقانون", "القانون"),
        ("لمقاولت", "المقاولات"),
        ("لاستثمار", "الاستثمار"),
        ("فلاستثمار", "في الاستثمار"),
        ("لازم", "لازم"),
        ("لجنة", "لجنة"),  # its own letter
        ("للقانون", "للقانون"),
        ("دلشرب", "الشرب"),  # said, though not often
        ("فمبلغ", "في مبلغ"),
        ("محطت", "محطة"),  # ة as it sounds
        ("فمحطت", "في محطة"),
        ("بيت", "بيت"),
        ("فاس", "فاس"),
    ],
)
def test_darija_is_put_as_it_is_written(said: str, whole: str) -> None:
    spelling = Spelling([*["القانون المقاولات الاستثمار لجنة العازم العرب مبلغ محطة بيت فاس"] * OFTEN, "الشرب"])
    assert spelling.correct(said, Language.AR, darija=True) == whole
    if said in ("فلقانون", "دلقانون", "فمبلغ", "محطت"):
        assert spelling.correct(said, Language.AR) == said  # in standard Arabic nothing is taken for an article


def test_a_word_without_its_apostrophe_is_heard() -> None:
    spelling = Spelling(["les hectares", "une attestation"] * OFTEN)
    assert spelling.correct("dectares") == "d'hectares"
    assert spelling.correct("latestation") == "l'attestation"


BY_EAR = Spelling(
    [
        *["las ayudas en vigor", "l'aquaculture", "combien de temps", "شروط ضرورية", "el arbitraje"] * OFTEN,
        *["l'arbitrage"] * (OFTEN + 1),
    ],
    names=["شيشاوة"],
)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("las alludas", "las ayudas"),
        ("en bigor", "en vigor"),
        ("el arvitraje", "el arbitraje"),
        ("شروط ظرورية", "شروط ضرورية"),
        ("combein de temps", "combien de temps"),
        ("laquaculture", "l'aquaculture"),
        ("dcombien", "dcombien"),
        ("مصنع فشيشاوة", "مصنع في شيشاوة"),
        ("هدا الشرط", "هذا الشرط"),
    ],
)
def test_a_word_written_by_ear_or_together_becomes_what_is_meant(written: str, right: str) -> None:
    assert BY_EAR.correct(written) == right


def test_what_sounds_the_same_has_the_same_sound() -> None:
    for one, two in (("qui", "ki"), ("hola", "ola"), ("pharmacie", "farmacie"), ("vaca", "baka"), ("gente", "jente")):
        assert sound(one) == sound(two)
    assert sound("chica") != sound("cica")
