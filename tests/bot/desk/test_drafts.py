"""Drafts: what was saved stays, and nobody overwrites another."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.database import Database
from bot.desk.audit import Audit
from bot.desk.drafts import MOST_CHARACTERS, Draft, Drafts, DraftState
from corpus import DraftConflictError, DraftError, DraftPathError, UnknownDraftError

ROOT = Path(__file__).parents[3]
PATH = "press/delegation/en.md"
NEW = "press/a-new-visit/fr.md"


@pytest.fixture
def audit(database: Database) -> Audit:
    return Audit(database)


@pytest.fixture
def drafts(database: Database, corpus_folder: Path, audit: Audit) -> Drafts:
    return Drafts(database, corpus_folder, audit)


def test_a_draft_of_a_document_holds_its_text_and_the_digest_of_its_file(drafts: Drafts, corpus_folder: Path) -> None:
    draft = drafts.begin_from_document(PATH, "amina")
    assert draft.text == (corpus_folder / PATH).read_text(encoding="utf-8")
    assert (draft.revision, draft.state, draft.author, draft.is_new) == (1, DraftState.OPEN, "amina", False)
    assert draft.title == "A Chinese delegation in Marrakech"
    assert not drafts.is_outdated(draft)
    assert drafts.get(draft.id) == draft
    assert draft.created.utcoffset() == timedelta(0)


def test_a_new_draft_starts_from_no_file_and_may_be_wrong_in_every_way(drafts: Drafts) -> None:
    draft = drafts.begin("Somewhere / wrong", "no front matter", "amina", origin="release.docx")
    assert (draft.is_new, draft.title, draft.origin) == (True, "Somewhere / wrong", "release.docx")
    with pytest.raises(DraftPathError):
        drafts.file(draft)


def test_a_text_that_a_database_cannot_hold_is_cleaned_not_refused(drafts: Drafts) -> None:
    draft = drafts.begin(NEW, "a\x00b\r\nc\ud800\u202e", "amina")
    assert drafts.get(draft.id).text == "ab\nc?"


def test_who_saves_the_revision_that_was_read_gets_the_next_one(drafts: Drafts, audit: Audit) -> None:
    draft = drafts.begin(NEW, "one", "amina")
    saved = drafts.save(draft.id, "two", 1, "badr")
    assert (saved.revision, saved.text, saved.author, saved.changed_by) == (2, "two", "amina", "badr")
    newest = audit.entries()[0]
    assert (newest.who, newest.action, newest.subject) == ("badr", "draft.saved", NEW)
    assert (newest.before, newest.after) == ("one", "two")


def test_the_second_who_saves_is_told_gets_both_texts_and_overwrites_nothing(drafts: Drafts) -> None:
    draft = drafts.begin(NEW, "one", "amina")
    drafts.save(draft.id, "by badr", 1, "badr")
    with pytest.raises(DraftConflictError, match=r"badr saved the draft .* Nothing was overwritten") as caught:
        drafts.save(draft.id, "by amina", 1, "amina")
    assert (caught.value.newer.text, caught.value.newer.revision, caught.value.yours) == ("by badr", 2, "by amina")
    assert drafts.get(draft.id).text == "by badr"


def test_of_many_who_save_at_once_exactly_one_does(drafts: Drafts) -> None:
    draft = drafts.begin(NEW, "one", "amina")

    def save(who: str) -> str:
        try:
            return drafts.save(draft.id, f"by {who}", 1, who).text
        except DraftConflictError as error:
            return str(error.newer.text)

    with ThreadPoolExecutor(6) as pool:
        texts = set(pool.map(save, "abcdef"))
    assert texts == {drafts.get(draft.id).text}
    assert drafts.get(draft.id).revision == 2


def test_the_same_text_sent_twice_is_no_conflict(drafts: Drafts) -> None:
    draft = drafts.begin(NEW, "one", "amina")
    saved = drafts.save(draft.id, "two", 1, "amina")
    assert drafts.save(draft.id, "two", 1, "amina") == saved


def test_only_one_draft_of_a_document_is_open(drafts: Drafts) -> None:
    first = drafts.begin_from_document(PATH, "amina")
    with pytest.raises(DraftConflictError, match="amina has an open draft") as caught:
        drafts.begin_from_document(PATH, "badr")
    assert caught.value.newer == first
    drafts.discard(first.id, 1, "amina")
    assert drafts.begin_from_document(PATH, "badr").author == "badr"


def test_a_closed_draft_cannot_be_saved_and_the_text_comes_back(drafts: Drafts) -> None:
    draft = drafts.begin(NEW, "one", "amina")
    closed = drafts.discard(draft.id, 1, "badr")
    assert drafts.open() == []
    with pytest.raises(DraftConflictError, match="badr discarded the draft") as caught:
        drafts.save(draft.id, "two", 2, "amina")
    assert (caught.value.newer, caught.value.yours) == (closed, "two")


def test_a_file_changed_on_the_disk_makes_a_draft_outdated_until_that_is_acknowledged(
    drafts: Drafts, corpus_folder: Path
) -> None:
    draft = drafts.begin_from_document(PATH, "amina")
    with (corpus_folder / PATH).open("a", encoding="utf-8") as file:
        file.write("\nPulled from elsewhere.\n")
    assert drafts.is_outdated(draft)
    assert "Pulled" in (drafts.on_disk(PATH) or "")
    known = drafts.rebase(draft.id, 1, "amina")
    assert (drafts.is_outdated(known), known.text, known.revision) == (False, draft.text, 2)
    (corpus_folder / PATH).unlink()
    assert drafts.is_outdated(known)


def test_a_file_that_appeared_makes_a_new_draft_outdated(drafts: Drafts, corpus_folder: Path) -> None:
    draft = drafts.begin(NEW, "one", "amina")
    file = corpus_folder / NEW
    file.parent.mkdir()
    file.write_text("pulled", encoding="utf-8")
    assert drafts.is_outdated(draft)


def test_a_draft_that_moves_starts_from_the_file_there(drafts: Drafts, audit: Audit) -> None:
    draft = drafts.begin(NEW, "one", "amina")
    moved = drafts.save(draft.id, "one", 1, "amina", path=PATH)
    assert (moved.path, moved.is_new, drafts.is_outdated(moved)) == (PATH, False, False)
    assert audit.entries()[0].reason == f"moved from {NEW}"


def test_a_removal_is_a_draft_too(drafts: Drafts, audit: Audit, corpus_folder: Path) -> None:
    draft = drafts.begin_from_document(PATH, "amina", remove=True)
    assert draft.remove
    assert draft.text
    assert (corpus_folder / PATH).is_file()
    assert (audit.entries()[0].before, audit.entries()[0].after) == (draft.text, "")


def test_what_a_machine_proposed_is_marked_until_a_person_accepts_it(drafts: Drafts) -> None:
    draft = drafts.begin(NEW, "one", "amina", origin="translation", proposed=True)
    saved = drafts.save(draft.id, "two", 1, "amina")
    assert saved.proposed
    assert not drafts.accept(saved.id, 2, "badr").proposed


def test_publishing_closes_a_draft_in_its_revision_and_leaves_a_newer_one_open(
    drafts: Drafts, corpus_folder: Path
) -> None:
    published, saved_since = drafts.begin(NEW, "one", "amina"), drafts.begin_from_document(PATH, "amina")
    newer = drafts.save(saved_since.id, "two", 1, "amina")
    (corpus_folder / PATH).write_text("what was published", encoding="utf-8")
    for _ in range(2):
        drafts.mark_published({published.id: 1, saved_since.id: 1, "gone": 1})
    assert drafts.get(published.id).state is DraftState.PUBLISHED
    assert [(draft.id, draft.text, draft.revision) for draft in drafts.open()] == [(newer.id, "two", 2)]
    assert not drafts.is_outdated(drafts.get(newer.id))


def test_what_does_not_exist_is_said(drafts: Drafts) -> None:
    with pytest.raises(UnknownDraftError, match="There is no draft none"):
        drafts.get("none")
    with pytest.raises(DraftPathError, match="There is no document"):
        drafts.begin_from_document(NEW, "amina")
    with pytest.raises(DraftError, match="at most 1,000,000"):
        drafts.begin(NEW, "x" * (MOST_CHARACTERS + 1), "amina")


def test_the_draft_changed_last_comes_first(drafts: Drafts) -> None:
    first, second = drafts.begin(NEW, "one", "amina"), drafts.begin(PATH, "one", "amina")
    drafts.save(first.id, "two", 1, "amina")
    assert [draft.id for draft in drafts.open()] == [first.id, second.id]


def test_a_title_between_quotes_is_read(drafts: Drafts) -> None:
    draft = drafts.begin(NEW, '---\nkind: guide\ntitle: "Un titre : voilà"\n---\n', "amina")
    assert draft.title == "Un titre : voilà"


def test_what_was_saved_survives_a_killed_process(tmp_path: Path, corpus_folder: Path) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    program = [sys.executable, str(Path(__file__).with_name("saving_drafts.py")), url, str(corpus_folder)]
    with subprocess.Popen(  # noqa: S603
        program, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": ""}
    ) as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(20)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().splitlines(keepends=True)
    last_id, last_revision = [line for line in said if line.endswith("\n")][-1].split()
    database = Database(url)
    kept: Draft = Drafts(database, corpus_folder, Audit(database)).get(last_id)
    assert kept.revision >= int(last_revision)
    assert kept.text.startswith(f"{kept.revision - 1} x")
    database.close()
