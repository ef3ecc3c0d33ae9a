"""Pages saved from the web."""

from __future__ import annotations

import pytest

from corpus import ImportRefusedError
from corpus.importing.html_page import read_html
from corpus.importing.values import Doubt
from tests.corpus.importing.arabic_release import BLOCKS, TABLE
from tests.corpus.importing.files import LIMITS, read, shown

PARAGRAPH = (
    "Le centre régional d'investissement annonce l'ouverture d'une zone industrielle de 120 hectares à Safi, à dix minutes "
    "du port. Les lots vont de 1 000 à 20 000 m² et sont vendus à partir de 350 dirhams le mètre carré."
)
AROUND = (
    "<header><nav><ul><li><a href='/'>Accueil</a></li><li><a href='/c'>Nous écrire</a></li></ul></nav></header>"
    "<div class='breadcrumb'><a href='/'>Accueil</a> &gt; Actualités</div>",
    "<aside><h3>À lire aussi</h3><a href='/x'>Le forum des startups</a></aside>"
    "<div class='cookie-banner'>Nous utilisons des cookies.</div>"
    "<footer>© 2025 Tous droits réservés <a href='/m'>Mentions légales</a></footer><script>alert(1)</script>",
)
HEAD = (
    "<title>Une zone à Safi | Le CRI</title><meta property='og:site_name' content='CRI Marrakech-Safi'>"
    "<meta property='article:published_time' content='2025-02-11T09:00:00+01:00'><link rel='canonical' href='https://example.org/zone'>"
)


def page(body: str, *, head: str = HEAD, around: tuple[str, str] = AROUND) -> bytes:
    whole = f"{around[0]}{body}{around[1]}"
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{whole}</body></html>".encode()


def blocks(body: str, around: tuple[str, str] = AROUND) -> list[str]:
    return shown(read_html(page(body, around=around), LIMITS).blocks)


def reason(content: bytes) -> str:
    with pytest.raises(ImportRefusedError) as error:
        read_html(content, LIMITS)
    return error.value.reason


ASKED = "Toute entreprise qui investit au moins 5 millions de dirhams. La demande se fait sur"
ARTICLE = (
    f"<main><article><h1>Une zone à Safi</h1><p>{PARAGRAPH}</p><h2>Qui peut demander un lot ?</h2>"
    f"<p>{ASKED} <a href='https://example.org/d'>le portail</a> et non par <a href='javascript:x()'>script</a>.</p>"
    "<ul><li>une copie des statuts ;</li><li>le plan de financement.</li></ul><h2>Les prix</h2>"
    "<table><thead><tr><th>Lot</th><th>Prix</th></tr></thead><tr><td>A</td><td>350 000 DH</td></tr>"
    "<tr><td>B</td><td>1 700 000 DH</td></tr></table><p>Ces prix valent un an.<br>Hors taxes.</p></article></main>"
)


def test_menus_banners_and_footers_are_gone_and_the_text_keeps_its_form() -> None:
    assert blocks(ARTICLE)[-10:] == [
        PARAGRAPH,
        "## Qui peut demander un lot ?",
        f"{ASKED} le portail (https://example.org/d) et non par script.",
        "- une copie des statuts ;",
        "- le plan de financement.",
        "## Les prix",
        "= Lot | Prix",
        "| A | 350 000 DH",
        "| B | 1 700 000 DH",
        "Ces prix valent un an.\nHors taxes.",
    ]


def test_the_page_says_its_title_day_publisher_and_address() -> None:
    imported = read(page(ARTICLE), "zone.html")
    assert (imported.title, str(imported.published), imported.publisher) == (
        "Une zone à Safi",
        "2025-02-11",
        "CRI Marrakech-Safi",
    )
    assert imported.url == "https://example.org/zone"
    assert (
        "Accueil" not in imported.markdown and "cookies" not in imported.markdown and "alert" not in imported.markdown
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<div id='wrap'><div class='content'><p>{PARAGRAPH}</p></div></div>",
        f"<table><tr><td><ul><li><a href='/'>Menu</a></li></ul></td><td><h2>Titre</h2><p>{PARAGRAPH}</p></td></tr></table>",
        f"<article><p>{PARAGRAPH}</p></article>",
        f"<font size=2>{PARAGRAPH}</font>",
        f"<p>{PARAGRAPH}</p><p style='display:none'>caché</p><div hidden>caché</div><span aria-hidden='true'>caché</span>",
    ],
)  # fmt: skip
def test_pages_of_every_age_give_their_text(body: str) -> None:
    text = "\n".join(blocks(body, ("", "")))
    assert PARAGRAPH in text
    assert "caché" not in text


