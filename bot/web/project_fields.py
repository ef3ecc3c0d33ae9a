"""The fields of a project as programs send them, described as strictly as they are checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from bot.project import HIGHEST_AMOUNT, MOST_DIGITS, MOST_JOBS
from corpus.parameters import load_parameters

DECIMALS = 6
_NULL = {"type": "null"}


class _OneOf:
    """Describes a text as one of the ids that the parameters list; they are read when the description is made."""

    def __init__(self, ids: Callable[[], Iterable[str]]) -> None:
        self._ids = ids

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "enum": list(self._ids())}, _NULL]}


def _number(value: object) -> object:
    """No `true` for 1; and a number in floating point is meant to the sixth decimal, whatever binary made of it."""
    if isinstance(value, bool):
        raise ValueError("a number is needed, not true or false")
    return round(value, DECIMALS) if isinstance(value, float) else value


def _whole(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a number is needed, not true or false")
    return value


def _day(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError("a day is needed, such as 2026-11-01")
    return value


def _described(least: dict[str, float], most: Decimal, pattern: str) -> WithJsonSchema:
    number = {"type": "number", **least, "maximum": int(most)}
    return WithJsonSchema({"anyOf": [number, {"type": "string", "pattern": pattern}, _NULL]})


_Decimal = Annotated[Decimal, Field(max_digits=MOST_DIGITS, decimal_places=DECIMALS)]
_Number = Annotated[_Decimal | None, BeforeValidator(_number)]
Investment = Annotated[
    _Number, _described({"minimum": 10**-DECIMALS}, HIGHEST_AMOUNT, r"^[1-9][0-9]{0,12}(\.[0-9]{1,6})?$")
]
Money = Annotated[_Number, _described({"minimum": 0}, HIGHEST_AMOUNT, r"^[0-9]{1,13}(\.[0-9]{1,6})?$")]
Share = Annotated[_Number, _described({"minimum": 0}, Decimal(1), r"^(0(\.[0-9]{1,6})?|1(\.0{1,6})?)$")]
Count = Annotated[
    int | None,
    BeforeValidator(_whole),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": MOST_JOBS},
                {"type": "string", "pattern": "^[0-9]{1,6}$"},
                _NULL,
            ]
        }
    ),
]
Day = Annotated[date | None, BeforeValidator(_day)]
PlaceId = Annotated[str | None, _OneOf(lambda: load_parameters().territories)]
SectorId = Annotated[str | None, _OneOf(lambda: load_parameters().sectors)]
