"""Cleaning, folding, words and sentences in five languages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.text import (
    Statement,
    clean,
    clean_question,
    fold,
    split_sentences,
    split_statements,
    western_digits,
    word_count,
    words,
)

any_text = st.text(alphabet=st.characters(codec=None))  # lone surrogates too
prose = st.text(alphabet=st.sampled_from('aBé1 2.,!?؟…。！？"»”）\n\u2028\u00a0\tpArtenvMاب中国'), max_size=60)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(any_text)
@example("e\u200b\u0301")
@example("\r\u200b\n")
@example("\ud800")
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(any_text)
def test_a_clean_text_can_be_stored_and_holds_no_control_characters(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not [c for c in cleaned if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert unicodedata.is_normalized("NFC", cleaned)


@given(any_text)
@example("ﷺ")
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_a_question_is_one_line_without_outer_spaces(text: str) -> None:
    question = clean_question(text)
    assert question == " ".join(question.split())
    assert clean_question(question) == question


def test_direction_marks_and_nul_are_taken_out_and_line_ends_become_line_feeds() -> None:
    assert clean("a\x00b\u200f\r\nc\rd\u202e") == "ab\nc\nd"


def test_full_width_and_presentation_forms_become_plain_letters_in_a_question() -> None:
    assert clean_question("  ５０％  ﻣﻨﺤﺔ\n ") == "50% منحة"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éligibilité", "eligibilite"),
        ("الإِسْتِثْمَار", "الاستثمار"),
        ("مراكش", "مراكـــش"),
        ("منحة", "منحه"),
        ("٣٠", "30"),
        ("INVERSIÓN", "inversion"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_words_are_folded_and_chinese_stays_in_one_run() -> None:
    assert words("L'Été à Safi: 投资宪章!") == ["l", "ete", "a", "safi", "投资宪章"]


def test_two_chinese_characters_count_as_one_word() -> None:
    assert (word_count("投资宪章"), word_count("投资宪"), word_count("one two"), word_count(" — ")) == (2, 2, 2, 0)


def test_arabic_and_persian_digits_become_western_ones() -> None:
    assert western_digits("٢٠٢٦ ۵") == "2026 5"


@given(prose)
@example("Art. 5 of the law. M. X.")
@example("a\u2028b. c")
def test_splitting_into_sentences_loses_nothing_but_white_space(text: str) -> None:
    sentences = split_sentences(text)
    assert without_spaces("".join(sentences)) == without_spaces(text)
    assert all(sentence == sentence.strip() != "" for sentence in sentences)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The rate is 1.5 percent. It may rise.", ["The rate is 1.5 percent.", "It may rise."]),
        ("See art. 5 of the law. Done.", ["See art. 5 of the law.", "Done."]),
        ("M. Alaoui signe. Bien !", ["M. Alaoui signe.", "Bien !"]),
        ("补贴为30%。上限是多少？", ["补贴为30%。", "上限是多少？"]),
        ("ما السقف؟ السقف 30%.", ["ما السقف؟", "السقف 30%."]),
        ("He said “yes.” Then he left", ["He said “yes.”", "Then he left"]),
        ("One line\nanother", ["One line", "another"]),
        ("It ends with art.", ["It ends with art."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_each_item_of_a_list_is_one_statement() -> None:
    text = "The rates are. Here:\n- 5%. For small ones.\n2) 7%\n• 10%"
    assert split_statements(text) == [
        Statement("The rates are."),
        Statement("Here:"),
        Statement("5%. For small ones.", listed=True),
        Statement("7%", listed=True),
        Statement("10%", listed=True),
    ]
