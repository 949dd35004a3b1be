"""What a command takes that is made of the catalogue: a word is read as the type of its field wants it.

Nothing of actions is imported where something is asked, and nothing of help where none is.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import partial
from types import MappingProxyType, NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, cast, get_args, get_origin

import msgspec
import rich_click as click
from rich_click import RichParameter

from ledger.cli.acts.made import Line, Word, words_of
from ledger.cli.terminal.language import here
from ledger.cli.terminal.numbers import Duration, WholeNumber
from ledger.cli.terminal.options import acting, as_text, common, listing
from ledger.cli.terminal.spoken import SpokenArgument, SpokenOption
from ledger.cli.terminal.typed import as_day, as_label, as_period
from ledger.cli.words.counter_words import WORDS
from ledger.domain.ids import PersonId, VisitId, VolunteerId
from ledger.domain.minutes import Minutes
from ledger.domain.text import Code, Label
from ledger.domain.written import ALL
from ledger.operations.index import operation as operation_named
from ledger.operations.paging import PageQuery
from ledger.operations.question import Question
from ledger.operations.things import KINDS

if TYPE_CHECKING:
    from ledger.operations.action import Action

KIND_OF_TYPE: Mapping[Any, str] = MappingProxyType(
    {
        VolunteerId: "volunteer",
        PersonId: "person",
        VisitId: "visit",
        **{kind.id_type: name for name, kind in KINDS.items()},
    }
)
"""What ids are of, by their types."""

_MEANT: Mapping[str, str] = MappingProxyType({"within": "community", "day": "on"})
"""What else a word of a line stands for, where the operation has no field of its own name."""


_BY_NAME: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "day": {"callback": as_day, "metavar": "DAY"},
        "from": {"callback": as_day, "metavar": "DAY"},
        "kind": {"callback": as_text, "metavar": "CODE"},
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
        Code: {"callback": as_text, "metavar": "CODE"},
        Label: {"callback": as_label, "metavar": "NAME"},
    }
)


class _Told(RichParameter):
    """A word that is told of once somebody reads its help: a command that runs reads none."""

    def __init__(self, *names: Any, tell: Callable[[], str], **how: Any) -> None:
        self._tell = tell
        super().__init__(*names, **how)

    @property
    def help(self) -> str:
        return self._tell()

    @help.setter
    def help(self, _: str | None) -> None:
        pass


class _Argument(_Told, SpokenArgument):  # pyright: ignore[reportIncompatibleVariableOverride]
    pass


class _Option(_Told, SpokenOption):  # pyright: ignore[reportIncompatibleVariableOverride]
    pass


def parameters(line: Line) -> list[click.Parameter]:
    """The arguments and options of a line, and those that all take that act, that ask, or that list things."""
    operation = cast("Action | Question", operation_named(line.operation))
    words = words_of(line)

    def nothing(**_: Any) -> None:
        pass

    shared: click.Command = click.command("made")(_shared(operation, words)(nothing))
    return [*(_parameter(operation, line, word) for word in words), *shared.params]


def _shared(operation: "Action | Question", words: list[Word]) -> Any:
    if not isinstance(operation, Question):
        return acting
    in_pages = issubclass(operation.query, PageQuery)
    return listing if in_pages and not any(word.name == "all" for word in words) else common


def _parameter(operation: "Action | Question", line: Line, word: Word) -> click.Parameter:
    path, hint = _field(operation, line.fields.get(word.name, word.name))
    field, own = path.rpartition(".")[2], line.reads.get(word.name)
    if own is not None:
        field, read = own.field or field, own.how
    else:
        kind = hint or (str if word.metavar or not word.is_option else bool)
        read = _reading(field, kind, bounded=isinstance(operation, Question))
    more: dict[str, Any] = {**read, "required": word.needed}

    def tell() -> str:
        from ledger.cli.acts.helps import help_of

        said = WORDS.get(operation.name, {}).get(word.name)
        return help_of(operation, path, hint, needed=word.needed) if said is None else here(*said)

    more["tell"] = tell
    if word.many and "callback" in more:
        more["callback"] = partial(_each, more["callback"])
    if not word.is_option:
        name = word.name.upper() if word.needed else f"[{word.name.upper()}]"
        more |= {"nargs": -1, "metavar": f"{name}..."} if word.many else {"metavar": name}
        return _Argument([field], **more)
    more["multiple"] = word.many
    if word.metavar:
        more["metavar"] = word.metavar
    if field == "period" and not word.needed:
        more["default"] = ALL
    return _Option([f"--{word.name.replace('_', '-')}", field], **more)


def _each(read: Any, context: click.Context, parameter: click.Parameter, values: Any) -> tuple[Any, ...]:
    return tuple(read(context, parameter, value) for value in values)


def _field(operation: "Action | Question", word: str) -> tuple[str, Any]:
    """The field that a word stands for, with its type; a word that stands for none is called by its own name."""
    if isinstance(operation, Question):
        hints = {field.encode_name: field.type for field in msgspec.structs.fields(operation.query)}
        path = word
    else:
        hints, path = operation.hints, operation.path(word)
    if path not in hints and _MEANT.get(word) in hints:
        path = _MEANT[word]
    return path, hints.get(path)


def _reading(field: str, hint: Any, *, bounded: bool) -> Mapping[str, Any]:
    """How what is typed for a field of a type is read, and what help calls it; numbers are `bounded` above too."""
    kind = next((one for one in get_args(hint) if one is not NoneType), hint) if _is_union(hint) else hint
    base = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if get_origin(base) is tuple:
        kind = base = get_args(base)[0]
    named = {**KIND_OF_TYPE, str: field}
    if isinstance(kind, type) and issubclass(kind, Enum):
        found = {"type": click.Choice([each.value for each in kind])}
    elif field in _BY_NAME:
        found = _BY_NAME[field]
    elif kind in _BY_TYPE:
        found = _BY_TYPE[kind]
    elif kind in named:
        found = {"callback": as_text, "metavar": named[kind].upper()}
    elif get_origin(kind) is Literal:
        found = {"type": click.Choice(get_args(kind))}
    elif base is int:
        counted, made = ("MINUTES", Duration) if kind == Minutes else ("N", WholeNumber)
        found = {"type": made(*_bounds(kind, bounded=bounded)), "metavar": counted}
    else:
        found = {"callback": as_text, "metavar": "TIME"} if base is datetime else {"callback": as_text}
    return found


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in {Union, UnionType}


def _bounds(kind: Any, *, bounded: bool) -> tuple[int, int | None]:
    meta = get_args(kind)[1] if get_origin(kind) is Annotated else None
    above, least = getattr(meta, "gt", None), getattr(meta, "ge", None)
    return above + 1 if above is not None else least or 0, getattr(meta, "le", None) if bounded else None
