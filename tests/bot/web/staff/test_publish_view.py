"""A publishing as its page shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.desk.publish_jobs import JobState, PublishJob
from bot.web.staff.publish_view import A_PAGE, files_in, scores_of, shown_changes, stages_of
from bot.web.staff.section_names import NamedSection
from corpus import Language
from tests.bot.web.staff.whole_desk import CHANGES, FLOORS, SCORES

NOW = datetime(2026, 11, 29, tzinfo=UTC)
JOB = PublishJob("j", JobState.ASKING, {}, "amina", NOW, NOW, scores=SCORES, floors=FLOORS)


def name(section: str, language: Language) -> NamedSection:
    return NamedSection(section, f"{section} in {language}")


@pytest.mark.parametrize(
    ("state", "stages"),
    [
        (JobState.QUEUED, ["now", "next", "next", "next"]),
        (JobState.ASKING, ["done", "now", "next", "next"]),
        (JobState.SWITCHING, ["done", "done", "done", "now"]),
        (JobState.DONE, []),
    ],
)
def test_the_steps_before_the_present_one_are_done(state: JobState, stages: list[str]) -> None:
    assert [stage.state for stage in stages_of(replace(JOB, state=state))] == stages


def test_scores_say_which_measure_lies_below_its_floor() -> None:
    scores = {score.name: score for score in scores_of(JOB, Language.FR)}
    right = scores["right"]
    assert (right.before, right.after, right.floor) == ("91,0 %", "84,0 %", "90,0 %")
    assert (right.moves, right.is_below) == ("worse", True)
    assert (scores["refused"].moves, scores["refused"].is_below) == ("same", False)
    assert scores_of(JOB, Language.EN)[0].before == "91.0%"


def test_the_worse_answers_come_first_and_can_be_shown_alone() -> None:
    shown = shown_changes(CHANGES, name, Language.FR)
    assert [one.verdict for one in shown.shown] == ["worse", "worse", "better", "other"]
    assert shown.counts == {"worse": 2, "better": 1, "other": 1}
    only = shown_changes(CHANGES, name, Language.FR, only="better")
    assert ([one.verdict for one in only.shown], only.total) == (["better"], 4)
    assert only.shown[0].cites_after == (NamedSection("saffron-desk#saffron", "saffron-desk#saffron in fr"),)
    assert shown_changes(CHANGES, name, Language.FR, only="'><script>").only == ""


def test_many_changes_stand_on_pages_and_a_page_beyond_the_last_is_the_last() -> None:
    many = CHANGES * (A_PAGE // 2)
    assert [len(shown_changes(many, name, Language.FR, page=page).shown) for page in (1, 2, 99)] == [A_PAGE] * 3
    assert shown_changes(many, name, Language.FR, page=99).page == shown_changes(many, name, Language.FR).pages == 2
    assert shown_changes(many, name, Language.FR, page=0).page == 1
    assert shown_changes((), name, Language.FR).pages == 1


def test_an_answer_that_is_not_judged_is_neither_worse_nor_better() -> None:
    unknown = replace(CHANGES[1], before_right=None)
    assert shown_changes([unknown], name, Language.FR).shown[0].verdict == "other"


def test_the_files_that_a_problem_names_are_found() -> None:
    said = "press/a-visit/fr.md:3: error: `title` is missing.\nThe draft of charter/cap/ar.md was changed. press/a-visit/fr.md"
    assert files_in(said) == ("press/a-visit/fr.md", "charter/cap/ar.md")
    assert files_in("../../etc/passwd /x/y/z.md") == ()
