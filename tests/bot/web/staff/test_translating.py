"""The pages of translating, with real documents, drafts and checks behind them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.desk.translating import Translations
from bot.desk.translation_check import ProblemCode, TranslationProblem
from bot.web.staff.translating import problem_text
from bot.web.staff.words import load_wordings
from corpus import ChatModelError, Language
from tests.bot.desk.publishing_doubles import GLOSSARY, prepare
from tests.bot.web.staff.whole_desk import WholeDesk, plain, visit

PAGE = "/translating/guides/diving/ar"
PATH = "guides/diving/ar.md"
TITLE, HEADING = "مدارس الغوص", "كيف يُطلب اعتماد مدرسة للغوص؟"
BODY = "يُطلب اعتماد مدرسة الغوص تحت الماء من شباك المدربين. يتضمن الملف شهادة مدرب معترف بها في المغرب."
WRITTEN = {"title": TITLE, "heading-agrement": HEADING, "body-agrement": BODY, "from": "fr"}


@dataclass
class Model:
    """A chat model that says what it is told to say."""

    says: str = ""
    name: str = "scripted"

    def reply(self, instructions: str, text: str) -> str:
        if not self.says:
            raise ChatModelError("The model <b>sleeps</b>.")
        return TITLE if "one line" in instructions else self.says


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def open_whole(prepared: Path, tmp_path: Path) -> Callable[..., WholeDesk]:
    def open_(model: Any = None) -> WholeDesk:
        whole = WholeDesk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))
        translations = Translations(whole.parts.documents, GLOSSARY, model)
        return replace(whole, desk=replace(whole.desk, translations=translations))

    return open_


@pytest.fixture
def whole(open_whole: Callable[..., WholeDesk]) -> WholeDesk:
    return open_whole()


def finish() -> None:
    for thread in threading.enumerate():
        if thread.name == "propose-translation":
            thread.join(20)


def test_what_is_missing_is_listed_by_language(whole: WholeDesk) -> None:
    staff = visit(whole)
    page = staff.get("/translating")
    assert "/staff/translating/guides/diving/ar?from=fr" in page.text
    only = staff.get("/translating?language=zh").text
    assert "/diving/zh?" in only and "/diving/ar?" not in only
    there = staff.get("/translating?document=diving&language=ar")
    assert there.headers["location"] == f"/staff{PAGE}"
    assert staff.get("/translating?document=none&language=xx&page=z").status_code == 200


def test_other_figures_than_those_of_the_original_are_told(whole: WholeDesk) -> None:
    file = whole.parts.documents / "charter/premium-cap/fr.md"
    file.write_text(file.read_text(encoding="utf-8").replace("30 %", "35 %"), encoding="utf-8")
    page = visit(whole).get("/translating")
    assert "Translations that state other figures" in page.text
    assert "30%" in page.text and "35%" in page.text
    form = visit(whole).get("/translating/charter/premium-cap/fr?from=en").text
    assert "These figures are missing" in form and "These figures are not in the original" in form


def test_an_editor_translates_beside_the_original_and_it_becomes_a_draft(whole: WholeDesk) -> None:
    omar = visit(whole, "omar")
    page = omar.get(PAGE)
    assert "agrément d'une école" in page.text.replace("&#39;", "'").replace("&#x27;", "'")
    assert 'name="body-agrement"' in page.text and 'dir="rtl"' in page.text
    assert "propose" not in page.text
    saved = omar.post(PAGE, WRITTEN)
    draft = whole.parts.drafts.at(PATH)
    assert draft is not None and (draft.origin, draft.author, draft.proposed) == ("translation", "omar", False)
    assert f"## {HEADING} {{#agrement}}\n\n{BODY}" in draft.text
    assert "lang: ar" in draft.text and "original_lang: fr" in draft.text
    shown = omar.client.get(saved.headers["location"]).text
    assert "Nothing to look at" in shown and BODY in shown
    more = omar.post(PAGE, WRITTEN | {"body-agrement": f"{BODY} ٣٠", "revision": "1"})
    assert "digits 0 to 9" in omar.client.get(more.headers["location"]).text


@pytest.mark.parametrize(
    ("changed", "said"), [({"title": " "}, "Write the title"), ({"body-agrement": " "}, "Translate at least one")]
)
def test_what_lacks_is_said_and_nothing_is_lost(whole: WholeDesk, changed: dict[str, str], said: str) -> None:
    page = visit(whole).post(PAGE, WRITTEN | changed)
    assert (page.status_code, said in page.text, HEADING in page.text) == (422, True, True)
    assert whole.parts.drafts.open() == []


def test_the_second_of_two_translators_is_told_and_nothing_is_overwritten(whole: WholeDesk) -> None:
    omar, amina = visit(whole, "omar"), visit(whole)
    omar.post(PAGE, WRITTEN)
    first = whole.parts.drafts.at(PATH)
    assert first is not None
    amina.post(PAGE, WRITTEN | {"title": "عنوان أمينة", "revision": "1"})
    late = omar.post(PAGE, WRITTEN | {"title": "عنوان عمر", "revision": "1"})
    assert late.status_code == 409
    assert "amina saved this draft in the meantime" in plain(late)
    assert 'value="عنوان عمر"' in late.text and 'name="revision" value="2"' in late.text
    kept = whole.parts.drafts.at(PATH)
    assert kept is not None and "عنوان أمينة" in kept.text


def test_markup_in_a_translation_stays_text(whole: WholeDesk) -> None:
    staff = visit(whole)
    bad = {
        "title": "<script>alert(1)</script>",
        "heading-agrement": '"><img src=x>',
        "body-agrement": "</textarea><script>x</script>",
    }
    page = staff.client.get(staff.post(PAGE, WRITTEN | bad).headers["location"]).text
    for one in ("<script>alert", "<img src=x", "</textarea><script>"):
        assert one not in page


def test_a_proposal_is_marked_until_a_person_accepts_it(open_whole: Callable[..., WholeDesk]) -> None:
    whole = open_whole(Model(f"{HEADING}\n\n{BODY}"))
    omar = visit(whole, "omar")
    assert "Propose a translation" in omar.get(PAGE).text
    omar.post(f"{PAGE}/propose", {"from": "fr"})
    finish()
    draft = whole.parts.drafts.at(PATH)
    assert draft is not None and draft.proposed
    page = omar.get(PAGE).text
    assert "A machine proposed this translation" in page and BODY in page
    assert "Propose a translation" not in page
    again = omar.post(f"{PAGE}/propose", {"from": "fr"})
    assert "open already" in omar.client.get(again.headers["location"]).text
    omar.post(PAGE, WRITTEN | {"revision": "1"})
    still = whole.parts.drafts.at(PATH)
    assert still is not None and still.proposed
    omar.post(PAGE, WRITTEN | {"revision": str(still.revision), "then": "accept"})
    accepted = whole.parts.drafts.at(PATH)
    assert accepted is not None and not accepted.proposed
    assert whole.desk.audit.entries()[0].action == "draft.accepted"


def test_a_proposal_that_ends_while_its_page_is_drawn_is_asked_for_again(
    open_whole: Callable[..., WholeDesk], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_whole(Model(f"{HEADING}\n\n{BODY}"))
    omar = visit(whole, "omar")
    drafts, drawn = whole.desk.drafts, threading.Event()
    begin, at = drafts.begin, drafts.at
    monkeypatch.setattr(drafts, "begin", lambda *args, **more: drawn.wait(10) and begin(*args, **more))
    omar.post(f"{PAGE}/propose", {"from": "fr"})

    def at_and_then_finish(path: str) -> Any:
        found = at(path)
        if threading.current_thread().name != "propose-translation":
            drawn.set()
            finish()
        return found

    monkeypatch.setattr(drafts, "at", at_and_then_finish)
    assert 'data-refresh="2"' in omar.get(PAGE).text
    page = omar.get(PAGE).text
    assert BODY in page and "data-refresh" not in page


def test_a_proposal_that_fails_is_told_once(open_whole: Callable[..., WholeDesk]) -> None:
    whole = open_whole(Model())
    staff = visit(whole)
    staff.post(f"{PAGE}/propose")
    finish()
    page = staff.get(PAGE).text
    assert "No proposal could be made" in page and "&lt;b&gt;sleeps" in page
    assert "No proposal could be made" not in staff.get(PAGE).text
    assert whole.parts.drafts.open() == []


def test_without_a_chat_model_nothing_is_proposed(whole: WholeDesk) -> None:
    staff = visit(whole)
    answer = staff.post(f"{PAGE}/propose")
    assert "No language model is set up" in staff.client.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    "path", ["guides/none/ar", "press/diving/ar", "guides/diving/xx", "guides/diving/fr", "..%2F..%2Fetc/passwd/ar"]
)
def test_what_cannot_be_translated_is_no_page(whole: WholeDesk, path: str) -> None:
    staff = visit(whole)
    assert staff.get(f"/translating/{path}").status_code == 404
    assert staff.post(f"/translating/{path}", WRITTEN).status_code in {404, 405}
    assert whole.parts.drafts.open() == []


def test_nothing_is_saved_without_the_token(whole: WholeDesk) -> None:
    assert visit(whole).post(PAGE, WRITTEN | {"csrf": "x"}).status_code == 403
    assert visit(whole).post(f"{PAGE}/propose", {"csrf": "x"}).status_code == 403
    assert whole.parts.drafts.open() == []


@pytest.mark.parametrize("code", list(ProblemCode))
@pytest.mark.parametrize("language", [Language.FR, Language.AR, Language.EN])
def test_every_problem_has_its_words(code: ProblemCode, language: Language) -> None:
    details = {
        ProblemCode.UNREADABLE: ("The document has no text.", "Write."), ProblemCode.WRONG_LANGUAGE: ("cap", "fr"),
        ProblemCode.TERM_MISSING: ("cap", "CRI", "CRI"), ProblemCode.LIST_DIFFERS: ("cap", "2", "3"),
        ProblemCode.ARABIC_DIGITS: ("٣",), ProblemCode.PERCENT_FIRST: ("%10",), ProblemCode.DIRECTION_MARKS: (),
        ProblemCode.FIGURES_LACKING: ("cap", "100000000, 30%"), ProblemCode.FIGURES_SURPLUS: ("cap", "5%"),
    }.get(code, ("cap",))  # fmt: skip
    said = problem_text(load_wordings()[language], TranslationProblem(code, 3, details))
    assert said and "{" not in said


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_speak_the_languages_of_the_desk(whole: WholeDesk, language: str) -> None:
    staff = visit(whole, language=language)
    for path in ("/translating", PAGE, "/translating/charter/premium-cap/ar"):
        page = staff.get(f"{path}?lang={language}")
        assert (page.status_code, f'lang="{language}" dir=' in page.text) == (200, True)
