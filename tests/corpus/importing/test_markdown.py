"""Blocks as the Markdown of a document."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Confidence
from corpus.importing.blocks import Block, Heading, ListItem, Paragraph, Table
from corpus.importing.markdown import plain_text, write_markdown
from corpus.splitting import split_into_sections
from corpus.text import words

LONG = " ".join(f"Sentence {number} about the premium of the province." for number in range(40))
TEXTS = st.text(alphabet="abc دعم#{}.-|<>[]()\n`=", max_size=40)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, TEXTS, st.integers(1, 4)),
        st.builds(Paragraph, TEXTS),
        st.builds(ListItem, TEXTS, st.integers(0, 3), st.sampled_from(["", "1", "x"])),
        st.builds(Table, st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4).map(tuple), st.booleans(), TEXTS),
    ),
    max_size=8,
)


def sections(blocks: list[Block]) -> list[tuple[str, str]]:
    text = write_markdown(blocks, "Title")
    found = split_into_sections(text, title="Title", first_line=1, confidence=Confidence.PRESS)
    return [(section.heading, section.body) for section in found]


def test_headings_become_sections_with_anchors_of_their_words() -> None:
    text = write_markdown(
        [
            Paragraph("Before."),
            Heading("Les primes à Safi", 2),
            Paragraph("Dix."),
            Heading("ما هي المنح؟", 2),
            Paragraph("عشر."),
        ],
        "T",
    )
    assert (
        text == "Before.\n\n## Les primes à Safi {#les-primes-a-safi}\n\nDix.\n\n## ما هي المنح؟ {#section-2}\n\nعشر."
    )


def test_a_heading_carries_those_above_it_and_an_empty_one_only_leads() -> None:
    blocks: list[Block] = [
        Heading("Rates", 2),
        Heading("By province", 3),
        Paragraph("Ten."),
        Heading("By sector", 3),
        Paragraph("Five."),
    ]
    assert sections(blocks) == [("Rates – By province", "Ten."), ("Rates – By sector", "Five.")]


def test_a_heading_without_text_is_kept_as_words() -> None:
    assert sections([Heading("A", 2), Paragraph("Text."), Heading("The end", 2)]) == [("A", "Text.\n\nThe end")]


def test_the_same_heading_twice_has_two_anchors() -> None:
    text = write_markdown([Heading("Prices now", 2), Paragraph("1"), Heading("Prices now", 2), Paragraph("2")], "T")
    assert "{#prices-now}" in text and "{#prices-now-2}" in text


def test_a_long_section_has_no_anchor_so_that_it_is_cut() -> None:
    found = sections([Heading("Long", 2), *(Paragraph(LONG[place : place + 400]) for place in range(0, 1600, 400))])
    assert len(found) > 1
    assert {heading for heading, _ in found} == {"Long"}


def test_a_table_is_a_passage_of_its_own_whose_rows_name_their_columns() -> None:
    table = Table((("Province", "Rate"), ("Safi", "10 %"), ("Rehamna", "15 %")), headed=True, caption="Table 1: rates")
    assert sections(
        [Heading("Rates", 2), Paragraph("Text."), Paragraph("Table 1: rates"), table, Paragraph("After.")]
    ) == [
        ("Rates", "Text."),
        ("Rates – Table 1: rates", "- Province: Safi; Rate: 10 %\n- Province: Rehamna; Rate: 15 %"),
        ("Rates", "After."),
    ]


def test_a_table_without_names_keeps_its_cells_and_one_of_two_columns_its_pairs() -> None:
    assert sections([Table((("a", "b", "c"), ("d", "", "f")), headed=False)]) == [("Title", "- a; b; c\n- d; f")]
    assert sections([Table((("Place", "Safi"), ("Day", "Monday")), headed=False)]) == [
        ("Title", "- Place: Safi\n- Day: Monday")
    ]
    assert sections([Table((("الإقليم", "النسبة"), ("آسفي", "10%")), headed=True)]) == [
        ("Title", "- الإقليم: آسفي؛ النسبة: 10%")
    ]


def test_a_long_table_goes_on_in_further_passages() -> None:
    rows = (("Name", "Value"), *((f"row number {number} of many", "a value of some words") for number in range(60)))
    found = sections([Table(rows, headed=True, caption="Many")])
    assert len(found) > 2
    assert sum(body.count("\n") + 1 for _, body in found) == 60
    assert all(line.startswith("- Name: row") for _, body in found for line in body.split("\n"))


def test_items_stand_one_below_the_other_and_a_long_list_can_be_cut() -> None:
    assert write_markdown([ListItem("a"), ListItem("b", 1), ListItem("c", 0, "2")], "T") == "- a\n  - b\n2. c"
    assert "\n\n- " in write_markdown(
        [ListItem(f"item {number} with some more words in it") for number in range(40)], "T"
    )


@given(BLOCKS)
def test_whatever_comes_in_only_the_sections_that_were_meant_come_out(blocks: list[Block]) -> None:
    text = write_markdown(blocks, "Title")
    headings = sum(isinstance(block, Heading) for block in blocks)
    tables = sum(isinstance(block, Table) for block in blocks)
    found = split_into_sections(text, title="Title", first_line=1, confidence=Confidence.PRESS)
    assert sum(line.startswith("## ") for line in text.split("\n")) <= headings * (1 + tables) + 2 * tables
    assert all(section.confidence is Confidence.PRESS for section in found)
    assert not any(line.startswith("---") for line in text.split("\n"))
    assert len({section.anchor for section in found}) == len(found)


@given(BLOCKS)
def test_no_word_is_lost(blocks: list[Block]) -> None:
    """But the name of a column in which nothing stands."""
    blocks = [replace(block, headed=False) if isinstance(block, Table) else block for block in blocks]
    assert set(words(plain_text(blocks))) <= set(words(write_markdown(blocks, "Title")))
