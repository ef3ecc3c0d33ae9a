"""Whether words are those of the documents or of questions that none answers."""

from __future__ import annotations

import math

import pytest

from index.word_odds import fit_word_odds

DOCUMENTS = {"premium": 30, "safi": 20, "weather": 2, "cap": 1}
OUTSIDE = [["weather", "tomorrow", "weather"], ["weather", "safi"], ["match", "tomorrow"], ["joke"]]
ODDS = fit_word_odds(DOCUMENTS, OUTSIDE)


def test_words_of_the_documents_speak_for_them_and_others_against() -> None:
    assert ODDS.value(["premium"]) > ODDS.value(["safi"]) > 0 > ODDS.value(["weather"]) > ODDS.value(["tomorrow"])


def test_words_that_occur_once_tell_nothing() -> None:
    assert ODDS.value(["cap"]) == ODDS.value(["joke"]) == ODDS.value(["unheard"]) == ODDS.value([]) == 0


def test_a_word_counts_once_and_more_words_make_it_surer_but_not_as_much_as_their_sum() -> None:
    assert ODDS.value(["premium", "premium"]) == ODDS.value(["premium"])
    premium, safi, weather = (ODDS.value([word]) for word in ("premium", "safi", "weather"))
    assert ODDS.value(["premium", "safi"]) == pytest.approx((premium + safi) / 2**0.5)
    assert ODDS.value(["safi", "weather", "unheard"]) == pytest.approx((safi + weather) / 2**0.5)


def test_the_odds_of_a_word_are_those_of_its_shares() -> None:
    inside, outside = (
        30 + 20 + 2 + 4 / 2,
        1 + 2 + 2 + 4 / 2,
    )  # of the four words that occur twice, each with half a word more
    assert ODDS.value(["safi"]) == pytest.approx(math.log((20.5 / inside) / (1.5 / outside)))


def test_without_questions_from_outside_no_word_tells_anything() -> None:
    assert fit_word_odds(DOCUMENTS, []).value(["premium", "weather"]) == 0


def test_without_documents_every_word_is_beyond_them() -> None:
    assert fit_word_odds({}, OUTSIDE).value(["weather"]) <= 0
