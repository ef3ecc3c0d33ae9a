"""The words around figures."""

from __future__ import annotations

import pytest

from bot.desk.measure_words import (
    fold_in_place,
    holds_any,
    is_date,
    is_year,
    measure_words,
    names_pattern,
    read_ordinals,
)
from corpus.text import fold


def test_every_word_is_written_as_folded_texts_are() -> None:
    for value in measure_words().model_dump().values():
        words = [word for one in value for word in (one if isinstance(one, tuple) else (one,))]
        assert [word for word in words if fold(word) != word] == []


def test_there_are_twelve_months_and_each_list_has_all_alphabets() -> None:
    words = measure_words()
    assert len(words.months) == len(words.ordinals) == 12
    lists = (words.running, words.denials, words.examples, words.below, words.at_most, words.at_least, words.growth)
    for joined in map("".join, lists):
        assert any("a" <= letter <= "z" for letter in joined)
        assert any("\u0600" <= letter <= "\u06ff" for letter in joined)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in joined)


@pytest.mark.parametrize("text", ["Élevé à 30 %", "٣٠٪ آلاف", "ﬁn ½", "中国 2025年", ""])
def test_folding_in_place_keeps_every_character_at_its_place(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


def test_words_are_whole_and_any_sign_may_part_two() -> None:
    assert holds_any("il n’existe rien", ("n existe",))
    assert not holds_any("capital", ("cap",))


def test_a_longer_chinese_ordinal_is_not_a_shorter_one() -> None:
    assert read_ordinals("第十二届") == {12}
    assert read_ordinals("第二届") == {2}


def test_years_and_days_are_told_from_amounts() -> None:
    assert is_year("2025", " projects")
    assert not is_year("2000", " dirhams")
    assert is_date("", "26", " june 2025")
    assert is_date("june ", "26", ", 2025")
    assert not is_date("", "26", " projects")


@pytest.mark.parametrize("before", ["article ", "loi n° ", "رقم ", "日第", "art. ", "+"])
def test_a_number_behind_some_words_is_a_name(before: str) -> None:
    assert names_pattern().search(fold_in_place(before))
