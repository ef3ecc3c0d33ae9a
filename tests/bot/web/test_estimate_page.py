"""The page with the form and the estimate, without a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from bot.incentives import Project, estimate
from bot.web.bar_html import bar_html
from bot.web.estimate_form import form_address, read_form
from bot.web.estimate_page import EXAMPLES, sentence
from bot.web.form_texts import load_form_texts
from corpus import Language
from corpus.parameters import load_parameters

TODAY = date(2026, 11, 1)
RULES = load_parameters().on(TODAY)
HOTEL = {"amount": ["80 million"], "jobs": ["120"], "place": ["essaouira"], "sector": ["tourism"]}


def read(written: Mapping[str, Sequence[str]], language: Language = Language.EN) -> Any:
    return read_form(written, load_parameters(), language, TODAY)


def page(client: TestClient, **query: Any) -> Any:
    return client.get("/estimate", params={"lang": "en", **query})


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_the_form_is_shown_in_every_language_with_a_label_for_each_field(client: TestClient) -> None:
    for language in Language:
        response = client.get("/estimate", params={"lang": language.value})
        assert response.status_code == 200
        assert response.headers["content-language"] == language
        html = response.text
        assert f'<html lang="{language}" dir="{"rtl" if language is Language.AR else "ltr"}">' in html
        fields = set(re.findall(r'(?:input|select) id="(f-[a-z_]+)"', html))
        assert fields == set(re.findall(r'<label for="(f-[a-z_]+)"', html))
        assert {"f-amount", "f-currency", "f-jobs", "f-place", "f-sector", "f-women_share", "f-as_of"} <= fields
        assert 'id="mq-result"' not in html
        assert "{" not in text_of(html.partition("<main")[2])


def test_no_handler_stands_in_the_page_and_nothing_comes_from_elsewhere(client: TestClient) -> None:
    html = page(client, **HOTEL).text
    assert not re.search(r"<[^>]+\son[a-z]+=", html)
    assert all(address.startswith("/") for address in re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', html))
    assert "Content-Security-Policy" in page(client).headers


def test_an_estimate_has_its_total_its_lines_and_its_sources(client: TestClient) -> None:
    response = page(client, **HOTEL, women_share="35")
    assert response.status_code == 200
    text = text_of(response.text)
    assert "23% to 29%" in text
    assert "18,400,000 to 23,200,000 MAD" in text
    assert "Total within the cap of 30%" in text
    assert "Unified Regional Investment Commission" in text
    assert "What counts as a stable job" in text
    assert 'href="#f-future_job"' in response.text
    marks = set(re.findall(r'href="#(mq-source-\d+)"', response.text))
    assert marks and marks == set(re.findall(r'<li id="(mq-source-\d+)"', response.text))
    assert "the investment agreement signed with the State decides" in text


def test_places_stand_side_by_side(client: TestClient) -> None:
    response = page(client, amount="200000000", jobs="350", sector="other-industry", place=["safi", "marrakech"])
    table = response.text.partition('<table class="mq-compared')[2].partition("</table>")[0]
    row = next(row for row in table.split("<tr>") if "Territorial premium" in row)
    assert re.findall(r"<td>(.*?)</td>", row) == ["10%", "0%"]
    assert table.count("highest") == 1
    assert len(re.findall('<details class="mq-place"', response.text)) == 2


def test_equal_places_have_no_highest(client: TestClient) -> None:
    response = page(client, amount="200000000", jobs="350", sector="tourism", place=["safi", "essaouira"])
    assert "mq-best" not in response.text


def test_another_currency_is_turned_into_dirhams_at_the_indicative_rate(client: TestClient) -> None:
    text = text_of(page(client, **{**HOTEL, "amount": "10 million"}, currency="EUR").text)
    rate = RULES.rates["EUR"].value
    assert f"{10_000_000 * rate:,.0f} MAD" in text
    assert "indicative rate" in text


def test_wrong_input_is_told_at_its_field_and_kept(client: TestClient) -> None:
    response = page(
        client, amount="much", jobs="1.5", women_share="120", sector="magic", currency="XYZ", place="paris", as_of="x",
        defence="perhaps", own_funds="20",
    )  # fmt: skip
    assert response.status_code == 422
    html = response.text
    for name in ("amount", "jobs", "women_share", "sector", "currency", "place", "as_of", "defence"):
        assert f'id="e-{name}"' in html, name
        assert re.search(rf'id="f-{name}"[^>]*aria-describedby="e-{name}"[^>]*aria-invalid="true"', html), name
    assert 'value="much"' in html
    assert '<option value="magic" selected>' in html
    assert 'name="own_funds" type="text" value="20"' in html
    assert 'role="alert"' in html
    assert 'id="mq-result"' not in html


@pytest.mark.parametrize(
    ("written", "field", "message"),
    [
        ({"amount": ["10"], "land": ["20"]}, "land", "land"),
        ({"amount": ["0"]}, "amount", "amount"),
        ({"amount": ["99999999999999"]}, "amount", "amount"),
        ({"amount": ["-5"]}, "amount", "number"),
        ({"amount": ["9" * 40]}, "amount", "number"),
        ({"jobs": ["9999999"]}, "jobs", "count"),
        ({"place": ["safi", "essaouira", "marrakech", "rehamna"]}, "place", "places"),
    ],
)
def test_what_no_project_can_have_is_an_error_of_its_field(
    written: dict[str, list[str]], field: str, message: str
) -> None:
    form = read(written)
    assert form.errors == {field: message}
    assert form.projects == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("80 million", Language.EN), ("80,000,000", Language.EN), ("80 000 000", Language.FR), ("80.000.000", Language.ES),
        ("80\u00a0000\u00a0000", Language.FR), ("8000万", Language.ZH), ("٨٠ مليون", Language.AR), ("80000000", Language.AR),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, language: Language) -> None:
    assert read({"amount": [text]}, language).projects == (Project(amount=Decimal(80_000_000)),)


def test_percentages_become_shares() -> None:
    form = read({"women_share": ["35 %"], "own_funds": ["12,5"]}, Language.FR)
    assert form.projects == (Project(women_share=Decimal("0.35"), own_funds=Decimal("0.125")),)


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x>', "\x00\ud800", "💶" * 60, "1e999999", "{0.__class__}"]
)
def test_hostile_input_comes_back_escaped(client: TestClient, hostile: str) -> None:
    asked = hostile.encode("utf-8", "replace").decode()
    response = client.get("/estimate", params=dict.fromkeys(("amount", "sector", "place", "as_of", "lang"), asked))
    assert response.status_code == 422
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text


def test_the_address_of_a_project_fills_the_form_with_the_same_project() -> None:
    project = Project(
        amount=Decimal("80000000.5"), jobs=120, place="essaouira", sector="tourism", women_share=Decimal("0.355"),
        local_integration=Decimal("0.4"), future_job=True, sustainability=False, land=Decimal(9_000_000), defence=False,
        turnover=Decimal(5_000_000), new_company=True, own_funds=Decimal("0.2"), public_land=False, priority_activity=True,
        strategic_criterion=False,
    )  # fmt: skip
    for language in Language:
        address = urlsplit(form_address([project], language))
        assert address.path == "/estimate"
        assert address.fragment == "mq-result"
        written = parse_qs(address.query)
        assert written.pop("lang") == [language.value]
        assert read(written, language).projects == (project,)


def test_the_kept_address_names_the_day_of_the_rules(client: TestClient) -> None:
    html = page(client, **HOTEL, as_of="2024-01-15").text
    assert "Rules of 15 January 2024" in text_of(html)
    kept = next(
        link for link in re.findall(r'href="(/estimate\?[^"]+)"', html) if "as_of" in link and "mq-result" in link
    )
    again = client.get(unescape(kept))
    assert "Rules of 15 January 2024" in text_of(again.text)
    assert "80000000" in again.text


def test_the_rules_of_a_day_before_the_law_give_nothing(client: TestClient) -> None:
    response = page(client, **HOTEL, as_of="2000-01-01")
    assert response.status_code == 200
    assert "No premium" in text_of(response.text)


def test_language_links_keep_the_project(client: TestClient) -> None:
    html = page(client, **HOTEL).text
    link = unescape(re.search(r'href="(\?lang=fr[^"]*)"', html)[1])  # type: ignore[index]
    assert parse_qs(link[1:])["amount"] == ["80 million"]
    assert "23 % à 29 %" not in text_of(html)
    assert "Dispositif de soutien principal" in text_of(client.get("/estimate" + link).text)


@pytest.mark.parametrize("language", list(Language))
def test_the_hand_over_asks_about_the_project_in_one_sentence(client: TestClient, language: Language) -> None:
    words = load_form_texts()[language]
    project = Project(Decimal(80_000_000), 120, "essaouira", "tourism", Decimal("0.35"))
    asked = sentence(project, RULES, words, language)
    for part in (RULES.territories["essaouira"].names[language], RULES.sectors["tourism"].names[language], "120"):
        assert part in asked
    assert sentence(Project(jobs=5), RULES, words, language)
    html = client.get("/estimate", params={"lang": language.value, **HOTEL, "amount": "80000000"}).text
    link = unescape(re.search(r'class="mq-button" href="([^"]+)"', html)[1])  # type: ignore[index]
    assert urlsplit(link).path == "/"
    assert parse_qs(urlsplit(link).query)["lang"] == [language.value]
    assert "120" in parse_qs(urlsplit(link).query)["ask"][0]


def test_the_tabs_of_both_pages_lead_to_each_other(client: TestClient) -> None:
    assert '<a href="/?lang=es">' in client.get("/estimate?lang=es").text
    assert '<span aria-current="page">' in client.get("/estimate?lang=es").text


def test_the_examples_are_projects_without_an_error() -> None:
    for query in EXAMPLES.values():
        written: dict[str, list[str]] = {}
        for name, value in query:
            written.setdefault(name, []).append(value)
        for language in Language:
            assert read(written, language).projects


def test_the_bar_ends_at_the_sum_and_grows_from_the_right_in_arabic() -> None:
    made = estimate(Project(Decimal(80_000_000), 120, "essaouira", "tourism"), RULES)
    drawn = {language: bar_html(made, load_form_texts()[language], language) for language in (Language.EN, Language.AR)}
    for html in drawn.values():
        widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)%"', html)]
        cap = float(re.search(r'x1="([\d.]+)%"', drawn[Language.EN])[1])  # type: ignore[index]
        assert sum(widths) == pytest.approx(cap * float(sum(line.rate[1] for line in made.lines)) / 0.30, abs=0.01)
        assert 'role="img"' in html
    starts = [float(start) for start in re.findall(r'<rect[^>]* x="([\d.]+)%"', drawn[Language.AR])]
    assert starts == sorted(starts, reverse=True)
    assert "Territorial premium 10%" in drawn[Language.EN]


def test_a_strategic_project_is_negotiated(client: TestClient) -> None:
    text = text_of(page(client, amount="3 billion", jobs="500", strategic_criterion="yes").text)
    assert "Negotiated" in text


def test_head_requests_get_no_body(client: TestClient) -> None:
    assert client.head("/estimate").content == b""
