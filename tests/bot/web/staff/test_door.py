"""Attacks on the desk's door: sessions, origins, tokens, roles, addresses, headers and sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.datastructures import Headers

from bot.web.staff.door import is_own, is_staff

PASSWORD = "correct horse battery"
OWN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
POSTS = (
    "/sign-out",
    "/add/file",
    "/add/text",
    "/add/empty",
    "/drafts/x",
    "/drafts/x/discard",
    "/documents/a/b/fr/edit",
)
FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    {"origin": "http://testserver", "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_another_site_can_neither_sign_anybody_in_nor_send_a_form(staff: Any, headers: dict[str, str]) -> None:
    form = {"csrf": staff.csrf, "language": "fr"}
    assert staff.client.post("/staff/add/empty", data=form, headers=headers).status_code == 403
    sent = {"name": "amina", "password": PASSWORD}
    assert staff.client.post("/staff/sign-in", data=sent, headers=headers).status_code == 403
    assert staff.desk.drafts.open() == []


@pytest.mark.parametrize("token", ["", "wrong", "x" * 10_000, "é"])
def test_a_form_without_the_sessions_token_changes_nothing(staff: Any, token: str) -> None:
    answer = staff.post("/add/empty", {"csrf": token})
    assert answer.status_code == 403
    assert staff.desk.drafts.open() == []


def test_a_form_from_before_signing_in_anew_can_be_confirmed_and_loses_nothing(staff: Any) -> None:
    answer = staff.post("/add/text", {"csrf": "old", "text": "Line 1\n\n<b>Line 2</b>", "title": '"><script>'})
    assert answer.status_code == 403
    assert staff.csrf in answer.text
    assert "Line 1\n\n&lt;b&gt;Line 2&lt;/b&gt;</textarea>" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", POSTS)
def test_without_a_session_nothing_is_done_and_no_body_is_read(visit_desk: Callable[..., Any], path: str) -> None:
    staff = visit_desk()
    answer = staff.client.post(f"/staff{path}", content=b"x" * 300_000, headers=OWN)
    assert answer.status_code == 401
    assert "password" in answer.text
    assert staff.desk.drafts.open() == []
    assert staff.desk.read_file.read == []


@pytest.mark.parametrize("path", ["", "/documents", "/documents/a/b/fr", "/drafts", "/add", "/drafts/x", "/nothing"])
def test_without_a_session_no_page_is_shown(visit_desk: Callable[..., Any], path: str) -> None:
    staff = visit_desk()
    answer = staff.get(path, headers={"cookie": "mithaq-staff=guessed"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/staff/sign-in")


def test_every_answer_forbids_frames_copies_and_other_readers(staff: Any) -> None:
    for path in ("", "/sign-in", "/documents", "/add", "/nothing", "/drafts/unknown"):
        headers = staff.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in headers if name.startswith("access-control")]


def test_even_a_refusal_at_the_door_carries_the_strict_headers(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    staff.desk.accounts.roles.clear()
    assert "frame-ancestors 'none'" in staff.get("").headers["content-security-policy"]


def test_an_editor_is_told_whose_work_it_is(visit_desk: Callable[..., Any]) -> None:
    from starlette.responses import PlainTextResponse

    from bot.web.staff.pages import Pages
    from bot.web.staff.visit import PUBLISHER

    staff = visit_desk()
    app = staff.client.app
    pages, others = Pages(app, staff.desk), list(app.router.routes)
    done: list[str] = []

    def publish(visit: Any) -> Any:
        done.append(visit.who)
        return PlainTextResponse("done")

    app.router.routes.clear()
    pages.post("/secret", publish, role=PUBLISHER)
    app.router.routes.extend(others)
    staff.sign_in("omar")
    assert staff.post("/secret").status_code == 403
    staff.sign_in("amina")
    assert staff.post("/secret").text == "done"
    assert done == ["amina"]


def test_a_role_taken_away_counts_at_once(staff: Any) -> None:
    for session in staff.desk.sign_in.open.values():
        session.account.role = "editor"
    assert "rédaction" in staff.get("").text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_other_method_reaches_a_page(staff: Any, method: str) -> None:
    assert staff.client.request(method, "/staff/documents", headers=OWN).status_code == 403


def test_what_is_not_a_form_is_refused_kindly(staff: Any) -> None:
    headers = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    answer = staff.client.post("/staff/add/file", content=b"--x\r\nbroken", headers=headers)
    assert answer.status_code in {400, 403}
    many = {f"field{number}": "x" for number in range(500)}
    assert staff.post("/add/empty", many).status_code == 400


def test_bodies_are_bounded_by_their_address(staff: Any) -> None:
    assert staff.post("/add/empty", {"kind": "x" * 200_000}).status_code == 413
    assert staff.post("/add/text", {"text": "x" * 5_000_000}).status_code == 413
    large = {"file": ("a.txt", b"x" * (21 * 1024 * 1024), "text/plain")}
    assert staff.post("/add/file", files=large).status_code == 413
    assert staff.desk.read_file.read == []


def test_a_body_that_hides_its_length_is_counted(staff: Any) -> None:
    def pieces() -> Any:
        yield b"csrf=" + staff.csrf.encode() + b"&text="
        for _ in range(600):
            yield b"x" * 10_000

    headers = {**OWN, "content-type": "application/x-www-form-urlencoded"}
    assert staff.client.post("/staff/add/text", content=pieces(), headers=headers).status_code == 413


def test_twenty_megabytes_reach_the_reader(staff: Any) -> None:
    content = b"Title\n\n" + b"word " * 3_999_000
    answer = staff.post("/add/file", {"kind": "guide"}, files={"file": ("big.txt", content, "text/plain")})
    assert staff.desk.read_file.read == [("big.txt", len(content))]
    assert answer.status_code == 422  # more than a million characters: said at the field


def test_who_is_the_desk() -> None:
    assert [is_staff(path) for path in ("/staff", "/staff/", "/staff/x", "/staffx", "/", "/api/staff")] == [
        True
    ] * 3 + [False] * 3
    assert is_own(Headers({"origin": "http://Host:1", "host": "host:1"}))
