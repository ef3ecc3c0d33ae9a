"""What stands around the text of the pages of a PDF: running headers and footers, page numbers, what a browser prints."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from corpus.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.importing.pdf_lines import Line, Script

_ZONE = 0.1
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|.]*(?:page|p|pag|pagina|صفحه|الصفحه|ص|第)?[\s.:]*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|-|sur|of|de|من|页|，共)\s*\d{1,4})?[\s\-–—|页.]*"
)
_PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d{2}(?:\s?[ap]m)?.{0,120}"
)


def without_margins(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], scripts: Sequence[Script]
) -> list[list[Line]]:
    """The lines of each page without those in its margins that are repeated, number the page, or come from printing."""
    keys = [
        {
            position: _key(line, script)
            for position, line in enumerate(lines)
            if _in_zone(line, height, len(lines), position)
        }
        for lines, height, script in zip(pages, heights, scripts, strict=True)
    ]
    counted = Counter(key for page in keys for key in set(page.values()))
    repeated = {key for key, count in counted.items() if count > 1 and count >= 0.3 * len(pages)}
    return [
        [
            line
            for position, line in enumerate(lines)
            if position not in marked or not (marked[position] in repeated or _is_furniture(marked[position]))
        ]
        for lines, marked in zip(pages, keys, strict=True)
    ]


def _key(line: Line, script: Script) -> str:
    return re.sub(r"\s+", " ", fold(" ".join(script.text(piece) for piece in line.pieces))).strip()


def _in_zone(line: Line, height: float, count: int, position: int) -> bool:
    """Whether a line stands in the upper or lower margin; the first and last two lines may reach further in."""
    reach = 1.6 * _ZONE if position < 1 or position >= count - 1 else _ZONE
    return line.y > (1 - reach) * height or line.y < reach * height


def _is_furniture(key: str) -> bool:
    return _PAGE_NUMBER.fullmatch(key) is not None or _PRINTED.fullmatch(key) is not None
