"""An answer is put together from sentences of the documents, word for word, with what a reader must know beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.composing import (
    CLOSE,
    CLOSE_ENOUGH_TO_DENY,
    RATHER_ASKED,
    Chosen,
    Draft,
    _Drafting,
    compose,
    select_sections,
)
from bot.evidence import judge, load_calibration
from bot.gathering import Gathered, Part
from bot.grounding import check_grounding
from bot.messages import load_texts
from bot.signals import QuestionReading
from corpus import Confidence, Language
from corpus.text import Statement
from index import SearchIndex


def draft(question: str, index: SearchIndex, language: Language = Language.EN, *sections: str) -> Draft:
    """The draft for a question from what was kept, or from the named sections only, in their order."""
    reading = QuestionReading(question, language, index)
    judged = judge(reading, index.search(question, language), language, index, load_calibration())
    by_section = {evidence.hit.section_id: evidence for evidence in judged}
    evidence = [by_section[name] for name in sections] if sections else [e for e in judged if e.kept]
    return compose([Chosen(reading, item) for item in evidence], language, load_texts()[language], index)


def said(written: Draft) -> list[str]:
    return [claim.text for claim in written.claims]


@pytest.mark.parametrize(
    ("question", "language", "lead"),
    [
        (
            "What is the cap on the premiums?",
            Language.EN,
            "The premiums of the main support scheme together may not exceed",
        ),
        ("Quel est le plafond des primes ?", Language.FR, "Les primes du dispositif principal ne peuvent pas dépasser"),
        ("¿Cuál es el tope de las primas?", Language.ES, "Las primas del régimen principal no pueden superar"),
        ("ما سقف المنح؟", Language.AR, "لا يمكن أن يتجاوز مجموع منح نظام الدعم"),
        ("补贴的上限是多少？", Language.ZH, "主要扶持机制的补贴总额"),
    ],
)
def test_the_lead_sentence_comes_first_in_the_language_of_the_asker(
    index: SearchIndex, question: str, language: Language, lead: str
) -> None:
    written = draft(question, index, language)
    assert written.claims[0].text.startswith(lead)
    assert written.claims[0].citations == (1,)
    assert written.citations[0].language is language
    assert written.citations[0].quotes == tuple(said(written)), "a short passage is shown whole"


def test_an_official_text_needs_no_caution(index: SearchIndex) -> None:
    assert all(claim.citations for claim in draft("What is the cap on the premiums?", index).claims)


def test_a_list_is_shown_whole_when_the_question_asks_for_what_it_lists(index: SearchIndex) -> None:
    written = draft("Which ratio gives the jobs premium?", index)
    assert [claim.text for claim in written.claims if claim.listed] == [
        "A ratio between 1 and 1.5 gives 5%.",
        "A ratio between 1.5 and 3 gives 7%.",
        "A ratio above 3 gives 10%.",
    ]
    assert "A ratio of jobs to capital decides its rate:" in said(written), "the list keeps the line that opens it"


def test_a_long_passage_is_cut_to_its_lead_and_what_was_asked(index: SearchIndex) -> None:
    written = draft("Are interns counted by the jobs premium?", index, Language.EN, "territorial#jobs")
    lines = said(written)
    assert lines[0] == "The jobs premium counts permanent workers."
    assert "Interns are not counted either." in lines
    assert "The agreement names the day of the count and the person who makes it for the State." not in lines


def test_a_long_passage_also_says_what_comes_nearest_to_another_thing_asked(index: SearchIndex) -> None:
    asked, other = (
        QuestionReading(question, Language.EN, index)
        for question in (
            "Are interns counted by the jobs premium?",
            "Who makes the count for the State, and on what day?",
        )
    )
    judged = judge(asked, index.search(asked.question, Language.EN), Language.EN, index, load_calibration())
    jobs = next(item for item in judged if item.hit.section_id == "territorial#jobs")
    written = compose([Chosen(asked, jobs, (other,))], Language.EN, load_texts()[Language.EN], index)
    assert "The agreement names the day of the count and the person who makes it for the State." in said(written)


def test_lines_stand_in_the_order_of_the_passage(index: SearchIndex) -> None:
    written = draft("Are interns counted by the jobs premium?", index, Language.EN, "territorial#jobs")
    text = written.citations[0].passage_text
    places = [" ".join(text.split()).find(line) for line in said(written)]
    assert places == sorted(places)
    assert -1 not in places


def test_a_document_in_another_language_is_introduced_once_and_quoted_in_it(index: SearchIndex) -> None:
    written = draft("How do I get an agrément of an école de plongée moniteur brevet?", index)
    first, *quotes = written.claims
    assert first.text == "From a document that exists in French only, quoted as published:"
    assert first.citations == ()
    french = [quote for quote in quotes if quote.language is Language.FR]
    assert quotes[: len(french)] == french, "they stand right behind what introduces them"
    assert all(quote.citations == (1,) for quote in french)
    assert len(french) == 2
    assert said(written).count(first.text) == 1


def test_beside_the_summary_of_a_release_the_original_is_quoted(index: SearchIndex) -> None:
    written = draft("Who received the Chinese delegation from Guangdong?", index)
    summary, original = written.citations
    assert (summary.section_id, summary.language) == ("delegation#who", Language.EN)
    assert (original.title, original.language, original.publisher) == ("中国代表团访问马拉喀什", Language.ZH, "CCIS")
    introduced = said(written).index("From a document that exists in Chinese only, quoted as published:")
    assert [claim.citations for claim in written.claims] == [(1,), (), (2,), (2,), (2,)]
    assert introduced == 1


def test_a_release_without_headings_is_quoted_from_its_opening_on(index: SearchIndex) -> None:
    written = draft("代表团由多少名企业家组成？", index, Language.ZH)
    assert said(written)[0].startswith("商会会长在马拉喀什接待了")
    assert any("28名企业家" in line for line in said(written))


def test_a_press_release_carries_no_caution_about_the_press(index: SearchIndex) -> None:
    assert "This rests on the press, not on an official text." not in said(
        draft("Who received the Chinese delegation?", index)
    )


@pytest.mark.parametrize(
    ("sections", "caution"),
    [
        (["territorial#safi"], "This point is still to be confirmed: "),
        (["territorial#essaouira"], "This rests on the press, not on an official text."),
        (["territorial#essaouira", "territorial#safi"], "This point is still to be confirmed: "),
    ],
)
def test_what_is_not_official_says_so_at_the_end_and_the_weakest_point_decides(
    index: SearchIndex, sections: list[str], caution: str
) -> None:
    question = "Which territorial premium does a project in Safi and in Essaouira receive?"
    written = draft(question, index, Language.EN, *sections)
    cautions = [claim for claim in written.claims if not claim.citations]
    assert len(cautions) == 1
    assert written.claims[-1] == cautions[0]
    assert cautions[0].text.startswith(caution)


def test_several_sections_are_numbered_in_the_order_they_are_quoted(index: SearchIndex) -> None:
    question = "Which territorial premium does a project in Safi and in Essaouira receive?"
    written = draft(question, index, Language.EN, "territorial#safi", "territorial#essaouira")
    assert [(c.number, c.section_id) for c in written.citations] == [
        (1, "territorial#safi"),
        (2, "territorial#essaouira"),
    ]
    assert [claim.citations for claim in written.claims if claim.citations] == [(1,), (1,), (2,)]


@pytest.mark.parametrize(("behind", "together"), [(0.0, True), (CLOSE, True), (CLOSE + 0.01, False)])
def test_another_section_joins_the_best_if_its_odds_are_not_far_below(
    index: SearchIndex, behind: float, together: bool
) -> None:
    reading = QuestionReading("Which territorial premium does a project receive?", Language.EN, index)
    judged = judge(reading, index.search(reading.question, Language.EN), Language.EN, index, load_calibration())
    by_section = {evidence.hit.section_id: evidence for evidence in judged}
    pair = [
        replace(by_section[name], kept=True, rank=-lag)
        for name, lag in (("territorial#safi", 0.0), ("territorial#essaouira", behind))
    ]
    chosen = select_sections(Gathered(reading.question, Part(reading, tuple(pair))))
    assert [item.evidence for item in chosen] == (pair if together else pair[:1])


@pytest.mark.parametrize(
    ("rather", "behind", "told"),
    [(RATHER_ASKED + 0.01, CLOSE_ENOUGH_TO_DENY, True), (0.0, 1.0, False), (0.1, CLOSE_ENOUGH_TO_DENY + 0.1, False)],
)
def test_what_was_not_found_is_told_beside_the_best_if_people_ask_rather_for_that(
    index: SearchIndex, rather: float, behind: float, told: bool
) -> None:
    reading = QuestionReading("Which territorial premium does a project receive?", Language.EN, index)
    judged = judge(reading, index.search(reading.question, Language.EN), Language.EN, index, load_calibration())
    by_section = {evidence.hit.section_id: evidence for evidence in judged}
    best, other = (by_section[name] for name in ("territorial#safi", "territorial#essaouira"))
    unknown = replace(other.hit.passage, confidence=Confidence.UNKNOWN)
    absent = replace(
        other,
        hit=replace(other.hit, passage=unknown),
        signals=replace(other.signals, asked=best.signals.asked + rather),
        kept=False,
        fits=True,
        rank=-behind,
    )
    part = Part(reading, (replace(best, kept=True, rank=0.0), absent))
    chosen = [item.evidence for item in select_sections(Gathered(reading.question, part))]
    assert (absent in chosen) is told


@pytest.mark.parametrize(("sure", "told"), [(True, True), (False, False)])
def test_what_was_not_found_is_not_said_alone_where_something_known_surely_suits(
    index: SearchIndex, sure: bool, told: bool
) -> None:
    reading = QuestionReading("Which territorial premium does a project receive?", Language.EN, index)
    first, second, *_ = judge(
        reading, index.search(reading.question, Language.EN), Language.EN, index, load_calibration()
    )
    unknown = replace(first.hit.passage, confidence=Confidence.UNKNOWN)
    absent = replace(first, hit=replace(first.hit, passage=unknown), kept=True, fits=True, rank=0.0)
    known = replace(second, kept=True, sure=sure, fits=True, rank=-9.0)
    chosen = [item.evidence for item in select_sections(Gathered(reading.question, Part(reading, (absent, known))))]
    assert chosen == ([absent, known] if told else [absent])


def test_sections_close_to_the_best_of_an_aspect_come_behind_those_of_the_whole(index: SearchIndex) -> None:
    reading = QuestionReading("Safi and the others", Language.EN, index)
    judged = judge(
        reading, index.search("territorial premium cap", Language.EN), Language.EN, index, load_calibration()
    )
    found = {item.hit.section_id: replace(item, kept=True, fits=True, rank=0.0) for item in judged}
    safi, essaouira, cap, jobs = (
        found[name] for name in ("territorial#safi", "territorial#essaouira", "premium-cap#cap", "territorial#jobs")
    )
    whole = Part(reading, (safi, replace(essaouira, rank=-1.0)))
    clause = Part(reading, (cap, replace(jobs, rank=-1.0)))
    chosen = select_sections(Gathered("Safi and the others", whole, (clause,)))
    assert [item.evidence for item in chosen] == [safi, cap, *whole.judged[1:], *clause.judged[1:]]
    alone = select_sections(Gathered("Safi and the others", whole))
    assert [item.evidence for item in alone] == list(whole.judged)


def test_each_aspect_of_a_question_has_its_section(index: SearchIndex) -> None:
    def part(question: str, section: str) -> Part:
        reading = QuestionReading(question, Language.EN, index)
        judged = judge(reading, index.search(question, Language.EN), Language.EN, index, load_calibration())
        best = next(item for item in judged if item.hit.section_id == section)
        return Part(reading, (replace(best, kept=True),))

    gathered = Gathered(
        "Which premium in Safi and in Essaouira?",
        part("Which premium in Safi and in Essaouira?", "territorial#safi"),
        (
            part("Which premium in Safi?", "territorial#safi"),
            part("Which premium in Essaouira?", "territorial#essaouira"),
        ),
    )
    chosen = [item.evidence.hit.section_id for item in select_sections(gathered)]
    assert chosen == ["territorial#safi", "territorial#essaouira"]


def test_a_section_cited_for_one_thing_also_says_what_it_knows_of_the_next(index: SearchIndex) -> None:
    def part(question: str, kept: bool) -> Part:
        reading = QuestionReading(question, Language.EN, index)
        judged = judge(reading, index.search(question, Language.EN), Language.EN, index, load_calibration())
        best = next(item for item in judged if item.hit.section_id == "territorial#safi")
        return Part(reading, (replace(best, kept=kept),))

    safi, rate = part("Which premium in Safi?", kept=True), part("At which rate?", kept=False)
    (chosen,) = select_sections(Gathered("Which premium in Safi, at which rate?", safi, (safi, rate)))
    assert chosen.others == (rate.reading,)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is the cap on the premiums?", Language.EN),
        ("Which ratio gives the jobs premium?", Language.EN),
        ("Who received the Chinese delegation from Guangdong?", Language.EN),
        ("école de plongée agrément", Language.ES),
        ("ratio of the jobs premium", Language.FR),
    ],
)
def test_whatever_is_composed_is_grounded(index: SearchIndex, question: str, language: Language) -> None:
    written = draft(question, index, language)
    assert written.citations
    assert check_grounding(written) == []


def test_a_citation_carries_all_that_a_reader_needs_to_check_it(index: SearchIndex) -> None:
    (cited,) = draft("What is the cap on the premiums?", index).citations
    assert (cited.title, cited.section) == ("The premiums", "What is the cap on the premiums?")
    assert (cited.url, cited.source_title, cited.publisher) == ("https://example.org/bo", "Official Bulletin", "Mithaq")
    assert (cited.published.isoformat(), cited.as_of.isoformat()) == ("2026-01-02", "2026-03-04")
    assert cited.quote in " ".join(cited.passage_text.split())


@pytest.mark.parametrize(
    ("said", "second", "again"),
    [
        ("The cap on all premiums together is 30% of the eligible investment amount.",
         "The cap on all premiums together is 30% of the eligible amount.", False),
        ("The cap on all premiums together is 30% of the eligible investment amount.",
         "The cap on all premiums together is 35% of the eligible investment amount.", True),
        ("The territorial premium in Safi is 10% of the eligible investment amount.",
         "The territorial premium in Essaouira is 10% of the eligible investment amount.", True),
    ],
)  # fmt: skip
def test_the_same_is_not_said_twice_unless_a_figure_or_a_name_differs(
    index: SearchIndex, said: str, second: str, again: bool
) -> None:
    drafting = _Drafting(Language.EN, load_texts()[Language.EN], index.glossary)
    first, other = (index.sections.versions[name][Language.EN] for name in ("premium-cap#cap", "territorial#safi"))
    drafting.quote(first, [Statement(said)])
    drafting.quote(other, [Statement(second), Statement("Something else is said here.")])
    assert (second in [claim.text for claim in drafting.finish(absent=False).claims]) is again
