"""The preview of a draft: its passages as they are cited, what is wrong, what it repeats or contradicts, and a question tried."""

from __future__ import annotations

import threading

from starlette.responses import Response

from bot.desk.front_matter import body_line
from bot.web.staff.drafting import OPEN, find_draft
from bot.web.staff.pages import Pages
from bot.web.staff.rendering import known_language
from bot.web.staff.visit import Visit
from corpus import Language

TRIED_AT_ONCE = 2  # each reads all documents anew, so visitors come first
LONGEST_QUESTION = 1000


class PreviewPages:
    """The handlers."""

    def __init__(self) -> None:
        self._tried = threading.BoundedSemaphore(TRIED_AT_ONCE)

    def show(self, visit: Visit) -> Response:
        """The preview; with a question, today's answer beside the one with the draft."""
        draft = find_draft(visit)
        if draft.state != OPEN:
            return visit.go(f"/drafts/{draft.id}")
        asked = visit.request.query_params.get("question", "").strip()[:LONGEST_QUESTION]
        language = known_language(visit.query("language")) or visit.language
        with self._tried:
            preview = visit.desk.previews.preview(draft)
            tried = visit.desk.previews.try_question(draft, asked, language) if asked else None
        own = [finding for finding in preview.findings if finding.path == draft.path]
        others = [finding for finding in preview.findings if finding.path != draft.path]
        return visit.page(
            "preview/preview.html", draft=draft, preview=preview, asked=asked, asked_language=language, tried=tried,
            text_lang=known_language(draft.path[-5:-3]) or visit.language, own=own, others=others,
            above=body_line(draft.text), all_languages=list(Language),
        )  # fmt: skip


def add_preview(pages: Pages) -> None:
    """Adds the page."""
    pages.get("/drafts/{draft}/preview", PreviewPages().show)
