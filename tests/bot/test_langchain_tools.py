"""Mithaq in LangChain: the retriever and the assistant in chains."""

from __future__ import annotations

from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from bot.answer import Answer, AnswerStatus
from bot.assistant import Assistant
from bot.langchain_tools import CharterRetriever, assistant_runnable
from corpus import Language
from index import SearchIndex

QUESTION = "What is the cap on the premiums?"


def retriever(index: SearchIndex, **changed: object) -> CharterRetriever:
    return CharterRetriever(get_index=lambda: index, **changed)  # type: ignore[arg-type]


def test_the_best_section_comes_first_with_all_that_a_citation_needs(index: SearchIndex) -> None:
    found = retriever(index).invoke(QUESTION)
    assert len(found) == 4
    best = found[0]
    assert best.id == "premium-cap#cap@en"
    assert best.page_content.startswith("The premiums of the main support scheme")
    assert best.metadata["section_id"] == "premium-cap#cap"
    assert (best.metadata["published"], best.metadata["as_of"]) == ("2026-01-02", "2026-03-04")
    assert best.metadata["url"] == "https://example.org/bo"
    scores = [document.metadata["score"] for document in found]
    assert scores == sorted(scores, reverse=True)


def test_sections_are_shown_in_the_set_language_and_at_most_as_many_as_set(index: SearchIndex) -> None:
    (found,) = retriever(index, language=Language.FR, most=1).invoke(QUESTION)
    assert found.metadata["language"] == "fr"
    assert found.page_content.startswith("Les primes du dispositif principal")


def test_a_question_without_characters_finds_nothing(index: SearchIndex) -> None:
    assert retriever(index).invoke(" \u200b ") == []


def test_several_questions_are_answered_in_their_order(index: SearchIndex, assistant: Assistant) -> None:
    questions = [QUESTION, "Quel est le plafond des primes ?", "Hello", ""]
    found = retriever(index, most=1).batch(questions[:2])
    assert [documents[0].metadata["section_id"] for documents in found] == ["premium-cap#cap"] * 2
    answers = assistant_runnable(assistant).batch(questions)
    assert [answer.status for answer in answers] == ["answered", "answered", "greeting", "needs_detail"]
    assert [answer.language for answer in answers[:2]] == [Language.EN, Language.FR]


def test_the_assistant_as_a_runnable_gives_whole_answers(assistant: Assistant) -> None:
    answer = assistant_runnable(assistant).invoke(QUESTION)
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].section_id == "premium-cap#cap"


def test_the_retriever_feeds_a_chat_model_in_a_chain(index: SearchIndex) -> None:
    heard: list[str] = []

    def join(documents: list[object]) -> str:
        heard.append("\n".join(document.page_content for document in documents))  # type: ignore[attr-defined]
        return heard[-1]

    model = FakeListChatModel(responses=["At most 30% [1]."])
    prompt = ChatPromptTemplate.from_template("Answer from this only:\n{context}\n\nQuestion: {question}")
    context = retriever(index, most=2) | RunnableLambda(join)
    chain = {"context": context, "question": RunnablePassthrough()} | prompt | model | StrOutputParser()
    assert chain.invoke(QUESTION) == "At most 30% [1]."
    assert "may not exceed 30%" in heard[0]


def test_the_assistant_stands_in_a_chain_before_other_steps(assistant: Assistant) -> None:
    chain = assistant_runnable(assistant) | RunnableLambda(lambda answer: answer.citations[0].url)
    assert chain.invoke(QUESTION) == "https://example.org/bo"
