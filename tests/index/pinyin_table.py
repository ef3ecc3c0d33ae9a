"""Writes `index/pinyin.yaml` from pypinyin: `python -m tests.index.pinyin_table`; a test compares the two.

The library itself would take 50 MB of the server's memory.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from index import homophones

HEADER = """\
# How Chinese characters are usually read, without tones, and words of two characters.
# From pypinyin 0.55 (MIT licence); written by: python -m tests.index.pinyin_table
"""
COMMON = range(0x4E00, 0xA000)


def table() -> str:
    """The text of the file."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for code in COMMON:
        if sound := _without_tone(pinyin_dict.get(code, "").partition(",")[0]):
            by_sound[sound].append(chr(code))
    words = sorted(word for word in phrases_dict if len(word) == 2)
    lines = [f'  "{sound}": "{"".join(characters)}"' for sound, characters in sorted(by_sound.items())]
    return "\n".join([f"{HEADER}sounds:", *lines, f'words: "{" ".join(words)}"', ""])


def _without_tone(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    return "".join(letter for letter in parts if letter.isascii() or letter == "\u0308").replace("u\u0308", "v")


if __name__ == "__main__":
    Path(homophones.PINYIN_FILE).write_text(table(), encoding="utf-8")
