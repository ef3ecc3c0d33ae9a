"""The words of the desk: `texts/<group>/<language>.yaml`, the same names in each language, checked when they are read."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from babel import Locale

from corpus import CharterError, Language
from corpus.yaml_text import load_yaml

TEXTS_FOLDER = Path(__file__).parent / "texts"
LANGUAGES = (Language.FR, Language.AR, Language.EN)
LOCALES = {Language.FR: "fr", Language.AR: "ar_MA", Language.EN: "en_GB"}
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
_NEEDED = {
    Language.FR: frozenset({"one", "other"}),
    Language.EN: frozenset({"one", "other"}),
    Language.AR: frozenset({"one", "two", "few", "many", "other"}),
}
_FIRST_STRONG, _END = "\u2068", "\u2069"

Text = str | Mapping[str, str]


@dataclass(frozen=True)
class Wording:
    """Every text in one language, asked for by its dotted name: `group.name`."""

    language: Language
    texts: Mapping[str, Text]

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    def text(self, name: str, /, **values: object) -> str:
        """The text with its values put in; names and titles among them keep their own direction.

        Raises:
            CharterError: there is no such text.
        """
        text = self._find(name)
        if not isinstance(text, str):
            raise CharterError(f"The text {name} has forms for numbers. Ask for it with `n`.")
        return text.format(**{key: _isolated(value) for key, value in values.items()}) if values else text

    def number(self, name: str, count: int, /, **values: object) -> str:
        """The text in the form that a count needs; `{count}` in it is the count.

        Raises:
            CharterError: there is no such text, or it has no forms.
        """
        forms = self._find(name)
        if isinstance(forms, str):
            raise CharterError(f"The text {name} has no forms for numbers. Ask for it with `t`.")
        plural = str(Locale.parse(LOCALES[self.language]).plural_form(count))
        text = forms.get(plural, forms["other"])
        return text.format(count=count, **{key: _isolated(value) for key, value in values.items()})

    def _find(self, name: str) -> Text:
        try:
            return self.texts[name]
        except KeyError:
            raise CharterError(f"The desk has no text {name}. Add it to bot/web/staff/texts.") from None


@cache
def load_wordings(folder: Path = TEXTS_FOLDER) -> Mapping[Language, Wording]:
    """The words of all languages, read once.

    Raises:
        CharterError: a file is missing or not valid, or the languages differ in their names or in what is put in.
    """
    groups = sorted(path.name for path in folder.iterdir() if path.is_dir())
    texts: dict[Language, dict[str, Text]] = {language: {} for language in LANGUAGES}
    for group in groups:
        for language in LANGUAGES:
            texts[language].update(_load(folder / group / f"{language}.yaml", group, language))
    _check_same(texts)
    return MappingProxyType({one: Wording(one, MappingProxyType(found)) for one, found in texts.items()})


def _load(path: Path, group: str, language: Language) -> dict[str, Text]:
    where = f"bot/web/staff/texts/{group}/{path.name}"
    try:
        content = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CharterError(f"{where} cannot be used: {error} Restore the file from the repository.") from error
    if not isinstance(content, Mapping):
        raise CharterError(f"{where} holds no texts. Write one `name: text` a line.")
    found: dict[str, Text] = {}
    for name, text in _named(content, f"{group}."):
        if isinstance(text, Mapping) and not _NEEDED[language] <= text.keys():
            raise CharterError(f"{where}: {name} lacks {', '.join(sorted(_NEEDED[language] - text.keys()))}. Add them.")
        if not isinstance(text, (str, Mapping)):
            raise CharterError(f"{where}: {name} is no text. Put it in quotation marks.")
        found[name] = text
    return found


def _named(content: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        if not isinstance(key, str):
            raise CharterError(
                f"bot/web/staff/texts: a name below {before} reads as {key!r}. Put it in quotation marks."
            )
        if isinstance(value, Mapping) and not (set(value) <= PLURALS and "other" in value):
            yield from _named(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _check_same(texts: Mapping[Language, Mapping[str, Text]]) -> None:
    names = set().union(*(found.keys() for found in texts.values()))
    for language, found in texts.items():
        if missing := sorted(names - found.keys()):
            raise CharterError(f"bot/web/staff/texts, {language}: {', '.join(missing)} is missing. Add these lines.")
    for name in sorted(names):
        if len({_places(found[name]) for found in texts.values()}) > 1:
            raise CharterError(f"bot/web/staff/texts: {name} puts in different values. Use the same in each language.")


def _places(text: Text) -> frozenset[str]:
    whole = text if isinstance(text, str) else text["other"]
    return frozenset(field for _, field, _, _ in string.Formatter().parse(whole) if field)


def _isolated(value: object) -> object:
    return f"{_FIRST_STRONG}{value}{_END}" if isinstance(value, str) else value
