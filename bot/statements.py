"""What an estimate says, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a statement tells, in reading order."""

    UNDERSTOOD = "understood"
    SCHEME = "scheme"
    REASON = "reason"
    TOTAL = "total"
    BASE = "base"
    ALTERNATIVE = "alternative"
    PREMIUM = "premium"
    CAP = "cap"
    APPROVAL = "approval"
    CONFIRM = "confirm"
    ASK = "ask"
    CAUTION = "caution"


@dataclass(frozen=True)
class Statement:
    """One sentence or list item about an estimate; `sections` (`slug#anchor`) state the rule it rests on, the most direct first."""

    kind: Kind
    text: str
    sections: tuple[str, ...] = ()
    listed: bool = False
