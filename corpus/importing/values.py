"""What an import takes and gives: its limits, and the text of a file with what could be found out about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.document import Language


class FileFormat(StrEnum):
    """The formats that can be read."""

    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True)
class ImportLimits:
    """How much a file may ask for; what goes beyond is refused.

    `most_unpacked` counts the bytes of an archive once unpacked, `memory` the bytes of address space of the reading process,
    `seconds` its time on the clock, of which it may compute `cpu_seconds`.
    """

    most_bytes: int = 20_000_000
    most_pages: int = 200
    most_characters: int = 400_000
    most_unpacked: int = 100_000_000
    memory: int = 1_000_000_000
    seconds: float = 90.0
    cpu_seconds: int = 60


class Doubt(StrEnum):
    """What may have been lost without stopping the import; the words of each stand in `words.yaml`."""

    PICTURES_LEFT_OUT = "pictures-left-out"
    EMPTY_PAGES = "empty-pages"
    LETTERS_DOUBTFUL = "letters-doubtful"
    COLUMNS = "columns"
    NUMBER_ORDER = "number-order"
    CHARSET_GUESSED = "charset-guessed"
    CHANGES_TRACKED = "changes-tracked"
    NOTES_LEFT_OUT = "notes-left-out"
    FIELDS_LEFT_OUT = "fields-left-out"
    LANGUAGE_UNSURE = "language-unsure"
    NO_DATE = "no-date"


@dataclass(frozen=True)
class Imported:
    """A file as it would stand in the corpus: `markdown` is the text below the front matter, the rest are proposals.

    `published` is None and `publisher` or `title` empty where the file tells nothing; `warnings` are English sentences about what
    a person should look at, `doubts` the same as names with the page (0: the whole file) for other languages. `url` is the address
    that a saved page names as its own.
    """

    markdown: str
    title: str
    published: date | None
    publisher: str
    language: Language
    topics: tuple[str, ...]
    provinces: tuple[str, ...]
    sectors: tuple[str, ...]
    pages: int
    warnings: tuple[str, ...]
    format: FileFormat
    doubts: tuple[tuple[Doubt, int], ...] = ()
    url: str = ""
