"""What a command takes that is made of the catalogue: a word is read as the type of its field wants it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import partial
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
import rich_click as click

from ledger.cli.acts.made import Line, Word, words_of
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import acting, argument, as_text, common, listing, option
from ledger.cli.terminal.typed import as_code, as_day, as_label
from ledger.domain.ids import PersonId, VisitId
from ledger.domain.minutes import Minutes
from ledger.domain.text import Code, Label
from ledger.operations.action import Action
from ledger.operations.catalogue import ACTIONS, QUESTIONS
from ledger.operations.paging import PageQuery
from ledger.operations.question import Question
from ledger.operations.things import KINDS
from projections.figures.periods import ALL, UnknownPeriod, read_period

_ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "activity": "An id (act_…) or a name.",
        "as_of": "Only days of service up to this one.",
        "community": "An id (com_…) or a name.",
        "day": "The day from which it holds. [default: today]",
        "from": "The first day. [default: today]",
        "giver": "Who gives: a volunteer number, or an id (vol_…).",
        "known_at": "Only what was recorded by then: a position, a time, or the end of a day.",
        "minutes": "How many minutes of credit.",
        "name": "The public name.",
        "offer": "An id (off_…) or a name.",
        "period": "By day of service: a month 2026-09, a quarter 2026-Q3, a year 2026, or all.",
        "reason": "Why, as a code.",
        "record": "The record's id (rec_…).",
        "redemption": "Its id (red_…).",
        "shift": "An id (shi_…), an activity and when it begins (NAME@09:30), or an activity with one shift.",
        "skill": "A code, such as first-aid.",
        "team": "An id (tea_…) or a name.",
        "until": "The first day on which it holds no more.",
        "venue": "An id (ven_…) or a name.",
        "volunteer": "A volunteer number, or an id (vol_…).",
        "within": "Only those of a community (an id or a name) and those beneath it.",
    }
)
"""What help says of a word, unless the line itself does."""
_MEANT: Mapping[str, str] = MappingProxyType({"within": "community", "day": "on"})
"""What else a word of a line stands for, where the operation has no field of its own name."""


def as_period(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The name of the period that is typed."""
    try:
        return None if value is None else read_period(value).name
    except UnknownPeriod as unknown:
        raise click.BadParameter(f"{unknown}, not {value!r}") from None


_BY_NAME: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "day": {"callback": as_day, "metavar": "DAY"},
        "from": {"callback": as_day, "metavar": "DAY"},
        "kind": {"callback": as_code, "metavar": "CODE"},
        "known_at": {"callback": as_text, "metavar": "WHEN"},
        "limit": {"type": WholeNumber(min=1), "metavar": "N"},
        "period": {"callback": as_period, "metavar": "PERIOD"},
        "within": {"callback": as_text, "metavar": "COMMUNITY"},
    }
)
"""How parameters of questions are read whose type tells too little."""
_BY_TYPE: Mapping[Any, Mapping[str, Any]] = MappingProxyType(
    {
        bool: {"is_flag": True},
        date: {"callback": as_day, "metavar": "DAY"},
        Code: {"callback": as_code, "metavar": "CODE"},
        Label: {"callback": as_label, "metavar": "NAME"},
    }
)


def parameters(line: Line) -> list[click.Parameter]:
    """The arguments and options of a line, and those that all take that act, that ask, or that list things."""
    [operation] = (one for one in (*ACTIONS, *QUESTIONS) if one.name == line.operation)
    words = words_of(line)

    def nothing(**_: Any) -> None:
        pass

    command: Any = _shared(operation, words)(nothing)
    for word in reversed(words):
        help_text = line.helps.get(word.name) or _ABOUT[word.name]
        if isinstance(help_text, str):
            command = _parameter(operation, line, word, help_text)(command)
        else:
            command = help_text(command)
    built: click.Command = click.command("made")(command)
    return list(built.params)


def _shared(operation: Action | Question, words: list[Word]) -> Any:
    if isinstance(operation, Action):
        return acting
    in_pages = issubclass(operation.query, PageQuery)
    return listing if in_pages and not any(word.name == "all" for word in words) else common


def _parameter(operation: Action | Question, line: Line, word: Word, help_text: str) -> Any:
    field, hint = _field(operation, line.fields.get(word.name, word.name))
    if hint is None:
        hint = str if word.metavar or not word.is_option else bool
    more = {**_reading(field, hint, bounded=isinstance(operation, Question)), "help": help_text}
    more["required"] = word.needed
    if word.many and "callback" in more:
        more["callback"] = partial(_each, more["callback"])
    if not word.is_option:
        name = word.name.upper() if word.needed else f"[{word.name.upper()}]"
        many = {"nargs": -1, "metavar": f"{name}..."} if word.many else {"metavar": name}
        return argument(field, **{**more, **many})
    more["multiple"] = word.many
    if word.metavar:
        more["metavar"] = word.metavar
    if field == "period" and not word.needed:
        more |= {"default": ALL, "show_default": True}
    return option(f"--{word.name.replace('_', '-')}", field, **more)


def _each(read: Any, context: click.Context, parameter: click.Parameter, values: Any) -> tuple[Any, ...]:
    return tuple(read(context, parameter, value) for value in values)


def _field(operation: Action | Question, word: str) -> tuple[str, Any]:
    """The field that a word stands for, with its type; a word that stands for none is called by its own name."""
    if isinstance(operation, Action):
        hints, path = operation.hints, operation.path(word)
    else:
        hints = {field.encode_name: field.type for field in msgspec.structs.fields(operation.query)}
        path = word
    if path not in hints and _MEANT.get(word) in hints:
        path = _MEANT[word]
    return path.rpartition(".")[2], hints.get(path)


def _reading(field: str, hint: Any, *, bounded: bool) -> Mapping[str, Any]:
    """How what is typed for a field of a type is read, and what help calls it; numbers are `bounded` above too."""
    kind = next((one for one in get_args(hint) if one is not NoneType), hint) if _is_union(hint) else hint
    base = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if get_origin(base) is tuple:
        kind = base = get_args(base)[0]
    things = {one.id_type: name for name, one in KINDS.items()}
    named = {str: field, PersonId: "person", VisitId: "visit", **things}
    if field in _BY_NAME:
        found = _BY_NAME[field]
    elif kind in _BY_TYPE:
        found = _BY_TYPE[kind]
    elif kind in named:
        found = {"callback": as_text, "metavar": named[kind].upper()}
    elif get_origin(kind) is Literal:
        found = {"type": click.Choice(get_args(kind))}
    elif isinstance(kind, type) and issubclass(kind, Enum):
        found = {"type": click.Choice([each.value for each in kind]), "metavar": kind.__name__.upper()}
    elif base is int:
        counted = "MINUTES" if kind == Minutes else "N"
        found = {"type": _whole_number(kind, bounded=bounded), "metavar": counted}
    else:
        found = {"callback": as_text, "metavar": "TIME"} if base is datetime else {"callback": as_text}
    return found


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in {Union, UnionType}


def _whole_number(kind: Any, *, bounded: bool) -> WholeNumber:
    meta = get_args(kind)[1] if get_origin(kind) is Annotated else None
    above, least = getattr(meta, "gt", None), getattr(meta, "ge", None)
    return WholeNumber(
        above + 1 if above is not None else least or 0, getattr(meta, "le", None) if bounded else None
    )
