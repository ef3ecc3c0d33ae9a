"""A project described in the chat, over the real corpus: read, estimated with sources, asked back, or left to the search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, AnswerStatus
from bot.assistant import Assistant
from bot.conversation import Message
from bot.estimating import MOST_PLACES, Estimator, figures_of
from bot.evidence import load_calibration
from bot.incentives import Project
from bot.messages import load_texts
from bot.plan import Plan
from bot.project_reading import ReadProject, ReadValue
from corpus import Language
from corpus.figures import read_figures
from corpus.glossary import Glossary
from corpus.splitting import split_into_passages
from index import SearchIndex, build_index, open_index
from tests.packaged import packaged_corpus

FACTORY = {
    Language.EN: "We plan a textile factory in Safi: 120 million dirhams and 200 jobs.",
    Language.FR: "Nous voulons monter une usine textile à Safi : 120 millions de dirhams et 200 emplois.",
    Language.ES: "Queremos montar una fábrica textil en Safi: 120 millones de dírhams y 200 empleos.",
    Language.AR: "نريد إنشاء مصنع للنسيج في آسفي باستثمار 120 مليون درهم و200 منصب شغل.",
    Language.ZH: "我们计划在萨菲投资1.2亿迪拉姆建纺织厂，创造200个就业岗位。",
}


@pytest.fixture(scope="module")
def whole(encoder: Any, glossary: Glossary, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The whole corpus with the offline encoder: an estimate cites sections by name and searches for nothing, so nobody's questions
    are needed.
    """
    home = tmp_path_factory.mktemp("whole")
    passages = split_into_passages(packaged_corpus().documents, date(2026, 11, 1))
    build_index([replace(passage, asked=()) for passage in passages], encoder, home)
    return open_index(home, encoder, glossary)


@pytest.fixture(scope="module")
def chat(whole: SearchIndex) -> Assistant:
    return Assistant(lambda: whole, whole.glossary)


def talk(chat: Assistant, *questions: str) -> Answer:
    """The answer to the last of the questions, asked in one conversation."""
    history: list[Message] = []
    for question in questions:
        answer = chat.ask(question, history=history)
        history += [Message("user", question), Message("assistant", answer.text)]
    return answer


def only(answer: Answer) -> Project:
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert len(answer.projects) == 1
    return answer.projects[0]


@pytest.mark.parametrize("language", Language)
def test_a_described_project_is_estimated_in_its_language_with_sources(chat: Assistant, language: Language) -> None:
    answer = talk(chat, FACTORY[language])
    assert only(answer) == Project(amount=Decimal(120_000_000), jobs=200, place="safi", sector="industry")
    assert answer.language is language
    assert {citation.language for citation in answer.citations} == {language}
    sections = [citation.section_id for citation in answer.citations]
    assert {"eligibility#main-thresholds", "premium-cap#thirty-percent", "territorial-premium#safi"} <= {*sections}
    assert {"10%", "12000000"} <= {figure for claim in answer.claims for figure in read_figures(claim.text, language)}
    assert any("cri-invest.ma" in claim.text for claim in answer.claims)


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("no, 300 jobs", {"jobs": 300}),
        ("And in Essaouira?", {"place": "essaouira"}),
        ("in fact it is 90 million dirhams", {"amount": Decimal(90_000_000)}),
        ("40% of the payroll goes to women", {"women_share": Decimal("0.4")}),
    ],
)
def test_a_correction_changes_what_it_names_and_keeps_the_rest(
    chat: Assistant, said: str, changed: dict[str, Any]
) -> None:
    first = only(talk(chat, FACTORY[Language.EN]))
    second = only(talk(chat, FACTORY[Language.EN], said))
    assert second == Project(**{**vars(first), **changed})


def test_a_question_of_its_own_is_left_to_the_search(chat: Assistant) -> None:
    answer = talk(chat, FACTORY[Language.EN], "What is the cap on the premiums?")
    assert not answer.projects
    assert "premium-cap#thirty-percent" in {one.section_id for one in answer.considered}


