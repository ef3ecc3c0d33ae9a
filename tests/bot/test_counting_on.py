"""Counting onward from the year or session that was asked about before."""

from __future__ import annotations

import pytest

from bot.conversation import Message, read_in_context
from bot.counting_on import Step, read_ordinals, read_step
from corpus import Language
from corpus.glossary import load_glossary
from corpus.months import find_months, read_months
from tests.packaged import packaged_passages


@pytest.mark.parametrize(
    ("before", "question", "completed"),
    [
        ("How many passengers in 2024?", "and two years earlier?", "How many passengers in 2022?"),
        ("Combien de projets en 2023 ?", "et l'année suivante ?", "Combien de projets en 2024 ?"),
        ("¿Cuántos viajeros en 2024?", "¿y el año anterior?", "¿Cuántos viajeros en 2023?"),
        ("كم مشروعا وافقت عليه اللجنة سنة 2023؟", "وقبل ذلك بسنتين؟", "كم مشروعا وافقت عليه اللجنة سنة 2021؟"),
        ("马拉喀什机场2024年旅客多少?", "前一年呢?", "马拉喀什机场2023年旅客多少?"),
        ("ch7al mn projet t9bl f 2024?", "w l3am li 9bel mnno?", "ch7al mn projet t9bl f 2023?"),
        ("What did the sixth session approve?", "and the next one?", "What did the seventh session approve?"),
        ("Qu'a approuvé la sixième session ?", "Et la précédente ?", "Qu'a approuvé la cinquième session ?"),
        ("¿Qué aprobó la sexta sesión?", "¿Y la siguiente?", "¿Qué aprobó la séptima sesión?"),
        ("ماذا صادقت عليه الدورة السادسة؟", "والدورة الموالية؟", "ماذا صادقت عليه الدورة السابعة؟"),
        ("第六次会议批准了多少项目?", "那下一次呢?", "第七次会议批准了多少项目?"),
        ("What did the 8th session approve?", "and the next one?", "What did the ninth session approve?"),
        ("第8届会议批准了多少?", "再往后那一届呢?", "第九次会议批准了多少?"),
        ("2023年批了547个项目吗?", "隔年呢?涨了还是跌了", "2024年批了547个项目吗? 呢?涨了还是跌了"),
        (
            "¿Cuántos proyectos en 2023?",
            "¿Y al año siguiente cómo quedó?",
            "¿Cuántos proyectos en 2024? ¿Y cómo quedó?",
        ),
        ("How many projects in December 2024?", "and a year later?", "How many projects in 2025?"),
        (
            "Quand s'est tenue la huitième commission nationale ?",
            "Et celle d'après, combien de projets ?",
            "Quand s'est tenue la neuvième commission nationale ? Et , combien de projets ?",
        ),
        (
            "¿Cuántos proyectos validó la comisión en enero de 2025?",
            "¿Y la sesión de justo antes?",
            "¿Cuántos proyectos validó la comisión en diciembre de 2024?",
        ),
        ("第五次会议是2024年6月开的对吧", "半年后的那一次呢?多少钱?", "会议是2024年12月开的对吧 的那一次呢?多少钱?"),
        ("What came of June 2024?", "and half a year later?", "What came of December 2024?"),
        (
            "What did the session of 26 June 2025 approve?",
            "And the next one?",
            "What did the session of October 2025 approve?",
        ),
        (
            "¿Qué aprobó la sesión del 10 de diciembre de 2024?",
            "¿Y la siguiente?",
            "¿Qué aprobó la sesión de enero de 2025?",
        ),
        ("What was approved on 26 June 2025?", "And the next session?", "What was approved in October 2025?"),
        ("Et le 26 juin 2025, combien ?", "Et la session suivante ?", "Et en octobre 2025, combien ?"),
        ("2024年12月10日的会议批准了多少项目?", "那下一次呢?", "2025年1月的会议批准了多少项目?"),
        ("ماذا صادقت عليه دورة 26 يونيو 2025؟", "والدورة الموالية؟", "ماذا صادقت عليه دورة أكتوبر 2025؟"),
        (
            "Le cumul après la septième session ?",
            "Et deux sessions plus tard ?",
            "Le cumul après la neuvième session ?",
        ),
        ("What did the sixth session approve?", "and two sessions later?", "What did the eighth session approve?"),
        (
            "What did the ninth session approve?",
            "and the session right before that one?",
            "What did the eighth session approve?",
        ),
        ("第六次会议批准了多少?", "再过两次呢?", "第八次会议批准了多少?"),
        ("ماذا صادقت عليه الدورة السادسة؟", "وبعدها بدورتين؟", "ماذا صادقت عليه الدورة الثامنة؟"),
        ("¿Cuántos proyectos en marzo de 2025?", "¿y cuatro meses después?", "¿Cuántos proyectos en julio de 2025?"),
        ("How many projects in December 2024?", "and two months later?", "How many projects in February 2025?"),
    ],
)
def test_year_or_session_is_counted_on(before: str, question: str, completed: str) -> None:
    assert read_in_context(question, [Message("user", before)], load_glossary()).completed == completed


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("What did the sixth session approve?", "Who pays the social charges of workers the year before?"),
        ("How many passengers in 2023 and in 2024?", "and the year before?"),
        ("What did the tenth session approve?", "and the next one?"),
        ("Who chairs the commission?", "and the year before?"),
    ],
)
def test_nothing_is_counted_without_one_to_count_from(before: str, question: str) -> None:
    read = read_in_context(question, [Message("user", before)], load_glossary())
    assert not {"2022", "2025", "ninth", "fifth"} & set(read.completed.strip("?").split())


def test_what_follows_the_last_known_ordinal_is_not_taken_for_it() -> None:
    read = read_in_context(
        "and the next one?", [Message("user", "What did the tenth session approve?")], load_glossary()
    )
    assert "next" in read.completed


def test_a_step_tells_how_many_and_where_it_stands() -> None:
    step = read_step("and three years before that?")
    assert step is not None
    assert (step.of, step.steps) == ("year", -3)
    assert "and three years before that?"[step.start : step.end] == "three years before that"
    assert read_step("and in Safi?") is None


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("the seventh and the 12th session", {7, 12}),
        ("la décima reunión", {10}),
        ("第九次会议", {9}),
        ("الدورة العاشرة", {10}),
        ("la session de 2025", set()),
    ],
)
def test_the_places_that_ordinals_name(text: str, places: set[int]) -> None:
    assert read_ordinals(text) == places


def test_the_sessions_were_held_when_the_documents_say() -> None:
    told = {
        passage.heading.split(" session")[0].split()[-1]: passage.heading
        for passage in packaged_passages()
        if passage.section_id.startswith("charter-results#session-") and passage.language is Language.EN
    }
    held = {ordinal: months.pop().month for ordinal, heading in told.items() if (months := find_months(heading))}
    assert {"first", "fifth", "sixth", "seventh", "eighth", "ninth"} <= held.keys()
    same, before = Step("session", 0, 0, 0, Language.EN), Step("session", -1, 0, 0, Language.EN)
    for ordinal, month in held.items():
        written = same.apply(month)
        assert written is not None and read_months(written) == {month}
        earlier = before.apply(ordinal)
        assert earlier not in held or read_months(before.apply(month) or "") == {held[earlier]}
    assert same.apply("2024-11") is None
