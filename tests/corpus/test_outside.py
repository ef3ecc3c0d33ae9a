"""What people ask that no document answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import CharterError, Language
from corpus.outside import OutsideKind, OutsideQuestion, load_outside
from corpus.text import clean_question
from tests.packaged import example_questions


def written(folder: Path, text: str) -> Path:
    path = folder / "outside.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_questions_come_cleaned_and_once_with_their_kind(tmp_path: Path) -> None:
    text = 'absent:\n  en: ["How  many?", "How many?"]\n  zh: ["多少？"]\nabuse:\n  fr: ["Idiot"]\n'
    assert load_outside(written(tmp_path, text)) == (
        OutsideQuestion(OutsideKind.ABSENT, Language.EN, "How many?"),
        OutsideQuestion(OutsideKind.ABSENT, Language.ZH, clean_question("多少？")),
        OutsideQuestion(OutsideKind.ABUSE, Language.FR, "Idiot"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "absent: [",
        'nonsense:\n  en: ["a"]\n',
        'absent:\n  de: ["a"]\n',
        'absent:\n  en: "a"\n',
        "absent:\n  en: ['']\n",
    ],
)
def test_a_file_that_is_not_valid_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(CharterError, match=r"outside.yaml cannot be read: .* Write a kind"):
        load_outside(written(tmp_path, text))


def test_the_packaged_file_has_every_kind() -> None:
    assert {question.kind for question in load_outside()} == set(OutsideKind)


def test_no_question_is_both_answered_and_not() -> None:
    answered = {question for _, question in example_questions()}
    assert answered
    assert not answered & {question.text for question in load_outside()}