@pytest.mark.parametrize("question", ["Is there a premium above 50 million dirhams?", "Hello", "150 or 50 jobs?"])
def test_a_question_about_the_rules_is_no_project(chat: Assistant, question: str) -> None:
    assert not talk(chat, question).projects


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("We plan a factory in Safi with 12 000 dirhams and 60 jobs", "unit_unclear"),
        ("We plan a factory in Safi, 80 million dirhams or perhaps 100 million dirhams, 60 jobs", "two_amounts"),
        ("We plan a factory in Safi, 80 million and 60 jobs", "currency_unknown"),
        ("We plan a factory in Dakar with 80 million dirhams and 60 jobs", "foreign_place"),
        ("We plan a factory in Safi with -80 million dirhams and 60 jobs", "negative"),
        ("We plan a factory in Safi with 0 dirhams and 60 jobs", "absurd"),
    ],
)
def test_what_is_unclear_is_asked_back_not_guessed(chat: Assistant, question: str, code: str) -> None:
    answer = talk(chat, question)
    assert (answer.status, answer.projects) == (AnswerStatus.NEEDS_DETAIL, ())
    template = str(getattr(load_texts()[Language.EN].asked_back, code))
    assert template.partition("{")[2].partition("}")[2].strip(" .:?") in answer.text


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "I put 200 million into a hotel in Marrakech with 120 jobs, how much do I get?",
            "200 million: in which currency",
        ),
        ("我在马拉喀什投两个亿建酒店，用工120人，能拿多少？", "“两个亿”"),
    ],
)
def test_a_question_about_an_unclear_project_that_nothing_answers_is_asked_back(
    whole: SearchIndex, question: str, asked: str
) -> None:
    never = dict.fromkeys(Language, 1.1)
    strict = replace(load_calibration(), thresholds=never, unsure=never)
    answer = talk(Assistant(lambda: whole, whole.glossary, strict), question)
    assert (answer.status, answer.projects, answer.citations) == (AnswerStatus.NEEDS_DETAIL, (), ())
    assert asked in answer.text


def test_the_answer_to_what_was_asked_back_completes_the_project(chat: Assistant) -> None:
    answer = talk(chat, "We plan a factory in Safi, 80 million and 60 jobs", "in dirhams")
    assert only(answer).amount == 80_000_000


def test_several_places_are_compared_and_their_figures_told_apart(chat: Assistant) -> None:
    answer = talk(chat, "A hotel of 80 million dirhams and 130 jobs, in Safi or in Marrakech?")
    assert [project.place for project in answer.projects] == ["safi", "marrakech"]
    told = [claim.text for claim in answer.claims]
    assert sum(text.startswith("Safi – ") for text in told) == sum(text.startswith("Marrakech – ") for text in told) > 0
    sections = {citation.section_id for citation in answer.citations}
    assert {"territorial-premium#safi", "territorial-premium#marrakech"} <= sections
    again = talk(chat, "A hotel of 80 million dirhams and 130 jobs, in Safi or in Marrakech?", "rather in Essaouira")
    assert only(again).place == "essaouira"


def test_at_most_three_places_are_compared(chat: Assistant) -> None:
    answer = talk(
        chat, "A hotel of 80 million dirhams and 130 jobs: Safi, Marrakech, Essaouira, Chichaoua or Youssoufia?"
    )
    assert len(answer.projects) == MOST_PLACES


def test_another_currency_is_turned_into_dirhams_by_a_rate_that_is_named(chat: Assistant) -> None:
    answer = talk(chat, "Our hotel in Essaouira: 9.5 million euros and 130 jobs.")
    amount = only(answer).amount
    assert amount is not None
    rate = amount / Decimal(9_500_000)
    assert f"{rate.normalize():f} MAD/EUR" in answer.text


@given(
    amount=st.decimals(min_value="0.01", max_value="400_000_000_000", places=2),
    jobs=st.integers(0, 90_000),
    language=st.sampled_from(list(Language)),
    currency=st.sampled_from(["MAD", "EUR", "CNY"]),
)
def test_no_amount_leads_to_a_figure_without_a_ground(
    whole: SearchIndex, amount: Decimal, jobs: int, language: Language, currency: str
) -> None:
    said: dict[str, Decimal | int | str] = {"amount": amount, "jobs": jobs, "currency": currency, "place": "safi"}
    read = ReadProject({name: ReadValue(value, str(value)) for name, value in said.items()}, is_project=True)
    answer = Estimator(whole.glossary).answer(Plan(read), language, load_texts()[language], whole)
    assert answer is not None
    assert answer.status in {AnswerStatus.ANSWERED, AnswerStatus.NEEDS_DETAIL}


def test_figures_are_found_in_whatever_holds_them() -> None:
    found = figures_of(Project(amount=Decimal("1234567.5"), women_share=Decimal("0.35")), [{"day": date(2026, 3, 1)}])
    assert {"1234567.5", "1234568", "35%", "2026", "3", "1"} <= found
    assert figures_of(True, None, "12") == frozenset()
