"""A document to translate, and chat models that say what they are told to."""

from __future__ import annotations

from dataclasses import dataclass, field

DOCUMENT = "charter/premium-cap/en.md"
FRENCH = {
    "title": "Les primes",
    "cap": "Quel est le plafond des primes ?\n\nLes primes réunies ne dépassent pas 30 % du montant d'investissement primable.",
    "jobs": "Quels emplois comptent ?\n\nLes emplois stables comptent, au moins 150 dans le projet.",
}
TWO_SECTIONS = """## What is the cap of the premiums? {#cap}

The premiums together do not exceed 30% of the eligible amount of the investment.

## Which jobs count? {#jobs .press}

Permanent jobs count, at least 150 of them in the project.
"""


@dataclass
class ScriptedModel:
    """Replies by the first of its words that stands in the text; several replies for one word come one after the other."""

    replies: dict[str, list[str]]
    name: str = "scripted"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def reply(self, instructions: str, text: str) -> str:
        self.asked.append((instructions, text))
        for word, replies in self.replies.items():
            if word in text:
                return replies.pop(0) if len(replies) > 1 else replies[0]
        return ""


def faithful() -> ScriptedModel:
    return ScriptedModel({"exceed": [FRENCH["cap"]], "Permanent": [FRENCH["jobs"]], "The premiums": [FRENCH["title"]]})
