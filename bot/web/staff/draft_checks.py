"""What stands in a draft's way, sorted to the fields of its form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.desk.front_matter import body_line
from bot.web.staff.finding_words import finding_text
from bot.web.staff.words import Wording
from corpus import CorpusError, Finding
from corpus.loading import parse_document

_FIELD = re.compile(r"`(\w+)")


@dataclass(frozen=True)
class Checked:
    """By field what is wrong with it; `lines` are those in the text, with their number there."""

    fields: Mapping[str, str]
    lines: Sequence[tuple[int, str]] = ()


def check_draft(text: str, path: str, documents: Path, words: Wording) -> Checked:
    """What has to be mended before the draft can be published, as far as it shows in the draft alone."""
    try:
        parse_document(text, documents / path, documents)
    except (CorpusError, ValueError) as error:
        return _sorted(error.findings if isinstance(error, CorpusError) else (), text, words)
    return Checked({})


def _sorted(findings: Sequence[Finding], text: str, words: Wording) -> Checked:
    fields: dict[str, str] = {}
    lines: list[tuple[int, str]] = []
    above = body_line(text)
    for finding in findings:
        said = finding_text(finding, words)
        if match := _FIELD.match(finding.message):
            fields.setdefault(match[1], said)
        elif "source" in finding.message.lower():
            fields.setdefault("sources", said)
        elif "does not stand where" in finding.message:
            fields.setdefault("slug", said)
        elif "lang:" in finding.message:
            fields.setdefault("lang", said)
        else:
            lines.append((max(finding.line - above, 0), said))
    return Checked(fields, lines)
