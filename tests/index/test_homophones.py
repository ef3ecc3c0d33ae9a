"""Chinese characters typed for others of the same sound are put right; words that exist are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.homophones import FAR_COMMONER, FAR_RARER, OFTEN, PINYIN_FILE, Homophones, load_pinyin
from tests.index.pinyin_table import table

HOMOPHONES = Homophones(
    [
        *["投资补贴的上限", "就业岗位有几个档次", "中国企业和摩洛哥商会", "项目面积"] * OFTEN,
        *["最低工资"] * FAR_RARER,
        "少见的词汇",
        "最底工子",
    ],
    known=["今天天气怎么样"],
)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("补帖有多少", "补贴有多少"),
        ("象目面机", "项目面积"),
        ("摩洛歌", "摩洛哥"),
        ("CRI的岗未 2026", "CRI的岗位 2026"),
        ("就夜刚位", "就业岗位"),
        ("最底工子", "最低工资"),  # two slips, though each pair is written somewhere
        ("要就爷港位", "要就业岗位"),  # whatever the characters beside it
        ("业", "业"),
        ("", ""),
    ],
)
def test_a_character_becomes_the_one_of_its_sound_that_the_corpus_writes_there(written: str, right: str) -> None:
    assert HOMOPHONES.correct(written) == right


@pytest.mark.parametrize(
    "text",
    [
        "投资补贴的上限",
        "天气",  # stands in a text that is known beside the corpus
        "铁路",  # a word of the list
        "词会",  # what it might be, 词汇, the corpus writes once
        "补饿",  # nothing sounds like it there
        "面积放不放",  # asks whether, though 积放 and 放不 stand nowhere
        "What is the cap? ما هو السقف",
    ],
)
def test_what_is_right_known_or_not_to_be_understood_stays(text: str) -> None:
    assert HOMOPHONES.correct(text) == text


def test_tones_do_not_count_and_umlauts_do() -> None:
    sounds, _ = load_pinyin()
    assert sounds["贴"] == sounds["帖"] == "tie"
    assert (sounds["绿"], sounds["路"]) == ("lv", "lu")


def test_the_table_is_what_the_library_tells() -> None:
    assert PINYIN_FILE.read_text(encoding="utf-8") == table()


@given(st.text())
def test_any_text_keeps_its_length_and_all_that_is_not_chinese(text: str) -> None:
    corrected = HOMOPHONES.correct(text)
    assert len(corrected) == len(text)
    sounds, _ = load_pinyin()
    assert all(one == other or sounds[one] == sounds[other] for one, other in zip(text, corrected, strict=True))


def test_a_pair_of_several_questions_is_no_slip_unless_a_far_commoner_one_sounds_so() -> None:
    texts = ["投资补贴的上限"] * OFTEN
    assert Homophones(texts, examples=["补帖有多少"]).correct("补帖") == "补贴"
    assert Homophones(texts, examples=["补帖有多少", "补帖呢"]).correct("补帖") == "补帖"
    assert Homophones(texts * FAR_COMMONER, examples=["补帖有多少", "补帖呢"]).correct("补帖") == "补贴"


def test_what_is_said_twice_is_no_slip() -> None:
    known = Homophones(["协议的内容"] * OFTEN)
    assert known.correct("谢谢") == "谢谢"
