"""What a section itself tells was not found is said first, and is no full answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answer import AnswerStatus, Reason
from bot.assistant import Assistant
from corpus import Language
from corpus.glossary import Glossary
from corpus.loading import load_corpus
from corpus.splitting import split_into_passages
from index import build_index, open_index
from tests.bot.conftest import write_document

SECTION = """## Which argan products does the province make? {#argan}

Cooperatives of the province make argan oil and soap, says the press. Mithaq found no figure for the yearly litres of oil produced.

A list of cooperatives is kept by the chamber of crafts in the old town, which also stamps each bottle.
"""


@pytest.fixture
def asked(tmp_path: Path, encoder: Any, glossary: Glossary) -> Any:
    write_document(tmp_path / "documents", "region/argan/en", SECTION, title="Argan")
    passages = split_into_passages(load_corpus(tmp_path / "documents").documents, date(2026, 11, 1))
    build_index(passages, encoder, tmp_path / "home")
    index = open_index(tmp_path / "home", encoder, glossary)
    return lambda question: Assistant(lambda: index, glossary).ask(question, Language.EN)


def test_what_was_not_found_comes_first_where_just_that_is_asked_for(asked: Any) -> None:
    answer = asked("Is there a figure for the yearly litres produced?")
    assert (answer.status, answer.reason) == (AnswerStatus.PARTLY_ANSWERED, Reason.NOT_PUBLISHED)
    assert answer.claims[0].text.startswith("Mithaq found no figure for the yearly")
    assert len({claim.text for claim in answer.claims}) == len(answer.claims), "nothing is said twice"


def test_another_question_on_the_section_is_answered_as_ever(asked: Any) -> None:
    answer = asked("Which argan products do cooperatives of the province make?")
    assert answer.reason is not Reason.NOT_PUBLISHED
    assert answer.claims[0].text.startswith("Cooperatives of the province make argan oil")
