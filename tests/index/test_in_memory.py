"""An index in memory is the one that would be built on the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import CorpusError, Language
from index import SnapshotStore, assemble_index, build_index, open_index
from tests.index.doubles import GLOSSARY, HashedEncoder, built, passage, passages

QUESTION = "What is the cap of the premiums?"
NEW = passage("new#one", heading="A new one?", text="Something new is said here.")


def test_it_finds_what_the_index_on_the_disk_finds(tmp_path: Path) -> None:
    saved = built(tmp_path / "saved")
    tried = assemble_index(passages(), HashedEncoder(), tmp_path / "tried", GLOSSARY)
    assert tried.search(QUESTION, Language.EN) == saved.search(QUESTION, Language.EN)
    assert tried.snapshot_id.startswith("trial-")


def test_nothing_is_written_but_the_cache_and_the_current_index_stays(tmp_path: Path) -> None:
    current = built(tmp_path)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    assemble_index([*passages(), NEW], HashedEncoder(), tmp_path, GLOSSARY)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before
    assert SnapshotStore(tmp_path).current_id() == current.snapshot_id


def test_only_what_is_new_is_embedded_and_a_build_afterwards_finds_it_in_the_cache(tmp_path: Path) -> None:
    built(tmp_path)
    encoder = HashedEncoder()
    assemble_index([*passages(), NEW], encoder, tmp_path, GLOSSARY)
    assert encoder.passages == [NEW.search_text, NEW.text]
    assert build_index([*passages(), NEW], encoder, tmp_path).embedded == 0
    assert open_index(tmp_path, encoder, GLOSSARY).search(QUESTION, Language.EN)


def test_what_another_index_has_read_is_taken_over_and_changed_texts_are_read_anew(tmp_path: Path) -> None:
    like = built(tmp_path)
    assert like.sections.figures["charter#cap"] == {"30%"}
    assert "cap" in like.sections.terms["charter#cap"]
    changed = [
        replace(one, text=one.text.replace("30", "35")) if one.id == "charter#cap@en" else one for one in passages()
    ]
    tried = assemble_index(changed, HashedEncoder(), tmp_path, GLOSSARY, like=like)
    assert tried.sections.figures["charter#cap"] == {"30%", "35%"}
    assert tried.sections.terms == like.sections.terms
    assert like.sections.figures["charter#cap"] == {"30%"}


def test_without_a_passage_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no passage"):
        assemble_index([], HashedEncoder(), tmp_path, GLOSSARY)
