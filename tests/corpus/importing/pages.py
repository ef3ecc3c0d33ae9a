"""Pages set by hand, glyph by glyph, for the tests of lines, columns and tables."""

from __future__ import annotations

from corpus.importing.pdf_glyphs import Glyph, Page


def glyphs(text: str, x: float, y: float, *, size: float = 10.0, bold: bool = False, wide: float = 5.0) -> list[Glyph]:
    """The characters side by side from `x`; a space is a place without a glyph."""
    return [
        Glyph(character, x + place * wide, x + (place + 1) * wide, y, size, bold)
        for place, character in enumerate(text)
        if character != " "
    ]


def page(
    *groups: list[Glyph],
    upright: tuple[tuple[float, float, float], ...] = (),
    level: tuple[tuple[float, float, float], ...] = (),
) -> Page:
    return Page(tuple(glyph for group in groups for glyph in group), upright, level, 600.0, 800.0, 0.0)
