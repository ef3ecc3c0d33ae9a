"""The pages of the desk's own questions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.web.staff.checking import split_figures
from corpus import Language
from tests.bot.desk.publishing_doubles import prepare
from tests.bot.web.staff.whole_desk import WholeDesk, plain, visit

RIGHT = {
    "question": "What is the cap?",
    "language": "en",
    "expect": "answered",
    "section": "premium-cap#cap",
    "figures": "30%",
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def whole(prepared: Path, tmp_path: Path) -> WholeDesk:
    return WholeDesk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))


def test_a_question_is_added_listed_and_removed_by_an_editor(whole: WholeDesk) -> None:
    omar = visit(whole, "omar")
    assert omar.post("/questions", RIGHT).status_code == 303
    [kept] = whole.desk.questions.all()
    assert (kept.question, kept.sections, kept.figures, kept.who) == (
        "What is the cap?",
        ("premium-cap#cap",),
        ("30%",),
        "omar",
    )
    page = omar.get("/questions")
    assert "What is the cap?" in page.text
    assert 'href="/staff/documents/charter/premium-cap/en#s-cap"' in page.text
    assert omar.post(f"/questions/{kept.id}/remove").status_code == 303
    assert whole.desk.questions.all() == []
    gone = omar.post(f"/questions/{kept.id}/remove")
    assert "removed already" in omar.client.get(gone.headers["location"]).text


def test_a_question_to_refuse_needs_no_passage(whole: WholeDesk) -> None:
    visit(whole).post("/questions", RIGHT | {"expect": "refused", "section": "premium-cap#cap", "figures": ""})
    assert whole.desk.questions.all()[0].sections == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"question": " "}, "Write the question."),
        ({"question": "x" * 501}, "too long"),
        ({"language": "de"}, "Choose one of the languages."),
        ({"expect": "maybe"}, "Say what the right answer is."),
        ({"section": ""}, "Choose a passage from the list"),
        ({"section": "../../etc#passwd"}, "Choose a passage from the list"),
        ({"other": "unknown#anchor"}, "Choose a passage from the list"),
        ({"figures": "many"}, "No figure was found"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(whole: WholeDesk, wrong: dict[str, str], said: str) -> None:
    page = visit(whole).post("/questions", RIGHT | wrong)
    assert (page.status_code, said in page.text) == (422, True)
    assert whole.desk.questions.all() == []
    if "question" not in wrong:
        assert "What is the cap?" in page.text


def test_a_question_that_is_known_is_not_added_twice(whole: WholeDesk) -> None:
    staff = visit(whole)
    staff.post("/questions", RIGHT)
    assert "is there already" in staff.post("/questions", RIGHT).text
    assert len(whole.desk.questions.all()) == 1


def test_an_address_fills_the_form_and_nothing_in_it_is_markup(whole: WholeDesk) -> None:
    query = {
        "question": "<script>alert(1)</script>",
        "language": "ar",
        "section": "premium-cap#cap",
        "group": '"><img src=x>',
    }
    page = visit(whole).get("/questions", params=query)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text and "<img src=x" not in page.text
    assert '<option value="premium-cap#cap" selected>' in page.text
    assert '<option value="ar" selected>' in page.text
    assert "Suggested by visitors" in plain(page)


def test_nothing_is_added_or_removed_without_the_token(whole: WholeDesk) -> None:
    staff = visit(whole)
    kept = whole.desk.questions.add("Why?", Language.EN, "refused", [], "amina")
    assert staff.post("/questions", RIGHT | {"csrf": "x"}).status_code == 403
    assert staff.post(f"/questions/{kept.id}/remove", {"csrf": ""}).status_code == 403
    assert staff.post("/questions/none/remove").status_code == 303
    assert [one.id for one in whole.desk.questions.all()] == [kept.id]


def test_figures_are_parted_at_semicolons_of_both_scripts() -> None:
    assert split_figures("30 % ; 50 millions؛ 2023;; ") == ["30 %", "50 millions", "2023"]
