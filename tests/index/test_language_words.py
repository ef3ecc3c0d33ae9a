"""The language of words, told by how people ask."""

from __future__ import annotations

import pytest

from corpus import Language
from index.language_words import LanguageWords

ASKED = [
    (Language.EN, "which location bonus in percent"),
    (Language.EN, "location bonus for hotels in percent"),
    (Language.FR, "quelle prime de location pour les hotels"),
    (Language.FR, "prime de location de terrain"),
    (Language.ES, "prima por localizacion para casas, y para casas rurales"),
    (Language.ES, "prima por empleo"),
    (Language.ZH, "bonus bonus"),
]


@pytest.mark.parametrize(
    ("question", "languages"),
    [
        ("location bonus percent", [Language.EN]),
        ("prime location", [Language.FR]),
        ("prima", [Language.ES]),
        ("location", [Language.FR, Language.EN]),
        ("hotels", [Language.EN, Language.FR]),
        ("zzz", []),
        ("", []),
    ],
)
def test_words_are_of_the_languages_in_which_people_ask_with_them(question: str, languages: list[Language]) -> None:
    assert sorted(LanguageWords(ASKED).likely(question.split())) == sorted(languages)


def test_without_questions_no_language_is_told() -> None:
    assert LanguageWords([]).likely(["prime"]) == []
