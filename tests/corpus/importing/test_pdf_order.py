"""The logical order of a line that a PDF states as it looks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.pdf_order import PAIRS, brackets_fit, composed, kind_of, logical_order, mixed_order
from tests.corpus.importing.arabic_release import BLOCKS

MIRROR = frozenset("".join(PAIRS))
TURNED = {pair[side]: pair[1 - side] for pair in PAIRS for side in (0, 1)}


def seen(text: str, *, after_arabic: bool = False) -> list[str]:
    """The characters from the left to the right as a page shows them: the bidirectional algorithm for a paragraph from the right.

    Written apart from what is tested, by the rules of Unicode: numbers behind Arabic (W2) keep `.,:/` inside (W4) but not hyphens,
    other numbers keep those too and their percent sign (W5), what stands between Latin words belongs to them (N1), brackets turn.
    """
    runs: list[tuple[str, bool]] = []
    arabic, place = after_arabic, 0
    number = {True: r"\d+(?:[.,:/\u00a0]\d+)*", False: r"\d+(?:[.,:/\u00a0+-]\d+)*[%]?"}
    latin = r"[A-Za-z](?:[A-Za-z0-9@./:&_-]*[A-Za-z0-9])?(?: [A-Za-z](?:[A-Za-z0-9@./:&_-]*[A-Za-z0-9])?)*"
    while place < len(text):
        match = re.compile(latin).match(text, place) or re.compile(number[arabic]).match(text, place)
        part = match[0] if match else text[place]
        if part[0].isascii() and part[0].isalpha():
            arabic = False
        arabic = arabic or kind_of(part[0]) == "R"
        runs.append((part, match is not None))
        place += len(part)
    return [character for part, whole in reversed(runs) for character in (part if whole else TURNED.get(part, part))]


@pytest.mark.parametrize("text", [text for _, text in BLOCKS])
def test_the_release_comes_back_word_for_word(text: str) -> None:
    assert logical_order(seen(text), after_arabic=False, mirrored=MIRROR) == text


@pytest.mark.parametrize(
    "text",
    [
        "الرقم 12-03-2025 وبعده",
        "القانون 2-23-1 (المادة 3)",
        "مبلغ 50 000 000 درهم",
        "مبلغ 50\u00a0000\u00a0000 درهم",
        "ملتقى GITEX 2025 بمراكش".replace(" 2025", ""),
        "بين 10% و 15%",
        "من 8:30 إلى 16:30",
        "الفترة 2023-2026 كلها",
        "حوالي 2.500,75 درهم [بدون رسوم] «نهائيا»",
        "03-22 هو القانون",
        "٢٠٢٣/١١/١٥ هو التاريخ",
    ],
)
def test_numbers_stay_whole_and_in_place(text: str) -> None:
    assert logical_order(seen(text), after_arabic=False, mirrored=MIRROR) == text


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("MDH 10 غلبم", "مبلغ 10 MDH"),
        ("GITEX 2025 ىقتلم", "ملتقى GITEX 2025"),
        ("10% غلبم", "مبلغ 10%"),
        ("%10 غلبم", "مبلغ 10%"),
        ("% 10 غلبم", "مبلغ 10 %"),
        ("500 000 غلبم", "مبلغ 500 000"),
        ("000 50 غلبم", "مبلغ 50 000"),
        ("https:// عقوم", "موقع https://"),
        ("www.example. عقوم", "موقع www.example."),
        (".www.example.org عقوم", "موقع www.example.org."),
    ],
)
def test_where_two_texts_look_alike_the_one_that_people_write_is_taken(units: str, expected: str) -> None:
    assert logical_order(list(units), after_arabic=False, mirrored=MIRROR) == expected


def test_a_number_that_goes_on_an_arabic_line_obeys_it() -> None:
    assert logical_order(list(".1-23-2"), after_arabic=True, mirrored=MIRROR) == "2-23-1."
    assert logical_order(list("2-23-1"), after_arabic=False, mirrored=MIRROR) == "2-23-1"


def test_ligatures_keep_their_own_order_and_a_swapped_one_is_put_right() -> None:
    assert logical_order(["م", "لا", "س"], after_arabic=False, mirrored=MIRROR) == "سلام"
    assert composed("ال") == "لا"
    assert (composed("ﻼ"), composed("ﷲ"), composed("ـ"), composed("ﬁ"), composed("⻢")) == (
        "لا",
        "الله",
        "",
        "fi",
        "马",
    )
    assert composed("n°½") == "n°½"


def test_a_line_from_the_left_turns_only_its_arabic_words() -> None:
    assert mixed_order(list("Charte (رامثتسالا قاثيم) 2022"), mirrored=MIRROR) == "Charte (ميثاق الاستثمار) 2022"
    assert mixed_order(list("plain text"), mirrored=MIRROR) == "plain text"


def test_brackets_that_stand_the_wrong_way_are_noticed() -> None:
    assert brackets_fit("(a) (b)", "()") == 2
    assert brackets_fit(")a( )b(", "()") < 0
    assert brackets_fit("none", "()") == 0


ARABIC_WORD = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإ", min_size=2, max_size=7)
NUMBER = st.one_of(
    st.integers(0, 9999).map(str),
    st.from_regex(r"[1-9]\d{0,2}(\.\d{3}){1,2}(,\d{2})?", fullmatch=True),
    st.from_regex(r"\d{1,2},\d{1,2}", fullmatch=True),
    st.from_regex(r"[0-3]\d/[01]\d/20\d\d", fullmatch=True),
    st.from_regex(r"\d{2}-\d{2}", fullmatch=True),
    st.from_regex(r"\d-\d{2}-\d{1,3}", fullmatch=True),
    st.from_regex(r"[1-9]\d?(,\d)?%", fullmatch=True),
)
ASCII_NUMBER = NUMBER.filter(str.isascii)
LATIN = st.sampled_from(["CRI", "CRI-Invest", "contact@example.org", "SARL", "www.example.org", "Chine Maroc"])
SIGN = st.sampled_from(["،", ".", ":", "؛", "!", ""])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Arabic words with numbers, Latin words and brackets between them; nothing whose look has two readings."""
    words = [draw(ARABIC_WORD)]
    for _ in range(draw(st.integers(1, 6))):
        other = draw(
            st.one_of(
                ASCII_NUMBER, LATIN, LATIN.map(lambda word: f"({word})"), ARABIC_WORD.map(lambda word: f"«{word}»")
            )
        )
        words += [other + draw(SIGN), draw(ARABIC_WORD) + draw(SIGN)]
    return " ".join(words)


@given(sentences())
def test_any_sentence_comes_back_from_how_it_looks(text: str) -> None:
    assert logical_order(seen(text), after_arabic=False, mirrored=MIRROR) == text


@given(
    st.lists(
        st.one_of(ARABIC_WORD, ASCII_NUMBER, LATIN, st.sampled_from(["(", ")", "%", ",", "-", " ", "لا", "€"])),
        max_size=12,
    ),
    st.booleans(),
)
def test_no_character_is_lost_whatever_stands_on_the_line(units: list[str], after_arabic: bool) -> None:
    text = logical_order(units, after_arabic=after_arabic, mirrored=frozenset())
    expected = "".join(map(composed, units))
    assert sorted(text) == sorted(expected)
