"""What the tests of previews share: a desk on the tiny corpus with the offline encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.assistant import Assistant
from bot.database import Database
from bot.desk.audit import Audit
from bot.desk.drafts import Drafts
from bot.desk.preview import Previews
from bot.desk.trial import Trials
from bot.evidence import load_calibration
from corpus import Language, Passage
from index import SearchIndex, assemble_index
from tests.bot.conftest import OUTSIDE, HashedEncoder

PATH = "press/saffron/en.md"
QUESTION = "Who opened a desk for saffron growers in Taliouine?"
FRONT = """---
title: A desk for saffron growers
kind: press-release
publisher: CCIS
published: 2026-11-20
as_of: 2026-11-20
lang: en
original_lang: en
confidence: press
---

"""
TEXT = f"""{FRONT}## Who helps saffron growers? {{#saffron}}

The chamber opened a desk for saffron growers in Taliouine. The desk helps growers of saffron with their export papers.
"""


@dataclass(frozen=True)
class Asked:
    """A question of a visitor."""

    text: str
    language: str = "en"
    status: str = "not_in_corpus"
    reason: str | None = "not_found"


class AskedJournal:
    """Questions of visitors; keeps how far back it was asked for them."""

    def __init__(self, *asked: Asked) -> None:
        self._asked = asked
        self.since: list[timedelta] = []

    def questions(self, since: datetime | None = None) -> Sequence[Asked]:
        if since:
            self.since.append(datetime.now(UTC) - since)
        return self._asked


def strict_assistant(index: SearchIndex) -> Assistant:
    """Answers what the offline encoder is fairly sure of, so that a question about something new finds nothing."""
    half = dict.fromkeys(Language, 0.5)
    return Assistant(lambda: index, index.glossary, replace(load_calibration(), thresholds=half, unsure=half, near=0.1))


class Built:
    """Puts indexes together in memory and keeps them."""

    def __init__(self, home: Path, like: SearchIndex) -> None:
        self._home, self._like = home, like
        self.indexes: list[SearchIndex] = []

    def __call__(self, passages: Sequence[Passage]) -> SearchIndex:
        index = assemble_index(passages, HashedEncoder(), self._home, self._like.glossary, outside=OUTSIDE)
        self.indexes.append(index)
        return index


def open_drafts(folder: Path, documents: Path) -> Drafts:
    database = Database(f"sqlite:///{folder / 'desk.db'}")
    return Drafts(database, documents, Audit(database))


def previews_of(drafts: Drafts, documents: Path, index: SearchIndex, home: Path, *asked: Asked) -> Previews:
    encoder = HashedEncoder()
    return Previews(
        drafts, documents, lambda: index, strict_assistant(index),
        lambda texts: dict(zip(texts, encoder.encode_passages(texts), strict=True)),
        Trials(documents, Built(home, index), strict_assistant), lambda: asked,
    )  # fmt: skip
