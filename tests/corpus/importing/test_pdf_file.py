"""PDF files of many programs, and hostile ones."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from functools import cache

import pypdf
import pytest

from corpus import ImportRefusedError
from corpus.importing.pdf_file import read_pdf
from corpus.importing.values import Doubt, Imported, ImportLimits
from tests.corpus.importing.arabic_release import BLOCKS, HEADER, TABLE
from tests.corpus.importing.files import LIMITS, pdf, raw_pdf, read, shown, stream

ALL = (
    "chromium-naskh", "chromium-amiri", "chromium-dejavu-justified-pages", "libreoffice-dejavu", "libreoffice-naskh",
    "ghostscript-naskh", "cairo-naskh", "typst-naskh", "weasyprint-amiri", "weasyprint-dejavu-pages", "forms-dejavu",
)  # fmt: skip
WITH_TABLE = tuple(name for name in ALL if name not in {"cairo-naskh", "typst-naskh", "forms-dejavu"})
# WeasyPrint orders each line as if it were a paragraph: a number with hyphens that begins a line is told, for a person to check.
TURNED = {"weasyprint-dejavu-pages": ("رقم 03-22", "رقم 22-03")}


@cache
def imported(name: str) -> Imported:
    return read(pdf(name), f"{name}.pdf")


def reason(content: bytes, **limits: int) -> tuple[str, int | None]:
    with pytest.raises(ImportRefusedError) as error:
        read_pdf(content, ImportLimits(**limits))
    return error.value.reason, error.value.page


@pytest.mark.parametrize("name", ALL)
def test_the_arabic_release_comes_word_for_word_from_every_program(name: str) -> None:
    text = re.sub(r"^(?:##|-) ", "", f"{imported(name).title}\n{imported(name).markdown}", flags=re.MULTILINE)
    if name == "forms-dejavu":
        text = " ".join(
            text.split()
        )  # its lines were cut at a number of letters, so that their ends tell nothing of paragraphs
    right, wrong = TURNED.get(name, ("", ""))
    expected = [block.replace(right, wrong) if right else block for _, block in BLOCKS]
    assert [block for block in expected if block not in text] == []
    assert (not right) or (Doubt.NUMBER_ORDER, 1) in imported(name).doubts


@pytest.mark.parametrize("name", WITH_TABLE)
def test_its_table_is_a_table_with_its_header(name: str) -> None:
    head = TABLE[0]
    for row in TABLE[1:]:
        line = "- " + "؛ ".join(f"{column}: {cell}" for column, cell in zip(head, row, strict=True))
        assert line in imported(name).markdown.split("\n")


@pytest.mark.parametrize("name", ALL)
def test_what_is_proposed_of_it_is_right(name: str) -> None:
    found = imported(name)
    assert (found.language, str(found.published), found.title) == ("ar", "2025-03-12", BLOCKS[0][1])
    assert "marrakech" in found.provinces


def test_running_headers_and_page_numbers_are_gone_and_paragraphs_go_on_over_pages() -> None:
    for name in ("chromium-dejavu-justified-pages", "weasyprint-dejavu-pages"):
        text = imported(name).markdown
        assert imported(name).pages > 1
        assert HEADER not in text
        assert not re.search(r"^\d+ / \d+$", text, re.MULTILINE)
        longest = BLOCKS[7][1]
        assert text.count(longest[-30:]) >= 2


def test_two_columns_are_read_one_after_the_other_and_that_is_told() -> None:
    found = imported("columns-french")
    assert (Doubt.COLUMNS, 1) in found.doubts
    sentence = "Le total des primes ne peut pas dépasser 30 % de l'investissement primable,"
    assert found.markdown.count(sentence) == 2


def test_words_divided_at_the_end_of_a_line_are_whole_and_those_with_a_hyphen_keep_it() -> None:
    text = imported("hyphens-french").markdown
    for words in (
        "L'efficacité des affaires, dit-il, dépend",
        "seront équipés",
        "l'investissement primable",
        "loi-cadre n° 03-22",
        "CRI-Invest",
    ):
        assert words in text
    assert "\u2010" not in text


def changed(name: str, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(name))))
    change(writer)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def without_font_maps(writer: pypdf.PdfWriter) -> None:
    for font in writer._objects:
        if isinstance(font, pypdf.generic.DictionaryObject):
            font.pop("/ToUnicode", None)


def picture(writer: pypdf.PdfWriter) -> None:
    """A page that is one grey picture, put behind the first."""
    page = writer.add_blank_page(200, 200)
    image = pypdf.generic.StreamObject()
    image._data = b"\x80"
    for key, value in {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceGray"}.items():
        image[pypdf.generic.NameObject(f"/{key}")] = pypdf.generic.NameObject(value)
    for key in ("Width", "Height"):
        image[pypdf.generic.NameObject(f"/{key}")] = pypdf.generic.NumberObject(1)
    image[pypdf.generic.NameObject("/BitsPerComponent")] = pypdf.generic.NumberObject(8)
    content = pypdf.generic.StreamObject()
    content._data = b"200 0 0 200 0 0 cm /I Do"
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(content)
    holder = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/I"): writer._add_object(image)})
    page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject("/XObject"): holder}
    )


def test_a_scan_is_refused_with_its_page() -> None:
    assert reason(changed("forms-dejavu", picture)) == ("scan", 2)


def test_fonts_that_do_not_say_their_letters_are_refused_with_the_page() -> None:
    assert reason(changed("libreoffice-naskh", without_font_maps)) == ("broken-font", 1)


def test_reversed_words_are_refused_with_the_page() -> None:
    assert reason(pdf("reversed-dejavu")) == ("reversed", 1)


def test_a_password_is_refused_but_a_lock_against_changes_is_none() -> None:
    assert reason(changed("forms-dejavu", lambda writer: writer.encrypt("secret", algorithm="AES-256"))) == (
        "encrypted",
        None,
    )
    locked = changed("forms-dejavu", lambda writer: writer.encrypt("", owner_password="owner", algorithm="AES-256"))
    assert BLOCKS[0][1] in shown(read_pdf(locked, LIMITS).blocks)[0]


def test_an_empty_page_is_told_and_a_file_of_empty_pages_is_refused() -> None:
    parsed = read_pdf(changed("forms-dejavu", lambda writer: writer.add_blank_page(100, 100)), LIMITS)
    assert (Doubt.EMPTY_PAGES, 2) in parsed.doubts
    blank = pypdf.PdfWriter()
    blank.add_blank_page(100, 100)
    content = io.BytesIO()
    blank.write(content)
    assert reason(content.getvalue()) == ("no-text", None)


CATALOG, PAGE = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
)
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
HOSTILE = {
    "pages in a circle": raw_pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "endless parents": raw_pdf(CATALOG, PAGES, b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"),
    "a form in itself": raw_pdf(CATALOG, PAGES, PAGE, stream(b"/F Do"), stream(b"/F Do /F Do", FORM)),
    "no pages": raw_pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"),
    "no catalog": raw_pdf(b"<<>>"),
    "nested arrays": raw_pdf(CATALOG, PAGES[:-2] + b"/X " + b"[" * 50_000 + b"]" * 50_000 + b">>", PAGE, stream(b"")),
    "junk": b"%PDF-1.7\n" + bytes(range(256)) * 200,
    "cut": pdf("forms-dejavu")[:9_000],
    "broken stream": raw_pdf(CATALOG, PAGES, PAGE, stream(b"not deflated", b"/Filter/FlateDecode")),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_files_that_are_broken_on_purpose_are_refused_in_words(content: bytes) -> None:
    assert reason(content)[0] in {"damaged", "no-text", "hostile"}


def test_too_many_pages_and_too_much_text_are_refused() -> None:
    many = changed("forms-dejavu", lambda writer: [writer.add_blank_page(10, 10) for _ in range(5)] and None)
    assert reason(many, most_pages=5) == ("too-many-pages", None)
    assert reason(pdf("forms-dejavu"), most_characters=200) == ("too-long", None)


def test_a_page_of_endless_glyphs_is_refused() -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    text = zlib.compress(b"BT /F 9 Tf (" + b"a" * 70_000 + b") Tj ET")
    assert reason(raw_pdf(CATALOG, PAGES, page, stream(text, b"/Filter/FlateDecode"), font)) == ("too-long", None)
