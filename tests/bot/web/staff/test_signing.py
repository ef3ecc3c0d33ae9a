from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.web.staff.signing import TRIES_A_MINUTE, own_page

PASSWORD = "correct horse battery"


def test_who_is_signed_in_sees_the_first_page(staff: Any) -> None:
    page = staff.get("")
    assert page.status_code == 200
    assert "amina" in page.text


def test_without_a_session_every_page_leads_to_signing_in_and_back(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    answer = staff.get("/documents")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/sign-in?next=%2Fstaff%2Fdocuments")
    assert 'value="/staff/documents"' in staff.get("/sign-in?next=%2Fstaff%2Fdocuments").text
    assert staff.sign_in(next="/staff/documents").headers["location"] == "/staff/documents"


def test_without_an_account_there_is_no_desk(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    staff.desk.accounts.roles.clear()
    for path in ("", "/sign-in", "/none"):
        assert staff.get(path).status_code == 404
    assert staff.sign_in().status_code == 404


@pytest.mark.parametrize(
    "asked", ["https://evil.example", "//evil.example", "/staff//evil", "/staff/../x", "/", "", "/staff/\nx"]
)
def test_signing_in_leads_nowhere_but_into_the_desk(asked: str) -> None:
    assert own_page(asked) == ""
    assert own_page("/staff/documents/press") == "/documents/press"


def test_the_cookie_is_for_the_desk_alone(visit_desk: Callable[..., Any]) -> None:
    cookie = visit_desk().sign_in().headers["set-cookie"]
    assert cookie.startswith("mithaq-staff=")
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Path=/staff"))
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_secure_and_no_other_is_believed(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk(address="https://testserver")
    headers = {"origin": "https://testserver"}
    sent = {"name": "amina", "password": PASSWORD}
    cookie = staff.client.post("/staff/sign-in", data=sent, headers=headers, follow_redirects=False).headers[
        "set-cookie"
    ]
    assert cookie.startswith("__Secure-mithaq-staff=")
    assert "Secure" in cookie
    token = cookie.split("=")[1].split(";")[0]
    staff.client.cookies.clear()
    assert staff.get("", headers={"cookie": f"mithaq-staff={token}"}).status_code == 303
    assert staff.get("", headers={"cookie": f"__Secure-mithaq-staff={token}"}).status_code == 200


def test_signing_in_anew_ends_the_session_before(staff: Any) -> None:
    first = set(staff.desk.sign_in.open)
    staff.sign_in()
    assert len(staff.desk.sign_in.open) == 1
    assert not first & set(staff.desk.sign_in.open)


def test_a_session_planted_by_another_site_is_neither_taken_over_nor_believed(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    staff.client.cookies.set("mithaq-staff", "planted")
    staff.sign_in()
    assert "planted" not in staff.desk.sign_in.open
    assert staff.get("").status_code == 303, "two cookies: nobody knows whose the session is"
    staff.client.cookies.delete("mithaq-staff", domain="")
    assert staff.get("").status_code == 200


def test_a_wrong_password_never_says_which_part_was_wrong(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    known, unknown = staff.sign_in("amina", "wrong"), staff.sign_in("nobody", "wrong")
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert known.text.replace("amina", "nobody") == unknown.text
    assert "set-cookie" not in known.headers
    assert "wrong" not in known.text.replace("st-wrong", "")


def test_who_is_locked_out_is_told_until_when(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    for _ in range(5):
        staff.sign_in(password="wrong")
    locked = staff.sign_in()
    assert locked.status_code == 429
    assert "29 novembre 2026, 11:15" in locked.text, "in the time of Morocco"


def test_tries_are_bounded_before_any_password_is_looked_at(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    staff.desk.sign_in.wrong = -1000
    statuses = [staff.sign_in(password="wrong").status_code for _ in range(TRIES_A_MINUTE + 3)]
    assert statuses == [401] * TRIES_A_MINUTE + [429] * 3
    assert len(staff.desk.sign_in.visitors) == TRIES_A_MINUTE


def test_long_names_and_passwords_are_cut(visit_desk: Callable[..., Any]) -> None:
    staff = visit_desk()
    assert staff.sign_in("a" * 3_000, "b").status_code == 401
    assert staff.sign_in("a" * 100_000, "b").status_code == 413


def test_a_name_with_html_is_shown_as_text(visit_desk: Callable[..., Any]) -> None:
    page = visit_desk().sign_in('"><img src=x onerror=alert(1)>', "wrong").text
    assert "<img" not in page
    assert "&lt;img" in page


def test_signing_out_ends_the_session_on_both_sides(staff: Any) -> None:
    token = staff.client.cookies["mithaq-staff"]
    assert staff.post("/sign-out").headers["location"] == "/staff/sign-in"
    assert "déconnecté" in staff.get("/sign-in").text
    assert staff.desk.sign_in.find(token) is None
    assert staff.get("", headers={"cookie": f"mithaq-staff={token}"}).status_code == 303


@pytest.mark.parametrize(
    ("wish", "kept"), [({"lang": "ar"}, "ar"), ({"lang": "en"}, "en"), ({"lang": "zh"}, "fr"), ({}, "fr")]
)
def test_the_language_is_asked_for_once_and_kept(
    visit_desk: Callable[..., Any], wish: dict[str, str], kept: str
) -> None:
    staff = visit_desk()
    staff.get("/sign-in", params=wish)
    page = staff.get("/sign-in").text
    assert f'<html lang="{kept}" dir="{"rtl" if kept == "ar" else "ltr"}"' in page
