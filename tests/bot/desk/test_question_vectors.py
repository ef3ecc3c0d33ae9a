"""Vectors of questions are kept by text, hold no text, and go when the text goes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.desk.question_vectors import QUESTIONS_CACHE, QuestionVectors, wording_of
from tests.index.doubles import HashedEncoder

SECRET = "Where is the dossier of Zineb?"


@pytest.fixture
def encoder() -> HashedEncoder:
    return HashedEncoder()


def test_a_text_is_embedded_once_and_found_by_another_process(tmp_path: Path, encoder: HashedEncoder) -> None:
    first = QuestionVectors(tmp_path, encoder).embed(["one thing", "another thing"])
    again = QuestionVectors(tmp_path, encoder)
    assert encoder.queries == ["one thing", "another thing"]
    np.testing.assert_array_equal(again.embed(["one thing"])["one thing"], first["one thing"])
    assert encoder.queries == ["one thing", "another thing"]


def test_finding_embeds_nothing(tmp_path: Path, encoder: HashedEncoder) -> None:
    vectors = QuestionVectors(tmp_path, encoder)
    vectors.embed(["one thing"])
    assert set(vectors.find(["one thing", "another thing"])) == {"one thing"}
    assert encoder.queries == ["one thing"]


def test_what_the_journal_forgot_is_forgotten(tmp_path: Path, encoder: HashedEncoder) -> None:
    vectors = QuestionVectors(tmp_path, encoder)
    vectors.embed(["one thing", "another thing", "a third"])
    assert vectors.keep_only(["another thing", "never seen"]) == 2
    assert set(vectors.find(["one thing", "another thing", "a third"])) == {"another thing"}


def test_the_file_holds_no_text(tmp_path: Path, encoder: HashedEncoder) -> None:
    QuestionVectors(tmp_path, encoder).embed([SECRET])
    kept = (tmp_path / QUESTIONS_CACHE).read_bytes()
    assert kept
    assert b"Zineb" not in kept


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Quel est le plafond ?", "quel est le plafond", True),
        ("ما هو السقف؟", "ما هو السقف", True),
        ("上限是多少？", "上限是多少", True),
        ("What is the cap?", "What is the cap of 2024?", False),
        ("???", "!!!", False),
    ],
)
def test_case_and_marks_do_not_make_another_wording(one: str, other: str, same: bool) -> None:
    assert (wording_of(one) == wording_of(other)) is same


def test_a_text_without_any_character_has_no_wording() -> None:
    assert wording_of(" \u200b\n") == ""
