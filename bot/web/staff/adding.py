"""Adding a document: a file, a text that is pasted, or an empty page; each becomes a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from starlette.responses import Response

from bot.desk.front_matter import read_fields, write_document
from bot.desk.naming import new_path
from bot.desk.shelf import Shelves
from bot.web.staff.dates import read_day, today
from bot.web.staff.forms import TEXT_BYTES, UPLOAD_BYTES, UPLOAD_WITHIN
from bot.web.staff.pages import Pages
from bot.web.staff.rendering import known_language
from bot.web.staff.visit import Visit
from bot.web.staff.words import load_wordings
from corpus import Confidence, DraftConflictError, DraftError, ImportRefusedError, Kind, Language
from corpus.importing import explain_doubt, explain_refusal
from corpus.text import clean

PASTED = "text.md"
MEGABYTES = UPLOAD_BYTES // 1024 // 1024


class AddPages:
    """The handlers."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def show(self, visit: Visit) -> Response:
        """The three ways."""
        return _form(visit)

    def add_file(self, visit: Visit) -> Response:
        """A draft of the file, or why it was refused."""
        file = visit.form.files.get("file")
        if file is None or not file.content:
            return _form(visit, errors={"file": visit.t("add.no_file")}, status=422)
        return self._read(visit, file.content, file.name, field="file")

    def add_text(self, visit: Visit) -> Response:
        """A draft of the pasted text."""
        text = visit.form.raw("text")
        if not text.strip():
            return _form(visit, errors={"text": visit.t("add.no_text")}, status=422)
        return self._read(visit, text.encode(), PASTED, field="text")

    def add_empty(self, visit: Visit) -> Response:
        """A draft to be written."""
        language = known_language(visit.form.get("language")) or visit.language
        kind = _kind(visit)
        example = load_wordings().get(language, visit.words).text("add.example")
        return self._begin(visit, example, "", language, kind, {})

    def _read(self, visit: Visit, content: bytes, name: str, field: str) -> Response:
        if (text := _document_text(content)) is not None:
            return self._begin_document(visit, text, name)
        try:
            imported = visit.desk.read_file(content, name)
        except ImportRefusedError as error:
            what, repair = explain_refusal(error, visit.language)
            return _form(visit, errors={field: f"{what} {repair}"}, status=422)
        language = known_language(visit.form.get("language")) or imported.language
        more = {
            "provinces": list(imported.provinces),
            "sectors": list(imported.sectors),
            "topics": list(imported.topics),
        }
        fields: dict[str, Any] = {name: value for name, value in more.items() if value}
        title = visit.form.get("title")[:300] or imported.title
        fields |= {"publisher": imported.publisher, "published": imported.published}
        origin = "" if field == "text" else name
        try:
            return self._begin(visit, imported.markdown, title, language, _kind(visit), fields, origin, imported)
        except DraftError as error:
            return _form(visit, errors={field: f"{visit.t('drafts.too_long')} {error}"}, status=422)

    def _begin(
        self,
        visit: Visit,
        body: str,
        title: str,
        language: Language,
        kind: Kind,
        known: dict[str, Any],
        origin: str = "",
        imported: Any = None,
    ) -> Response:
        published: date = known.pop("published", None) or today()
        firm = Confidence.PRESS if kind is Kind.PRESS_RELEASE else Confidence.TO_CONFIRM
        fields = {
            "title": title, "kind": kind.value, "publisher": known.pop("publisher", "") or "", "published": published,
            "as_of": published, "lang": language.value, "original_lang": language.value, "topics": known.pop("topics", []),
            **known, "confidence": firm.value,
        }  # fmt: skip
        path = new_path(kind, title, published, language, self._taken(visit))
        try:
            draft = visit.desk.drafts.begin(path, write_document("", fields, body), visit.who, origin=origin)
        except DraftConflictError as error:
            return visit.go(f"/drafts/{error.newer.id}", "drafts.said_open_already")
        if imported is not None and imported.doubts:
            doubts = [explain_doubt(doubt, page, visit.language) for doubt, page in imported.doubts]
            return visit.page("add/noticed.html", draft=draft, doubts=doubts)
        return visit.go(f"/drafts/{draft.id}", "add.said_read" if imported is not None else "add.said_begun")

    def _begin_document(self, visit: Visit, text: str, name: str) -> Response:
        """A draft of a file that is a document already, with its fields as they are."""
        fields = read_fields(text) or {}
        kind = next((kind for kind in Kind if kind.value == fields.get("kind")), _kind(visit))
        language = known_language(str(fields.get("lang"))) or visit.language
        published = read_day(str(fields.get("published"))) or today()
        path = new_path(kind, str(fields.get("title", "")), published, language, self._taken(visit))
        draft = visit.desk.drafts.begin(path, text, visit.who, origin=name)
        return visit.go(f"/drafts/{draft.id}", "add.said_read")

    def _taken(self, visit: Visit) -> Callable[[str], bool]:
        open_paths = {draft.path for draft in visit.desk.drafts.open()}
        slugs = {document.slug for document in self._shelves().corpus.documents}
        return lambda path: path in open_paths or path.split("/")[1] in slugs


def add_adding(pages: Pages) -> None:
    """Adds the pages."""
    adding = AddPages(pages.shelves)
    pages.get("/add", adding.show)
    pages.post("/add/file", adding.add_file, most_bytes=UPLOAD_BYTES, within=UPLOAD_WITHIN)
    pages.post("/add/text", adding.add_text, most_bytes=TEXT_BYTES, within=UPLOAD_WITHIN)
    pages.post("/add/empty", adding.add_empty)


def _document_text(content: bytes) -> str | None:
    """The text of a file that begins with a document's fields; None for every other file."""
    if not content.startswith((b"---\n", b"---\r\n", b"\xef\xbb\xbf---")):
        return None
    try:
        text = clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None
    return text if read_fields(text) else None


def _kind(visit: Visit) -> Kind:
    return next((kind for kind in Kind if kind.value == visit.form.get("kind")), Kind.PRESS_RELEASE)


def _form(visit: Visit, *, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    return visit.page(
        "add/add.html", status, errors=errors or {}, kinds=list(Kind), all_languages=list(Language),
        most=MEGABYTES, written=visit.form,
    )  # fmt: skip
