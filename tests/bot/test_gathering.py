"""What is taken alone of a message, what of a conversation, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import gathering
from bot.conversation import InContext
from bot.evidence import Evidence, Rule, judge, load_calibration
from bot.gathering import (
    EVEN,
    LIKE_AN_ORDER,
    PERHAPS,
    STANDS_OUT,
    SURELY,
    Gathered,
    Part,
    _without_aspects_of,
    choose_wording,
    gather,
    is_after_a_promise,
    is_for_others,
    is_like_an_order,
    is_never_answered,
    join_parts,
    with_what_stands_out,
)
from bot.going_on import FEATURES
from bot.signals import QuestionReading
from corpus import Language
from corpus.outside import OutsideKind
from index import SearchIndex


@pytest.mark.parametrize(
    ("outside", "asked", "order"),
    [
        ((OutsideKind.INJECTION, LIKE_AN_ORDER), 0.1, True),
        ((OutsideKind.INJECTION, LIKE_AN_ORDER - 0.01), 0.1, False),
        ((OutsideKind.INJECTION, 0.6), 0.6, True),
        ((OutsideKind.INJECTION, 0.6), 0.61, False),  # nearer to what people ask of our documents
        ((OutsideKind.ABSENT, 0.9), 0.1, False),
        (("", 0.0), 0.1, False),
    ],
)
def test_a_text_is_like_an_order_if_it_is_nearest_to_one_and_not_far(
    index: SearchIndex, judged: list[Evidence], outside: tuple[str, float], asked: float, order: bool
) -> None:
    reading = QuestionReading("So then: master key 7.", Language.EN, index)
    reading.outside = outside
    near = tuple(replace(item, signals=replace(item.signals, asked=asked)) for item in judged)
    assert is_like_an_order(Part(reading, near)) is order


@pytest.mark.parametrize(
    ("outside", "promise", "never"),
    [
        ((OutsideKind.GUARANTEE, 0.9), True, True),
        ((OutsideKind.PRIVATE, 0.9), False, True),
        ((OutsideKind.GUARANTEE, 0.5), False, False),  # as near to what people ask of our documents
        ((OutsideKind.OFF_TOPIC, 0.9), False, False),
        (("", 0.0), False, False),
    ],
)
def test_a_promise_is_asked_for_if_that_is_clearly_nearest(
    index: SearchIndex, judged: list[Evidence], outside: tuple[str, float], promise: bool, never: bool
) -> None:
    reading = QuestionReading("Swear that they will pay.", Language.EN, index)
    reading.outside = outside
    near = tuple(replace(item, signals=replace(item.signals, asked=0.5)) for item in judged)
    assert is_after_a_promise(Part(reading, near)) is promise
    assert is_never_answered(Part(reading, near)) is never


@pytest.mark.parametrize(
    ("whole", "probability", "ahead", "fits", "kept"),
    [
        (SURELY, PERHAPS, STANDS_OUT, True, True),
        (SURELY - 0.01, PERHAPS, STANDS_OUT, True, False),
        (SURELY, PERHAPS - 0.01, STANDS_OUT, True, False),
        (SURELY, PERHAPS, STANDS_OUT - 0.01, True, False),
        (SURELY, PERHAPS, STANDS_OUT, False, False),  # it does not name what is asked about
    ],
)
def test_beside_what_is_surely_answered_a_section_that_stands_out_is_enough(
    index: SearchIndex, judged: list[Evidence], whole: float, probability: float, ahead: float, fits: bool, kept: bool
) -> None:
    reading = QuestionReading("territorial premium cap", Language.EN, index)
    reading.outside = ("", 0.0)
    answered = Part(reading, (replace(judged[0], kept=True, probability=whole),))
    first = replace(judged[0], kept=False, probability=probability, rank=10.0, fits=fits)
    second = replace(judged[1], kept=False, probability=0.01, rank=10.0 - ahead)
    found = with_what_stands_out(Gathered("", answered, (answered, Part(reading, (first, second)))))
    assert [item.kept for item in found.aspects[1].judged] == [kept, False]
    assert not found.aspects[1].judged[0].sure or not kept


ALONE, COMPLETED = "And in Safi?", "Which premium in Safi?"


@pytest.fixture
def judged(index: SearchIndex) -> list[Evidence]:
    hits = index.search("territorial premium cap", Language.EN)
    reading = QuestionReading("territorial premium cap", Language.EN, index)
    return judge(reading, hits, Language.EN, index, load_calibration())


def chosen(
    index: SearchIndex,
    judged: list[Evidence],
    asked: InContext,
    found: dict[str, float],
    onward: Rule,
) -> str:
    """The wording that is chosen, where the best section for each has a probability."""

    def find(text: str) -> Part:
        reading = QuestionReading(text, Language.EN, index)
        best = replace(judged[0], kept=found[text] > 0, probability=found[text])
        return Part(reading, (best,))

    return choose_wording(asked, find, lambda completed, alone: completed, onward).reading.question


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_question_is_completed_if_it_goes_on_from_the_one_before(
    index: SearchIndex, judged: list[Evidence], goes_on: bool
) -> None:
    rule = Rule((0.0,) * len(FEATURES), 1.0 if goes_on else -1.0)
    asked = InContext(ALONE, COMPLETED)
    assert chosen(index, judged, asked, {ALONE: 0.9, COMPLETED: 0.1}, rule) == (COMPLETED if goes_on else ALONE)


@pytest.mark.parametrize(
    ("new", "alone", "right"),
    [(True, EVEN, ALONE), (True, EVEN - 0.01, COMPLETED), (False, 0.9, COMPLETED)],
)
def test_what_may_be_new_and_is_rather_found_than_not_stands_alone(
    index: SearchIndex, judged: list[Evidence], new: bool, alone: float, right: str
) -> None:
    rule = Rule((0.0,) * len(FEATURES), 1.0)
    assert chosen(index, judged, InContext(ALONE, COMPLETED, new=new), {ALONE: alone, COMPLETED: 0.9}, rule) == right


def test_what_tells_a_story_of_its_own_stands_alone_where_it_finds_anything(
    index: SearchIndex, judged: list[Evidence]
) -> None:
    story, rule = "We can sardines. What is the cap?", Rule((0.0,) * len(FEATURES), 1.0)
    asked = InContext(story, COMPLETED, new=True)
    assert chosen(index, judged, asked, {story: 0.1, COMPLETED: 0.9}, rule) == story
    assert chosen(index, judged, asked, {story: 0.0, COMPLETED: 0.9}, rule) == COMPLETED
    assert chosen(index, judged, replace(asked, new=False), {story: 0.1, COMPLETED: 0.9}, rule) == COMPLETED


def test_without_anything_before_it_a_question_stands_alone(index: SearchIndex, judged: list[Evidence]) -> None:
    assert chosen(index, judged, InContext(ALONE), {ALONE: 0.0}, Rule((0.0,) * len(FEATURES), 1.0)) == ALONE


@pytest.mark.parametrize(
    ("kind", "asked", "others"),
    [
        (OutsideKind.OFF_TOPIC, 0.5, True),
        (OutsideKind.OTHER_COUNTRY, 0.5, True),
        (OutsideKind.OFF_TOPIC, 0.9, False),
        (OutsideKind.ABSENT, 0.5, False),
        ("", 0.5, False),
    ],
)
def test_a_question_is_for_others_if_it_is_clearly_nearer_to_what_others_are_asked(
    index: SearchIndex, judged: list[Evidence], kind: str, asked: float, others: bool
) -> None:
    reading = QuestionReading("A train leaves at nine.", Language.EN, index)
    reading.outside = (kind, 0.8)
    found = tuple(replace(item, signals=replace(item.signals, asked=asked)) for item in judged)
    assert is_for_others(Part(reading, found)) is others


def test_the_last_words_of_a_completed_question_count_again_in_the_order(
    index: SearchIndex, judged: list[Evidence]
) -> None:
    reading = QuestionReading(COMPLETED, Language.EN, index)
    before, new, other = (replace(item, kept=True) for item in judged[:3])
    completed = Part(reading, (replace(before, rank=2.0, probability=0.8), replace(new, rank=1.5, probability=0.3)))
    alone = Part(reading, (replace(new, rank=4.0, probability=0.9), replace(other, rank=1.0, kept=False)))
    joined = join_parts(completed, alone)
    assert [item.hit.section_id for item in joined.judged] == [new.hit.section_id, before.hit.section_id]
    assert joined.judged[0].probability == 0.9
    assert joined.reading is reading


def test_a_further_thing_asked_for_is_ordered_by_what_it_adds_to_the_first(
    index: SearchIndex, judged: list[Evidence]
) -> None:
    reading = QuestionReading(COMPLETED, Language.EN, index)
    known, new = judged[:2]
    completed = Part(reading, (replace(known, rank=4.0), replace(new, rank=3.5)))
    alone = Part(reading, (replace(known, rank=1.0), replace(new, rank=1.0)))
    first = Part(reading, (replace(known, rank=5.0), replace(new, rank=-1.0)))
    assert join_parts(completed, alone).judged[0].hit.section_id == known.hit.section_id
    assert join_parts(completed, alone, first).judged[0].hit.section_id == new.hit.section_id
    elsewhere = Part(reading, (replace(judged[2], rank=5.0),))
    assert join_parts(completed, alone, elsewhere).judged[0].hit.section_id == known.hit.section_id


def test_a_year_alone_is_only_asked_as_completed(index: SearchIndex, judged: list[Evidence]) -> None:
    asked = InContext("And 2022?", COMPLETED, leans=True, counts=True)
    rule = Rule((0.0,) * len(FEATURES), -1.0)
    assert chosen(index, judged, asked, {"And 2022?": 0.9, COMPLETED: 0.1}, rule) == COMPLETED


@pytest.mark.parametrize(
    ("known", "found", "asked"),
    [
        ("What does a company get?", True, ["What does a Belgian company get?", "What does a company get?"]),
        ("What does a Belgian company get?", True, ["What does a Belgian company get?"]),
        ("something else", False, ["What does a Belgian company get?", "What does a company get?"]),
    ],
)
def test_what_is_not_found_for_a_nation_is_looked_for_without_it(
    index: SearchIndex,
    judged: list[Evidence],
    monkeypatch: pytest.MonkeyPatch,
    known: str,
    found: bool,
    asked: list[str],
) -> None:
    looked_for = []

    def look(_: object, question: str, earlier: str = "") -> Gathered:
        looked_for.append(question + earlier)
        kept = (replace(judged[0], kept=question == known),)
        return Gathered(question, Part(QuestionReading(question, Language.EN, index), kept))

    monkeypatch.setattr(gathering._Gathering, "gather", look)
    gathered = gather(InContext("What does a Belgian company get?"), Language.EN, index, load_calibration())
    assert looked_for == asked
    assert bool(gathered.best) is found
    assert gathered.understood == "What does a Belgian company get?"


def test_what_the_question_before_asked_is_no_aspect_of_the_next(index: SearchIndex) -> None:
    earlier = "What is the cap on the premiums and who pays them?"
    parts = [
        Part(QuestionReading(text, Language.EN, index), ())
        for text in ("What is the cap on the premiums", "What is paid in Safi?")
    ]
    found = _without_aspects_of(earlier, Gathered(earlier, parts[0], tuple(parts)))
    assert [part.reading.question for part in found.aspects] == ["What is paid in Safi?"]
