"""Trying drafts: one index in memory, given back; what visitors are answered from stays."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.desk.drafts import Draft
from bot.desk.trial import Trials
from corpus import CorpusError, Passage
from index import SearchIndex
from tests.bot.desk.preview_doubles import PATH, QUESTION, TEXT, Built, open_drafts, strict_assistant


@pytest.fixture
def draft(tmp_path: Path, corpus_folder: Path) -> Draft:
    return open_drafts(tmp_path, corpus_folder).begin(PATH, TEXT, "amina")


@pytest.fixture
def built(tmp_path: Path, index: SearchIndex) -> Built:
    return Built(tmp_path, index)


@pytest.fixture
def trials(corpus_folder: Path, built: Built) -> Trials:
    return Trials(corpus_folder, built, strict_assistant)


def cited(trials: Trials, drafts: list[Draft]) -> list[str]:
    with trials.assistant(drafts) as assistant:
        return [one.section_id for one in assistant.ask(QUESTION).citations]


def test_the_draft_answers_in_the_trial_and_nowhere_else(
    trials: Trials, draft: Draft, index: SearchIndex, corpus_folder: Path
) -> None:
    assert cited(trials, [draft])[0] == "saffron#saffron"
    assert not strict_assistant(index).ask(QUESTION).citations
    assert not (corpus_folder / PATH).exists()


def test_the_index_is_kept_for_the_next_question_and_built_anew_for_another_text(
    trials: Trials, built: Built, draft: Draft, corpus_folder: Path
) -> None:
    for drafts in ([draft], [draft], []):
        cited(trials, drafts)
    assert len(built.indexes) == 2
    (corpus_folder / "guides/diving/fr.md").unlink()
    cited(trials, [])
    assert len(built.indexes) == 3


def test_of_two_indexes_the_first_is_given_back_before_the_second_is_built(
    corpus_folder: Path, built: Built, draft: Draft
) -> None:
    alive: list[weakref.ref[SearchIndex]] = []
    still_there: list[bool] = []

    def build(passages: Sequence[Passage]) -> SearchIndex:
        still_there.append(any(one() is not None for one in alive))
        index = built(passages)
        built.indexes.clear()
        alive.append(weakref.ref(index))
        return index

    trials = Trials(corpus_folder, build, strict_assistant)
    for drafts in ([draft], [], [draft]):
        with trials.assistant(drafts):
            pass
    assert still_there == [False, False, False]


def test_two_who_try_at_once_each_get_their_own_draft(trials: Trials, draft: Draft) -> None:
    start = threading.Barrier(2)

    def ask(drafts: list[Draft]) -> list[str]:
        start.wait()
        return cited(trials, drafts)

    with ThreadPoolExecutor(2) as pool:
        with_draft, without = pool.map(ask, ([draft], []))
    assert with_draft[0] == "saffron#saffron"
    assert without == []


def test_the_memory_is_given_back_when_nobody_has_used_it_for_a_while(
    corpus_folder: Path, built: Built, draft: Draft
) -> None:
    trials = Trials(corpus_folder, built, strict_assistant, kept_seconds=0.05)
    with trials.assistant([draft]):
        assert trials.is_held
    for _ in range(200):
        if not trials.is_held:
            break
        threading.Event().wait(0.05)
    assert not trials.is_held


def test_a_build_that_fails_leaves_nothing_locked(built: Built, tmp_path: Path) -> None:
    empty = Trials(tmp_path / "nothing", built, strict_assistant)
    for _ in range(2):
        with pytest.raises(CorpusError), empty.assistant([]):
            pass
    assert not empty.is_held


def test_an_index_is_released_by_hand(trials: Trials, draft: Draft) -> None:
    cited(trials, [draft])
    assert trials.is_held
    trials.release()
    assert not trials.is_held
