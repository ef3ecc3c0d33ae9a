"""Reading documents from Markdown files with front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.asked import ASKED_FILE, Asked, attach_asked, read_asked, unknown_anchors
from corpus.document import Confidence, Document, Finding, Kind, Language, Section, Source
from corpus.errors import CorpusError
from corpus.splitting import split_into_sections
from corpus.text import clean
from corpus.yaml_text import load_yaml

PACKAGED_DOCUMENTS = Path(__file__).parent / "documents"
PACKAGED_VECTORS = Path(__file__).parent / "vectors" / "packaged.npz"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_Text = Annotated[str, Field(min_length=1, max_length=300)]


class _FrontMatterSource(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: _Text
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
    article: str = ""
    sections: tuple[str, ...] = ()


class _FrontMatter(BaseModel):
    """What stands between the two `---` lines of a document."""

    model_config = ConfigDict(extra="forbid")

    title: _Text
    kind: Kind
    publisher: _Text
    published: date
    as_of: date
    lang: Language
    original_lang: Language
    topics: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    sources: tuple[_FrontMatterSource, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str = ""
    confidence: Confidence


@dataclass(frozen=True)
class Corpus:
    """All documents of a folder, in a stable order, and what was found wrong with the others."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...] = ()

    def versions(self) -> dict[str, dict[Language, Document]]:
        """The documents by slug, then by language."""
        versions: dict[str, dict[Language, Document]] = {}
        for document in self.documents:
            versions.setdefault(document.slug, {})[document.language] = document
        return versions


def load_corpus(folder: Path = PACKAGED_DOCUMENTS) -> Corpus:
    """Every document below `folder`.

    Raises:
        CorpusError: a file cannot be read as a document; all findings are listed, nothing is left out silently.
    """
    corpus = read_corpus(folder)
    if corpus.findings:
        raise CorpusError(corpus.findings)
    return corpus


def read_corpus(folder: Path) -> Corpus:
    """Every readable document below `folder`, and a finding for each file that is not one."""
    if not folder.is_dir():
        repair = "Name an existing folder with MITHAQ_CORPUS__DOCUMENTS, or remove that setting."
        return Corpus((), (Finding(str(folder), 0, "There is no such folder of documents.", repair),))
    documents: list[Document] = []
    findings: list[Finding] = []
    asked: dict[Path, Asked] = {}
    for path in sorted(folder.rglob("*.md")):
        try:
            document = load_document(path, folder)
            if path.parent not in asked:
                beside = path.with_name(ASKED_FILE)
                shown = beside.relative_to(folder).as_posix()
                asked[path.parent] = {}
                asked[path.parent] = read_asked(beside, shown)
                findings.extend(unknown_anchors(document, asked[path.parent], shown))
            documents.append(attach_asked(document, asked[path.parent]))
        except CorpusError as error:
            findings.extend(error.findings)
    return Corpus(tuple(documents), tuple(findings))


def load_document(path: Path, folder: Path) -> Document:
    """The document in `<folder>/<collection>/<slug>/<lang>.md`.

    Raises:
        CorpusError: one finding for each thing to repair.
    """
    return parse_document(_read_text(path, path.relative_to(folder).as_posix()), path, folder)


def parse_document(text: str, path: Path, folder: Path) -> Document:
    """The document that `text` is at `path` below `folder`, whether or not the file exists yet.

    Raises:
        CorpusError: one finding for each thing to repair.
    """
    shown = path.relative_to(folder).as_posix()
    parts = path.relative_to(folder).parts
    if len(parts) != 3 or not _SLUG.fullmatch(parts[1]):
        repair = "Move it to <collection>/<slug>/<language>.md, the slug in small letters, digits and hyphens."
        raise CorpusError([Finding(shown, 1, "The file does not stand where a document stands.", repair)])
    raw, body, body_line = _split_front_matter(text, shown)
    front = _validate(raw, text, shown)
    if path.stem != front.lang:
        line = _line_of(text, "lang")
        repair = f"Rename the file to {front.lang}.md or correct `lang`."
        raise CorpusError([Finding(shown, line, f"The file says lang: {front.lang}.", repair)])
    sections = split_into_sections(body, title=front.title, first_line=body_line, confidence=front.confidence)
    _check_sections(sections, front, text, shown)
    return Document(
        collection=parts[0],
        slug=parts[1],
        language=front.lang,
        original_language=front.original_lang,
        sources=tuple(Source(s.title, s.url, s.article, s.sections) for s in front.sources),
        sections=sections,
        path=path,
        **front.model_dump(exclude={"lang", "original_lang", "sources"}),
    )


