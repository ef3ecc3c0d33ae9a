"""What a page of the desk sends: read in pieces within its limits, text cleaned, lines ended alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import anyio
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message

from bot.web.text_html import clean

FORM_BYTES = 64 * 1024
TEXT_BYTES = 4 * 1024 * 1024  # a document's text as a form
UPLOAD_BYTES = 20 * 1024 * 1024
FORM_WITHIN = 30.0
UPLOAD_WITHIN = 180.0
MOST_FIELDS = 400


class TooLargeError(Exception):
    """The body is larger than the address takes."""


class TooSlowError(Exception):
    """The body did not arrive in time."""


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent; the name is only ever shown."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The fields of a form by their names."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    files: Mapping[str, SentFile] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, name: str, default: str = "") -> str:
        """The first value without white space around it."""
        return self.raw(name, default).strip()

    def raw(self, name: str, default: str = "") -> str:
        """The first value as it was written."""
        values = self.fields.get(name)
        return values[0] if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value that is not empty."""
        return tuple(value.strip() for value in self.fields.get(name, ()) if value.strip())

    def number(self, name: str, default: int = 0) -> int:
        """The value as a whole number, the default if it is none."""
        said = self.get(name)
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else default


async def read_form(request: Request, most_bytes: int = FORM_BYTES, within: float = FORM_WITHIN) -> Form:
    """The form of a request.

    Raises:
        TooLargeError: the body is over the limit, announced or not.
        TooSlowError: it took too long to arrive.
    """
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > most_bytes + FORM_BYTES:
        raise TooLargeError
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > most_bytes + FORM_BYTES:
            raise TooLargeError
        return message

    try:
        with anyio.fail_after(within):
            inside = Request(request.scope, counted)
            async with inside.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=most_bytes + FORM_BYTES) as sent:
                return await _form(sent.multi_items(), most_bytes)
    except TimeoutError as error:
        raise TooSlowError from error


async def _form(items: list[tuple[str, UploadFile | str]], most_bytes: int) -> Form:
    fields: dict[str, list[str]] = {}
    files: dict[str, SentFile] = {}
    for name, value in items:
        if isinstance(value, str):
            fields.setdefault(name, []).append(clean(value.replace("\r\n", "\n").replace("\r", "\n")))
        elif value.filename:
            content = await value.read(most_bytes + 1)
            if len(content) > most_bytes:
                raise TooLargeError
            files[name] = SentFile(clean(value.filename)[-200:], content)
    kept = {name: tuple(values) for name, values in fields.items()}
    return Form(MappingProxyType(kept), MappingProxyType(files))
