"""The documents as they would be with drafts in place, and what the check finds in them then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from bot.desk.document_files import DocumentFiles
from corpus import CorpusError, Document, DraftPathError, Finding
from corpus.asked import ASKED_FILE, Asked, attach_asked, read_asked, unknown_anchors
from corpus.checking import check_documents
from corpus.loading import Corpus, parse_document, read_corpus


class LaidDraft(Protocol):
    """A draft as far as it is laid over the documents."""

    @property
    def path(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def remove(self) -> bool: ...


def overlay(drafts: Sequence[LaidDraft], folder: Path) -> tuple[list[Document], list[Finding]]:
    """The documents below `folder` with the drafts in place, in the order of their files, and what is wrong with these: what cannot
    be read anywhere, and all that a draft's document lacks in any of its languages (without drafts: any document).

    A draft that cannot be read as a document takes the place of its document all the same: it is absent, and the findings say why.
    """
    corpus = lay_over(drafts, folder)
    slugs = {Path(draft.path).parent.name for draft in drafts} or None
    return list(corpus.documents), check_documents(corpus, folder, slugs)


def lay_over(drafts: Sequence[LaidDraft], folder: Path) -> Corpus:
    """The same, with what stops single files from loading only; quicker."""
    on_disk = read_corpus(folder)
    taken = {draft.path for draft in drafts}
    documents = [document for document in on_disk.documents if _shown(document.path, folder) not in taken]
    lists = {f"{Path(path).parent.as_posix()}/{ASKED_FILE}" for path in taken}
    findings = [finding for finding in on_disk.findings if finding.path not in taken | lists]
    findings += _twice(drafts)
    for draft in drafts:
        if draft.remove:
            continue
        try:
            documents.append(parse_document(draft.text, DocumentFiles(folder).path(draft.path), folder))
        except CorpusError as error:
            findings += error.findings
        except DraftPathError as error:
            findings.append(Finding(draft.path, 1, f"No document can stand at “{draft.path}”.", str(error)))
    documents.sort(key=lambda document: document.path)
    for shown in sorted(lists):
        documents, found = _with_asked(documents, folder, shown)
        findings += found
    return Corpus(tuple(documents), tuple(findings))


def _with_asked(documents: list[Document], folder: Path, shown: str) -> tuple[list[Document], list[Finding]]:
    """The documents with the questions of one list attached to those it stands beside."""
    beside = folder / shown
    own = [document for document in documents if document.path.parent == beside.parent]
    if not own:
        return documents, []
    try:
        asked: Asked = read_asked(beside, shown)
    except CorpusError as error:
        return documents, list(error.findings)
    attached = [attach_asked(one, asked) if one.path.parent == beside.parent else one for one in documents]
    return attached, unknown_anchors(own[0], asked, shown)


def _twice(drafts: Iterable[LaidDraft]) -> list[Finding]:
    seen: set[str] = set()
    findings = []
    for draft in drafts:
        if draft.path in seen:
            repair = "Discard one of the two, or give it another path."
            findings.append(Finding(draft.path, 1, "Two drafts want to stand here.", repair))
        seen.add(draft.path)
    return findings


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
