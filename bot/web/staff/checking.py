"""The pages of the desk's own questions: what Mithaq must always answer well."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.web.staff.pages import Pages
from bot.web.staff.rendering import known_language
from bot.web.staff.section_names import SectionNames
from bot.web.staff.visit import Visit
from corpus import CharterError, Language
from corpus.figures import read_figures

ANSWERED, REFUSED = "answered", "refused"
LONGEST = 500
_MOST_FIGURES = 20


class QuestionPages:
    """The handlers.

    Args:
        names: names the sections.
    """

    def __init__(self, names: SectionNames) -> None:
        self._names = names

    def show(self, visit: Visit) -> Response:
        """The questions, and the form; an address may bring what is written in it."""
        written = {name: visit.query(name) for name in ("question", "language", "section", "figures")}
        written["language"] = written["language"] or visit.language.value
        written |= {"expect": ANSWERED, "other": "", "group": visit.query("group")}
        return self._page(visit, written, {})

    def add(self, visit: Visit) -> Response:
        """A question more, or the form with what is wrong."""
        fields = ("question", "language", "expect", "section", "other", "figures", "group")
        written = {name: visit.form.get(name)[:2000] for name in fields}
        wrong = self._wrong(visit, written)
        if not wrong:
            sections = [one for one in (written["section"], written["other"]) if one]
            sections = sections if written["expect"] == ANSWERED else []
            figures = split_figures(written["figures"])
            language = Language(written["language"])
            try:
                visit.desk.questions.add(written["question"], language, written["expect"], sections, visit.who, figures)
            except CharterError:
                wrong = {"question": visit.t("questions.wrong.other")}
            else:
                return visit.go("/questions", "questions.said_added")
        return self._page(visit, written, wrong, 422)

    def remove(self, visit: Visit) -> Response:
        """A question less."""
        said = visit.path("question")
        known = {str(one.id): one.id for one in visit.desk.questions.all()}
        if said not in known:
            return visit.go("/questions", "questions.said_gone")
        try:
            visit.desk.questions.remove(known[said], visit.who)
        except CharterError:  # somebody else was faster
            return visit.go("/questions", "questions.said_gone")
        return visit.go("/questions", "questions.said_removed")

    def _wrong(self, visit: Visit, written: dict[str, str]) -> dict[str, str]:
        wrong = {}
        language = known_language(written["language"])
        if not written["question"]:
            wrong["question"] = "question"
        elif len(written["question"]) > LONGEST:
            wrong["question"] = "long"
        elif any(one.question == " ".join(written["question"].split()) for one in visit.desk.questions.all()):
            wrong["question"] = "known"
        if language is None:
            wrong["language"] = "language"
        if written["expect"] not in (ANSWERED, REFUSED):
            wrong["expect"] = "expect"
        if written["expect"] == ANSWERED:
            known = self._names.ids()
            chosen = [one for one in (written["section"], written["other"]) if one]
            if not chosen or any(one not in known for one in chosen):
                wrong["section"] = "section"
        if language and any(not read_figures(one, language) for one in split_figures(written["figures"])):
            wrong["figures"] = "figures"
        return {field: visit.t(f"questions.wrong.{name}") for field, name in wrong.items()}

    def _page(self, visit: Visit, written: dict[str, str], wrong: dict[str, str], status: int = 200) -> Response:
        questions = visit.desk.questions.all()
        rows: list[tuple[Any, Any]] = [
            (one, self._names.find_all(one.sections, visit.language)) for one in reversed(questions)
        ]
        return visit.page(
            "questions/questions.html", status, rows=rows, written=written, errors=wrong, all_languages=list(Language),
            choices=self._names.choices(visit.language), has_written=bool(written["question"] or wrong),
        )  # fmt: skip


def split_figures(said: str) -> list[str]:
    """The figures between semicolons, as Latin and Arabic write them."""
    parts = said.replace("؛", ";").split(";")
    return [part.strip() for part in parts if part.strip()][:_MOST_FIGURES]


def add_questions(pages: Pages) -> None:
    """Adds the pages."""
    questions = QuestionPages(SectionNames(pages.shelves))
    pages.get("/questions", questions.show)
    pages.post("/questions", questions.add)
    pages.post("/questions/{question}/remove", questions.remove)
