"""How many of the sentences in `reading/` are read rightly: `python tests/golden/reading_score.py [tune|tune2|test] [--show]`.

A sentence is right if every field, every question and the verdict agree. Fields are not compared where no project is expected and
none is named; an amount whose unit or currency is asked back may be kept or left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, reduce
from pathlib import Path
from typing import Any

import yaml

from bot.project_reading import ReadProject, merge, read_project_text
from corpus import Language
from corpus.glossary import Glossary, load_glossary

FOLDER = Path(__file__).parent / "reading"
_AMOUNT_OPEN = {"currency_unknown", "unit_unclear", "two_amounts"}


@dataclass(frozen=True)
class Sentence:
    """One case: what is said, turn by turn, and what must be read."""

    id: str
    language: Language
    turns: tuple[str, ...]
    expect: Mapping[str, Any]
    questions: frozenset[str]
    project: bool


def load_sentences(part: str) -> list[Sentence]:
    raw = yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
    return [
        Sentence(
            one["id"],
            Language(one["language"]),
            tuple(one["turns"]),
            one.get("expect") or {},
            frozenset(_code(code) for code in one.get("questions") or []),
            bool(one["project"]),
        )
        for one in raw["sentences"]
    ]


def read(sentence: Sentence) -> ReadProject:
    return reduce(merge, (read_project_text(turn, sentence.language, _glossary()) for turn in sentence.turns))


def faults(sentence: Sentence) -> list[str]:
    """What is wrong with the reading of a sentence; nothing if it is right."""
    got = read(sentence)
    found = [] if got.is_project == sentence.project else [f"project: {got.is_project}"]
    if not sentence.project and not sentence.expect:
        return found
    asked = {_code(code) for code in got.codes}
    found.extend(f"asks {code}" for code in sorted(asked - sentence.questions))
    found.extend(f"does not ask {code}" for code in sorted(sentence.questions - asked))
    values = {name: _plain(one.value) for name, one in got.fields.items()}
    expected = {name: _plain(value) for name, value in sentence.expect.items()}
    for name in sorted({*values, *expected}):
        spare = (name == "currency" and (values.get(name) == "MAD" or "amount" not in expected)) or (
            name == "amount" and sentence.questions & _AMOUNT_OPEN
        )
        if values.get(name) != expected.get(name) and not (spare and (name not in expected or name not in values)):
            found.append(f"{name}: {values.get(name)} instead of {expected.get(name)}")
    return found


def score(part: str) -> dict[str, tuple[int, int]]:
    """Right sentences and all sentences, by language."""
    right, total = Counter[str](), Counter[str]()
    for sentence in load_sentences(part):
        total[sentence.language.value] += 1
        right[sentence.language.value] += not faults(sentence)
    return {language: (right[language], total[language]) for language in sorted(total)}


def _code(code: str) -> str:
    return code if code.startswith("contradiction:") else code.split(":", maxsplit=1)[0]


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return value


@cache
def _glossary() -> Glossary:
    return load_glossary()


def main(arguments: list[str]) -> None:
    parts = [one for one in arguments if not one.startswith("-")] or ["tune", "tune2", "test"]
    for part in (one for one in parts if (FOLDER / f"{one}.yaml").is_file()):
        by_language = score(part)
        right, total = (sum(counts) for counts in zip(*by_language.values(), strict=True))
        print(part, f"{right}/{total}", *(f"{language} {ok}/{all_}" for language, (ok, all_) in by_language.items()))
        if "--show" in arguments:
            for sentence in load_sentences(part):
                if wrong := faults(sentence):
                    print(f"  {sentence.id}: {'; '.join(wrong)}")


if __name__ == "__main__":
    main(sys.argv[1:])
