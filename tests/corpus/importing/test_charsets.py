"""The encoding that nobody states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import ImportRefusedError
from corpus.importing.charsets import decode, decode_as
from tests.corpus.importing.arabic_release import BLOCKS

ARABIC = "\n".join(text for _, text in BLOCKS)
FRENCH = "Le centre a reçu une délégation : « l'été dernier », 10 % de l’aide, œuvre, ça et là, où ? À Safi, 5 €."
SPANISH = "La comisión se reunió en España; ¿cuándo? Mañana, según el señor Muñoz, habrá más información."
CHINESE = "摩洛哥的投资宪章对企业在该国的投资项目作出了规定，政府将与企业合作。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH, CHINESE])
def test_unicode_that_says_so_is_certain(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, False)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "utf-16-le"), (ARABIC, "utf-16-be"), (FRENCH, "utf-16-le"),
        (ARABIC, "cp1256"), (ARABIC.replace("€", "").replace("«", '"').replace("»", '"'), "iso8859_6"),
        (FRENCH, "cp1252"), (SPANISH, "cp1252"), (CHINESE, "gb18030"),
    ],
)  # fmt: skip
def test_old_encodings_are_recognised_and_that_is_told(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, True)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8x", b"caf\xe9 \x81\x8d\x8f", b"\xfe\xff\xd8\x00\x00a"])
def test_what_fits_nothing_is_refused(content: bytes) -> None:
    with pytest.raises(ImportRefusedError, match="encoding"):
        decode(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    try:
        text, _ = decode(content)
    except ImportRefusedError:
        return
    assert isinstance(text, str)


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "hex", "\x00", "utf-16"])
def test_an_encoding_that_is_claimed_wrongly_gives_nothing(encoding: str) -> None:
    assert decode_as(b"\xd8", encoding) is None
