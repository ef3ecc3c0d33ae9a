"""The glyphs, rules and pictures of the pages of a PDF, by pdfminer.six; the only file that knows it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corpus.importing.refusal import Refusal, refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_GLYPHS = 60_000
_FEWEST_TO_TELL = 30
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd\b", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Glyph:
    """One glyph as it stands on the page: its text (several letters for a ligature), from `x0` to `x1` on its baseline `y`."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Page:
    """What a page holds: glyphs, upright rules `(x, bottom, top)`, level rules `(y, left, right)`, and its share of pictures."""

    glyphs: tuple[Glyph, ...]
    upright: tuple[tuple[float, float, float], ...]
    level: tuple[tuple[float, float, float], ...]
    width: float
    height: float
    pictures: float


def read_pages(content: bytes) -> Iterator[Page]:
    """The pages in their order.

    Raises:
        ImportRefusedError: the file is damaged, or a page has more glyphs than a page can.
    """
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.psexceptions import PSException

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    try:
        for page in PDFPage.get_pages(io.BytesIO(content)):
            interpreter.process_page(page)
            yield _page(device.get_result())
    except (
        PDFException,
        PSException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OverflowError,
        AssertionError,
    ) as error:
        raise refused(Refusal.DAMAGED) from error


def _page(layout: Any) -> Page:
    from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage

    glyphs: list[Glyph] = []
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    pictures, count = 0.0, 0
    left, bottom = layout.x0, layout.y0
    waiting: list[Any] = [layout]
    while waiting:
        element = waiting.pop()
        if isinstance(element, LTChar):
            count += 1
            if count > MOST_GLYPHS:
                raise refused(Refusal.TOO_LONG, size=f"{MOST_GLYPHS:,}+", limit=f"{MOST_GLYPHS:,}")
            glyph = _glyph(element, left, bottom)
            if glyph and _on_page(glyph, layout.width, layout.height):
                glyphs.append(glyph)
        elif isinstance(element, LTImage):
            pictures += abs(element.width * element.height)
        elif isinstance(element, LTCurve):
            _add_rules(element, left, bottom, upright, level)
        elif isinstance(element, LTContainer):
            waiting.extend(reversed(list(element)))
    area = max(layout.width * layout.height, 1.0)
    return Page(
        tuple(_once(glyphs)), tuple(upright), tuple(level), layout.width, layout.height, min(pictures / area, 1.0)
    )


def _glyph(char: Any, left: float, bottom: float) -> Glyph | None:
    """The glyph; none for what is turned on its side or has no text."""
    text = _UNSEEN.sub("", _UNMAPPED.sub("\ufffd", char.get_text()))
    if not text or not char.upright or char.size <= 0:
        return None
    return Glyph(
        text,
        char.x0 - left,
        char.x1 - left,
        char.matrix[5] - bottom,
        char.size,
        _BOLD.search(char.fontname or "") is not None,
    )


def _on_page(glyph: Glyph, width: float, height: float) -> bool:
    """Whether a reader of the page sees it; what stands outside of the page, at endless distances even, is not read."""
    return -5 <= glyph.x0 <= glyph.x1 <= width + 5 and -5 <= glyph.y <= height + 5


def runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether most glyphs were drawn right below the one before, as Chinese and Japanese can be written."""
    if len(glyphs) < _FEWEST_TO_TELL:
        return False
    below = sum(
        abs(one.x0 - other.x0) < 0.3 * one.size and 0.5 * one.size < one.y - other.y < 2 * one.size
        for one, other in pairwise(glyphs)
    )
    return below > 0.5 * len(glyphs)


def _add_rules(curve: Any, left: float, bottom: float, upright: list[Any], level: list[Any]) -> None:
    x0, x1, y0, y1 = curve.x0 - left, curve.x1 - left, curve.y0 - bottom, curve.y1 - bottom
    if len(upright) + len(level) > 4 * 5_000:
        return
    if y1 - y0 > 4:
        upright.extend((x, y0, y1) for x in {x0, x1})
    if x1 - x0 > 4:
        level.extend((y, x0, x1) for y in {y0, y1})


def _once(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """The glyphs without those that are printed once more at the same place, to look bold."""
    seen: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        if glyph.x1 - glyph.x0 < 0.01 * glyph.size:
            yield glyph  # a part of a ligature without a width of its own
            continue
        places = [(glyph.text, round(glyph.x0 + dx), round(glyph.y + dy)) for dx in (-0.5, 0.5) for dy in (-0.5, 0.5)]
        if glyph.text.strip() and any(place in seen for place in places):
            continue
        seen.update(places)
        yield glyph
