"""A server whose desk publishes, listens and translates for real on a tiny corpus: `served_whole.py PORT FOLDER`."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import served

from bot.desk.listening import Listening
from bot.desk.publish_jobs import JobState, ProblemKind, PublishJob, PublishJobRow
from bot.desk.question_vectors import QuestionVectors
from bot.desk.translating import Translations
from corpus import Language
from index import LiveIndex
from tests.bot.conftest import HashedEncoder
from tests.bot.desk.publishing_doubles import GLOSSARY, NEW_FILE, NEW_TEXT, prepare
from tests.bot.web.staff.whole_desk import WholeDesk

WAIT = 2.5  # seconds in which a publishing is seen to be under way
ASKED = (
    ("fr", "Comment demander l'agrément d'une école de plongée ?", "not_in_corpus"),
    ("fr", "Comment demander l'agrément d'une école de plongée ?", "not_in_corpus"),
    ("ar", "ما سعر الفائدة على القروض البنكية في 2026؟", "not_in_corpus"),
    ("fr", '=HYPERLINK("https://evil.example") <script>alert(1)</script>', "not_in_corpus"),
    ("en", "What is the cap on the premiums?", "answered"),
)


class Model:
    """A chat model that always proposes the same."""

    name = "scripted"

    def reply(self, instructions: str, text: str) -> str:
        if "one line" in instructions:
            return "مدارس الغوص"
        body = "يُطلب اعتماد مدرسة الغوص تحت الماء من شباك المدربين. يتضمن الملف شهادة مدرب معترف بها في المغرب."
        return f"كيف يُطلب اعتماد مدرسة للغوص؟\n\n{body}"


def build_desk(folder: Path) -> Any:
    """A desk with two published versions, drafts, questions, and publishings of every sort."""
    prepare(folder)
    file = folder / "documents/charter/territorial/en.md"
    file.write_text(file.read_text("utf-8").replace("confidence:", "topics: [premiums, jobs]\nconfidence:", 1), "utf-8")
    whole = WholeDesk.open(folder)
    whole.desk.publisher.start([whole.parts.draft().id], "amina")
    whole.desk.publisher.start([whole.parts.draft_with(NEW_FILE, "Taliouine", "Taznakht").id], "amina")
    whole.parts.database.close()
    whole = WholeDesk.open(folder, wait=WAIT)
    drafts = whole.desk.drafts
    for name in ("fr", "ar", "noscript"):
        drafts.begin(
            f"press/saffron-{name}/en.md", NEW_TEXT.replace("A desk for", f"Second desk ({name}) for"), "amina"
        )
    drafts.begin_from_document("charter/premium-cap/en.md", "omar", remove=True)
    drafts.begin("press/machine/fr.md", NEW_TEXT.replace("A desk", "Une machine"), "omar", proposed=True)
    _add_jobs(whole)
    whole.desk.questions.add("ما سقف المنح؟", Language.AR, "answered", ["premium-cap#cap"], "amina", ["30%"])
    whole.desk.questions.add("Qui a gagné le match ?", Language.FR, "refused", [], "omar")
    for number, (language, text, status) in enumerate(ASKED):
        cited = ("premium-cap#cap",) if status == "answered" else ()
        asked_at = datetime.now(UTC) - timedelta(days=number + 1)
        whole.desk.journal.record_question(
            f"asked{number}", text, language=language, status=status, sections=cited, asked_at=asked_at
        )
    whole.desk.journal.record_feedback("asked4", False, "answered", "en", ("premium-cap#cap",))
    encoder = HashedEncoder()
    live = LiveIndex(folder / "home", encoder, GLOSSARY)
    listening = Listening(whole.desk.journal, live.get, QuestionVectors(folder / "home", encoder))
    return replace(whole.desk, listening=listening, translations=Translations(folder / "documents", GLOSSARY, Model()))


def _add_jobs(whole: WholeDesk) -> None:
    """Publishings below the floors, that failed and that stand still; they leave room for others."""
    makers = (
        whole.below,
        whole.agreeable,
        lambda: whole.job(JobState.FAILED, problem=f"{NEW_FILE}:3: error", problem_kind=ProblemKind.FINDINGS),
        lambda: whole.job(JobState.ASKING, step_done=3, step_total=9, candidate="x", before_snapshot="y"),
    )
    for make in makers:
        job: PublishJob = make()
        with whole.parts.database.session() as session:
            session.get_one(PublishJobRow, job.id).slot = None


if __name__ == "__main__":
    served.serve_desk(int(sys.argv[1]), build_desk(Path(sys.argv[2])))
