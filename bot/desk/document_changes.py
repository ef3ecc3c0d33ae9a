"""What tells two states of the documents apart, and what of it may not be published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus import Document, Finding, Language, Passage, Severity
from corpus.asked import ASKED_FILE

_LANGUAGES_ARE_MISSING = " is missing in "


def fingerprint_of(folder: Path) -> str:
    """Changes with every document and every list of questions below a folder."""
    digest = hashlib.sha256()
    for path in sorted((*folder.rglob("*.md"), *folder.rglob(ASKED_FILE))):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def blocking_findings(
    findings: Sequence[Finding], documents: Sequence[Document], drafts: set[str], folder: Path
) -> list[Finding]:
    """The errors that stop a publishing.

    That is what cannot be read at all, which would be left out silently; and what is wrong with a draft's document in any of its
    languages (without drafts: with any document). A language that is still missing stops nothing: translations come one by one.

    Args:
        findings: what was found with the drafts in place.
        documents: those that can be read.
        drafts: the paths of the drafts; empty where what lies on the disk is published.
        folder: where the documents are.
    """
    read = {one.path.relative_to(folder).as_posix() for one in documents}
    slugs = {_slug(path) for path in drafts}
    return [
        one
        for one in findings
        if one.severity is Severity.ERROR
        and _LANGUAGES_ARE_MISSING not in one.message
        and (not drafts or one.path not in read or _slug(one.path) in slugs)
    ]


def _slug(path: str) -> str:
    return path.split("/")[1] if path.count("/") == 2 else path


def changed_documents(
    documents: Sequence[Document], passages: Iterable[Passage], before: Iterable[Passage]
) -> tuple[str, ...]:
    """The files whose passages are others than before; of one that is gone only `<slug>/<language>.md` is known."""
    files = {(one.slug, one.language): f"{one.collection}/{one.slug}/{one.language}.md" for one in documents}
    was, now = _by_document(before), _by_document(passages)
    changed = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
    return tuple(sorted(files.get(key, f"{key[0]}/{key[1]}.md") for key in changed))


def _by_document(passages: Iterable[Passage]) -> dict[tuple[str, Language], list[Passage]]:
    found: dict[tuple[str, Language], list[Passage]] = {}
    for passage in passages:
        found.setdefault((passage.slug, passage.language), []).append(passage)
    return found
