"""What is to be mended in a draft: what the check of the documents finds with it in place, and what only a draft can have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from corpus import Document, Finding, Severity
from corpus.splitting import HEADING_ANCHOR

if TYPE_CHECKING:
    from bot.desk.drafts import Draft, Drafts


def draft_findings(
    draft: Draft, document: Document | None, found: Sequence[Finding], drafts: Drafts
) -> tuple[Finding, ...]:
    """All of a draft and of the files beside its document, in the order of files and lines.

    Args:
        draft: the draft.
        document: what it is as a document; None if it cannot be read or removes one.
        found: what the check found with it in place.
        drafts: where the drafts are.
    """
    folder = f"{draft.path.rpartition('/')[0]}/"
    findings = [finding for finding in found if finding.path == draft.path or finding.path.startswith(folder)]
    if drafts.is_outdated(draft):
        message = "The document was changed on the disk since the draft was begun."
        findings.append(Finding(draft.path, 1, message, "Compare both, take over what is to stay, and say so."))
    if document is not None:
        findings += _of_document(draft, document)
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.line)))


def _of_document(draft: Draft, document: Document) -> list[Finding]:
    findings = []
    if not document.in_force(date.today()):
        message = "The document is not in force today, so nothing is answered from it."
        repair = "Correct valid_from, valid_to or superseded_by, if that is not meant."
        findings.append(Finding(draft.path, 1, message, repair, Severity.WARNING))
    lines = draft.text.split("\n")
    for section in document.sections:
        written = lines[section.line - 1] if section.line <= len(lines) else ""
        if written.startswith("## ") and not HEADING_ANCHOR.search(written):
            message = f"The section “{section.heading}” has no anchor."
            repair = "Write {#a-name} behind the heading, the same in every language, so that what cites it stays true."
            findings.append(Finding(draft.path, section.line, message, repair, Severity.WARNING))
    return findings
