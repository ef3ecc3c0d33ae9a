"""Which questions of visitors a draft would answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bot.desk.unanswered import MOST_TRIED, nearest_questions, now_answered
from corpus import Language
from corpus.loading import load_corpus, parse_document
from corpus.splitting import split_into_passages
from index import SearchIndex, assemble_index
from tests.bot.conftest import OUTSIDE, HashedEncoder
from tests.bot.desk.preview_doubles import QUESTION, TEXT, Asked, strict_assistant


def vectors(index: SearchIndex) -> Any:
    said = "The chamber opened a desk for saffron growers in Taliouine."
    return index.project(HashedEncoder().encode_passages([said]))


def test_only_the_questions_near_to_the_draft_are_tried_each_once(index: SearchIndex) -> None:
    far = "Where do seals sleep at night?"
    asked = [Asked(far), Asked(QUESTION), Asked(QUESTION), Asked(""), Asked("Qui aide le safran ?", "xx")]
    assert nearest_questions(asked, vectors(index), index) == {QUESTION: Language.EN}
    assert nearest_questions([], vectors(index), index) == {}


def test_many_questions_are_not_all_tried(index: SearchIndex) -> None:
    asked = [Asked(QUESTION + "?" * more) for more in range(3 * MOST_TRIED)]
    assert len(nearest_questions(asked, vectors(index), index)) == MOST_TRIED


def test_a_question_counts_if_the_draft_answers_it_and_today_nothing_does(
    index: SearchIndex, documents: Path, tmp_path: Path
) -> None:
    new = parse_document(TEXT, documents / "press/saffron/en.md", documents)
    passages = split_into_passages([*load_corpus(documents).documents, new], date.today())
    tried = assemble_index(passages, HashedEncoder(), tmp_path, index.glossary, outside=OUTSIDE)
    asked = {QUESTION: Language.EN, "What is the cap on the premiums?": Language.EN}
    today, with_draft = strict_assistant(index), strict_assistant(tried)
    assert now_answered(asked, "saffron", today, with_draft) == (QUESTION,)
    assert now_answered(asked, "saffron", with_draft, with_draft) == ()
    assert now_answered(asked, "other", today, with_draft) == ()
