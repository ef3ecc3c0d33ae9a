"""Reading golden questions; how answers are judged stands in tests/golden/test_golden.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answer import Answer, AnswerStatus, Claim
from bot.assistant import Assistant
from bot.desk.golden import Origin, ask_golden, judge_answer, load_questions, select_sample
from corpus import CharterError, Language
from tests.bot.desk.publishing_doubles import CAP, golden

ONE = "- {id: a, language: fr, question: Quel plafond ?, expect: answered, sections: [premium-cap#cap], figures: [30%]}"


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_every_file_with_questions_below_a_folder_is_read_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b/z.yaml", f"questions:\n{ONE}")
    write(tmp_path, "a.yaml", f"questions:\n{ONE.replace('id: a', 'id: b')}")
    write(tmp_path, "c.yaml", "sentences:\n- {id: other}")
    write(tmp_path, "empty.yaml", "")
    questions = load_questions(tmp_path)
    assert [one.id for one in questions] == ["b", "a"]
    assert questions[0].sections == {"premium-cap#cap"}
    assert (questions[0].figures, questions[0].origin) == ({"30%"}, Origin.GOLDEN)
    assert load_questions(tmp_path / "a.yaml") == questions[:1]


@pytest.mark.parametrize(
    "text", ["questions: [", "questions:\n- {id: a}", "questions:\n- {id: a, language: de, question: q, expect: refused}",
             f"questions:\n{ONE.replace('sections: [premium-cap#cap]', 'facts: [no-such-fact]')}", "questions: 3"]
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path, "bad.yaml", text)
    with pytest.raises(CharterError, match=r"golden questions of .*bad\.yaml cannot be read"):
        load_questions(tmp_path)


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CharterError, match="MITHAQ_DESK__QUESTIONS"):
        load_questions(tmp_path / "none")


def test_a_sample_is_always_the_same_and_in_order() -> None:
    questions = [golden(str(number)) for number in range(50)]
    sample = select_sample(questions, 7)
    assert len(sample) == 7
    assert sample == select_sample(list(questions), 7) == sorted(sample, key=questions.index)
    assert {one.id for one in select_sample(questions, 6)} < {one.id for one in sample}
    assert select_sample(questions, 0) == select_sample(questions, 50) == questions


def test_a_question_is_asked_after_those_before_it_and_the_desks_own_on_a_page_of_their_language(
    assistant: Assistant,
) -> None:
    after = golden("And in Essaouira?", before=("Which territorial premium does a project in Safi receive?",))
    assert "Essaouira" in ask_golden(assistant, after).completed
    talk = {"language": Language.FR, "expect": "greeting"}
    assert judge_answer(golden("OK", **talk), ask_golden(assistant, golden("OK", **talk))).startswith("answered in")
    own = golden("OK", **talk, origin=Origin.DESK)
    assert not judge_answer(own, ask_golden(assistant, own)).startswith("answered in")


def test_a_refusal_is_wrong_where_an_answer_was_due() -> None:
    refusal = Answer(AnswerStatus.NOT_IN_CORPUS, (Claim("no"),), Language.EN)
    assert judge_answer(golden(CAP, "answered", "premium-cap#cap"), refusal) == "refused (not_in_corpus, None)"
