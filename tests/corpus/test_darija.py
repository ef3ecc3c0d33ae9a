"""Darija is put in standard Arabic, and nothing else is."""

from __future__ import annotations

import pytest

from corpus import Language
from corpus.darija import darija_words, standard_arabic
from corpus.text import fold
from tests.packaged import packaged_passages


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("واش كاينة شي منحة فالجهة؟", "هل توجد بعض منحة في الجهة؟"),
        ("وشحال خاصني نحط؟", "وكم يجب علي أودع؟"),
        ("شكون كيقرر، الوزارة ولا CRI؟", "من يقرر، الوزارة أو CRI؟"),
        ("شحال ديال الوقت؟", "كم الوقت؟"),
        ("شحاال ديال الوقت مزاال؟", "كم الوقت مزال؟"),
        ("ش7ال دالعيالات فالمعمل؟", "كم النساء في المصنع؟"),
        ("واش كيتعاون المركز ف آسفي؟", "هل يتعاون المركز في آسفي؟"),
        ("وش المنحة اللي نبي ناخذها وين نقدم؟", "ما المنحة الذي نريد ناخذها أين نقدم؟"),
        ("عايزين نعرف ازاي نقدم", "نريد أعرف كيف نقدم"),
        ("ش7ال ديال الناس على حساب الاحصاء اللخر؟", "كم الناس على حساب الاحصاء الأخير؟"),
    ],
)
def test_darija_in_arabic_letters(said: str, standard: str) -> None:
    assert standard_arabic(said) == standard


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("إيه وضع المية والمينا في آسفي", "ما وضع الماء والميناء في آسفي"),
        ("شحال في المية", "كم في المائة"),
        ("10 المية", "10 المية"),
        ("كم ف المئة", "كم ف المئة"),
    ],
)
def test_the_same_word_is_water_or_a_hundred(said: str, standard: str) -> None:
    assert standard_arabic(said) == standard


def test_darija_in_latin_letters_only_where_it_is_known_to_be_darija() -> None:
    said = "wach kayn chi da3m dyal CRI f asfi?"
    assert standard_arabic(said, latin=True) == "هل يوجد بعض دعم CRI في آسفي?"
    assert standard_arabic(said) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ما سقف المنح في الميثاق؟",
        "هل تعفى الشركة التي لي فيها حصة إلا إذا غيرت مقرها؟",
        "المادتان 37 و38 من القانون، في 3أشهر",
        "كتابة الكيان الكبير وكتلته",
        "Quel est le taux f Safi, d'accord ?",
        "马拉喀什的补贴",
    ],
)
def test_other_languages_and_standard_arabic_stay_as_they_are(text: str) -> None:
    assert standard_arabic(text) == text


def test_no_packaged_text_holds_a_word_that_is_surely_darija() -> None:
    arabic = [passage for passage in packaged_passages() if passage.language is Language.AR]
    assert len(arabic) > 500
    for passage in arabic:
        text = " ".join(passage.search_text.split())
        assert standard_arabic(text) == text, passage.section_id


def test_the_words_are_folded_and_nothing_stands_for_itself() -> None:
    words = darija_words()
    for word, standard in (*words.arabic.items(), *words.latin.items()):
        assert fold(word) == word
        assert fold(standard) != word


@pytest.mark.parametrize("word", ["كتاب", "كتابة", "كتبه", "كيف", "كيفية", "كيان", "كنز", "كتلة", "كنيسة", "كيس"])
def test_words_that_begin_like_the_present_tense_of_darija_stay(word: str) -> None:
    assert standard_arabic(f"واش {word}") == f"هل {word}"
