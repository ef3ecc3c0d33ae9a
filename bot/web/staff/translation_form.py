"""A translation as its form has it: read from a file section by section, and written as a file again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.desk.front_matter import body_line, read_body, read_fields, write_document
from bot.web.staff.forms import Form
from corpus import Confidence, Document, Language, Section
from corpus.splitting import split_into_sections

if TYPE_CHECKING:
    from bot.desk.translation_check import TranslationProblem

HEADING, BODY = "heading-", "body-"


@dataclass(frozen=True)
class TranslatedPart:
    """A section of a translation; both texts are empty where it is not translated yet."""

    heading: str = ""
    body: str = ""


@dataclass(frozen=True)
class TranslationText:
    """A title and the parts by their anchors."""

    title: str
    parts: Mapping[str, TranslatedPart]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is translated."""
        return not any(part.body.strip() for part in self.parts.values())


def read_translation(text: str) -> TranslationText:
    """What a file holds, also where its fields are not valid."""
    title = (read_fields(text) or {}).get("title", "")
    return TranslationText(
        str(title or ""), {one.anchor: TranslatedPart(one.heading, one.body) for one in _sections(text)}
    )


def sent_translation(form: Form, anchors: Sequence[str]) -> TranslationText:
    """What the form holds for these sections."""
    parts = {
        anchor: TranslatedPart(" ".join(form.get(f"{HEADING}{anchor}").split()), form.raw(f"{BODY}{anchor}").strip())
        for anchor in anchors
    }
    return TranslationText(" ".join(form.get("title").split())[:300], parts)


def write_translation(base: str, source: Document, language: Language, written: TranslationText) -> str:
    """The file of a translation: its sections under the anchors of the source, and what only the base has behind them.

    Args:
        base: the file as it is, a draft or the document; the source's own file where there is neither.
        source: the document that is translated.
        language: that of the translation.
        written: what the form holds; a part without text is left out.
    """
    anchors = {section.anchor for section in source.sections}
    is_source = (read_fields(base) or {}).get("lang") == source.language.value
    blocks = [
        _block(section.anchor, _firmness(source, section), part.heading or written.title, part.body)
        for section in source.sections
        if (part := written.parts.get(section.anchor, TranslatedPart())).body or part.heading
    ]
    if not is_source:
        firm = str((read_fields(base) or {}).get("confidence", ""))
        blocks.extend(
            _block(own.anchor, "" if own.confidence.value == firm else own.confidence.value, own.heading, own.body)
            for own in _sections(base)
            if own.anchor not in anchors
        )
    return write_document(base, {"title": written.title, "lang": language.value}, "\n\n".join(blocks))


def problems_by_anchor(
    problems: Sequence[TranslationProblem], text: str, anchors: Sequence[str]
) -> dict[str, list[TranslationProblem]]:
    """The problems beside the section that they name, else beside the one that holds their line; the others under an empty name."""
    starts = [(section.line, section.anchor) for section in _sections(text)]
    found: dict[str, list[TranslationProblem]] = {}
    for problem in problems:
        named = problem.details[0] if problem.details and problem.details[0] in anchors else ""
        above = [anchor for line, anchor in starts if line <= problem.line and anchor in anchors]
        found.setdefault(named or (above[-1] if above else ""), []).append(problem)
    return found


def shown_figure(figure: str, language: Language) -> str:
    """A figure as `corpus.figures` writes it, with spaces where people expect them: `100 000 000`."""
    is_long = figure.isascii() and figure.isdigit() and len(figure) > 4
    return f"{int(figure):,}".replace(",", "," if language is Language.EN else "\u202f") if is_long else figure


def _sections(text: str) -> tuple[Section, ...]:
    """The sections with the lines that they have in the file; how firmly each stands, as its heading or the fields say."""
    said = str((read_fields(text) or {}).get("confidence", ""))
    firm = next((one for one in Confidence if one.value == said), Confidence.TO_CONFIRM)
    return split_into_sections(read_body(text), title="", first_line=body_line(text) + 1, confidence=firm)


def _firmness(source: Document, section: Section) -> str:
    return "" if section.confidence is source.confidence else section.confidence.value


def _block(anchor: str, firmness: str, heading: str, body: str) -> str:
    marks = f"#{anchor} .{firmness}" if firmness else f"#{anchor}"
    return f"## {heading} {{{marks}}}\n\n{body}".rstrip()
