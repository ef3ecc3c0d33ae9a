"""A site's own colour stays readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.accent import DARK, LIGHT, READABLE, Look, accent_css, contrast, is_colour, shades
from bot.web.page import STATIC_FOLDER

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
INKS = {LIGHT: "#2a211b", DARK: "#f3eade"}


@given(COLOURS, st.sampled_from([LIGHT, DARK]))
def test_every_colour_becomes_readable_wherever_the_page_uses_it(colour: str, look: Look) -> None:
    made = shades(colour, look)
    for shade in (made[""], made["-deep"]):
        assert min(contrast(shade, ground) for ground in look.grounds) >= READABLE
        assert contrast(look.on_accent, shade) >= READABLE
    assert contrast(made["-deep"], made["-soft"]) >= READABLE
    assert contrast(INKS[look], made["-soft"]) >= READABLE


def test_a_readable_colour_is_left_as_it_is() -> None:
    assert shades("#0b5a48", LIGHT)[""] == "#0b5a48"


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    "text", [None, "", "red", "#fff", "0b5a48", "#0b5a4g", "#0b5a48;", " #0b5a48", "#0b5a48\n", "#0b5a48ff", "#٠٠٠٠٠٠"]
)
def test_only_six_digits_are_a_colour(text: str | None) -> None:
    assert not is_colour(text)
    assert is_colour("#0B5a48")


def test_the_grounds_and_inks_are_those_of_the_page() -> None:
    sheet = (STATIC_FOLDER / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root(?:\[data-theme=\"dark\"\])? \{\n(.*?)\n\}", sheet, re.DOTALL)[:2]
    for look, rules in ((LIGHT, light), (DARK, dark)):
        named = dict(re.findall(r"--mq-(\w+): (#[0-9a-f]{6});", rules))
        assert look.grounds == (named["paper"], named["surface"], named["sunken"])
        assert INKS[look] == named["ink"]


def test_the_rules_name_variables_that_the_page_uses() -> None:
    sheet = (STATIC_FOLDER / "page.css").read_text(encoding="utf-8")
    for name in re.findall(r"(--mq-[\w-]+):", accent_css("#0b5a48")):
        assert f"{name}: " in sheet
