"""The previews of the server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.desk.open_previews import open_previews, unanswered
from corpus import Language
from index import SearchIndex
from tests.bot.conftest import HashedEncoder
from tests.bot.desk.preview_doubles import PATH, QUESTION, TEXT, Asked, AskedJournal, open_drafts, strict_assistant


def test_questions_without_an_answer_or_with_part_of_one_are_looked_at() -> None:
    journal = AskedJournal(
        Asked("none"),
        Asked("part", status="partly_answered", reason="unsure"),
        Asked("whole", status="answered", reason=None),
        Asked("premise", status="partly_answered", reason="false_premise"),
        Asked("elsewhere", status="out_of_scope", reason="off_topic"),
    )
    assert [one.text for one in unanswered(journal)] == ["none", "part"]
    assert abs(journal.since[0] - timedelta(days=90)) < timedelta(minutes=1)


def test_a_draft_is_looked_at_and_tried_with_the_services_of_the_server(
    tmp_path: Path, corpus_folder: Path, index: SearchIndex
) -> None:
    drafts = open_drafts(tmp_path, corpus_folder)
    previews = open_previews(
        drafts, corpus_folder, tmp_path, HashedEncoder(), index.glossary, lambda: index, strict_assistant(index),
        AskedJournal(Asked(QUESTION)),
    )  # fmt: skip
    draft = drafts.begin(PATH, TEXT, "amina")
    assert [section.anchor for section in previews.preview(draft).sections] == ["saffron"]
    assert previews.try_question(draft, QUESTION, Language.EN).with_draft.text
