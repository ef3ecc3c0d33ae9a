"""Statements that tell what was not found."""

from __future__ import annotations

import pytest

from corpus import Confidence, Language
from corpus.absence import tells_absence
from corpus.text import split_statements
from tests.packaged import packaged_passages


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        (Language.EN, "Mithaq found no figure for the argan output of Essaouira."),
        (Language.EN, "Mithaq has found no published rent."),
        (Language.FR, "Mithaq n'a trouvé aucun chiffre sur la production d'argan d'Essaouira."),
        (Language.FR, "Mithaq n’a pas trouvé de prix au mètre carré."),
        (Language.ES, "Mithaq no ha encontrado datos sobre la producción de argán de Essaouira."),
        (Language.AR, "ولم يعثر مساعد «ميثاق» على أي رقم عن إنتاج الأركان في الصويرة."),
        (Language.ZH, "Mithaq未找到索维拉阿甘油的产量数据。"),
    ],
)
def test_what_was_not_found_is_told_from_what_was(language: Language, statement: str) -> None:
    assert tells_absence(statement, language)


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        (Language.EN, "The last CNI session that Mithaq found is the ninth."),
        (Language.FR, "La dernière session que Mithaq a trouvée est la neuvième."),
        (Language.ZH, "Mithaq找到的最近一次会议是第九次。"),
        (Language.ES, "La última sesión que ha encontrado Mithaq es la novena."),
        (Language.AR, "آخر دورة عثر عليها مساعد «ميثاق» هي التاسعة."),
    ],
)
def test_what_was_found_tells_no_absence(language: Language, statement: str) -> None:
    assert not tells_absence(statement, language)


def test_nearly_every_packaged_section_on_what_is_unknown_tells_it_in_these_words_in_each_language() -> None:
    unknown = [passage for passage in packaged_passages() if passage.confidence is Confidence.UNKNOWN]
    for language in Language:
        own = [passage for passage in unknown if passage.language is language]
        told = [p for p in own if any(tells_absence(line.text, language) for line in split_statements(p.text))]
        assert len(own) > 40
        assert len(told) / len(own) > 0.8, language
