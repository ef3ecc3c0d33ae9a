"""Writes small documents of a corpus for the tests."""

from __future__ import annotations

from pathlib import Path

from corpus import CorpusError, Finding
from corpus.loading import load_corpus

BODY = "## What is the cap? {#cap}\n\nThe premiums may not exceed 30% of the investment.\n"


def front_matter(language: str, **changed: str) -> str:
    """A valid front matter; a field with the value "" is left out."""
    fields = {
        "title": "The premiums", "kind": "summary", "publisher": "The Ministry", "published": "2026-01-02",
        "as_of": "2026-03-04", "lang": language, "original_lang": "en", "confidence": "official",
    } | changed  # fmt: skip
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def write(folder: Path, path: str, body: str = BODY, **changed: str) -> Path:
    """A document at `<collection>/<slug>/<language>`."""
    target = folder / f"{path}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"---\n{front_matter(target.stem, **changed)}---\n\n{body}", encoding="utf-8")
    return target


def write_bytes(folder: Path, path: str, content: bytes) -> Path:
    target = folder / f"{path}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def findings_of(folder: Path) -> list[Finding]:
    """What `load_corpus` raises."""
    try:
        load_corpus(folder)
    except CorpusError as error:
        return list(error.findings)
    return []
