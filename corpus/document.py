"""The values of the corpus: documents, their sections, the passages that are found and cited, and findings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path


class Language(StrEnum):
    """The languages Mithaq reads and answers in (ISO 639-1)."""

    AR = "ar"
    FR = "fr"
    EN = "en"
    ZH = "zh"
    ES = "es"


class Kind(StrEnum):
    """What sort of text a document is."""

    PRESS_RELEASE = "press-release"
    SUMMARY = "summary"
    GUIDE = "guide"


class Confidence(StrEnum):
    """How firmly a statement stands: official text, press only, still to be confirmed, or looked for and not found."""

    OFFICIAL = "official"
    PRESS = "press"
    TO_CONFIRM = "to-confirm"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """Whether a finding stops a build."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing to repair in the corpus: where it is, what is wrong and how to mend it."""

    path: str
    line: int
    message: str
    repair: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} Repair: {self.repair}"


@dataclass(frozen=True)
class Source:
    """Where a document's statements come from; `sections` empty means all of them."""

    title: str
    url: str
    article: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One self-contained part of a document; `line` is where it starts in the file, `asked` how people ask for it."""

    anchor: str
    heading: str
    body: str
    line: int
    confidence: Confidence
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One text in one language, as its Markdown file states it."""

    collection: str
    slug: str
    language: Language
    title: str
    kind: Kind
    publisher: str
    published: date
    as_of: date
    original_language: Language
    topics: tuple[str, ...]
    provinces: tuple[str, ...]
    sectors: tuple[str, ...]
    sources: tuple[Source, ...]
    confidence: Confidence
    sections: tuple[Section, ...]
    path: Path
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the document may be answered from on `day`; superseded or expired ones only stay for history."""
        if self.superseded_by:
            return False
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def source_of(self, anchor: str) -> Source | None:
        """The source that names the section, else the document's first one."""
        named = [source for source in self.sources if anchor in source.sections]
        general = [source for source in self.sources if not source.sections]
        candidates = named or general or list(self.sources)
        return candidates[0] if candidates else None


@dataclass(frozen=True)
class Passage:
    """One section in one language: what is found, quoted and cited; `asked` is how people ask for it, for the search only."""

    section_id: str
    language: Language
    original_language: Language
    title: str
    heading: str
    text: str
    kind: Kind
    publisher: str
    published: date
    as_of: date
    url: str
    source_title: str
    confidence: Confidence
    asked: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`slug#anchor@language`, readable and stable."""
        return f"{self.section_id}@{self.language}"

    @property
    def slug(self) -> str:
        return self.section_id.partition("#")[0]

    @property
    def search_text(self) -> str:
        """What is searched: the title and the heading stand in front, they carry the subject of short sections."""
        return "\n".join(part for part in (self.title, self.heading, self.text) if part)

    @property
    def digest(self) -> str:
        """SHA-256 over every field, so that any change of a passage changes the corpus digest."""
        values = "\x1f".join(str(getattr(self, field.name)) for field in fields(self))
        return hashlib.sha256(values.encode()).hexdigest()
