"""The passages of a snapshot, a line of JSON each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Confidence, Kind, Language, Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILE = "passages.jsonl"


def save_passages(folder: Path, passages: Sequence[Passage]) -> None:
    """Write the file."""
    lines = (json.dumps(vars(passage), ensure_ascii=False, default=str) + "\n" for passage in passages)
    (folder / _FILE).write_text("".join(lines), encoding="utf-8")


def open_passages(folder: Path) -> tuple[Passage, ...]:
    """The passages in the order in which they were saved.

    Raises:
        OSError, ValueError, KeyError, TypeError: the file is gone or damaged.
    """
    passages = []
    for line in (folder / _FILE).read_text(encoding="utf-8").split("\n")[:-1]:
        raw = json.loads(line)
        raw |= {day: date.fromisoformat(raw[day]) for day in ("published", "as_of")}
        raw |= {
            "language": Language(raw["language"]),
            "original_language": Language(raw["original_language"]),
            "kind": Kind(raw["kind"]),
            "confidence": Confidence(raw["confidence"]),
            "asked": tuple(raw["asked"]),
        }
        passages.append(Passage(**raw))
    return tuple(passages)
