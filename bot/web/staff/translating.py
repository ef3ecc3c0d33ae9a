"""The pages of translating: what is missing, and original and translation side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.desk.shelf import Shelves
from bot.desk.translation_check import ProblemCode
from bot.web.staff.finding_words import finding_text
from bot.web.staff.forms import TEXT_BYTES, UPLOAD_WITHIN
from bot.web.staff.pages import Pages
from bot.web.staff.proposals import Making, Progress, Proposals
from bot.web.staff.rendering import known_language
from bot.web.staff.section_names import SectionNames
from bot.web.staff.translation_form import (
    TranslationText,
    problems_by_anchor,
    read_translation,
    sent_translation,
    shown_figure,
    write_translation,
)
from bot.web.staff.visit import NotHereError, Visit
from bot.web.staff.word_diff import diff_lines
from bot.web.staff.words import Wording
from corpus import Document, DraftConflictError, DraftError, Finding, Language

A_PAGE = 40
ORIGIN = "translation"


@dataclass(frozen=True)
class Wanted:
    """A translation that is asked for: of which document, into which language, and where its file is to stand."""

    source: Document
    versions: Mapping[Language, Document]
    target: Language

    @property
    def source_path(self) -> str:
        """The path of the original."""
        return f"{self.source.collection}/{self.source.slug}/{self.source.language}.md"

    @property
    def path(self) -> str:
        """The path of the translation."""
        return f"{self.source.collection}/{self.source.slug}/{self.target}.md"

    @property
    def address(self) -> str:
        """The page of it."""
        return f"/translating/{self.source.collection}/{self.source.slug}/{self.target}"


class TranslatingPages:
    """The handlers.

    Args:
        shelves: hands out the documents.
    """

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._names = SectionNames(shelves)
        self._proposals = Proposals()

    def list(self, visit: Visit) -> Response:
        """What is missing; straight on to the translation where the address names document and language."""
        language = known_language(visit.query("language"))
        slug = visit.query("document")
        versions = self._shelves().versions(slug) if slug else {}
        if language and versions and any(one is not language for one in versions):
            return visit.go(f"/translating/{next(iter(versions.values())).collection}/{slug}/{language}")
        missing = visit.desk.translations.missing()
        counts = Counter((one.document, one.target, one.lack) for one in missing if language in (None, one.lack))
        rows = list(counts.items())
        pages = max(1, -(-len(rows) // A_PAGE))
        said = visit.query("page")
        page = min(max(int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1, 1), pages)
        drafts = {draft.path for draft in visit.desk.drafts.open()}
        outdated = [one for one in visit.desk.translations.outdated() if language in (None, one.language)]
        return visit.page(
            "translating/list.html", rows=rows[(page - 1) * A_PAGE : page * A_PAGE], count=len(rows), page=page, pages=pages,
            language=language, all_languages=list(Language), title_of=self._names.title_of, drafts=drafts, outdated=outdated,
        )  # fmt: skip

    def show(self, visit: Visit) -> Response:
        """Original and translation side by side, with what is to be looked at."""
        wanted = self._wanted(visit, visit.query("from"))
        making = self._proposals.at(wanted.path)  # asked before the draft: in between, the one may become the other
        draft = visit.desk.drafts.at(wanted.path)
        text = draft.text if draft else visit.desk.drafts.on_disk(wanted.path) or ""
        if making and not making.running:
            self._proposals.forget(wanted.path)
        return self._form(visit, wanted, draft, read_translation(text), checked=text, making=None if draft else making)

    def save(self, visit: Visit) -> Response:
        """The translation as a draft; accepted, if that was pressed."""
        wanted = self._wanted(visit, visit.form.get("from"))
        drafts = visit.desk.drafts
        draft = drafts.at(wanted.path)
        written = sent_translation(visit.form, [section.anchor for section in wanted.source.sections])
        if problem := "wrong_title" if not written.title else "wrong_empty" if written.is_empty else "":
            return self._form(visit, wanted, draft, written, wrong=visit.t(f"translating.{problem}"), status=422)
        base = draft.text if draft else drafts.on_disk(wanted.path) or drafts.on_disk(wanted.source_path) or ""
        text = write_translation(base, wanted.source, wanted.target, written)
        try:
            if draft:
                saved = drafts.save(draft.id, text, visit.form.number("revision"), visit.who)
            else:
                saved = drafts.begin(wanted.path, text, visit.who, origin=ORIGIN)
        except DraftConflictError as error:
            return self._form(visit, wanted, error.newer, written, conflict=error, status=409)
        except DraftError:
            return self._form(visit, wanted, draft, written, wrong=visit.t("drafts.too_long"), status=422)
        said = "translating.said_saved"
        if saved.proposed and visit.form.get("then") == "accept":
            drafts.accept(saved.id, saved.revision, visit.who)
            said = "translating.said_accepted"
        return visit.go(f"{wanted.address}?from={wanted.source.language}", said)

    def propose(self, visit: Visit) -> Response:
        """A proposal begun; it becomes a draft that waits for a person."""
        wanted = self._wanted(visit, visit.form.get("from"))
        translations, drafts, who = visit.desk.translations, visit.desk.drafts, visit.who
        address = f"{wanted.address}?from={wanted.source.language}"
        if not translations.can_propose:
            return visit.go(address, "translating.said_no_model")
        if drafts.at(wanted.path):
            return visit.go(address, "translating.said_draft_open")

        def make(progress: Progress) -> None:
            proposal = translations.propose(wanted.source_path, wanted.target, progress=progress)
            drafts.begin(proposal.path, proposal.text, who, origin=ORIGIN, proposed=True)

        is_begun = self._proposals.start(wanted.path, make)
        return visit.go(address, "translating.said_proposing" if is_begun else "translating.propose.busy")

    def _wanted(self, visit: Visit, said_source: str) -> Wanted:
        collection, slug = visit.path("collection"), visit.path("slug")
        target, versions = known_language(visit.path("language")), self._shelves().versions(slug)
        others = [one for one in versions.values() if one.language is not target]
        if target is None or not others or others[0].collection != collection:
            raise NotHereError
        asked = known_language(said_source)
        source = next((one for one in others if one.language is asked), None)
        original = next((one for one in others if one.language is one.original_language), others[0])
        return Wanted(source or original, versions, target)

    def _form(
        self, visit: Visit, wanted: Wanted, draft: Any, written: TranslationText, *, checked: str = "", wrong: str = "",
        conflict: DraftConflictError | None = None, making: Making | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        translations = visit.desk.translations
        side = translations.side_by_side(wanted.source_path, wanted.target)
        problems = translations.check(wanted.source_path, wanted.target, checked) if checked else []
        told = problems_by_anchor(problems, checked, [section.anchor for section in side.sections])
        return visit.page(
            "translating/form.html", status, wanted=wanted, side=side, draft=draft, written=written, making=making,
            problems={anchor: [problem_text(visit.words, one) for one in own] for anchor, own in told.items()},
            problem_count=len(problems), is_checked=bool(checked), wrong=wrong, can_propose=translations.can_propose,
            shown_figure=lambda one: shown_figure(one, visit.language), conflict=conflict,
            rows=diff_lines(conflict.newer.text, conflict.yours) if conflict else [],
        )  # fmt: skip


def problem_text(words: Wording, problem: Any) -> str:
    """What is to be looked at, in the language of the page."""
    details = list(problem.details)
    if problem.code == ProblemCode.UNREADABLE:
        return finding_text(Finding("", problem.line, *details), words)
    if problem.code == ProblemCode.WRONG_LANGUAGE:
        details[1] = words.text(f"frame.language_names.{details[1]}")
    if problem.code in (ProblemCode.FIGURES_LACKING, ProblemCode.FIGURES_SURPLUS):
        details[1] = ", ".join(shown_figure(one, words.language) for one in details[1].split(", "))
    own = details if problem.code in (ProblemCode.ARABIC_DIGITS, ProblemCode.PERCENT_FIRST) else details[1:]
    return words.text(f"translating.problem.{problem.code}", **dict(zip("ab", own, strict=False)))


def add_translating(pages: Pages) -> None:
    """Adds the pages."""
    translating = TranslatingPages(pages.shelves)
    address = "/translating/{collection}/{slug}/{language}"
    pages.get("/translating", translating.list)
    pages.get(address, translating.show)
    pages.post(address, translating.save, most_bytes=TEXT_BYTES, within=UPLOAD_WITHIN)
    pages.post(f"{address}/propose", translating.propose)
