"""What the events of the chat page do, without a browser."""

from __future__ import annotations

import asyncio
from html import unescape
from typing import Any

import pytest

from bot.answer import AnswerStatus
from bot.conversation import Message
from bot.messages import load_texts
from bot.web.answer_html import Turn
from bot.web.chat_page import KEPT_TURNS, PIECES, ChatPage
from bot.web.gate import AskGate
from corpus import Language

TEXTS = load_texts()


@pytest.fixture
def page(assistant: Any, journal: Any) -> ChatPage:
    return ChatPage(assistant, TEXTS, journal)


def steps(
    page: ChatPage, question: Any, turns: list[Turn] | None = None, language: str = "en"
) -> list[tuple[Any, ...]]:
    """All the pages that follow a question: (start, past, current, turns, question field, clear button)."""

    async def collect() -> list[tuple[Any, ...]]:
        return [shown async for shown in page.answer(question, turns or [], language)]

    return asyncio.run(collect())


def test_the_question_shows_first_then_the_answer_grows_then_its_sources(page: ChatPage) -> None:
    shown = steps(page, "Which premiums?")
    currents = [step[2] for step in shown]
    assert 3 <= len(shown) <= PIECES + 1
    assert TEXTS[Language.EN].ui["working"] in currents[0]
    assert all('data-done="0"' in current for current in currents[1:-1])
    assert 'data-done="1"' in currents[-1]
    lengths = [len(current) for current in currents[1:]]
    assert lengths == sorted(lengths)
    assert shown[0][4] == ""
    assert [turn.question for turn in shown[-1][3]] == ["Which premiums?"]


def test_the_page_language_is_only_a_hint(page: ChatPage, assistant: Any) -> None:
    steps(page, "Quelles primes ?", language="zh")
    assert assistant.asked == [("Quelles primes ?", None, Language.ZH)]


def test_the_conversation_so_far_goes_with_the_next_question(page: ChatPage, assistant: Any) -> None:
    turns = steps(page, "Which premium in Safi?")[-1][3]
    steps(page, "And in Essaouira?", turns)
    assert assistant.heard[0] == []
    assert assistant.heard[1] == [
        Message("user", "Which premium in Safi?"),
        Message("assistant", turns[0].answer.text),
    ]


@pytest.mark.parametrize("question", ["", "   \n", None])
def test_an_empty_question_changes_nothing(page: ChatPage, assistant: Any, question: Any) -> None:
    assert len(steps(page, question)) == 1
    assert assistant.asked == []


def test_a_failure_is_an_answer_and_the_question_comes_back(page: ChatPage, assistant: Any) -> None:
    assistant.answers.append(RuntimeError("secret"))
    last = steps(page, "Which premiums?", language="es")[-1]
    assert TEXTS[Language.ES].ui["badge_error"] in last[2]
    assert "secret" not in last[2]
    assert last[4] == "Which premiums?"


def test_a_crowd_is_an_answer_too(assistant: Any, journal: Any) -> None:
    page = ChatPage(assistant, TEXTS, journal, AskGate(assistant, at_once=0, waiting=0))
    last = steps(page, "Which premiums?")[-1]
    assert TEXTS[Language.EN].ui["badge_overloaded"] in last[2]
    assert last[3][0].answer.status is AnswerStatus.OVERLOADED
    assert assistant.asked == []


def test_a_long_conversation_forgets_its_beginning(page: ChatPage) -> None:
    turns = [Turn(f"question {number}") for number in range(KEPT_TURNS)]
    kept = steps(page, "one more", turns)[-1][3]
    assert len(kept) == KEPT_TURNS
    assert kept[0].question == "question 1"
    assert kept[-1].question == "one more"


def test_an_opinion_is_noted_once_with_its_sections(page: ChatPage, journal: Any, answered: Any) -> None:
    answer = answered()
    turns = [Turn("a", answered()), Turn("b", answer)]
    rated = page.rate(f"{answer.id}:1", turns)
    assert [turn.helpful for turn in rated] == [None, True]
    assert journal.feedback == [(answer.id, True, "answered", "en", ["charter#premiums-1", "charter#premiums-2"])]
    assert page.rate(f"{answer.id}:", rated)[1].helpful is None
    assert journal.feedback[-1][1] is None


@pytest.mark.parametrize("rating", ["", ":", "unknown:1", None, "x" * 1000])
def test_an_opinion_on_an_unknown_answer_is_not_noted(page: ChatPage, journal: Any, answered: Any, rating: Any) -> None:
    page.rate(rating, [Turn("a", answered()), Turn("b")])
    assert journal.feedback == []


def test_a_journal_that_fails_does_not_disturb(assistant: Any, answered: Any) -> None:
    class Broken:
        def record_feedback(self, *_: Any) -> None:
            raise OSError("disk full")

    answer = answered()
    assert ChatPage(assistant, TEXTS, Broken()).rate(f"{answer.id}:0", [Turn("a", answer)])[0].helpful is False


@pytest.mark.parametrize("language", list(Language))
def test_every_word_of_the_page_follows_its_language(page: ChatPage, answered: Any, language: Language) -> None:
    words = page.words(language, [Turn("a", answered()), Turn("b", answered())])
    ui = TEXTS[language].ui
    assert words[0] == language
    text = unescape("".join(str(word) for word in words)).replace("\u00a0", " ")
    for key in ("purpose", "hero_title", "placeholder", "send", "clear", "caution", "sources"):
        assert ui[key].replace("\u00a0", " ") in text


def test_the_page_opens_without_suggestions_when_there_are_none(journal: Any, assistant: Any) -> None:
    def unavailable(_: Language) -> list[str]:
        raise RuntimeError("no index")

    assistant.suggestions = unavailable
    words = ChatPage(assistant, TEXTS, journal).words(Language.EN, [])
    assert all(chip["visible"] is False for chip in words[3:9])


def test_the_words_of_the_page_are_the_same_in_every_language_file() -> None:
    keys = {language: set(texts.ui) for language, texts in TEXTS.items()}
    assert len({frozenset(words) for words in keys.values()}) == 1
    for status in AnswerStatus:
        if status not in {AnswerStatus.ANSWERED, AnswerStatus.GREETING}:
            assert f"badge_{status}" in keys[Language.EN]
