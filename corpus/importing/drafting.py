"""The whole Markdown file of a document: what was found in a file, corrected by whoever adds it, above its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import yaml

from corpus.document import Confidence, Kind, Language
from corpus.importing.inert import inert_heading, web_address
from corpus.importing.values import Imported


@dataclass(frozen=True)
class DraftFields:
    """What a person says about an imported text; an empty or missing value takes what was proposed."""

    kind: Kind = Kind.PRESS_RELEASE
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: Language | None = None
    topics: tuple[str, ...] | None = None
    provinces: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None
    url: str = ""
    as_of: date | None = None
    confidence: Confidence | None = None


def draft_text(imported: Imported, given: DraftFields, today: date) -> str:
    """The file of the document: its front matter and its text. `today` stands for a day of publication that nobody knows."""
    return f"{front_matter_for(imported, given, today)}\n{imported.markdown.strip()}\n"


def front_matter_for(imported: Imported, given: DraftFields, today: date) -> str:
    """The front matter with its two lines `---`; every value is written so that it can only be a value."""
    language = (given.language or imported.language).value
    published = given.published or imported.published or today
    confidence = given.confidence or (Confidence.PRESS if given.kind is Kind.PRESS_RELEASE else Confidence.TO_CONFIRM)
    publisher = _line(given.publisher or imported.publisher)
    fields: dict[str, object] = {
        "title": _line(given.title or imported.title) or "…",
        "kind": given.kind.value,
        "publisher": publisher or "…",
        "published": published,
        "as_of": given.as_of or published.replace(),  # another object: YAML would write a reference
        "lang": language,
        "original_lang": language,
        "topics": _ids(imported.topics if given.topics is None else given.topics),
        "provinces": _ids(imported.provinces if given.provinces is None else given.provinces),
        "sectors": _ids(imported.sectors if given.sectors is None else given.sectors),
    }
    if url := given.url or web_address(imported.url):
        fields["sources"] = [{"title": publisher or url[:300], "url": url}]
    fields["confidence"] = confidence.value
    written = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=None)
    return f"---\n{written}---\n"


def _line(text: str) -> str:
    return inert_heading(text, most=300)


def _ids(words: tuple[str, ...]) -> list[str]:
    return [line for word in words if (line := _line(word))]
