"""What a caller is told instead of an answer: a code of a closed list, a sentence, and the fields that are wrong."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

import ledger.domain
from ledger.domain.commands import InvalidInput, Refusal
from ledger.operations.words.problems import PROBLEMS
from ledger.operations.words.said import ZH
from ledger.operations.words.titles import TITLES_ZH
from ledger.operations.words.validation import Said, worded

Found = TypeVar("Found")

MOST_NAME_CHARACTERS = 100
"""Of a name that a caller sent and that is told again."""


class Kind(Struct, frozen=True):
    """What a code stands for, in both languages."""

    code: str
    en: str
    zh: str

    def title(self, language: str) -> str:
        """The title in a language."""
        return self.zh if language == ZH else self.en


def kinds(titles: Mapping[str, tuple[str, str]]) -> Mapping[str, Kind]:
    """Kinds by their codes, of which the titles are given."""
    return MappingProxyType({code: Kind(code, *title) for code, title in titles.items()})


KINDS = kinds(PROBLEMS)
"""What stands between a caller and an answer beside the rules; the other codes are those of the rules' refusals."""


@cache
def refusals() -> Mapping[str, type[Refusal]]:
    """Every refusal of the rules by its code, also those of commands that nobody has loaded yet."""
    for module in pkgutil.iter_modules(ledger.domain.__path__, "ledger.domain."):
        importlib.import_module(module.name)
    importlib.import_module("ledger.store.deciding")
    found = (one for one in _refusals(Refusal) if one.__module__.startswith("ledger."))
    return MappingProxyType({refusal.code: refusal for refusal in found})


def kind_of(refusal: type[Refusal]) -> Kind:
    """The kind of a rule's refusal, whose title is the rule."""
    rule = (refusal.__doc__ or refusal.code).partition("\n")[0]
    # What the details hold is for the page of the problem, and for no title.
    summary = rule.partition("; `")[0].rstrip(".")
    return Kind(refusal.code, summary, TITLES_ZH[refusal.code])


class Fault(NamedTuple):
    """What is wrong with one field: a JSON pointer into the body, or the name of a parameter or a header."""

    en: str
    zh: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None


class Word(NamedTuple):
    """What a caller called something that an operation is about, by the name that it has there."""

    name: str
    typed: str


class Problem(Exception):
    """An error that its caller is told; raised wherever a question is answered or an action is made a command."""

    known: Mapping[str, Kind] = KINDS

    def __init__(
        self,
        kind: str | Kind,
        en: str = "",
        zh: str = "",
        *,
        errors: Sequence[Fault] = (),
        details: Mapping[str, Any] = MappingProxyType({}),
        word: Word | None = None,
    ) -> None:
        """`kind` is a code that is `known` or a refusal's kind; `en` and `zh` say what happened this time.

        `word` is what the subject was called, where it is that which means nothing.
        """
        self.kind = self.known[kind] if isinstance(kind, str) else kind
        super().__init__(self.kind.code)
        self.en = en or self.kind.en
        self.zh = zh or self.kind.zh
        self.errors = tuple(errors)
        self.details = details
        self.word = word


def wrong(fault: Fault, code: str = "invalid-request") -> Problem:
    """The problem of one field that is wrong."""
    where = shortened(fault.pointer or fault.parameter or fault.header)
    return Problem(
        code, f"{where or 'The body'}: {fault.en}", f"{where or '请求内容'}：{fault.zh}", errors=[fault]
    )


def there(found: Found | None) -> Found:
    """What was found; raises the Problem `not-found` where that is nothing."""
    if found is None:
        raise Problem("not-found")
    return found


def refused(refusal: Refusal) -> Problem:
    """A rule's refusal as a problem; a field that is wrong is pointed at."""
    kind = kind_of(type(refusal))
    if isinstance(refusal, InvalidInput):
        # What the bank itself found is told in the words of msgspec, and in no other language.
        reason = Said(refusal.reason, refusal.reason_zh) if refusal.reason_zh else worded(refusal.reason)
        at = pointer(refusal.field)
        return Problem(kind, f"{at}: {reason.en}", f"{at}：{reason.zh}", errors=(Fault(*reason, pointer=at),))
    return Problem(kind, refusal.sentence(), refusal.sentence(ZH), details=refusal.details)


def pointer(path: str) -> str:
    """A path such as `days[0].minutes` as a JSON pointer: `/days/0/minutes`."""
    return "".join(f"/{part}" for part in path.replace("[", ".").replace("]", "").split(".") if part)


def shortened(name: str | None) -> str | None:
    """What names a field, whose last part may be the caller's own word for one that there is not."""
    if name is None:
        return None
    place, slash, last = name.rpartition("/")
    return place[:MOST_NAME_CHARACTERS] + slash + last[:MOST_NAME_CHARACTERS]


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        if "code" in vars(one):
            yield one
        yield from _refusals(one)