def test_short_pages_are_not_lost() -> None:
    assert blocks("<p>Le bureau est fermé le 9 juillet.</p>", ("", "")) == ["Le bureau est fermé le 9 juillet."]


def test_merged_cells_stand_in_every_column_and_row() -> None:
    table = (
        "<table><tr><th>Place</th><th colspan=2>Taux</th></tr><tr><td rowspan=2>Safi</td><td>A</td><td>10</td></tr>"
        "<tr><td>B</td><td>15</td></tr></table>"
    )
    assert blocks(f"<main><p>{PARAGRAPH}</p>{table}</main>", ("", ""))[1:] == [
        "= Place | Taux | Taux",
        "| Safi | A | 10",
        "| Safi | B | 15",
    ]


def test_terms_and_nested_lists_are_items() -> None:
    body = (
        f"<main><p>{PARAGRAPH}</p><ol><li>un<ul><li>a</li></ul></li></ol><dl><dt>Tél. :</dt><dd>05 24</dd></dl></main>"
    )
    assert "1. un" in blocks(body, ("", ""))


@pytest.mark.parametrize("charset", ["windows-1256", "utf-8", "iso-8859-6"])
def test_old_arabic_charsets_are_read(charset: str) -> None:
    body = "".join(f"<p>{text}</p>" for _, text in BLOCKS).replace("€", "أورو").replace("«", '"').replace("»", '"')
    head = f"<meta http-equiv='Content-Type' content='text/html; charset={charset}'>"
    content = f"<html dir=rtl><head>{head}</head><body>{body}</body></html>"
    imported = read(content.encode(charset), "page.htm")
    assert imported.language == "ar"
    assert "القانون الإطار رقم 03-22" in imported.markdown
    assert not any(doubt is Doubt.CHARSET_GUESSED for doubt, _ in imported.doubts)


def test_a_charset_that_is_not_stated_or_wrong_is_recognised_and_told() -> None:
    content = f"<html><body><p>{PARAGRAPH}</p></body></html>"
    for raw in (
        content.encode("cp1252"),
        content.replace("<html>", "<html><head><meta charset=utf-8></head>").encode("cp1252"),
    ):
        parsed = read_html(raw, LIMITS)
        assert PARAGRAPH in shown(parsed.blocks)
        assert (Doubt.CHARSET_GUESSED, 0) in parsed.doubts
    assert PARAGRAPH in shown(read_html(content.encode("utf-16"), LIMITS).blocks)


def test_latin_1_means_windows_1252_as_browsers_take_it() -> None:
    content = f"<html><head><meta charset=iso-8859-1></head><body><p>{PARAGRAPH} L’euro : 10 €.</p></body></html>"
    assert f"{PARAGRAPH} L’euro : 10 €." in shown(read_html(content.encode("cp1252"), LIMITS).blocks)


def test_chinese_pages_are_read() -> None:
    text = "大区投资中心在萨菲接待了由28家企业组成的代表团，并介绍了投资宪章的主要内容和各项补贴。"
    content = f"<html><head><meta charset=gb2312></head><body><p>{text}</p></body></html>"
    assert shown(read_html(content.encode("gb2312"), LIMITS).blocks) == [text]


