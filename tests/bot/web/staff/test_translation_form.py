"""A translation between its form and its file."""

from __future__ import annotations

from pathlib import Path

from bot.desk.translation_check import ProblemCode, TranslationProblem
from bot.web.staff.forms import Form
from bot.web.staff.translation_form import (
    TranslatedPart,
    TranslationText,
    problems_by_anchor,
    read_translation,
    sent_translation,
    shown_figure,
    write_translation,
)
from corpus import Confidence, Language
from corpus.loading import parse_document

SOURCE = """---
title: The premiums
kind: summary
publisher: Mithaq
published: 2026-01-02
as_of: 2026-01-02
lang: en
original_lang: en
sources: [{title: Bulletin, url: "https://example.org"}]
confidence: official  # as the law says
---

## What is the cap? {#cap}

Thirty percent.

## And in Safi? {#safi .press}

Ten percent.
"""
FOLDER = Path("documents")
DOCUMENT = parse_document(SOURCE, FOLDER / "charter/premiums/en.md", FOLDER)


def test_a_translation_keeps_the_fields_and_the_anchors_of_its_source() -> None:
    written = TranslationText(
        "Les primes", {"cap": TranslatedPart("Quel plafond ?", "Trente pour cent."), "safi": TranslatedPart("", "Dix.")}
    )
    text = write_translation(SOURCE, DOCUMENT, Language.FR, written)
    made = parse_document(text, FOLDER / "charter/premiums/fr.md", FOLDER)
    assert (made.title, made.language, made.original_language) == ("Les primes", Language.FR, Language.EN)
    assert [(one.anchor, one.heading, one.body) for one in made.sections] == [
        ("cap", "Quel plafond ?", "Trente pour cent."), ("safi", "Les primes", "Dix."),
    ]  # fmt: skip
    assert made.sections[1].confidence is Confidence.PRESS
    assert "confidence: official  # as the law says" in text
    assert read_translation(text) == TranslationText(
        "Les primes", {**written.parts, "safi": TranslatedPart("Les primes", "Dix.")}
    )


def test_what_is_not_translated_is_left_out_and_what_only_the_translation_has_stays() -> None:
    base = write_translation(SOURCE, DOCUMENT, Language.FR, TranslationText("T", {"cap": TranslatedPart("P", "x")}))
    base += "\n## À part {#own .to-confirm}\n\nPropre.\n"
    text = write_translation(base, DOCUMENT, Language.FR, TranslationText("T", {"safi": TranslatedPart("S", "Dix.")}))
    assert "{#cap}" not in text
    assert text.endswith("## S {#safi .press}\n\nDix.\n\n## À part {#own .to-confirm}\n\nPropre.\n")


def test_a_title_cannot_break_out_of_its_field() -> None:
    text = write_translation(
        SOURCE, DOCUMENT, Language.AR, TranslationText('x"\nlang: zh\n---', {"cap": TranslatedPart("c", "d")})
    )
    made = parse_document(text, FOLDER / "charter/premiums/ar.md", FOLDER)
    assert (made.title.split(), made.language) == (['x"', "lang:", "zh", "---"], Language.AR)


def test_the_form_sends_a_part_for_each_section() -> None:
    form = Form(
        {
            "title": (" Les  primes ",),
            "heading-cap": ("Quel\nplafond ?",),
            "body-cap": ("\n- un\n- deux\n",),
            "body-evil": ("x",),
        }
    )
    sent = sent_translation(form, ["cap", "safi"])
    assert sent == TranslationText(
        "Les primes", {"cap": TranslatedPart("Quel plafond ?", "- un\n- deux"), "safi": TranslatedPart()}
    )
    assert not sent.is_empty
    assert sent_translation(Form(), ["cap"]).is_empty


def test_problems_stand_beside_the_section_that_they_name_or_whose_line_they_have() -> None:
    lines = SOURCE.splitlines()
    problems = [
        TranslationProblem(ProblemCode.FIGURES_LACKING, 1, ("safi", "10%")),
        TranslationProblem(ProblemCode.ARABIC_DIGITS, lines.index("Thirty percent.") + 1, ("٣",)),
        TranslationProblem(ProblemCode.UNREADABLE, 1, ("bad", "mend")),
        TranslationProblem(ProblemCode.ANCHOR_SURPLUS, 99, ("other",)),
    ]
    told = problems_by_anchor(problems, SOURCE, ["cap", "safi"])
    assert told == {"safi": [problems[0], problems[3]], "cap": [problems[1]], "": [problems[2]]}


def test_long_figures_are_shown_in_groups() -> None:
    assert [shown_figure(one, Language.FR) for one in ("30%", "2023", "100000000", "2-23-1")] == [
        "30%",
        "2023",
        "100\u202f000\u202f000",
        "2-23-1",
    ]
    assert shown_figure("50000", Language.EN) == "50,000"
