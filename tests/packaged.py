"""The documents of the project as the tests look at them, read once."""

from __future__ import annotations

from datetime import date
from functools import cache

from corpus import Language, Passage
from corpus.asked import ASKED_FILE, read_asked
from corpus.loading import PACKAGED_DOCUMENTS, Corpus, load_corpus
from corpus.splitting import split_into_passages
from corpus.text import clean_question


@cache
def packaged_corpus() -> Corpus:
    return load_corpus()


@cache
def packaged_passages() -> tuple[Passage, ...]:
    """Those of the documents that are in force today."""
    return tuple(split_into_passages(packaged_corpus().documents, date.today()))


@cache
def example_questions() -> tuple[tuple[Language, str], ...]:
    """How people ask for the packaged sections, as they typed it: the corpus puts their Darija in standard Arabic."""
    return tuple(
        (language, clean_question(question))
        for path in sorted(PACKAGED_DOCUMENTS.glob(f"*/*/{ASKED_FILE}"))
        for by_language in read_asked(path, path.name).values()
        for language, questions in by_language.items()
        for question in questions
    )
