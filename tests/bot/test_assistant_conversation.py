"""Follow-ups, several things at once, and the reasons of what is not simply answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answer import AnswerStatus, Reason
from bot.assistant import Assistant
from bot.conversation import Message
from bot.evidence import load_calibration
from bot.messages import load_texts
from corpus import Language
from index import SearchIndex


def test_a_follow_up_is_completed_from_the_conversation_and_says_how(assistant: Assistant) -> None:
    history = [
        Message("user", "Which territorial premium does a project in Safi receive?"),
        Message("assistant", "10%."),
    ]
    answer = assistant.ask("And in Essaouira?", history=history)
    assert answer.completed == "Which territorial premium does a project in Essaouira receive?"
    assert {citation.section_id for citation in answer.citations} == {"territorial#essaouira"}


def test_what_was_asked_before_is_not_answered_again_where_nothing_tells_of_the_new_question(
    assistant: Assistant,
) -> None:
    history = [Message("user", "Which territorial premium does a project in Safi receive?")]
    answer = assistant.ask("And in Mauritania?", history=history)
    assert (answer.status, answer.reason) == (AnswerStatus.OUT_OF_SCOPE, Reason.OTHER_COUNTRY)


def test_a_follow_up_whose_language_is_unclear_is_answered_in_that_of_the_conversation(assistant: Assistant) -> None:
    history = [Message("user", "Quelle prime territoriale pour un projet à Safi ?")]
    assert assistant.ask("Essaouira ?", page_language=Language.EN, history=history).language is Language.FR
    assert assistant.ask("And what about Essaouira?", history=history).language is Language.EN


def test_a_question_that_stands_by_itself_is_not_completed(assistant: Assistant) -> None:
    history = [Message("user", "Which territorial premium does a project in Safi receive?")]
    answer = assistant.ask("What is the cap on the premiums?", history=history)
    assert answer.completed == ""
    assert [citation.section_id for citation in answer.citations] == ["premium-cap#cap"]


@pytest.mark.parametrize(
    "question", ["Who won the football championship last night?", "And who won the football championship last night?"]
)
def test_what_is_off_topic_is_refused_whatever_was_asked_before(assistant: Assistant, question: str) -> None:
    history = [Message("user", "Which territorial premium does a project in Safi receive?")]
    answer = assistant.ask(question, history=history)
    assert (answer.status, answer.reason) == (AnswerStatus.OUT_OF_SCOPE, Reason.OFF_TOPIC)
    assert answer.completed == ""


def test_a_place_that_is_only_told_is_not_said_to_be_missing(assistant: Assistant) -> None:
    answer = assistant.ask("We freeze sardines in Agadir. Which territorial premium does a project in Safi receive?")
    assert "territorial#safi" in {citation.section_id for citation in answer.citations}
    assert "Agadir" not in answer.text


def test_each_place_that_is_compared_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Which territorial premium do projects in Safi and in Essaouira receive?")
    assert {citation.section_id for citation in answer.citations} == {"territorial#safi", "territorial#essaouira"}


def test_a_place_of_which_nothing_is_known_is_named_beside_the_other(assistant: Assistant) -> None:
    answer = assistant.ask("Which territorial premium does a project in Safi and in Agadir receive?")
    assert answer.status is AnswerStatus.PARTLY_ANSWERED
    assert "Agadir" in answer.claims[0].text
    assert answer.claims[0].citations == ()


def test_another_country_has_its_own_address(assistant: Assistant) -> None:
    answer = assistant.ask("Which incentives does Tunisia give to investors?")
    assert (answer.status, answer.reason) == (AnswerStatus.OUT_OF_SCOPE, Reason.OTHER_COUNTRY)
    assert "Tunisia" in answer.text


def test_noise_is_asked_back(assistant: Assistant) -> None:
    answer = assistant.ask("xqzwv kfjdhs wplmr")
    assert (answer.status, answer.reason) == (AnswerStatus.NEEDS_DETAIL, Reason.UNCLEAR)


@pytest.mark.parametrize("question", ["you stupid bot", "espèce de connard", "eres idiota", "傻逼", "يا غبي"])
def test_abuse_is_answered_politely(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).reason is Reason.ABUSE


def test_what_is_only_near_is_quoted_with_a_word_of_caution(index: SearchIndex) -> None:
    never, always = dict.fromkeys(Language, 1.01), dict.fromkeys(Language, 0.0)
    doubtful = replace(load_calibration(), thresholds=never, unsure=always)
    for language, versions in index.sections.versions["premium-cap#cap"].items():
        answer = Assistant(lambda: index, index.glossary, doubtful).ask(versions.heading)
        assert (answer.status, answer.reason) == (AnswerStatus.PARTLY_ANSWERED, Reason.UNSURE)
        assert answer.claims[0].text == load_texts()[language].compose.unsure
        assert answer.citations[0].section_id == "premium-cap#cap"
