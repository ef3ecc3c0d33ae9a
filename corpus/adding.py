"""Taking a file into the corpus: plain text and Markdown unchanged below a front matter, other formats as they are imported."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from corpus.document import Confidence, Document, Finding, Kind, Language
from corpus.durable import write_durably
from corpus.errors import CorpusError
from corpus.loading import parse_document, read_corpus
from corpus.text import clean

COLLECTIONS = {Kind.PRESS_RELEASE: "press", Kind.SUMMARY: "summaries", Kind.GUIDE: "guides"}
MOST_BYTES = 2_000_000
_TITLE_LENGTH = 90
_IMPORTED = frozenset({".pdf", ".docx", ".html", ".htm", ".xhtml"})


@dataclass(frozen=True)
class NewDocument:
    """What the person who adds a text says about it; `title` and `slug` are found where they are empty.

    `topics`, `provinces` and `sectors` are those of the glossary that an imported file names.
    """

    kind: Kind
    publisher: str
    published: date
    language: Language
    title: str = ""
    slug: str = ""
    url: str = ""
    as_of: date | None = None
    confidence: Confidence | None = None
    topics: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


def add_document(file: Path, new: NewDocument, folder: Path) -> Document:
    """Store the text of `file` as a document below `folder` and return it.

    A plain text or Markdown is not changed: only control characters go and line ends become line feeds. DOCX, HTML and PDF are read
    by `corpus.importing` in a process of its own. The document is written beside and renamed, so that a killed process leaves no
    half of it.

    Raises:
        CorpusError: the file cannot be read, is empty, is no text, too large, stands in the corpus already, or what was said
            about it is not valid. Nothing is written then.
        ImportRefusedError: a DOCX, HTML or PDF file cannot be taken; nothing is written either.
    """
    text, new = _import(file, new) if file.suffix.lower() in _IMPORTED else (_read(file), new)
    _refuse_known(text, file, folder)
    slug = _free_slug(new.slug or _slug(new.published, file.stem), folder, taken_is_error=bool(new.slug))
    target = folder / COLLECTIONS[new.kind] / slug / f"{new.language}.md"
    content = f"{_front_matter(text, new)}\n{text.strip()}\n"
    document = parse_document(content, target, folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_durably(target, content.encode())
    return document


def _import(file: Path, new: NewDocument) -> tuple[str, NewDocument]:
    """The text of a file that is no plain text, and what was found in it where the person said nothing."""
    from corpus.importing import import_file

    imported = import_file(_bytes(file), file.name)
    found = replace(
        new,
        title=new.title or imported.title,
        url=new.url or imported.url,
        topics=new.topics or imported.topics,
        provinces=new.provinces or imported.provinces,
        sectors=new.sectors or imported.sectors,
    )
    return imported.markdown, found


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _problem(
            file, f"The file cannot be read: {error.strerror}.", "Check the path and that it may be read."
        ) from error


def _read(file: Path) -> str:
    raw = _bytes(file)
    if len(raw) > MOST_BYTES:
        raise _problem(file, f"The file has {len(raw):,} bytes.", "Add texts of at most 2,000,000 bytes.")
    if raw.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"\x00" in raw[:4096].replace(b"\xff\xfe", b""):
        repair = "Give its name the right ending (.pdf, .docx), or save it as plain text or Markdown in UTF-8 and add that file."
        raise _problem(file, "The file is not a plain text (it looks like PDF, Word or another binary format).", repair)
    try:
        text = clean(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _problem(file, "The file is not valid UTF-8.", "Save the file as UTF-8.", line) from error
    if not text.strip():
        raise _problem(file, "The file is empty.", "Add a file that holds the text.")
    if text.startswith("---\n"):
        repair = "Copy it to <collection>/<slug>/<language>.md in the folder of documents as it is."
        raise _problem(file, "The file has a front matter, so it is a document already.", repair)
    return text


def _refuse_known(text: str, file: Path, folder: Path) -> None:
    for document in read_corpus(folder).documents:
        if _body(document.path) == text.strip():
            where = document.path.relative_to(folder).as_posix()
            repair = "Nothing to do; edit that file to change it."
            raise _problem(file, f"This text stands in the corpus already, as {where}.", repair)


def _body(path: Path) -> str:
    text = clean(path.read_bytes().decode("utf-8-sig"))
    return re.sub(r"\A---\n.*?\n---\n", "", text, count=1, flags=re.DOTALL).strip()


def _slug(published: date, stem: str) -> str:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\.(?:ar|fr|en|zh|es)$", "", plain)
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return name if name.startswith(published.isoformat()) else f"{published.isoformat()}-{name or 'text'}"


def _free_slug(slug: str, folder: Path, *, taken_is_error: bool) -> str:
    taken = {path.parent.name for path in folder.glob("*/*/*.md")}
    if slug not in taken:
        return slug
    if taken_is_error:
        raise CorpusError([Finding(slug, 0, "A document with this slug exists.", "Choose another --slug.")])
    return next(name for number in range(2, 10_000) if (name := f"{slug}-{number}") not in taken)


def _front_matter(text: str, new: NewDocument) -> str:
    confidence = new.confidence or (Confidence.PRESS if new.kind is Kind.PRESS_RELEASE else Confidence.TO_CONFIRM)
    fields: dict[str, object] = {
        "title": new.title or _title(text),
        "kind": new.kind.value,
        "publisher": new.publisher,
        "published": new.published.isoformat(),
        "as_of": (new.as_of or new.published).isoformat(),
        "lang": new.language.value,
        "original_lang": new.language.value,
        "confidence": confidence.value,
    }
    fields.update({name: list(ids) for name in ("topics", "provinces", "sectors") if (ids := getattr(new, name))})
    if new.url:
        fields["sources"] = [{"title": new.publisher, "url": new.url}]
    written = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{written}---\n"


def _title(text: str) -> str:
    """The first line if it is short, else its first words."""
    first = next(line for line in text.splitlines() if line.strip()).strip().lstrip("# ").strip() or "…"
    if len(first) <= _TITLE_LENGTH:
        return first
    cut = first[:_TITLE_LENGTH]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def _problem(file: Path, message: str, repair: str, line: int = 0) -> CorpusError:
    return CorpusError([Finding(file.name, line, message, repair)])
