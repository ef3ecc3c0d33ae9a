"""What is to be mended in a draft."""

from __future__ import annotations

from pathlib import Path

from bot.desk.draft_findings import draft_findings
from bot.desk.overlay import overlay
from corpus import Finding, Severity
from tests.bot.desk.preview_doubles import FRONT, PATH, TEXT, open_drafts


def found(tmp_path: Path, folder: Path, path: str, text: str, *, touched: bool = False) -> list[Finding]:
    drafts = open_drafts(tmp_path, folder)
    draft = drafts.begin(path, text, "amina")
    if touched:
        (folder / path).write_text("pulled", encoding="utf-8")
    documents, findings = overlay([draft], folder)
    document = next((one for one in documents if one.path == folder / path), None)
    return list(draft_findings(draft, document, findings, drafts))


def test_a_sound_draft_only_hears_that_translations_are_missing(tmp_path: Path, corpus_folder: Path) -> None:
    (one,) = found(tmp_path, corpus_folder, PATH, TEXT)
    assert one.severity is Severity.WARNING
    assert "missing in" in one.message


def test_what_is_wrong_is_said_at_its_line(tmp_path: Path, corpus_folder: Path) -> None:
    (one,) = found(tmp_path, corpus_folder, PATH, TEXT.replace("kind: press-release", "kind: gossip"))
    assert (one.line, one.severity) == (3, Severity.ERROR)


def test_a_section_without_an_anchor_and_a_long_one_are_advised_against(tmp_path: Path, corpus_folder: Path) -> None:
    text = f"{FRONT}## A heading\n\nIt says something short.\n\n## Another {{#other}}\n\n{'word ' * 200}\n"
    messages = [(one.line, one.message) for one in found(tmp_path, corpus_folder, PATH, text)]
    assert (12, "The section “A heading” has no anchor.") in messages
    assert (16, "#other has 200 words.") in messages


def test_a_text_without_headings_needs_no_anchors(tmp_path: Path, corpus_folder: Path) -> None:
    messages = [one.message for one in found(tmp_path, corpus_folder, PATH, f"{FRONT}A release as it came.\n")]
    assert not any("anchor" in message for message in messages)


def test_a_document_out_of_force_is_said_to_answer_nothing(tmp_path: Path, corpus_folder: Path) -> None:
    text = TEXT.replace("confidence: press", "confidence: press\nvalid_to: 2025-01-01")
    assert any("not in force" in one.message for one in found(tmp_path, corpus_folder, PATH, text))


def test_a_file_that_was_changed_meanwhile_stops_the_draft(tmp_path: Path, corpus_folder: Path) -> None:
    path = "press/delegation/en.md"
    findings = found(tmp_path, corpus_folder, path, (corpus_folder / path).read_text(encoding="utf-8"), touched=True)
    assert any("changed on the disk" in one.message and one.severity is Severity.ERROR for one in findings)


def test_findings_of_other_documents_are_left_out(tmp_path: Path, corpus_folder: Path) -> None:
    (corpus_folder / "guides/diving/fr.md").write_text("nothing", encoding="utf-8")
    assert all("diving" not in one.path for one in found(tmp_path, corpus_folder, PATH, TEXT))
