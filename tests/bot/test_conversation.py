"""A question that leans on the one before it is completed; a new subject stands by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import (
    MOST_CHARACTERS,
    InContext,
    Message,
    complete,
    read_in_context,
    read_named,
)
from bot.phrasing import leans_back, split_clauses
from corpus.glossary import Glossary, load_glossary
from corpus.text import clean_question

GLOSSARY = load_glossary()


def understood(question: str, *earlier: str) -> InContext:
    return read_in_context(question, [Message("user", text) for text in earlier], GLOSSARY)


@pytest.mark.parametrize(
    ("earlier", "question", "completed"),
    [
        ("What is the territorial premium in Essaouira?", "And for Safi?", "What is the territorial premium in Safi?"),
        ("ما هي المنحة الترابية في آسفي؟", "وماذا عن الصويرة؟", "ما هي المنحة الترابية في الصويرة؟"),
        ("Prime territoriale à Essaouira ?", "Safi ?", "Prime territoriale à Safi ?"),
        ("¿Cuál es la prima territorial en Safi?", "¿Y en Youssoufia?", "¿Cuál es la prima territorial en Youssoufia?"),
        ("How many projects were approved in 2023?", "and in 2024?", "How many projects were approved in 2024?"),
        ("ch7al lmin7a f Safi", "w f Essaouira?", "ch7al lmin7a f Essaouira"),
        ("What did the seventh session approve?", "And the eighth?", "What did the eighth session approve?"),
        ("第七次会议批准了什么？", "那第八次呢？", "第八次会议批准了什么?"),
    ],
)
def test_what_a_follow_up_names_takes_the_place_of_its_counterpart(earlier: str, question: str, completed: str) -> None:
    assert understood(question, earlier).completed == completed


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("What is the CRUI?", "Who chairs it?"),
        ("Qu'est-ce que la CRUI ?", "Et qui la préside ?"),
        ("¿Qué es la CRUI?", "¿y quién la preside?"),
        ("CRUI是什么？", "它由谁主持？"),
        ("ما هي اللجنة الجهوية الموحدة للاستثمار؟", "ومن يرأسها؟"),
    ],
)
def test_what_has_no_counterpart_is_added_to_the_earlier_question(earlier: str, question: str) -> None:
    asked = understood(question, earlier)
    assert asked.leans
    assert asked.completed == f"{clean_question(earlier)} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "How many people live in Marrakech?",
        "Quel est le taux de l'impôt sur les sociétés ?",
        "摩洛哥的最低工资是多少？",
    ],
)
def test_a_new_subject_is_not_dragged_into_the_old_one(question: str) -> None:
    asked = understood(question, "What is the cap on the premiums?")
    assert asked.alone == question
    assert not asked.leans


@pytest.mark.parametrize(
    "question",
    ["for how many months?", "¿durante cuántos meses?", "最多几天？", "combien au plus ?", "وكم شهرا؟", "¿A quién?"],
)
def test_a_question_that_does_not_say_what_it_is_about_may_go_on_from_the_one_before(question: str) -> None:
    asked = understood(question, "Is imported equipment free of VAT?")
    assert asked.leans
    assert asked.completed.startswith("Is imported equipment free of VAT?")


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Leaving trains aside: can the State's money be added?", "can the State's money be added?"),
        ("Right, something quite different: what is the minimum wage?", "what is the minimum wage?"),
        ("Changeons de sujet : quel est le taux de la TVA ?", "quel est le taux de la TVA ?"),
        ("Cambiando de tema, ¿cuál es el salario mínimo?", "¿cuál es el salario mínimo?"),
        ("سؤال لا علاقة له بالأجور: منذ متى يعمل نظام الدعم الأساسي؟", "منذ متى يعمل نظام الدعم الأساسي؟"),
        ("好,机场先放一放。投资宪章里哪些行业不在扶持范围内?", "投资宪章里哪些行业不在扶持范围内?"),
    ],
)
def test_what_is_set_apart_from_the_subject_before_it_stands_alone(question: str, rest: str) -> None:
    assert understood(question, "Which airport is the busiest?") == InContext(rest)


@pytest.mark.parametrize(
    ("question", "new"),
    [
        ("How do I open a company in this country, step by step?", False),  # "this" points back
        ("How do I open a company, step by step, from abroad?", True),
        (
            "Three things: turnover of a small firm? A large group owns 40 % of our shares, does it matter? Where is the file?",
            True,
        ),
        ("And the minimum wage?", True),  # a term
        ("And for Safi?", False),
        ("at most?", False),
        ("那最低工资呢?", True),
        ("¿Y el salario mínimo?", True),
        ("وماذا عن الحد الأدنى للأجور؟", True),
        ("et le SMIG ?", True),
    ],
)
def test_a_term_of_its_own_or_a_full_question_may_be_about_something_new(question: str, new: bool) -> None:
    assert understood(question, "How many people live in Safi?").new is new


def test_only_a_new_subject_is_set_apart() -> None:
    assert understood(
        "Is it unrelated to the sector, or can it be combined with the tax regime?", "What is the cap?"
    ).earlier
    assert understood("By the way, how long does that premium last?", "What is the women's premium?").earlier
    question = "Is the territorial premium unrelated to the sector, and what cap applies?"
    assert understood(question) == InContext(question)
    assert understood("Another question: and in Safi?", "What is the territorial premium in Essaouira?").earlier
    assert understood("Forget it, and in Safi?", "What is the territorial premium in Essaouira?").earlier


def test_a_chain_of_follow_ups_keeps_the_subject() -> None:
    asked = understood("And Youssoufia?", "What is the territorial premium in Essaouira?", "And for Safi?")
    assert asked.completed == "What is the territorial premium in Youssoufia?"


def test_a_follow_up_of_a_follow_up_is_completed_from_both() -> None:
    asked = understood(
        "Who grants it?", "A large project may be strategic.", "Is the advantage the same for all of them?"
    )
    assert (
        asked.completed == "A large project may be strategic. Is the advantage the same for all of them? Who grants it?"
    )


def test_what_is_told_between_two_questions_belongs_to_the_first() -> None:
    asked = understood(
        "and what does the place alone bring?",
        "Who may build a plant in Youssoufia?",
        "It would have 60 permanent jobs there, mind you.",
    )
    assert asked.earlier == "Who may build a plant in Youssoufia? It would have 60 permanent jobs there, mind you."
    told = understood("这地方算A还是B", "朋友在El Kelâa des Sraghna有块现成的地", "想盖个罐头厂,投六千来万")
    assert "El Kelâa des Sraghna" in told.completed


def test_a_story_in_sentences_is_told_though_it_holds_a_word_that_may_ask() -> None:
    told = "Son 60 millones de dirhams, creo que llegamos."
    asked = understood("¿Y por estar en esa provincia?", "Una fábrica en Youssoufia.", told)
    assert asked.completed == f"Una fábrica en Youssoufia. {told} ¿Y por estar en esa provincia?"


def test_who_has_only_told_something_asks_about_it() -> None:
    told = ("马拉喀什西北边有个老工业区叫Sidi Ghanem。", "听说现在开了很多家具展厅。")
    assert not understood("面积有多大?现在进去还拿得到地吗?", *told).new
    assert understood("What is the minimum wage?", "We know Sidi Ghanem well.").new


@pytest.mark.parametrize(
    "question",
    [
        "And down in Dakhla, what are they asking per hectare?",
        "Et si je vais à Dakhla, quelles aides propres à ce port ?",
        "菲斯-梅克内斯呢,它那边榨油厂有几家,哪家出油率最高?",
    ],
)
def test_what_asks_something_of_its_own_about_a_place_elsewhere_stands_alone(question: str) -> None:
    assert understood(question, "Which premium applies in Essaouira?") == InContext(question)
    assert understood("And in Dakhla?", "Which premium applies in Essaouira?").completed


def test_what_was_told_keeps_its_names() -> None:
    asked = understood(
        "Does Rabat decide at my size, or the region?", "Our budget for the Essaouira resort is 180 million."
    )
    assert asked.completed.startswith("Our budget for the Essaouira resort is 180 million. Does Rabat")
    assert understood("And in Safi?", "Our plant is in Essaouira.").completed == "Our plant is in Safi."


def test_an_answer_or_a_request_for_a_yes_goes_on_from_the_question_before() -> None:
    asked = understood(
        "¿Y al año siguiente?", "¿Cuántos proyectos validó la comisión en 2023?", "¿Por casi 120.000 millones, verdad?"
    )
    assert asked.completed.startswith("¿Cuántos proyectos validó la comisión en 2024?")
    assert understood("Yes, and in Safi?", "What is the territorial premium in Essaouira?").leans


def test_there_is_points_to_nothing_in_arabic() -> None:
    assert not leans_back("هل هناك أجل ملزم للإدارات؟")
    assert leans_back("كم عدد السكان هناك؟")


def test_months_are_named_with_their_year() -> None:
    named = read_named("projects of the December 2024 sitting, then of 2025", GLOSSARY)
    assert [(one.group, one.name) for one in named] == [("year", "2024-12"), ("year", "2025")]


def test_earlier_questions_are_put_right_as_the_question_was() -> None:
    history = [Message("user", "What is the teritorial premium in Essaouira?")]
    asked = read_in_context("And for Safi?", history, GLOSSARY, lambda text: text.replace("teritorial", "territorial"))
    assert asked.completed == "What is the territorial premium in Safi?"


def test_without_a_conversation_a_question_stands_alone() -> None:
    assert read_in_context("And for Safi?", [], GLOSSARY) == InContext("And for Safi?")


def test_what_mithaq_said_is_not_taken_for_a_question() -> None:
    history = [
        Message("user", "What is the territorial premium in Essaouira?"),
        Message("assistant", "In Agadir, none."),
    ]
    asked = read_in_context("And for Safi?", history, GLOSSARY)
    assert asked.completed == "What is the territorial premium in Safi?"


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("Which premiums and what cap?", ["Which premiums", "what cap?"]),
        ("Quelles primes et quel plafond ?", ["Quelles primes", "quel plafond ?"]),
        ("¿Qué primas hay y cuál es el tope?", ["¿Qué primas hay", "cuál es el tope?"]),
        ("ما هي المنح وما هو السقف؟", ["ما هي المنح", "ما هو السقف؟"]),
        ("有哪些补贴,上限是多少?", ["有哪些补贴", "上限是多少?"]),
        ("What is the cap?", ["What is the cap?"]),
        ("补贴总和最高能到几成?", ["补贴总和最高能到几成?"]),
        ("谁参与审批?", ["谁参与审批?"]),
        ("补贴和上限是多少?", ["补贴", "上限是多少?"]),
    ],
)
def test_a_sentence_that_asks_two_things_is_cut_between_them(question: str, clauses: list[str]) -> None:
    assert split_clauses(question) == clauses


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_was_said_the_question_itself_is_kept(earlier: str, question: str) -> None:
    assert understood(question, earlier).alone == question


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_completed_question_stays_short(earlier: str, question: str) -> None:
    assert len(complete(question, earlier, GLOSSARY)[0]) <= 2 * MOST_CHARACTERS


def test_of_several_questions_that_go_on_the_last_counts() -> None:
    asked = understood(
        "And who pays it?",
        "What is the territorial premium in Safi?",
        "And who decides?",
        "And how long does that take?",
    )
    assert asked.completed == "What is the territorial premium in Safi? And how long does that take? And who pays it?"


def test_a_question_that_says_enough_is_gone_on_from_alone() -> None:
    asked = understood("And in 2027?", "Can a foreigner own a company?", "And what is withheld from dividends in 2026?")
    assert asked.completed == "And what is withheld from dividends in 2027?"


def test_what_was_only_told_keeps_its_names_beside_what_was_asked() -> None:
    asked = understood(
        "And the office in Safi?", "I work at the chamber of Agadir. What does the chamber of Essaouira do?"
    )
    assert "Agadir" in asked.completed
    assert "Essaouira" not in asked.completed


def test_where_somebody_comes_from_is_not_replaced() -> None:
    asked = understood("and Safi?", "We are a company from Tangier. What is the premium in Essaouira?")
    assert asked.completed == "We are a company from Tangier. What is the premium in Safi?"


def test_a_place_to_which_money_goes_takes_the_place_of_no_other(glossary: Glossary) -> None:
    before = [Message("user", "What help is there for a hotel in Essaouira?")]
    asked = read_in_context("and if I send my dividends to Spain?", before, glossary)
    assert "Essaouira" in asked.completed
    assert read_in_context("and in Safi?", before, glossary).completed == "What help is there for a hotel in Safi?"
