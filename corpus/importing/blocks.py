"""What every format is read into before it becomes Markdown: headings, paragraphs, list items and tables in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from corpus.importing.values import Doubt


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is the title of the text."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a line feed in `text` is a line break that was meant."""

    text: str


@dataclass(frozen=True)
class ListItem:
    """One item of a list; `number` is how it was numbered, empty for a point, `depth` counts from 0."""

    text: str
    depth: int = 0
    number: str = ""


@dataclass(frozen=True)
class Table:
    """A table; `headed` tells whether the first row names the columns, `caption` what stands above it."""

    rows: tuple[tuple[str, ...], ...]
    headed: bool
    caption: str = ""


Block = Heading | Paragraph | ListItem | Table


@dataclass(frozen=True)
class Parsed:
    """The content of a file, and what the file itself says about its title, day, publisher and address."""

    blocks: tuple[Block, ...]
    title: str = ""
    published: date | None = None
    publisher: str = ""
    pages: int = 1
    doubts: tuple[tuple[Doubt, int], ...] = field(default=())
    url: str = ""
