"""The elements of a page as blocks: of HTML itself, and of the shorter vocabulary that the extraction of main text returns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corpus.importing.blocks import Block, Heading, ListItem, Paragraph
from corpus.importing.inert import web_address
from corpus.importing.tables import table_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = frozenset({"ul", "ol", "list", "menu"})
_ITEMS = frozenset({"li", "item"})
MOST_ROWS = 2_000
_TABLE, _ROWS, _CELLS = "table", frozenset({"tr", "row"}), frozenset({"td", "th", "cell"})
_LINES = frozenset({"br", "lb"})
_LINKS = frozenset({"a", "ref"})
_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "video", "audio", "head",
    "title", "meta", "link", "select", "textarea", "button", "input", "graphic", "img", "map", "frame", "noframes",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "hi", "i", "ins", "kbd", "label", "mark",
    "q", "ref", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "lb",
})  # fmt: skip


def blocks_of(element: Any, *, depth: int = 0) -> Iterator[Block]:
    """The blocks below an element in their order; scripts, pictures and controls are passed over."""
    pending: list[str] = [element.text or ""]
    for child in element:
        name = _name(child)
        if name in _INLINE and not _holds_blocks(child):
            pending.append(_written(child, name))
        elif name and (name not in _UNSEEN or child.get("rend")):
            yield from _paragraph(pending)
            pending = []
            yield from _blocks(child, name, depth)
        pending.append(child.tail or "")
    yield from _paragraph(pending)


def text_of(element: Any) -> str:
    """All words of an element on one line."""
    return " ".join(_inline(element).split())


def _blocks(element: Any, name: str, depth: int) -> Iterator[Block]:
    if (level := _heading_level(element, name)) is not None:
        if text := text_of(element):
            yield Heading(text, level)
    elif name in _LISTS:
        yield from _items(element, depth)
    elif name == _TABLE:
        yield from _table(element)
    elif name == "dl":
        yield from _terms(element)
    elif name == "pre":
        yield from _paragraph(
            [re.sub(r"\n", "\n", element.text_content() if hasattr(element, "text_content") else text_of(element))]
        )
    else:
        yield from blocks_of(element, depth=depth)


def _heading_level(element: Any, name: str) -> int | None:
    written = element.get("rend", "") if name == "head" else name
    found = re.fullmatch(r"h([1-6])", written)
    if found:
        return int(found[1])
    return 2 if name == "head" and element.get("rend") is not None else None


def _paragraph(parts: list[str]) -> list[Block]:
    """A paragraph of the words so far; line breaks of the source are spaces, those that are meant stay."""
    lines = (" ".join(line.split()) for line in "".join(parts).replace("\v", "\x00").split("\x00"))
    text = "\n".join(line for line in lines if line)
    return [Paragraph(text)] if text else []


def _inline(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        parts.append(_written(child, _name(child)))
        parts.append(child.tail or "")
    return "".join(parts)


def _written(element: Any, name: str) -> str:
    """The words of an element within a paragraph; a break that is meant is a vertical tab."""
    if name in _LINES:
        return "\v"
    if name in _LINKS:
        return _link(element)
    if not name or name in _UNSEEN:
        return ""
    return _inline(element) if name in _INLINE else f" {_inline(element)} "


def _link(element: Any) -> str:
    """The words of a link, with its address in brackets where it is one to another page and the words do not say it."""
    words = _inline(element)
    address = web_address(element.get("target") or element.get("href") or "")
    plain = " ".join(words.split()).rstrip("/")
    return (
        f"{words} ({address})"
        if address and plain and plain not in {address.rstrip("/"), address.split("//")[1].rstrip("/")}
        else words
    )


def _items(element: Any, depth: int) -> Iterator[Block]:
    ordered = _name(element) == "ol" or element.get("rend") == "ol"
    number = 0
    for item in element:
        if _name(item) in _LISTS:
            yield from _items(item, depth + 1)
        if _name(item) not in _ITEMS:
            continue
        number += 1
        first = True
        for block in blocks_of(item, depth=depth + 1):
            if isinstance(block, Paragraph) and first:
                yield ListItem(block.text.replace("\n", " "), depth, str(number) if ordered else "")
            elif isinstance(block, Paragraph):
                yield ListItem(block.text.replace("\n", " "), depth + 1)
            else:
                yield block
            first = False


def _terms(element: Any) -> Iterator[Block]:
    """A list of terms with what is said about them, each pair as one item."""
    term = ""
    for child in element.iter("dt", "dd"):
        if _name(child) == "dt":
            term = text_of(child).rstrip(" :")
        else:
            yield ListItem(f"{term}: {text_of(child)}" if term else text_of(child))


def _table(element: Any) -> Iterator[Block]:
    """A table; one that holds headings, lists or tables is layout and is read cell by cell."""
    if any(
        _name(child) in {_TABLE, "ul", "ol", "h1", "h2", "h3", "h4"} for child in element.iter() if child is not element
    ):
        for cell in element.iter(*_CELLS):
            if next(cell.iterancestors(_TABLE), None) is element:
                yield from blocks_of(cell)
        return
    rows = list(element.iter(*_ROWS))
    cells = [[text_of(cell) for cell in row if _name(cell) in _CELLS] for row in rows]
    caption = next((text_of(child) for child in element.iter("caption")), "")
    yield from table_blocks(cells, heads=_heads(rows), caption=caption)


def _heads(rows: list[Any]) -> int:
    """How many first rows hold nothing but names of columns."""
    count = 0
    for row in rows:
        cells = [cell for cell in row if _name(cell) in _CELLS]
        if not cells or not all(_name(cell) == "th" or cell.get("role") == "head" for cell in cells):
            break
        count += 1
    return count if count < len(rows) else 0


def spread_tables(tree: Any) -> None:
    """Give every column and row that a merged cell covers a cell of its own with the same words.

    Outer tables come first and only words are repeated, so that tables within tables cannot multiply.
    """
    for table in list(tree.iter(_TABLE)):
        below: dict[int, tuple[str, int]] = {}
        rows = [row for row in table.iter("tr") if next(row.iterancestors(_TABLE), None) is table]
        for row in rows[:MOST_ROWS]:
            column = 0
            for cell in [child for child in row if _name(child) in _CELLS]:
                column = _fill(row, cell, column, below)
                text, wide, high = text_of(cell), _span(cell, "colspan"), _span(cell, "rowspan")
                for _ in range(wide - 1):
                    cell.addnext(_cell(row, cell.tag, text))
                if high > 1:
                    below.update(dict.fromkeys(range(column, column + wide), (text, high - 1)))
                column += wide
                for name in ("colspan", "rowspan"):
                    cell.attrib.pop(name, None)
            _fill(row, None, column, below)


def _fill(row: Any, before: Any, column: int, below: dict[int, tuple[str, int]]) -> int:
    """Put in the cells that come from rows above; the column that follows."""
    while column in below:
        text, left = below.pop(column)
        if left > 1:
            below[column] = (text, left - 1)
        copy = _cell(row, "td", text)
        if before is None:
            row.append(copy)
        else:
            before.addprevious(copy)
        column += 1
    return column


def _cell(row: Any, tag: str, text: str) -> Any:
    cell = row.makeelement(tag)
    cell.text = text
    return cell


def _span(cell: Any, name: str) -> int:
    written = cell.get(name, "1").strip()
    return max(1, min(int(written), 40)) if written.isdecimal() and len(written) < 4 else 1


def _holds_blocks(element: Any) -> bool:
    return any(
        _name(child) not in _INLINE and _name(child) not in _UNSEEN and _name(child)
        for child in element.iter()
        if child is not element
    )


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
