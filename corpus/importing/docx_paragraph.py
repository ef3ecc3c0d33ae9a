"""One paragraph of a Word document: what it is (heading, list item, text) and its words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from corpus.importing.blocks import Block, Heading, ListItem, Paragraph
from corpus.importing.inert import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

BOLD_HEADING = 9
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_INSIDE = frozenset(
    {
        "r",
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "oMath",
        "oMathPara",
        "dir",
        "bdo",
    }
)
_POINT = re.compile(r"(?:[•▪●◦‣·\uf0b7\uf0a7\uf0d8\uf0fc]|[-–](?=\s))\s*(?=\S)")
_LONGEST_BOLD = 110


def qualified(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{_W}}}{name}"


def name_of(element: Any) -> str:
    """The local name of an element; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class ParagraphReader:
    """Reads paragraphs in their order, and counts the numbered ones."""

    def __init__(self, document: Any) -> None:
        self._part = document.part
        self._styles = {
            style.get(qualified("styleId")): style for style in document.styles.element.iter(qualified("style"))
        }
        self._numbering = _number_formats(document)
        self._counts: Counter[tuple[str, int]] = Counter()
        self._below_title = False

    def read(self, paragraph: Any) -> list[Block]:
        """The paragraph as a block, and those of its text boxes; nothing if it is empty or a line of a table of contents."""
        chain = list(self._style_chain(paragraph))
        names = [value_of(style, "name").lower() for style in chain]
        blocks: list[Block] = []
        if not any(name.startswith(("toc ", "table of ")) for name in names):
            text = "".join(self._words(paragraph)).strip()
            if text:
                blocks.append(self._block(paragraph, text, chain, names))
        for box in _text_boxes(paragraph):
            for inner in box.iterchildren(qualified("p")):
                blocks.extend(self.read(inner))
        return blocks

    def _block(self, paragraph: Any, text: str, chain: list[Any], names: list[str]) -> Block:
        level = _heading_level(paragraph, chain, names)
        if level is not None:
            self._below_title = self._below_title or level == 0
            return Heading(" ".join(text.split()), max(1, level + self._below_title))
        listed = self._list_place(paragraph, chain)
        if listed:
            return ListItem(" ".join(text.split()), listed[1], self._number(*listed))
        if point := _POINT.match(text):
            return ListItem(" ".join(text[point.end() :].split()))
        if (
            len(text) <= _LONGEST_BOLD
            and not text.endswith((".", ";", ",", ":", "،", "؛"))
            and _is_bold(paragraph, chain)
        ):
            return Heading(" ".join(text.split()), BOLD_HEADING)
        return Paragraph(text)

    def _style_chain(self, paragraph: Any) -> Iterator[Any]:
        """The style of the paragraph and those it is based on."""
        style_id, seen = value_of(paragraph.find(qualified("pPr")), "pStyle"), set[str]()
        while style_id and style_id not in seen and style_id in self._styles:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = value_of(self._styles[style_id], "basedOn")

    def _list_place(self, paragraph: Any, chain: list[Any]) -> tuple[str, int] | None:
        """The list and the depth of an item."""
        for holder in (paragraph, *chain):
            properties = holder.find(f"{qualified('pPr')}/{qualified('numPr')}")
            if properties is not None:
                number = value_of(properties, "numId")
                level = value_of(properties, "ilvl")
                return (number, int(level) if level.isdigit() else 0) if number not in {"", "0"} else None
        return None

    def _number(self, number: str, depth: int) -> str:
        """The number of the item; empty for a point."""
        if self._numbering.get((number, depth), "bullet") in {"bullet", "none"}:
            return ""
        self._counts[number, depth] += 1
        for deeper in range(depth + 1, 10):
            self._counts.pop((number, deeper), None)
        return str(self._counts[number, depth])

    def _words(self, element: Any) -> Iterator[str]:
        for child in element:
            name = name_of(child)
            if name == "r":
                yield from _run_words(child)
            elif name == "hyperlink":
                words = "".join(self._words(child))
                yield words
                address = self._address(child)
                if address and words.strip() and address.rstrip("/") not in {words.strip(), words.strip().rstrip("/")}:
                    yield f" ({address})"
            elif name in _INSIDE:
                yield from self._words(child)
            elif name == "t":
                yield child.text or ""

    def _address(self, link: Any) -> str:
        relation = self._part.rels.get(link.get(_REL, ""))
        return web_address(relation.target_ref) if relation is not None and relation.is_external else ""


def _run_words(run: Any) -> Iterator[str]:
    properties = run.find(qualified("rPr"))
    if properties is not None and _is_on(properties, "vanish"):
        return
    for child in run:
        name = name_of(child)
        if name == "t":
            yield child.text or ""
        elif name in {"tab", "ptab"}:
            yield " "
        elif name in {"br", "cr"}:
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; the copy for old programs is left out."""
    for box in paragraph.iter(qualified("txbxContent")):
        holders = [name_of(above) for above in box.iterancestors()]
        if "Fallback" not in holders and holders.count("txbxContent") == sum(
            name_of(above) == "txbxContent" for above in paragraph.iterancestors()
        ):
            yield box


def _heading_level(paragraph: Any, chain: list[Any], names: list[str]) -> int | None:
    """0 for the title, 1 and more for headings, None for everything else."""
    for name in names:
        if name in {"title", "titre", "العنوان"}:
            return 0
        if numbered := re.fullmatch(r"(?:heading|titre|título|عنوان)\s*(\d)", name):
            return int(numbered[1])
    for holder in (paragraph, *chain):
        level = value_of(holder.find(qualified("pPr")), "outlineLvl")
        if level.isdigit():
            return int(level) + 1 if int(level) < 9 else None
    return None


def _is_bold(paragraph: Any, chain: list[Any]) -> bool:
    """Whether every word is bold, by itself or by the paragraph's style."""
    runs = [
        run
        for run in paragraph.iter(qualified("r"))
        if any((part.text or "").strip() for part in run.iter(qualified("t")))
    ]
    styled = any(_is_on(style.find(qualified("rPr")), "b") for style in chain)
    return bool(runs) and all(_is_on(run.find(qualified("rPr")), "b", "bCs", otherwise=styled) for run in runs)


def _is_on(properties: Any, *names: str, otherwise: bool = False) -> bool:
    """Whether one of the switches is on; `otherwise` where none of them is set."""
    found = [] if properties is None else [properties.find(qualified(name)) for name in names]
    values = [switch.get(qualified("val"), "1") not in {"0", "false", "off"} for switch in found if switch is not None]
    return any(values) if values else otherwise


def value_of(parent: Any, name: str) -> str:
    """The `w:val` of a child element; empty if there is none."""
    child = None if parent is None else parent.find(qualified(name))
    return "" if child is None else child.get(qualified("val"), "")


def _number_formats(document: Any) -> dict[tuple[str, int], str]:
    """`bullet`, `decimal` … for each list and depth."""
    part = next(
        (r.target_part for r in document.part.rels.values() if not r.is_external and r.reltype.endswith("/numbering")),
        None,
    )
    if part is None or not hasattr(part, "element"):
        return {}
    abstract = {
        one.get(qualified("abstractNumId")): {
            int(level.get(qualified("ilvl"), "0")): value_of(level, "numFmt") for level in one.iter(qualified("lvl"))
        }
        for one in part.element.iter(qualified("abstractNum"))
    }
    return {
        (number.get(qualified("numId"), ""), depth): written
        for number in part.element.iter(qualified("num"))
        for depth, written in abstract.get(value_of(number, "abstractNumId"), {}).items()
    }
