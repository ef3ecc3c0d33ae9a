"""A site's own colour on the embedded chat: kept readable on every ground of the page, in light and dark."""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5  # WCAG 2.2, contrast of text

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 40

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """The grounds of `page.css` that accented words stand on, and which way its ink lies from them."""

    grounds: tuple[str, ...]
    away: str
    on_accent: str
    softness: float


LIGHT = Look(("#fbf6ec", "#fffdf8", "#f4ebdb"), away="#000000", on_accent="#ffffff", softness=0.12)
DARK = Look(("#17130f", "#211b16", "#2a231c"), away="#ffffff", on_accent="#000000", softness=0.2)


def is_colour(text: str | None) -> bool:
    """Whether it is written as #rrggbb; nothing else is taken from an address."""
    return text is not None and _COLOUR.fullmatch(text) is not None


def accent_css(accent: str) -> str:
    """The rules that put the colour in place of the page's own."""
    return f":root{{{_variables(accent, LIGHT)}}}:root[data-theme=dark]{{{_variables(accent, DARK)}}}"


def shades(accent: str, look: Look) -> dict[str, str]:
    """The accent, its soft ground, its deep form for words on that ground, and the ink on the accent."""
    plain = _away(accent, look, look.grounds)
    soft = _written(_mixed(_parts(plain), _parts(look.grounds[1]), look.softness))
    deep = _away(_written(_mixed(_parts(plain), _parts(look.away), 0.8)), look, (*look.grounds, soft))
    return {"": plain, "-deep": deep, "-soft": soft}


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white), as WCAG defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _variables(accent: str, look: Look) -> str:
    shaded = "".join(f"--mq-blue{name}:{value};" for name, value in shades(accent, look).items())
    return f"{shaded}--mq-on-blue:{look.on_accent}"


def _away(colour: str, look: Look, grounds: tuple[str, ...]) -> str:
    """The colour, moved away from the grounds only as far as it takes to be readable on all of them."""
    for step in range(_STEPS + 1):
        moved = _written(_mixed(_parts(look.away), _parts(colour), step / _STEPS))
        if all(contrast(moved, ground) >= READABLE for ground in grounds):
            return moved
    return look.away


def _parts(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the first and the rest of the second."""
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
