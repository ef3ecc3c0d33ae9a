"""Words as vectors: translations and words of one subject lie near each other."""

from __future__ import annotations

import numpy as np
import pytest

from index.lexical import LexicalIndex
from index.word_space import WordSpace, fit_word_space

TEXTS = {
    "cap": ["the ceiling of the premium", "le plafond de la prime", "سقف المنحة"],
    "land": ["rent of industrial land", "loyer du terrain", "كراء الأرض"],
    "water": ["desalination of seawater", "dessalement", "تحلية المياه"],
}
SECTIONS = [section for section, texts in TEXTS.items() for _ in texts]
ALL = [text for texts in TEXTS.values() for text in texts]


def space(order: list[int] | None = None, dimension: int = 3) -> WordSpace:
    chosen = order or list(range(len(ALL)))
    lexical = LexicalIndex.build([ALL[i] for i in chosen])
    return fit_word_space(lexical, [SECTIONS[i] for i in chosen], dimension)


def likeness(one: str, other: str, where: WordSpace) -> float:
    return float((where.of([one]) @ where.of([other]).T)[0, 0])


def test_a_word_and_its_translation_lie_side_by_side() -> None:
    for one, other in (("ceilin", "plafon"), ("ceilin", "سقف"), ("loyer", "rent"), ("تحل", "dessal")):
        assert likeness(one, other, space()) == pytest.approx(1, abs=1e-5)
    for one, other in (("ceilin", "loyer"), ("سقف", "desali")):
        assert likeness(one, other, space()) == pytest.approx(0, abs=1e-5)


def test_a_word_of_two_subjects_lies_between_them() -> None:
    lexical = LexicalIndex.build([*ALL, "the premium for land"])
    both = fit_word_space(lexical, [*SECTIONS, "land"], 3)
    assert 0.3 < likeness("premiu", "plafon", both) < 0.9
    assert 0.3 < likeness("premiu", "loyer", both) < 0.9


def test_words_have_length_one_and_unknown_ones_length_zero() -> None:
    vectors = space().of(["ceilin", "nowher", "سقف"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1], atol=1e-5)
    assert space().of([]).shape == (0, 3)


def test_the_order_of_the_passages_changes_nothing() -> None:
    one, other = space(), space([5, 0, 8, 2, 1, 7, 3, 6, 4])
    assert one.rows == other.rows
    np.testing.assert_array_equal(one.vectors, other.vectors)


def test_there_are_no_more_directions_than_sections() -> None:
    assert space(dimension=50).vectors.shape[1] == len(TEXTS)
