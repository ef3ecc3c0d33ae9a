"""A zipped office file before it is unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus import ImportRefusedError
from corpus.importing.archive import MOST_DEPTH, MOST_PARTS, check_archive

LIMIT = 100_000


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name.replace("_xml", ".xml"), part)
    return stream.getvalue()


def test_an_honest_archive_passes() -> None:
    check_archive(archive(a_xml=b"<a>" * (MOST_DEPTH - 1) + b"</a>" * (MOST_DEPTH - 1), picture=b"<!DOCTYPE"), LIMIT)


@pytest.mark.parametrize(
    ("content", "reason", "found"),
    [
        (archive(a=b"\0" * (LIMIT + 1)), "hostile", "zip-bomb"),
        (archive(**{f"n{number}": b"" for number in range(MOST_PARTS + 1)}), "hostile", "zip-bomb"),
        (archive(a_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "hostile", "entities"),
        (
            archive(a_xml='<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")),
            "hostile",
            "entities",
        ),
        (archive(a_xml=b"<a>" * 300 + b"</a>" * 300), "hostile", "nesting"),
        (archive(a_xml=b"<a>"), "damaged", None),
        (archive(a_xml=b"<a/>")[:-30], "damaged", None),
        (b"no archive", "damaged", None),
    ],
)
def test_what_could_harm_is_refused_before_it_is_unpacked(content: bytes, reason: str, found: str | None) -> None:
    with pytest.raises(ImportRefusedError) as error:
        check_archive(content, LIMIT)
    assert (error.value.reason, error.value.details.get("found")) == (reason, found)


def test_a_part_that_is_not_what_its_table_says_is_damaged() -> None:
    content = bytearray(archive(a_xml=b"<a>some words</a>"))
    content[40] ^= 0xFF
    with pytest.raises(ImportRefusedError):
        check_archive(bytes(content), LIMIT)
