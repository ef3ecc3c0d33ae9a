"""A project is read out of sentences; what is not clear is asked back, and a question on the law is no project."""

import sys
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.project_reading import ReadProject, merge, read_project_text
from corpus import Language
from corpus.asked import read_asked
from corpus.glossary import load_glossary

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "golden"))

import reading_score  # noqa: E402

GLOSSARY = load_glossary()
FLOOR = 0.97
UNSEEN_FLOOR = 0.8
MOST_TAKEN_FOR_A_PROJECT = 0.004


def read(*turns: str, language: str = "fr") -> ReadProject:
    return reduce(merge, (read_project_text(turn, Language(language), GLOSSARY) for turn in turns))


def values(project: ReadProject) -> dict[str, object]:
    return {name: one.value for name, one in project.fields.items()}


@pytest.mark.parametrize(
    "sentence", [*reading_score.load_sentences("tune"), *reading_score.load_sentences("tune2")], ids=lambda one: one.id
)
def test_a_sentence_is_read_as_expected(sentence: reading_score.Sentence) -> None:
    assert reading_score.faults(sentence) == []


@pytest.mark.parametrize(("part", "floor"), [("tune", FLOOR), ("tune2", FLOOR), ("test", UNSEEN_FLOOR)])
def test_each_language_stays_above_the_floor(part: str, floor: float) -> None:
    for language, (right, total) in reading_score.score(part).items():
        assert total >= 18, language
        assert right / total >= floor, language


def test_few_questions_on_the_law_are_taken_for_a_project() -> None:
    taken = asked = 0
    for path in sorted((ROOT / "corpus" / "documents").glob("*/*/asked.yaml"))[::54]:
        for by_language in read_asked(path, path.name).values():
            for language, questions in by_language.items():
                for question in questions:
                    asked += 1
                    taken += read_project_text(question, language, GLOSSARY).is_project
    assert asked > 1000
    assert taken / asked < MOST_TAKEN_FOR_A_PROJECT


def test_each_value_names_the_words_it_was_read_from() -> None:
    project = read("Je veux investir 80 MDH dans un hôtel à Essaouira et créer 120 emplois.")
    words = {name: one.words for name, one in project.fields.items()}
    assert words == {
        "amount": "80 MDH",
        "currency": "80 MDH",
        "jobs": "120 emplois",
        "place": "Essaouira",
        "sector": "hôtel",
    }


def test_a_correction_replaces_what_was_said_and_answers_what_was_asked() -> None:
    first = read("Mon usine à Safi : 100 MDH, 120 emplois, enfin 150 emplois.")
    assert first.codes == ("contradiction:jobs",)
    later = merge(first, read("non, 200 emplois"))
    assert later.codes == ()
    assert values(later)["jobs"] == 200


def test_the_currency_may_be_said_before_or_after_the_amount() -> None:
    assert read("Mon hôtel à Safi coûtera 80 millions", "en dirhams").codes == ()
    assert read("Mon hôtel à Safi : 80 MDH", "non, 90 millions").codes == ()


def test_the_unit_may_be_said_afterwards() -> None:
    project = read("J'investis 12 000 dirhams dans un hôtel à Safi", "en milliers")
    assert project.codes == ()
    assert values(project)["amount"] == 12_000_000


def test_a_question_on_the_law_in_between_changes_nothing() -> None:
    project = read("Mon hôtel à Safi : 80 MDH, 120 emplois", "Quel est le seuil : 50 emplois ?")
    assert values(project)["jobs"] == 120


def test_a_plan_whose_size_comes_later_becomes_a_project() -> None:
    assert not read("Je veux ouvrir un riad à Marrakech").is_project
    assert read("Je veux ouvrir un riad à Marrakech", "20 MDH").is_project


def test_land_dearer_than_the_whole_is_absurd() -> None:
    assert read("Mon hôtel à Safi : 20 MDH, terrain 30 MDH").codes == ("absurd",)


def test_a_conversion_in_brackets_is_no_second_amount() -> None:
    project = read("Je veux investir 80 MDH (environ 7,5 M€) dans un hôtel à Safi")
    assert project.codes == ()
    assert values(project)["currency"] == "MAD"


@given(st.text(max_size=120), st.sampled_from(list(Language)))
def test_any_message_is_read_without_failing(text: str, language: Language) -> None:
    project = read_project_text(text, language, GLOSSARY)
    assert not {one.field for one in project.questions if one.code.startswith("contradiction")} & set(project.fields)
