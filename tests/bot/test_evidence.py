"""What is found is enough to answer from, or it is not: probability, places and figures decide, never a rank."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.evidence import (
    Evidence,
    Rule,
    is_of_another_session,
    is_plainly_asked,
    judge,
    load_calibration,
    missing_figures,
    missing_names,
    resembles_outside,
)
from bot.signals import QuestionReading, Signals, read_signals
from corpus import Language
from index import SearchIndex

CAP_QUESTION = "What is the cap on the premiums of the main support scheme?"
STRONG = Signals(
    cosine=0.8, statement=0.8, mean=0.8, asked=0.8, mean_asked=0.8, prototype=0.8, coverage=0.8,
    heading=0.8, terms=1.0, titled=1.0, words=0.9, mean_words=0.8, example=0.9, heading_words=0.8, forms=1.0,
    lacking=0.0, figures=1.0, gap=0.6, unknown=0.0, outside=0.0, answerable=1.0, odds=1.0, same=1.0, length=1.5, unstated=0.0,
    exampled=True,
)  # fmt: skip
WEAK = Signals(
    cosine=0.0, statement=0.0, mean=0.0, asked=0.0, mean_asked=0.0, prototype=0.0, coverage=0.0,
    heading=0.0, terms=0.0, titled=0.0, words=0.3, mean_words=0.2, example=0.2, heading_words=0.1, forms=-1.0,
    lacking=4.0, figures=0.0, gap=0.0, unknown=1.0, outside=0.0, answerable=1.0, odds=-1.0, same=1.0, length=1.5, unstated=0.0,
    exampled=True,
)  # fmt: skip


def judged(question: str, index: SearchIndex, language: Language = Language.EN, **changed: object) -> list[Evidence]:
    calibration = replace(load_calibration(), **changed)  # type: ignore[arg-type]
    reading = QuestionReading(question, language, index)
    return judge(reading, index.search(question, language), language, index, calibration)


def test_the_packaged_calibration_knows_every_language_and_has_a_weight_for_each_signal() -> None:
    calibration = load_calibration()
    assert set(calibration.thresholds) == set(Language)
    assert all(0 < threshold < 1 for threshold in calibration.thresholds.values())
    assert all(calibration.unsure[language] <= threshold for language, threshold in calibration.thresholds.items())
    assert 0 < calibration.near < min(calibration.unsure.values())
    for rule in (calibration.exampled, calibration.plain):
        assert len(rule.weights) == len(STRONG.values())
    assert len(calibration.ranking) == len(STRONG.ranking())


def test_sections_are_ordered_by_what_speaks_for_them() -> None:
    calibration = load_calibration()
    assert calibration.rank(STRONG) > calibration.rank(WEAK)


def test_strong_signals_are_likely_and_weak_ones_are_not() -> None:
    calibration = load_calibration()
    for exampled in (True, False):
        assert calibration.probability(replace(STRONG, exampled=exampled)) > 0.95
        assert calibration.probability(replace(WEAK, exampled=exampled)) < 0.1


def test_a_section_that_nobody_is_known_to_ask_for_has_a_rule_of_its_own() -> None:
    sure, unlikely = Rule((0.0,) * len(STRONG.values()), 9.0), Rule((0.0,) * len(STRONG.values()), -9.0)
    calibration = replace(load_calibration(), exampled=sure, plain=unlikely)
    assert calibration.probability(STRONG) > 0.9
    assert calibration.probability(replace(STRONG, exampled=False)) < 0.1


def test_a_probability_stays_a_number_however_extreme_the_weights_are() -> None:
    wild = Rule((1e6,) * len(STRONG.values()), 0.0)
    assert wild.probability(STRONG.values()) == pytest.approx(1.0)
    assert replace(wild, intercept=-1e9).probability(STRONG.values()) == pytest.approx(0.0)


def test_more_signals_than_weights_are_an_error_not_a_guess() -> None:
    with pytest.raises(ValueError, match="argument"):
        Rule((1.0, 1.0), 0.0).probability(STRONG.values())


def test_the_section_that_answers_is_kept_and_the_rest_is_not(index: SearchIndex) -> None:
    best, *others = judged(CAP_QUESTION, index)
    assert best.kept
    assert best.hit.section_id == "premium-cap#cap"
    assert best.reason.startswith(f"probability {best.probability:.2f} reaches ")
    assert others
    assert not any(evidence.kept for evidence in others if evidence.hit.section_id.startswith("diving"))


def test_what_the_corpus_does_not_hold_is_not_kept_and_the_reason_says_why(index: SearchIndex) -> None:
    found = judged("Who won the football championship yesterday evening?", index)
    assert found
    assert not any(evidence.kept for evidence in found)
    assert all(" is below " in evidence.reason for evidence in found)


def test_the_threshold_of_the_asked_language_decides(index: SearchIndex) -> None:
    strict = load_calibration().thresholds | {Language.EN: 1.01}
    assert not any(evidence.kept for evidence in judged(CAP_QUESTION, index, thresholds=strict, unsure=strict))
    assert judged("Quel est le plafond des primes ?", index, Language.FR, thresholds=strict, unsure=strict)[0].kept


def test_a_section_on_another_province_is_not_kept_however_near_it_is(index: SearchIndex) -> None:
    by_section = {
        e.hit.section_id: e for e in judged("Which territorial premium does a project in Safi receive?", index)
    }
    assert by_section["territorial#safi"].kept
    assert not by_section["territorial#essaouira"].kept
    assert by_section["territorial#essaouira"].reason == "does not name safi"


def test_a_national_rule_may_answer_for_a_province_of_the_region(index: SearchIndex) -> None:
    question = "What is the cap on the premiums of the main support scheme in Safi?"
    by_section = {evidence.hit.section_id: evidence for evidence in judged(question, index)}
    assert by_section["premium-cap#cap"].kept


@pytest.mark.parametrize("place", ["Casablanca", "Tangier", "France"])
def test_a_place_outside_the_region_must_stand_in_the_passage(index: SearchIndex, place: str) -> None:
    found = judged(f"What is the cap on the premiums of the main support scheme in {place}?", index)
    assert not any(evidence.kept for evidence in found)
    assert found[0].reason.startswith("does not name ")


@pytest.mark.parametrize(("far", "kept"), [(1e9, True), (-1.0, False)])
def test_a_section_that_only_names_the_place_does_not_stand_for_one_that_suits_far_better(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch, far: float, kept: bool
) -> None:
    question = "What is the cap on the premiums of the main support scheme in Casablanca?"
    lacking = missing_names
    best = judged(question, index)[0].hit.section_id
    monkeypatch.setattr("bot.evidence.FAR", far)
    monkeypatch.setattr(
        "bot.evidence.missing_names",
        lambda reading, section, index: lacking(reading, section, index) if section == best else [],
    )
    found = judged(question, index, unsure=dict.fromkeys(Language, 0.0))
    assert not found[0].kept
    assert any(evidence.kept for evidence in found[1:]) is kept


def test_a_place_that_only_tells_whose_firm_it_is_need_not(index: SearchIndex) -> None:
    found = judged("德国企业的补贴上限是多少?", index)
    assert found[0].kept or "germany" not in found[0].reason
    assert QuestionReading("德国企业的补贴上限是多少?", Language.ZH, index).places == []
    assert [term.id for term in QuestionReading("德国的补贴上限是多少?", Language.ZH, index).places] == ["germany"]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Our plant will stand in Casablanca. Which territorial premium do we get under the Charter?", {"casablanca"}),
        ("We freeze sardines in Casablanca. What does a project in Safi receive?", {"safi"}),
        ("We sold our plant in Tunisia. Which premium does the Charter give?", set()),
        ("We sold our plant in Tunisia. Which premium is there?", {"tunisia"}),
        ("Does Rabat give a territorial premium?", {"rabat"}),
        ("Before we sign anything with Rabat: may a project in Safi go to arbitration?", {"safi"}),
    ],
)
def test_a_place_that_is_told_is_asked_about_where_the_project_may_lie_there(
    index: SearchIndex, question: str, places: set[str]
) -> None:
    assert {place.id for place in QuestionReading(question, Language.EN, index).places} == places


def test_the_kingdom_itself_is_no_place_to_look_for(index: SearchIndex) -> None:
    reading = QuestionReading("What is the cap on the premiums in Morocco?", Language.EN, index)
    assert reading.places == []


def test_the_gap_is_the_distance_to_the_tenth_hit_or_to_nothing(index: SearchIndex) -> None:
    reading = QuestionReading(CAP_QUESTION, Language.EN, index)
    hits = index.search(CAP_QUESTION, Language.EN)
    ten = [*hits[:1], *(replace(hits[-1], score=0.1) for _ in range(9))]
    assert read_signals(reading, ten, 0, index).gap == pytest.approx(hits[0].score - 0.1)
    assert read_signals(reading, hits[:1], 0, index).gap == hits[0].score


def test_the_signals_tell_a_passage_in_another_language(index: SearchIndex) -> None:
    question = "école de plongée agrément"
    hits = index.search(question, Language.EN)
    assert read_signals(QuestionReading(question, Language.FR, index), hits, 0, index).same == 1
    assert read_signals(QuestionReading(question, Language.EN, index), hits, 0, index).same == 0


def test_words_that_nobody_knows_count_by_their_share(index: SearchIndex) -> None:
    assert QuestionReading("premiums cap", Language.EN, index).unknown == 0
    assert QuestionReading("zzyzx qwrtp", Language.EN, index).unknown == 1
    assert 0 < QuestionReading("premiums zzyzx", Language.EN, index).unknown < 1
    assert QuestionReading("?", Language.EN, index).unknown == 1, "a question without words"


@pytest.mark.parametrize(
    ("question", "language", "checked"),
    [
        ("Is the cap 40%?", Language.EN, ["40%"]),
        ("What was decided in 2019?", Language.EN, ["2019"]),
        ("Le plafond est-il de 40 % ?", Language.FR, ["40%"]),
        ("هل السقف ٤٠٪؟", Language.AR, ["40%"]),
        ("上限是百分之四十还是40%？", Language.ZH, ["40%"]),
        ("I invest 60 million dirhams with 180 jobs.", Language.EN, []),
        ("I invest sixty million dirhams with two thousand jobs.", Language.EN, []),
    ],
)
def test_percentages_and_years_are_checked_but_not_the_size_of_a_project(
    index: SearchIndex, question: str, language: Language, checked: list[str]
) -> None:
    assert QuestionReading(question, language, index).checked_figures == checked


@pytest.mark.parametrize(
    ("language", "question", "figures"),
    [
        (Language.EN, "With forty million and 50 jobs?", {"40000000", "50"}),
        (Language.FR, "Un projet à 2 MMDH ?", {"2000000000"}),
        (Language.ZH, "投一个亿能拿多少？", {"100000000"}),
        (Language.AR, "هل تكفي خمسون مليون درهم؟", {"50000000"}),
        (Language.ES, "¿Y con 50 millones y tres socios?", {"50000000"}),
    ],
)
def test_large_figures_are_read_in_words_too(
    index: SearchIndex, language: Language, question: str, figures: set[str]
) -> None:
    assert QuestionReading(question, language, index).figures.keys() == figures


def test_a_figure_that_a_cited_passage_states_is_not_missing(index: SearchIndex) -> None:
    passages = [index.sections.versions["premium-cap#cap"][Language.FR]]
    assert missing_figures(QuestionReading("Is the cap 30%?", Language.EN, index), passages) == []
    assert missing_figures(QuestionReading("Is the cap 30% or 40%?", Language.EN, index), passages) == ["40%"]
    assert missing_figures(QuestionReading("Is the cap 30%?", Language.EN, index), []) == ["30%"]


def test_a_question_nearer_to_one_that_no_document_answers_resembles_those(index: SearchIndex) -> None:
    question = "What is the mobile phone number of the minister of industry?"
    reading = QuestionReading(question, Language.EN, index)
    assert reading.outside_kind == "private"
    assert resembles_outside(reading, judged(question, index))
    reading = QuestionReading(CAP_QUESTION, Language.EN, index)
    assert not resembles_outside(reading, judged(CAP_QUESTION, index))


@pytest.mark.parametrize(
    ("changed", "plainly"),
    [
        ({"asked": 0.8, "outside": 0.7}, True),
        ({"asked": 0.8, "outside": 0.8}, False),
        ({"asked": 0.79, "outside": 0.0}, False),
        ({"asked": 0.5, "heading": 1.0, "lacking": 0.0, "outside": 0.4}, True),
        ({"asked": 0.5, "heading": 0.9, "lacking": 0.0, "outside": 0.4}, False),
        ({"asked": 0.5, "heading": 1.0, "lacking": 1.0, "outside": 0.4}, False),
        ({"asked": 0.5, "heading": 1.0, "lacking": 0.0, "outside": 0.46}, False),
    ],
)
def test_few_plain_words_are_enough_for_an_answer_with_caution(changed: dict[str, float], plainly: bool) -> None:
    assert is_plainly_asked(replace(WEAK, **changed)) is plainly  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "needed"),
    [("Which is better, Safi or Essaouira?", {"essaouira"}), ("How is Safi?", set())],
)
def test_of_two_places_that_are_compared_both_must_stand_in_a_section_on_several(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch, question: str, needed: set[str]
) -> None:
    held = {"safi", "chichaoua"}
    monkeypatch.setitem(index.sections.terms, "territorial#safi", frozenset(held))
    monkeypatch.setitem(index.sections.heading_terms, "territorial#safi", frozenset({"safi", "essaouira"}))
    reading = QuestionReading(question, Language.EN, index)
    assert {term.id for term in missing_names(reading, "territorial#safi", index)} == needed


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("What did the tenth session of the CNI approve?", "The ninth session approved 12 projects.", True),
        (
            "What did the tenth session of the CNI approve?",
            "No tenth session was found; the ninth was the last.",
            False,
        ),
        ("What did the tenth session of the CNI approve?", "The CNI approves agreements.", False),
        ("What did the 12th session of the CNI approve?", "No tenth session was found; the ninth was the last.", True),
        ("What did the ninth session of the CNI approve?", "The seventh session approved 20 projects.", False),
        ("And the tenth, how many projects?", "The ninth session approved 12 projects.", True),
    ],
)
def test_sessions_that_were_held_do_not_stand_for_one_that_is_not_known(
    index: SearchIndex, question: str, text: str, other: bool
) -> None:
    reading = QuestionReading(question, Language.EN, index)
    passage = replace(index.search("Safi", Language.EN)[0].passage, heading="The national commission", text=text)
    versions = {"results": {Language.EN: passage}}
    about = SimpleNamespace(sections=SimpleNamespace(versions=versions, heading_terms={"results": {"cni"}}))
    beside = SimpleNamespace(sections=SimpleNamespace(versions=versions, heading_terms={"results": {"appeal"}}))
    assert is_of_another_session(reading, "results", about) is other  # type: ignore[arg-type]
    assert not is_of_another_session(reading, "results", beside)  # type: ignore[arg-type]


@pytest.mark.parametrize(("treaty", "missing"), [("tax-treaty", set()), ("premium", {"france"})])
def test_a_country_need_not_stand_in_what_is_said_of_the_treaties_that_are_asked_about(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch, treaty: str, missing: set[str]
) -> None:
    monkeypatch.setitem(index.sections.terms, "premium-cap#cap", frozenset({treaty}))
    monkeypatch.setitem(index.sections.heading_terms, "premium-cap#cap", frozenset({treaty}))
    reading = QuestionReading("Is there a tax treaty with France?", Language.EN, index)
    assert {term.id for term in missing_names(reading, "premium-cap#cap", index)} & {"france"} == missing
