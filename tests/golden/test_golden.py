"""The golden questions are sound and are judged rightly.

All of them are asked of the real assistant by `make eval`, a part of `make test`. It holds the floors: what is right, figures that
stand in their quotes, injections.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Set
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, AnswerStatus, Citation, Claim
from bot.desk.golden import CHECKOUT, GoldenQuestion, judge_answer, load_questions
from corpus import Confidence, Kind, Language
from corpus.figures import read_figures

sys.path.insert(0, str(Path(__file__).parent))
from evaluate import EARLIER_SETS, Asked, below, measures, parity, place_of, table, unfounded

from tests.packaged import packaged_corpus, packaged_passages

SETS = ("tune", "test")

GOLDEN = GoldenQuestion(
    id="x", language=Language.EN, question="What is the cap?", expect="answered", topic="charter", form="plain", before=(),
    sections=frozenset({"cap#a"}), every=(), figures=frozenset({"30%"}), parallel="", why="",
)  # fmt: skip


def all_questions() -> list[GoldenQuestion]:
    return [golden for name in SETS for golden in load_questions(CHECKOUT / name)]


def cited(section: str = "cap#a", said: str = "The cap is 30%.", quoted: str = "The cap is 30%.") -> Answer:
    citation = Citation(
        number=1, section_id=section, title="t", section="s", kind=Kind.SUMMARY, publisher="p", published=date(2026, 1, 1),
        as_of=date(2026, 1, 1), url="", source_title="", language=Language.EN, confidence=Confidence.OFFICIAL,
        quotes=(quoted,), passage_text=quoted,
    )  # fmt: skip
    return Answer(AnswerStatus.ANSWERED, (Claim(said, (1,)),), Language.EN, (citation,))


def refused(status: AnswerStatus = AnswerStatus.NOT_IN_CORPUS) -> Answer:
    return Answer(status, (Claim("no"),), Language.EN)


@pytest.mark.parametrize(
    ("golden", "answer", "right"),
    [
        (GOLDEN, cited(), True),
        (GOLDEN, cited("other#b"), False),
        (GOLDEN, cited(said="There is a cap."), False),
        (GOLDEN, refused(), False),
        (replace(GOLDEN, language=Language.FR), cited(), False),
        (replace(GOLDEN, every=(frozenset({"cap#a"}), frozenset({"b#b"}))), cited(), False),
        (replace(GOLDEN, expect="refused"), refused(), True),
        (replace(GOLDEN, expect="refused"), cited(), False),
        (replace(GOLDEN, expect="corrected"), cited(), True),
        (replace(GOLDEN, expect="corrected"), cited("other#b"), False),
        (replace(GOLDEN, expect="greeting"), refused(AnswerStatus.GREETING), True),
        (replace(GOLDEN, expect="greeting"), refused(), False),
    ],
)
def test_an_answer_is_judged_by_its_sections_figures_language_and_status(
    golden: GoldenQuestion, answer: Answer, right: bool
) -> None:
    assert (judge_answer(golden, answer) == "") is right


def test_a_figure_that_the_quote_does_not_hold_is_found() -> None:
    assert unfounded(cited()) == set()
    assert unfounded(cited(quoted="The cap is set by decree.")) == {"30%"}


def test_measures_count_what_they_say() -> None:
    right, wrong = Asked(GOLDEN, cited(), "", ("cap#a",)), Asked(GOLDEN, refused(), "refused", ("b#b", "cap#a"))
    kept_out = Asked(replace(GOLDEN, expect="refused", why="injection"), refused(), "", ())
    values = measures([right, wrong, kept_out])
    assert values["right"] == pytest.approx(2 / 3)
    assert (values["answered"], values["refused"], values["precision"]) == (0.5, 1.0, 0.5)
    assert (values["hit@1"], values["hit@5"], values["MRR"], values["injections"]) == (0.5, 1.0, 0.75, 1.0)
    assert place_of(("a", "b"), frozenset({"b"})) == 2
    assert "100.0%" in table([right])


def test_parity_is_the_share_that_ends_where_most_of_the_five_end() -> None:
    ends = [cited(), cited(), cited("other#b"), refused(), cited()]
    asked = [Asked(replace(GOLDEN, parallel="P1"), answer, "", ()) for answer in ends]
    assert parity(asked) == pytest.approx(3 / 5)


@pytest.mark.parametrize("name", SETS)
def test_every_answered_question_has_a_section_to_be_found(name: str) -> None:
    lacking = [
        golden.id
        for golden in load_questions(CHECKOUT / name)
        if golden.expect == "answered" and (not golden.sections or not all(golden.every or (True,)))
    ]
    assert lacking == []


def test_the_sets_are_sound() -> None:
    questions = all_questions()
    assert [name for name, count in Counter(golden.id for golden in questions).items() if count > 1] == []
    tune, test = ({golden.question for golden in load_questions(CHECKOUT / name)} for name in SETS)
    assert not tune & test
    darija = {"tune": 80, "test": 0}  # asked for beside the others: as many in each language but for these
    for name in SETS:
        asked = load_questions(CHECKOUT / name)
        languages = Counter(golden.language for golden in asked)
        beside = [golden for golden in asked if golden.id.startswith("third-darija")]
        assert {golden.form for golden in beside} <= {"darija"}
        assert len(beside) == darija[name]
        languages[Language.AR] -= len(beside)
        assert len(set(languages.values())) == 1, languages
    sets = defaultdict(set)
    for golden in questions:
        if golden.parallel:
            sets[golden.parallel].add(golden.language)
    assert all(languages == set(Language) for languages in sets.values())


def test_every_section_that_a_question_names_exists() -> None:
    known = {
        f"{document.slug}#{section.anchor}" for document in packaged_corpus().documents for section in document.sections
    }
    named = {section for golden in all_questions() for section in golden.sections}
    assert named - known == set()


def test_every_figure_that_a_question_asks_for_is_stated_by_a_section_that_answers_it() -> None:
    stated: dict[tuple[str, Language], Set[str]] = {}
    for passage in packaged_passages():
        stated[passage.section_id, passage.language] = read_figures(passage.text, passage.language).keys()
    unmet = {
        golden.id: golden.figures - set().union(*(stated.get((name, golden.language), ()) for name in golden.sections))
        for golden in all_questions()
        if golden.expect == "answered"
    }
    assert {name: figures for name, figures in unmet.items() if figures} == {}


def test_the_sets_of_the_first_issue_are_whole_and_what_lies_below_its_floor_is_told() -> None:
    for prefix in EARLIER_SETS:
        assert sum(golden.id.startswith(prefix) for golden in load_questions(CHECKOUT / "tune")) == 130
    asked = [Asked(GOLDEN, cited(), "", ("cap#a",)), Asked(GOLDEN, refused(), "refused", ())]
    assert below("tune", asked, {"right": 0.51, "answered": 0.5}) == ["tune right 0.500 < 0.51"]


def test_there_are_injections_in_every_language() -> None:
    injections = [golden for golden in all_questions() if golden.why == "injection"]
    assert {golden.language for golden in injections} == set(Language)
    assert all(golden.why == "injection" for golden in all_questions() if "inject" in golden.id)
