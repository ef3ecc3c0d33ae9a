"""Groups are the same whatever order the journal gives its questions in."""

from __future__ import annotations

import itertools
from datetime import timedelta

import numpy as np
import pytest

from bot.desk.question_groups import join_wordings, make_groups
from corpus import Language
from index import SearchIndex
from tests.bot.desk.listening_doubles import NOW, Asked, days_ago
from tests.index.doubles import HashedEncoder, built

QUESTIONS = [
    Asked("cap of the premiums", Language.FR, id="1", asked_at=days_ago(3)),
    Asked("Cap of the premiums?", Language.EN, id="2", asked_at=days_ago(3)),
    Asked("workers that count", Language.ES, id="3", asked_at=days_ago(40)),
    Asked("workers who count", Language.AR, id="4", asked_at=days_ago(0)),
    Asked("nothing like it", Language.ZH, id="5", asked_at=NOW + timedelta(hours=1)),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return built(tmp_path_factory.mktemp("home"))


def grouped(questions: list[Asked], index: SearchIndex) -> object:
    wordings = join_wordings(questions)
    texts = [wording.text for wording in wordings]
    vectors = dict(zip(texts, np.asarray(HashedEncoder().encode_queries(texts)), strict=True))
    return make_groups(wordings, vectors, index, NOW, 28)


def test_the_order_of_the_journal_changes_nothing(index: SearchIndex) -> None:
    first = grouped(QUESTIONS, index)
    for mixed in itertools.islice(itertools.permutations(QUESTIONS), 0, 120, 17):
        assert grouped(list(mixed), index) == first


def test_wordings_hold_the_same_words_the_most_frequent_first() -> None:
    wordings = join_wordings(QUESTIONS)
    assert [question.id for question in wordings[0].questions] == ["1", "2"]
    assert wordings[0].text == "cap of the premiums"


def test_where_two_languages_ask_as_often_the_order_of_languages_decides(index: SearchIndex) -> None:
    cap = next(group for group in grouped(QUESTIONS, index) if group.id == "1")
    assert list(cap.languages) == [Language.FR, Language.EN]


def test_weeks_before_the_time_shown_and_clocks_ahead_do_not_break_the_trend(index: SearchIndex) -> None:
    trends = {group.id: group.trend for group in grouped(QUESTIONS, index)}
    assert trends["3"] == (0, 0, 0, 1)
    assert trends["5"] == (0, 0, 0, 1)


def test_a_group_near_no_section_says_so(index: SearchIndex) -> None:
    assert next(group for group in grouped(QUESTIONS, index) if group.id == "5").nearest == ""
