"""Which known fact stands in which section, and which are left out and why (`corpus/facts.yaml`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.document import Document, Finding
from corpus.errors import CharterError
from corpus.yaml_text import load_yaml

FACTS_FILE = Path(__file__).parent / "facts.yaml"


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    covered: dict[str, tuple[str, ...]]
    not_covered: dict[str, str]


@dataclass(frozen=True)
class Coverage:
    """Facts by their id.

    Attributes:
        covered: the sections (`slug#anchor`) that state a fact, the most direct first.
        not_covered: why a fact stands in no section.
    """

    covered: dict[str, tuple[str, ...]]
    not_covered: dict[str, str]

    def sections(self, facts: Iterable[str]) -> list[str]:
        """The sections that state one of the facts.

        Raises:
            KeyError: a fact that is not listed.
        """
        return [section for fact in facts for section in self.covered.get(fact) or self._none(fact)]

    def _none(self, fact: str) -> tuple[str, ...]:
        if fact not in self.not_covered:
            raise KeyError(f"corpus/facts.yaml does not list the fact {fact}.")
        return ()

    def check(self, documents: Iterable[Document]) -> list[Finding]:
        """What is wrong with the list: sections that do not exist, facts listed twice or without a section or a reason."""
        known = {f"{document.slug}#{section.anchor}" for document in documents for section in document.sections}
        findings = []
        for fact, sections in self.covered.items():
            for section in [*(set(sections) - known)]:
                message = f"{fact} is said to stand in {section}, which does not exist."
                findings.append(Finding(FACTS_FILE.name, 1, message, "Name the section that states it."))
            if not sections or fact in self.not_covered:
                message = (
                    f"{fact} has no section." if not sections else f"{fact} is listed as covered and as not covered."
                )
                findings.append(
                    Finding(FACTS_FILE.name, 1, message, "Name its sections, or under not_covered the reason.")
                )
        return findings

    def table(self) -> str:
        """Facts covered per family (the id's first part), then those that are not, with the reason."""
        every, lacking = (
            Counter(map(_family, [*self.covered, *self.not_covered])),
            Counter(map(_family, self.not_covered)),
        )
        lines = [f"{'family':14} facts  covered"]
        lines += [f"{name:14} {every[name]:5}  {every[name] - lacking[name]:7}" for name in sorted(every)]
        lines.append(f"{'all':14} {every.total():5}  {len(self.covered):7}")
        lines += [f"not covered: {fact}: {reason}" for fact, reason in self.not_covered.items()]
        return "\n".join(lines)


def _family(fact: str) -> str:
    return fact.split(".", maxsplit=1)[0]


@cache
def load_coverage(path: Path = FACTS_FILE) -> Coverage:
    """The list of the packaged documents.

    Raises:
        CharterError: the file is missing or not valid.
    """
    try:
        facts = _Facts.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise CharterError(f"{path.name} cannot be used: {error} Restore or correct it.") from error
    return Coverage(facts.covered, facts.not_covered)
