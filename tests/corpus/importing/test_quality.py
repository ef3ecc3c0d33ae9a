"""The gate."""

from __future__ import annotations

from pathlib import Path

from corpus.importing.quality import common_words, holds_arabic, measure
from tests.corpus.importing.arabic_release import BLOCKS

ARABIC = "\n".join(text for _, text in BLOCKS)


def test_a_real_text_passes() -> None:
    reading = measure(ARABIC)
    assert not (reading.reversed or reading.broken or reading.doubtful)
    assert common_words(ARABIC) > 15


def test_reversed_words_are_noticed() -> None:
    backwards = "\n".join(" ".join(word[::-1] for word in line.split()) for line in ARABIC.split("\n"))
    assert measure(backwards).reversed
    assert measure(ARABIC[::-1]).reversed


def test_lost_letters_are_noticed() -> None:
    assert measure(ARABIC.replace("ا", "\ufffd")).broken
    assert measure(ARABIC.replace("ل", "\ue012")).broken
    assert measure(ARABIC.replace("لا", "䐧")).broken
    for letter in "اليم":
        assert measure(ARABIC.replace(letter, "")).missing == letter
    assert measure((ARABIC * 3).replace("ش", "")).missing == "ش"
    assert measure(" ".join(ARABIC.replace(" ", ""))).broken


def test_every_arabic_document_passes() -> None:
    for path in Path("corpus/documents").rglob("ar.md"):
        reading = measure(path.read_text(encoding="utf-8").split("\n---\n", 1)[1])
        assert not (reading.reversed or reading.broken), path


def test_a_single_lost_sign_is_a_doubt_only() -> None:
    reading = measure(ARABIC + "\ufffd")
    assert reading.doubtful
    assert not reading.broken


def test_other_scripts_are_not_measured_by_arabic_words() -> None:
    for text in ("Une page en français, longue de quelques mots. " * 20, "投资宪章" * 100, "آسفي; 10%", ""):
        reading = measure(text)
        assert not (reading.reversed or reading.broken or reading.doubtful)
    assert holds_arabic("a ب")
    assert not holds_arabic("abc")


def test_arabic_beside_chinese_words_is_no_loss() -> None:
    assert not measure("الوفد الصيني (中国) زار مدينة آسفي 中国 في").lost