def test_a_saved_page_names_its_address_and_its_data_names_its_day() -> None:
    data = '{"@graph": [{"datePublished": "2024-05-06", "publisher": {"name": "La chambre"}}]}'
    saved = (
        "<!DOCTYPE html><!-- saved from url=(0026)https://example.org/a/b.html --><html><head>"
        f"<script type='application/ld+json'>{data}</script></head><body><p>{PARAGRAPH}</p></body></html>"
    )
    parsed = read_html(saved.encode(), LIMITS)
    assert (parsed.url, str(parsed.published), parsed.publisher) == (
        "https://example.org/a/b.html",
        "2024-05-06",
        "La chambre",
    )


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>The centre opens an office - centre.ma</title>", '<h1><a href="https://centre.ma/"><img alt="C"></a></h1>',
         "The centre opens an office"),
        ("<title>The centre</title>", '<h1><a href="/press/3">Thirteen firms came</a></h1>', "Thirteen firms came"),
        ("<title>The centre</title>", '<h1><a href="#top">Thirteen firms came</a></h1>', "Thirteen firms came"),
        ("<title>The centre</title>", '<h1><a href="/?p=7">Thirteen firms came</a></h1>', "Thirteen firms came"),
        ("<title>The centre</title>", '<h1>Firms came to <a href="/">the centre</a></h1>', "Firms came to the centre"),
        ("<title>区域投资中心接待代表团-新华网</title>", "", "区域投资中心接待代表团"),
    ],
)  # fmt: skip
def test_the_name_of_the_site_is_no_title(head: str, body: str, title: str) -> None:
    content = f"<html><head><meta charset=utf-8>{head}</head><body>{body}<p>{'Word ' * 40}</p></body></html>".encode()
    assert read_html(content, LIMITS).title == title


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<div class="post-date">Publié le 3 mars 2025</div>', "2025-03-03"),
        ('<span class="h-time"> 2020-02-19 20:29:58</span>', "2020-02-19"),
        ('<nav><span class="date">29 novembre 2026</span></nav><p class="date">3 mars 2025</p>', "2025-03-03"),
        ('<div class="update">3 mars 2025</div>', "None"),
        (f'<div class="date">{"Le 3 mars 2025, treize entreprises sont venues. " * 3}</div>', "None"),
    ],
)
def test_a_day_that_only_stands_on_the_page_is_taken_from_where_pages_show_it(body: str, day: str) -> None:
    content = f"<html><head><meta charset=utf-8></head><body><main>{body}<p>{'Mot ' * 40}</p></main></body></html>"
    assert str(read_html(content.encode(), LIMITS).published) == day


def test_pictures_are_told_and_a_page_without_words_is_refused() -> None:
    assert (Doubt.PICTURES_LEFT_OUT, 0) in read_html(page(f"<p>{PARAGRAPH}</p><img src=x>"), LIMITS).doubts
    assert reason(page("<img src=x>", around=("", ""))) == "no-text"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<!DOCTYPE html [<!ENTITY a 'aa'>]><html><body><p>&a;</p></body></html>", "hostile"),
        (b"<html><body>" + b"<div>" * 20_000 + b"text", "hostile"),
        (b"<html><body><p>" + b"word " * 150_000, "too-long"),
        (b"<html><body><p>" + b"<b>x</b>" * 1_100_000, "too-long"),
    ],
    ids=["entities", "nested", "long text", "long source"],
)
def test_hostile_pages_are_refused(content: bytes, expected: str) -> None:
    assert reason(content) == expected


def test_pictures_within_the_page_do_not_count_as_text() -> None:
    inlined = f"<img src='data:image/png;base64,{'A' * 9_000_000}'>"
    assert shown(read_html(page(f"<p>{PARAGRAPH}</p>{inlined}", around=("", "")), LIMITS).blocks) == [PARAGRAPH]


def test_the_release_with_its_table_comes_word_for_word() -> None:
    body = "".join(f"<{kind}>{text}</{kind}>" for kind, text in BLOCKS)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    imported = read(page(f"<main>{body}<table>{rows}</table></main>", head=""), "x.html")
    assert [text for _, text in BLOCKS if text not in imported.title + imported.markdown] == []
    assert "- الإقليم: آسفي؛ الفئة: A؛ نسبة المنحة: 10%" in imported.markdown


def test_characters_that_no_page_may_hold_are_dropped() -> None:
    assert shown(read_html(page(f"<p>{PARAGRAPH}\x00\x01 Fin.</p>", around=("", "")), LIMITS).blocks) == [
        f"{PARAGRAPH} Fin."
    ]
