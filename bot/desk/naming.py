"""Where a new document is to stand: a short name that is free."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from corpus import Kind, Language
from corpus.adding import COLLECTIONS

_LONGEST = 60
SHORT_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def new_path(kind: Kind, title: str, published: date, language: Language, is_taken: Callable[[str], bool]) -> str:
    """`<collection>/<day>-<title>/<language>.md`, with a number behind the title where that is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "document"
    slug = f"{published.isoformat()}-{name}"
    tries = (slug, *(f"{slug}-{number}" for number in range(2, 1000)))
    paths = (f"{COLLECTIONS[kind]}/{one}/{language}.md" for one in tries)
    return next((path for path in paths if not is_taken(path)), f"{COLLECTIONS[kind]}/{slug}-x/{language}.md")


def is_short_name(said: str) -> bool:
    """Whether it can be a collection or the short name of a document."""
    return len(said) <= 100 and SHORT_NAME.fullmatch(said) is not None
