"""Reading a query string: each parameter once, and each value in the one spelling that it has."""

from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

from ledger.api.problems import HttpProblem
from ledger.domain.numerals import whole
from ledger.domain.written import read_day
from ledger.operations.refused import Fault, wrong
from ledger.operations.words.validation import lacking_or_unknown, worded

Query = TypeVar("Query", bound=Struct)

_BOOLEANS = {"true": True, "false": False}


def query_of(kind: type[Query], query_string: bytes) -> Query:
    """The parameters that a query string gives; raises the Problem that names what is wrong."""
    given: dict[str, str] = {}
    for name, value in _pairs(query_string) if query_string else ():
        if name in given:
            raise wrong(Fault("it is given twice", "重复出现", parameter=name))
        if "\0" in value:
            # PostgreSQL takes none in any text.
            raise wrong(Fault("it holds a NUL", "含有空字符 NUL", parameter=name))
        given[name] = value
    kinds = _kinds(kind)
    for name, value in given.items():
        # What is left out is a question of its own, and text is asked for by no such word.
        if value == "null" and type(None) in kinds.get(name, ()):
            raise wrong(Fault("null is no value", "null 不是有效取值", parameter=name))
    try:
        return msgspec.convert(
            {name: _read(value, kinds.get(name, ())) for name, value in given.items()}, kind
        )
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$.")
        name = where.rstrip("`") or lacking_or_unknown(message)
        raise wrong(Fault(*worded(message.replace(" | null", "")), parameter=name)) from None


@cache
def _kinds(query: type[Struct]) -> dict[str, tuple[Any, ...]]:
    """What each parameter may be."""
    return {field.encode_name: _parts(field.type) for field in msgspec.structs.fields(query)}


def _parts(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Annotated:
        return _parts(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return tuple(part for one in get_args(kind) for part in _parts(one))
    return (kind,)


def _read(text: str, kinds: tuple[Any, ...]) -> str | int | bool | date:
    """The number or the yes or no that a text is where one is wanted, in one spelling, or the day, however written.

    Else it is the text, to be judged.
    """
    read: int | bool | date | None = None
    if int in kinds:
        read = whole(text)
    elif bool in kinds:
        read = _BOOLEANS.get(text)
    elif date in kinds:
        read = read_day(text)
    return text if read is None else read


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except ValueError:
        raise HttpProblem("malformed-request", "The query is no query.", "查询参数无法解析。") from None
