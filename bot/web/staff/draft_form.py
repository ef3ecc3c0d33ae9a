"""A draft as a form: its fields from the file's text, and the file's text from what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.desk.front_matter import read_body, read_fields, write_document
from bot.web.staff.forms import Form
from corpus import Language

LINES = ("title", "publisher", "kind", "lang", "original_lang", "published", "as_of", "confidence")
MAY_BE_EMPTY = ("valid_from", "valid_to", "superseded_by")
LISTS = ("topics", "provinces", "sectors")
SOURCE_PARTS = ("title", "url", "article", "sections")
SPARE_SOURCES = 2


@dataclass(frozen=True)
class DraftForm:
    """What stands in the fields; every value is text, as it was written.

    Attributes:
        sources: one mapping for each source, its parts by their names.
        body: the text with its headings.
        raw: the whole file, where its fields cannot be read; then nothing else is shown.
    """

    collection: str
    slug: str
    values: Mapping[str, str]
    sources: tuple[Mapping[str, str], ...]
    body: str
    raw: str = ""

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def language(self) -> str:
        """The code of the text's language."""
        return self.values.get("lang", "") or Language.FR.value

    @property
    def path(self) -> str:
        """Where the document is to stand."""
        return f"{self.collection}/{self.slug}/{self.language}.md"


def form_of(text: str, path: str) -> DraftForm:
    """The form for a file."""
    collection, slug, *rest = [*path.split("/"), "", ""][:3]
    fields = read_fields(text)
    if fields is None and text.startswith("---"):
        return DraftForm(collection, slug, {"lang": rest[0].removesuffix(".md")}, (), "", raw=text)
    fields = fields or {}
    values = {name: _line(fields.get(name)) for name in (*LINES, *MAY_BE_EMPTY)}
    values |= {name: ", ".join(_line(one) for one in _list(fields.get(name))) for name in LISTS}
    if not values["lang"]:
        values["lang"] = rest[0].removesuffix(".md")
    sources = tuple(_source(one) for one in _list(fields.get("sources")) if isinstance(one, Mapping))
    return DraftForm(collection, slug, values, sources, read_body(text))


def sent_form(form: Form) -> DraftForm:
    """The form as it was sent."""
    values = {name: " ".join(form.get(name).split()) for name in (*LINES, *MAY_BE_EMPTY, *LISTS)}
    columns = [form.fields.get(f"source_{part}", ()) for part in SOURCE_PARTS]
    rows = [
        {
            part: " ".join(column[row].split()) if row < len(column) else ""
            for part, column in zip(SOURCE_PARTS, columns, strict=True)
        }
        for row in range(max((len(column) for column in columns), default=0))
    ]
    sources = tuple(row for row in rows if any(row.values()))
    return DraftForm(form.get("collection"), form.get("slug"), values, sources, form.raw("body"), form.raw("raw"))


def form_text(sent: DraftForm, text: str) -> str:
    """The file `text` with what was sent; fields that nobody changed stay as they were written."""
    if sent.raw:
        return sent.raw
    changes: dict[str, Any] = {name: sent[name] for name in LINES}
    changes |= {name: sent[name] or None for name in MAY_BE_EMPTY}
    known = read_fields(text) or {}
    for name in LISTS:
        listed = split_list(sent[name])
        changes[name] = listed if listed or name in known else None
    sources = [{**one, "sections": split_list(one["sections"])} for one in sent.sources]
    changes["sources"] = sources if sources or "sources" in known else None
    if not changes["original_lang"]:
        changes["original_lang"] = known.get("original_lang") or sent.language
    if not changes["as_of"]:
        changes["as_of"] = changes["published"]
    return write_document(text, changes, sent.body)


def split_list(said: str) -> list[str]:
    """What is parted by commas, in any script."""
    parted = said.replace("،", ",").replace("；", ",").replace("，", ",").replace(";", ",")
    return [part.strip() for part in parted.split(",") if part.strip()]


def _line(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _source(entry: Mapping[str, Any]) -> dict[str, str]:
    parts = {part: _line(entry.get(part)) for part in ("title", "url", "article")}
    return parts | {"sections": ", ".join(_line(one) for one in _list(entry.get("sections")))}
