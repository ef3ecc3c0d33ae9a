"""A cited passage as HTML: its light Markdown (paragraphs, lists, tables) and the used sentences marked."""

from __future__ import annotations

import re

from bot.web.text_html import holds_arabic, text_html

# Private-use characters carry the marks through escaping; `_plain` takes them out of the text first.
_OPEN, _CLOSE = "\ue000", "\ue001"
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^)\s]+)\)")
_BULLET, _NUMBER = r"[-*•]", r"\d{1,3}[.)]"
_ITEM = re.compile(rf"^\s*(?:{_BULLET}|{_NUMBER})\s+")
_STEP = re.compile(rf"^\s*{_NUMBER}\s+")


def passage_html(text: str, quotes: tuple[str, ...]) -> str:
    """The passage as paragraphs, lists and tables, each quote in `<mark>`; a quote that is not found marks nothing."""
    marked = _mark_quotes(_plain(text), tuple(_plain(quote) for quote in quotes))
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", marked.strip()):
        lines = [line for line in block.split("\n") if line.strip(f" \t{_OPEN}{_CLOSE}")]
        blocks.extend(_block_html(lines))
    return "".join(blocks)


def _block_html(lines: list[str]) -> list[str]:
    """The lines of one block, neighbours of one kind joined: paragraph, list (of points or steps) or table."""
    html: list[str] = []
    while lines:
        kind = _kind(lines[0])
        count = next((index for index, line in enumerate(lines) if _kind(line) != kind), len(lines))
        group, lines = lines[:count], lines[count:]
        if kind in {"ul", "ol"}:
            items = (f"<li>{_marked_html(_without_bullet(line))}</li>" for line in group)
            html.append(f"<{kind}>{''.join(items)}</{kind}>")
        elif kind == "row":
            html.append(_table_html(group))
        else:
            html.append(f"<p>{_marked_html(' '.join(line.strip() for line in group))}</p>")
    return html


def _table_html(rows: list[str]) -> str:
    """The rows as a table with its header; a row that is quoted in part is marked as a whole."""
    lines: list[str] = []
    for row in rows:
        bare = row.replace(_OPEN, "").replace(_CLOSE, "").strip()
        cells = [cell.strip() for cell in bare.strip("|").split("|")]
        if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            continue
        tag = "td" if lines or len(rows) == 1 else "th"
        before, after = (_OPEN, _CLOSE) if _OPEN in row else ("", "")
        lines.append("".join(f"<{tag}>{_marked_html(before + cell + after)}</{tag}>" for cell in cells))
    return f'<div class="mq-table"><table>{"".join(f"<tr>{line}</tr>" for line in lines)}</table></div>'


def _kind(line: str) -> str:
    bare = line.lstrip(f" {_OPEN}{_CLOSE}")
    if bare.startswith("|"):
        return "row"
    if _STEP.match(bare):
        return "ol"
    return "ul" if _ITEM.match(bare) else "text"


def _without_bullet(line: str) -> str:
    """The item's words; a mark that opens before the bullet stays."""
    opening = _OPEN if _OPEN in line[: len(line) - len(line.lstrip(f" {_OPEN}"))] else ""
    return opening + _ITEM.sub("", line.lstrip(f" {_OPEN}"), count=1)


def _plain(text: str) -> str:
    text = text.replace(_OPEN, "").replace(_CLOSE, "").replace("\r\n", "\n")
    return _EMPHASIS.sub("", _LINK.sub(r"\1", text))


def _mark_quotes(text: str, quotes: tuple[str, ...]) -> str:
    """The text with sentinels around every quote, white space and line ends of the quote being free."""
    spans: list[tuple[int, int]] = []
    for quote in quotes:
        words = [re.escape(word) for word in quote.split()]
        if words and (match := re.search(rf"(?:\s+(?:(?:{_BULLET}|{_NUMBER})\s+)?)".join(words), text)):
            spans.append(match.span())
    for start, end in sorted(_joined(spans), reverse=True):
        inside = text[start:end].replace("\n", f"{_CLOSE}\n{_OPEN}")
        text = f"{text[:start]}{_OPEN}{inside}{_CLOSE}{text[end:]}"
    return text


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marked_html(text: str) -> str:
    """Escaped text with balanced `<mark>`s, whatever the cutting into cells and items did to the sentinels."""
    html, is_open, isolate = [], False, holds_arabic(text)
    for part in re.split(f"([{_OPEN}{_CLOSE}])", text):
        if part == _OPEN:
            html.append("" if is_open else "<mark>")
            is_open = True
        elif part == _CLOSE:
            html.append("</mark>" if is_open else "")
            is_open = False
        else:
            html.append(text_html(part, isolate=isolate))
    return "".join(html) + ("</mark>" if is_open else "")
