"""A group becomes a document's headings in its main language, and one question of the desk in each language."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.desk.group_seeds import MOST_HEADINGS, MOST_TITLE, seed_draft, seed_questions
from bot.desk.question_groups import QuestionGroup
from corpus import Language
from corpus.loading import parse_document
from tests.bot.desk.listening_doubles import Asked

FRENCH = [
    Asked("Quel est le plafond des primes ?", Language.FR),
    Asked("plafond primes", Language.FR),
    Asked("Le plafond vaut-il pour {l'énergie} ?", Language.FR),
]
ARABIC = Asked("ما هو سقف المنح؟", Language.AR)
VECTORS = np.array([[1, 0], [0.9, 0.435], [0, 1]], np.float32)
FRONT = (
    "---\ntitle: T\nkind: summary\npublisher: P\npublished: 2026-01-01\nas_of: 2026-01-01\nlang: fr\noriginal_lang: fr\n"
    "confidence: press\n---\n\n"
)


def group(questions: list[Asked], nearest: str = "a#b") -> QuestionGroup:
    languages = {one.language: 1 for one in questions}
    return QuestionGroup("g1", "t", len(questions), languages, (1,), tuple(questions), tuple(questions), nearest)


def test_each_thing_that_is_asked_has_one_heading() -> None:
    seed = seed_draft(group([*FRENCH, ARABIC]), FRENCH, VECTORS)
    headings = [line for line in seed.markdown.splitlines() if line]
    assert headings == [
        "## Quel est le plafond des primes ? {#quel-est-le-plafond-des-primes}",
        "## Le plafond vaut-il pour (l'énergie) ? {#le-plafond-vaut-il-pour-l}",
    ]
    assert (seed.title, seed.language, seed.origin) == ("Quel est le plafond des primes ?", Language.FR, "group:g1")


def test_how_people_ask_is_kept_in_every_language() -> None:
    seed = seed_draft(group([*FRENCH, ARABIC]), FRENCH, VECTORS)
    assert seed.asked[Language.AR] == (ARABIC.text,)
    assert len(seed.asked[Language.FR]) == 3


def test_the_skeleton_is_a_document_once_its_answers_are_written(tmp_path: Path) -> None:
    seed = seed_draft(group(FRENCH), FRENCH, VECTORS)
    text = FRONT + seed.markdown.replace("}\n", "}\n\nRéponse.\n")
    document = parse_document(text, tmp_path / "press" / "x" / "fr.md", tmp_path)
    assert [section.body for section in document.sections] == ["Réponse."] * 2


@pytest.mark.parametrize("language", [Language.AR, Language.ZH])
def test_headings_without_latin_words_are_named_by_their_number(language: Language) -> None:
    texts = {Language.AR: ("ما السقف؟", "أين المصنع؟"), Language.ZH: ("上限？", "工厂在哪里？")}[language]
    questions = [Asked(text, language) for text in texts]
    markdown = seed_draft(group(questions), questions, np.eye(2, dtype=np.float32)).markdown
    assert "{#question-1}" in markdown
    assert "{#question-2}" in markdown


def test_headings_that_begin_alike_have_names_of_their_own_and_there_are_few() -> None:
    questions = [Asked(f"one two three four five six {number}", Language.EN) for number in range(9)]
    markdown = seed_draft(group(questions), questions, np.eye(9, dtype=np.float32)).markdown
    anchors = [line.rpartition("{")[2] for line in markdown.splitlines() if line]
    assert len(set(anchors)) == len(anchors) == MOST_HEADINGS


def test_a_question_cannot_write_structure_into_the_document() -> None:
    questions = [Asked("## x {#y}\n\n## z\n---", Language.EN)]
    markdown = seed_draft(group(questions), questions, np.ones((1, 1), np.float32)).markdown
    assert [line for line in markdown.splitlines() if line] == ["## x (#y) ## z --- {#x-y-z}"]


def test_a_long_title_is_cut() -> None:
    questions = [Asked("why " * 200, Language.EN)]
    title = seed_draft(group(questions), questions, np.ones((1, 1), np.float32)).title
    assert len(title) <= MOST_TITLE
    assert title.endswith("…")


def test_the_desk_asks_the_most_central_question_of_each_language() -> None:
    seeds = seed_questions(group([*FRENCH, ARABIC]))
    assert [(one.question, one.language, one.sections) for one in seeds] == [
        (FRENCH[0].text, Language.FR, ("a#b",)), (ARABIC.text, Language.AR, ("a#b",)),
    ]  # fmt: skip
    assert seed_questions(group([ARABIC], nearest=""))[0].sections == ()
