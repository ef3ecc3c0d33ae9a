"""What pdfminer.six says of a page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.importing.pdf_glyphs import Glyph, Page, read_pages, runs_down
from tests.corpus.importing.files import pdf, raw_pdf, stream

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"


def first(content: bytes, box: bytes = b"[0 0 200 100]") -> Page:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox" + box + b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return next(iter(read_pages(raw_pdf(catalog, pages, page, stream(content), FONT))))


def text(page: Page) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def test_a_glyph_has_its_place_size_and_weight() -> None:
    glyph = first(b"BT /F 10 Tf 20 50 Td (A) Tj ET").glyphs[0]
    assert (glyph.text, glyph.x0, glyph.y, glyph.size, glyph.bold) == ("A", 20.0, 50.0, 10.0, True)
    assert glyph.x1 > glyph.x0


def test_places_count_from_the_corner_of_the_page() -> None:
    assert first(b"BT /F 10 Tf 120 250 Td (A) Tj ET", b"[100 200 300 300]").glyphs[0].x0 == 20.0


@pytest.mark.parametrize("place", [b"500 50", b"-90 50", b"20 900", b"1000000000 50"])
def test_what_stands_outside_of_the_page_is_not_read(place: bytes) -> None:
    assert text(first(b"BT /F 10 Tf 20 50 Td (seen) Tj ET BT /F 10 Tf " + place + b" Td (unseen) Tj ET")) == "seen"


def test_letters_on_their_side_and_those_printed_twice_are_left_out() -> None:
    assert text(first(b"BT /F 10 Tf 0 1 -1 0 50 20 Tm (side) Tj ET BT /F 10 Tf 1 0 0 1 20 80 Tm (up) Tj ET")) == "up"
    assert text(first(b"BT /F 10 Tf 20 50 Td (bold) Tj ET BT /F 10 Tf 20.3 50 Td (bold) Tj ET")) == "bold"


def test_text_from_top_to_bottom_is_told_from_text_in_lines_and_from_a_few_letters_of_an_axis() -> None:
    def drawn(places: Sequence[tuple[float, float]]) -> list[Glyph]:
        return [Glyph("字", x, x + 10, y, 10, bold=False) for x, y in places]

    down = [(300 - 15 * column, 200 - 11 * row) for column in range(4) for row in range(12)]
    assert runs_down(drawn(down))
    assert not runs_down(drawn([(y, x) for x, y in down]))
    assert not runs_down(drawn(down[:12]))


def test_rules_are_found_upright_and_level() -> None:
    page = first(b"20 10 m 20 90 l S 10 40 100 0.5 re f")
    assert any(abs(x - 20) < 1 and high - low > 70 for x, low, high in page.upright)
    assert any(abs(y - 40) < 1 and right - left > 90 for y, left, right in page.level)


def test_every_page_of_a_file_comes() -> None:
    assert len(list(read_pages(pdf("chromium-dejavu-justified-pages")))) > 2
