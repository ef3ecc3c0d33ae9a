"""The pages of publishing, with the real publisher behind them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from bot.desk.publish_jobs import JobState
from corpus import Language
from tests.bot.desk.publishing_doubles import NEW_FILE, NEW_TEXT, prepare
from tests.bot.web.staff.whole_desk import WholeDesk, plain, visit

ACTIONS = ("override", "agree", "resume", "cancel")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def whole(prepared: Path, tmp_path: Path) -> WholeDesk:
    return WholeDesk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))


@pytest.fixture
def idle(prepared: Path, tmp_path: Path) -> WholeDesk:
    """A desk whose publishings nobody works on."""
    return WholeDesk.open(Path(shutil.copytree(prepared, tmp_path / "idle")), lambda _, lock: os.close(lock))


def test_a_draft_is_published_after_somebody_looked_at_the_answers(whole: WholeDesk) -> None:
    staff = visit(whole)
    draft = whole.parts.draft()
    assert draft.title in staff.get("/publish").text
    started = staff.post("/publish", {"what": "drafts", "draft": draft.id, "must_agree": "yes"})
    address = started.headers["location"].removeprefix("/staff")
    assert "The exam is passed" in staff.get(address).text
    assert not (whole.parts.documents / NEW_FILE).exists()
    staff.post(f"{address}/agree")
    page = staff.get(address)
    assert "The new version is answering visitors." in page.text
    assert "/?lang=en&amp;ask=Who%20helps%20saffron%20growers" in page.text
    assert (whole.parts.documents / NEW_FILE).read_text(encoding="utf-8") == NEW_TEXT
    assert whole.desk.publisher.get(address.rpartition("/")[2]).state is JobState.DONE


def test_without_the_wish_to_look_it_goes_online_by_itself(whole: WholeDesk) -> None:
    staff = visit(whole)
    started = staff.post("/publish", {"what": "drafts", "draft": whole.parts.draft().id})
    assert "answering visitors" in staff.get(started.headers["location"].removeprefix("/staff")).text


def test_what_lies_on_the_disk_is_told_and_published(whole: WholeDesk) -> None:
    file = whole.parts.documents / "charter/territorial/en.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Interns are", "Trainees are"), encoding="utf-8")
    staff = visit(whole)
    assert "1 document there differs" in staff.get("/publish").text
    started = staff.post("/publish", {"what": "disk"})
    page = staff.get(started.headers["location"].removeprefix("/staff"))
    assert "charter/territorial/en.md" in page.text
    assert "Nothing there differs" in staff.get("/publish").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": "drafts"}, "Tick at least one draft"),
        ({}, "Tick at least one draft"),
        ({"what": "drafts", "draft": "f" * 32}, "no longer exists"),
        ({"what": "drafts", "draft": "../../etc/passwd"}, "no longer exists"),
        ({"what": "drafts", "draft": "proposed"}, "must be read or compared first"),
    ],
)
def test_a_wrong_choice_starts_nothing(whole: WholeDesk, sent: dict[str, str], said: str) -> None:
    proposed = whole.parts.drafts.begin("press/x/fr.md", NEW_TEXT, "omar", proposed=True)
    sent = {name: proposed.id if value == "proposed" else value for name, value in sent.items()}
    page = visit(whole).post("/publish", sent)
    assert (page.status_code, said in page.text) == (422, True)
    assert whole.desk.publisher.jobs() == []


def test_a_second_publishing_leads_to_the_one_under_way(idle: WholeDesk) -> None:
    staff = visit(idle)
    first = staff.post("/publish", {"what": "disk"}).headers["location"]
    second = staff.post("/publish", {"what": "disk"})
    assert second.headers["location"] == first
    assert "Another publication is under way" in staff.get(first.removeprefix("/staff")).text
    assert "A publication was interrupted" in staff.get("/publish").text


def test_below_the_floors_a_publisher_overrides_with_a_reason(idle: WholeDesk) -> None:
    job, staff = idle.below(), visit(idle)
    page = staff.get(f"/publish/{job.id}")
    assert "The exam is not passed" in page.text
    assert "/override" in page.text and "/agree" not in page.text
    for reason in ("", "   "):
        refused = staff.post(f"/publish/{job.id}/override", {"reason": reason})
        assert (refused.status_code, "Write why these answers" in refused.text) == (422, True)
    assert idle.desk.publisher.get(job.id).state is JobState.WAITING
    assert staff.post(f"/publish/{job.id}/override", {"reason": "The law changed."}).status_code == 303
    assert (idle.desk.publisher.get(job.id).state, idle.desk.publisher.get(job.id).reason) == (
        JobState.SWITCHING,
        "The law changed.",
    )
    noted = idle.desk.audit.entries()[0]
    assert (noted.who, noted.action, noted.reason) == ("amina", "publish.overridden", "The law changed.")


def test_below_the_floors_agreeing_is_not_enough(idle: WholeDesk) -> None:
    job, staff = idle.below(), visit(idle)
    assert "moved on in the meantime" in plain(
        staff.client.get(staff.post(f"/publish/{job.id}/agree").headers["location"])
    )
    assert idle.desk.publisher.get(job.id).state is JobState.WAITING


@pytest.mark.parametrize("action", ACTIONS)
def test_an_editor_sees_but_decides_nothing(idle: WholeDesk, action: str) -> None:
    job, omar = idle.below(), visit(idle, "omar")
    page = omar.get(f"/publish/{job.id}")
    assert page.status_code == 200
    assert not [name for name in ACTIONS if f"/{name}" in page.text]
    assert "Only someone with the role of publisher" in page.text
    refused = omar.post(f"/publish/{job.id}/{action}", {"reason": "I want to"})
    assert (refused.status_code, "For publishers only" in refused.text) == (403, True)
    assert omar.post("/publish", {"what": "disk"}).status_code == 403
    assert idle.desk.publisher.get(job.id).state is JobState.WAITING
    assert idle.desk.audit.entries() == []


@pytest.mark.parametrize("path", ["/publish", *(f"/publish/JOB/{one}" for one in ACTIONS)])
def test_nothing_happens_without_the_token_of_the_form_or_from_another_site(idle: WholeDesk, path: str) -> None:
    job, staff = idle.below(), visit(idle)
    path = path.replace("JOB", job.id)
    sent = {"reason": "x", "what": "disk"}
    for token in ("", "wrong", "0" * 32):
        assert staff.post(path, {**sent, "csrf": token}).status_code == 403
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert staff.post(path, sent, headers=foreign).status_code == 403
    assert staff.get(path).status_code in {200, 404}
    assert idle.desk.publisher.get(job.id).state is JobState.WAITING


def test_every_changed_answer_is_shown_before_and_after_and_nothing_in_it_is_markup(idle: WholeDesk) -> None:
    page = visit(idle).get(f"/publish/{idle.below().id}")
    assert re.findall(r"st-change is-(\w+)", page.text) == ["worse", "worse", "better", "other"]
    assert "2 answers become wrong" in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    for bad in ("<script>alert", "<img src=x", "<b>Cinq", "<i>Six"):
        assert bad not in page.text
    assert re.search(r"<del>.*?30.*?</del>", page.text, re.DOTALL)
    assert re.search(r"<ins>.*?35.*?</ins>", page.text, re.DOTALL)
    assert "84.0%" in page.text and "90.0%" in page.text
    only = visit(idle).get(f"/publish/{idle.desk.publisher.jobs()[0].id}?only=better&page=7")
    assert "safran" in only.text and "Combien" not in only.text


def test_progress_shows_the_step_and_renews_itself_with_and_without_a_script(
    idle: WholeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = idle.job(JobState.ASKING, step_done=30, step_total=200, candidate="c", before_snapshot="b")
    monkeypatch.setattr(type(idle.desk.publisher._lock), "is_held", lambda _: True)
    staff = visit(idle)
    page = staff.get(f"/publish/{job.id}").text
    assert '<progress max="200" value="30"' in page
    assert re.search(r'id="job-progress" data-refresh="2"', page)
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page
    assert "30 of 200 answers given" in page.replace("\u2068", "").replace("\u2069", "")
    assert "/cancel" in page
    assert 'http-equiv="refresh"' not in staff.get(f"/publish/{job.id}?still=1").text
    assert "/cancel" not in visit(idle, "omar").get(f"/publish/{job.id}").text
    cancelled = staff.post(f"/publish/{job.id}/cancel")
    assert "being stopped" in staff.client.get(cancelled.headers["location"]).text


def test_an_interrupted_publishing_is_resumed_or_cancelled(idle: WholeDesk) -> None:
    job, staff = idle.job(JobState.ASKING, candidate="c", before_snapshot="b"), visit(idle)
    assert "The work was interrupted" in staff.get(f"/publish/{job.id}").text
    staff.post(f"/publish/{job.id}/resume")
    staff.post(f"/publish/{job.id}/cancel")
    assert [one.action for one in idle.desk.audit.entries()] == ["publish.cancelled", "publish.resumed"]
    assert "amina\u2069 cancelled this publication" in staff.get(f"/publish/{job.id}").text
    switching = idle.job(JobState.SWITCHING, candidate="c", before_snapshot="b")
    assert f"{switching.id}/cancel" not in staff.get(f"/publish/{switching.id}").text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("findings", "what to mend is shown there"),
        ("outdated", "compare the two texts"),
        ("proposed", "proposed by a machine"),
        ("changed", "Look at what changed"),
        ("other", "A technical problem"),
        ("<unheard>", "A technical problem"),
    ],
)
def test_a_failure_is_told_with_its_repair_and_leads_to_the_draft(idle: WholeDesk, kind: str, said: str) -> None:
    draft = idle.parts.draft()
    job = idle.job(JobState.FAILED, problem=f"{NEW_FILE}:3: error: <b>bad</b>", problem_kind=kind)
    page = visit(idle).get(f"/publish/{job.id}").text
    assert said in page
    assert f"/staff/drafts/{draft.id}" in page
    assert "&lt;b&gt;bad&lt;/b&gt;" in page


def test_an_unknown_publishing_is_no_page_and_no_action(idle: WholeDesk) -> None:
    staff = visit(idle)
    for path in ("/publish/none", "/publish/%3Cscript%3E"):
        assert staff.get(path).status_code == 404
        assert staff.post(f"{path}/cancel").status_code == 404


@pytest.mark.parametrize("language", [Language.FR, Language.AR, Language.EN])
def test_every_state_has_its_page_in_every_language(idle: WholeDesk, language: Language) -> None:
    staff = visit(idle, language=language)
    jobs = [idle.desk.publisher.get(idle.below().id)]
    for state in JobState:
        if state is not JobState.WAITING:
            idle.jobs.change(jobs[0].id, state, step_done=1, step_total=2, reason="r")
            page = staff.get(f"/publish/{jobs[0].id}?lang={language}")
            assert page.status_code == 200, state
            assert f'lang="{language}" dir="{"rtl" if language is Language.AR else "ltr"}"' in page.text
    assert staff.get("/publish").status_code == 200
