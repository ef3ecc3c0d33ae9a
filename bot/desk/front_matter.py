"""The fields above a document's text: read, and changed line by line, so that what nobody changed stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from corpus.yaml_text import load_yaml

_FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"^(?P<key>[A-Za-z_]\w*)[ \t]*:", re.MULTILINE)
_WIDE = 100_000  # never fold a line


def read_fields(text: str) -> dict[str, Any] | None:
    """The fields as YAML reads them; None where there are none or they cannot be read."""
    match = _FRONT.match(text)
    if match is None:
        return None
    try:
        fields = load_yaml(match["front"])
    except (yaml.YAMLError, ValueError):
        return None
    return dict(fields) if isinstance(fields, Mapping) else None


def read_body(text: str) -> str:
    """The text below the fields, without empty lines around it."""
    match = _FRONT.match(text)
    return (text[match.end() :] if match else text).strip()


def body_line(text: str) -> int:
    """The number of the line in the file that stands before the first line of `read_body`."""
    match = _FRONT.match(text)
    rest = text[match.end() :] if match else text
    before = text[: match.end()].count("\n") if match else 0
    return before + len(rest[: len(rest) - len(rest.lstrip())].splitlines())


def write_document(text: str, changes: Mapping[str, object], body: str) -> str:
    """The file `text` with these fields and this body.

    Args:
        text: the file as it is; may be empty.
        changes: what each field shall be. None takes a field away; what equals the field as it is changes nothing.
        body: the text below the fields.
    """
    match = _FRONT.match(text)
    front, known = (match["front"] if match else ""), read_fields(text)
    if known is None:
        front, known = "", {}
    blocks = _blocks(front)
    for key, value in changes.items():
        if value is None:
            blocks.pop(key, None)
        elif key not in known or not _same(known[key], value):
            blocks[key] = _written(key, value)
    return f"---\n{''.join(blocks.values())}---\n\n{body.strip()}\n"


def _blocks(front: str) -> dict[str, str]:
    """The lines of each field, by its name; comments before the first field stand under an empty name."""
    starts = list(_KEY.finditer(front))
    blocks = {"": front[: starts[0].start()]} if starts and starts[0].start() else {}
    ends = [*(start.start() for start in starts[1:]), len(front)]
    for start, end in zip(starts, ends, strict=bool(starts)):
        blocks[start["key"]] = f"{front[start.start() : end].rstrip()}\n"
    return blocks


def _same(known: Any, value: object) -> bool:
    return bool(_plain(known) == _plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items() if one not in ("", None, [], ())}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value)


def _written(key: str, value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        if any(isinstance(one, Mapping) for one in value):
            return f"{key}:\n{''.join(_entry(one) for one in value)}"
        return _dumped({key: [str(one) for one in value]}, flow=None)
    return _dumped({key: value})


def _entry(entry: Mapping[str, object]) -> str:
    """One entry of a list of sources, a line for each of its parts."""
    lines = []
    for key, value in entry.items():
        if isinstance(value, (list, tuple)) and value:
            lines.append(_dumped({key: list(value)}, flow=None))
        elif value:
            lines.append(_dumped({key: value}))
    return "".join(f"{'  - ' if position == 0 else '    '}{line}" for position, line in enumerate(lines))


def _dumped(fields: dict[str, object], flow: bool | None = False) -> str:
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=_WIDE, default_flow_style=flow)
    return str(text)