def _read_text(path: Path, shown: str) -> str:
    try:
        return clean(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        repair = "Save the file as UTF-8."
        raise CorpusError([Finding(shown, line, "The file is not valid UTF-8.", repair)]) from error
    except OSError as error:
        repair = "Check that the file exists and may be read."
        raise CorpusError([Finding(shown, 0, f"The file cannot be read: {error.strerror}.", repair)]) from error


def _split_front_matter(text: str, shown: str) -> tuple[dict[str, Any], str, int]:
    match = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match:
        repair = "Begin the file with a line ---, then title: and the other fields, then a line --- again."
        raise CorpusError([Finding(shown, 1, "There is no front matter.", repair)])
    try:
        raw = load_yaml(match[1])
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a day that does not exist, such as 2024-02-30
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or str(error) or "it is not valid YAML"
        repair = "Correct the date, or put a value that holds a colon or a quote between quotes."
        raise CorpusError([Finding(shown, line, f"The front matter cannot be read: {problem}.", repair)]) from error
    if not isinstance(raw, dict):
        repair = "Write one field a line, for example title: A title."
        raise CorpusError([Finding(shown, 2, "The front matter is not a list of fields.", repair)])
    return raw, text[match.end() :], text[: match.end()].count("\n") + 1


def _validate(raw: dict[str, Any], text: str, shown: str) -> _FrontMatter:
    try:
        return _FrontMatter.model_validate(raw)
    except ValidationError as error:
        raise CorpusError([_front_matter_finding(detail, text, shown) for detail in error.errors()]) from error


def _front_matter_finding(detail: Any, text: str, shown: str) -> Finding:
    field = str(detail["loc"][0]) if detail["loc"] else ""
    where = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return Finding(shown, 1, f"`{where}` is missing.", f"Add a line {field}: … to the front matter.")
    if detail["type"] == "extra_forbidden":
        return Finding(
            shown, _line_of(text, field), f"`{where}` is not a known field.", "Remove it or correct its name."
        )
    return Finding(shown, _line_of(text, field), f"`{where}`: {detail['msg']}.", f"Correct the value of {field}.")


def _line_of(text: str, field: str) -> int:
    match = re.search(rf"^{re.escape(field)}\s*:", text, re.MULTILINE)
    return text[: match.start()].count("\n") + 1 if match else 1


def _check_sections(sections: tuple[Section, ...], front: _FrontMatter, text: str, shown: str) -> None:
    findings = []
    if not sections:
        findings.append(
            Finding(shown, text.count("\n") + 1, "The document has no text.", "Write a section: ## Title {#anchor}")
        )
    seen: dict[str, int] = {}
    for section in sections:
        if section.anchor in seen:
            message = f"The anchor #{section.anchor} stands already in line {seen[section.anchor]}."
            findings.append(Finding(shown, section.line, message, "Give each section an anchor of its own."))
        seen.setdefault(section.anchor, section.line)
        if not section.body:
            message = f"The section #{section.anchor} has no text."
            findings.append(Finding(shown, section.line, message, "Write its answer below the heading, or remove it."))
    for anchor in {anchor for source in front.sources for anchor in source.sections} - seen.keys():
        message = f"A source names the section #{anchor}, which does not exist."
        findings.append(Finding(shown, _line_of(text, "sources"), message, "Correct the anchor in `sections`."))
    if findings:
        raise CorpusError(findings)
