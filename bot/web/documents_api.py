"""`GET /api/documents`: which documents are answered from, and what each says; nothing else can be read."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from bot.web.page_html import page_language
from bot.web.ports import ListsDocuments
from bot.web.problems import problem_docs, problem_response
from corpus import CharterError, Confidence, Document, Kind, Language

MOST_DOCUMENTS = 100
UNREADABLE = "The documents cannot be read at the moment. Ask again in a few seconds."
_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"

logger = logging.getLogger(__name__)


class DocumentSource(BaseModel):
    """Where a document's statements come from."""

    title: str = Field(description="What it is called.")
    url: str = Field(description="Where it stands.")
    article: str = Field(description="Which part of it; may be empty.")


class SectionHeading(BaseModel):
    """A section of a document."""

    anchor: str = Field(description="Its name within the document.")
    heading: str = Field(description="May be empty in a plain text.")
    confidence: Confidence = Field(
        description="`official`, `press`, `to-confirm` or `unknown` (looked for, not found)."
    )


class SectionText(SectionHeading):
    """A section with its text."""

    text: str = Field(description="As it is quoted; lists and emphasis in Markdown.")


class DocumentEntry(BaseModel):
    """One document in one language."""

    title: str
    slug: str = Field(description="Its name, the same in all languages.")
    collection: str = Field(description="The group of documents that it belongs to.")
    language: Language
    languages: list[Language] = Field(description="All languages in which it exists.")
    kind: Kind
    publisher: str = Field(description="Who published it.")
    published: date = Field(description="When it was published.")
    as_of: date = Field(description="The day up to which it was kept.")
    confidence: Confidence = Field(description="How firmly it stands where a section does not say otherwise.")
    sources: list[DocumentSource]
    sections: Sequence[SectionHeading]


class DocumentText(DocumentEntry):
    """A document with the text of its sections."""

    sections: Sequence[SectionText]


class DocumentPage(BaseModel):
    """Some of the documents, ordered by collection, slug and language."""

    total: int = Field(description="How many documents there are with this filter.")
    offset: int
    limit: int
    documents: list[DocumentEntry]


_Slug = Annotated[str, Path(max_length=200, pattern=_NAME, description="Name of the document.")]
_Filter = Annotated[Language | None, Query(description="Only documents in this language.")]
_Collection = Annotated[str | None, Query(max_length=200, description="Only documents of this group.")]
_Offset = Annotated[int, Query(ge=0, le=1_000_000, description="How many documents to pass over.")]
_Limit = Annotated[int, Query(ge=1, le=MOST_DOCUMENTS, description="How many documents at most.")]
_Read = Annotated[
    Language | None, Query(description="By default that of `Accept-Language` if it exists, else the original.")
]


def add_documents_api(app: FastAPI, documents: ListsDocuments) -> None:
    """Adds both routes."""

    @app.get(
        "/api/documents", response_model=DocumentPage, tags=["documents"], responses=problem_docs(503),
    )  # fmt: skip
    def list_documents(
        language: _Filter = None, collection: _Collection = None, offset: _Offset = 0, limit: _Limit = 20
    ) -> Any:  # a page or a problem
        """Lists the documents that are answered from, with their headings."""
        try:
            every = documents()
        except CharterError:
            return _unreadable()
        found = [
            one
            for one in every
            if (language is None or one.language is language) and (collection is None or one.collection == collection)
        ]
        shown = [_entry(one, every) for one in found[offset : offset + limit]]
        return DocumentPage(total=len(found), offset=offset, limit=limit, documents=shown)

    @app.get(
        "/api/documents/{slug}", response_model=DocumentText, tags=["documents"], responses=problem_docs(404, 503),
    )  # fmt: skip
    def read_document(slug: _Slug, request: Request, language: _Read = None) -> Any:  # a document or a problem
        """Shows one document with the text of its sections."""
        try:
            every = documents()
        except CharterError:
            return _unreadable()
        versions = {one.language: one for one in every if one.slug == slug}
        if not versions:
            return problem_response(404, "There is no document with this name. `GET /api/documents` lists them.")
        if language and language not in versions:
            known = ", ".join(versions)
            return problem_response(404, f"The document does not exist in this language. It exists in: {known}.")
        return _text(versions[language or _preferred(versions, request)], every)


def _preferred(versions: dict[Language, Document], request: Request) -> Language:
    wanted = page_language(None, request.headers.get("accept-language"))
    if "accept-language" in request.headers and wanted in versions:
        return wanted
    first = next(iter(versions))
    original = versions[first].original_language
    return original if original in versions else first


def _unreadable() -> Response:
    logger.exception("The documents cannot be read.")
    return problem_response(503, UNREADABLE, {"Retry-After": "5"})


def _entry(document: Document, every: Sequence[Document]) -> DocumentEntry:
    headings = [
        SectionHeading(anchor=one.anchor, heading=one.heading, confidence=one.confidence) for one in document.sections
    ]
    return DocumentEntry(**_facts(document, every), sections=headings)


def _text(document: Document, every: Sequence[Document]) -> DocumentText:
    texts = [
        SectionText(anchor=one.anchor, heading=one.heading, confidence=one.confidence, text=one.body)
        for one in document.sections
    ]
    return DocumentText(**_facts(document, every), sections=texts)


def _facts(document: Document, every: Sequence[Document]) -> dict[str, Any]:
    return {
        "title": document.title, "slug": document.slug, "collection": document.collection,
        "language": document.language, "languages": [one.language for one in every if one.slug == document.slug],
        "kind": document.kind, "publisher": document.publisher, "published": document.published,
        "as_of": document.as_of, "confidence": document.confidence,
        "sources": [DocumentSource(title=one.title, url=one.url, article=one.article) for one in document.sources],
    }  # fmt: skip
