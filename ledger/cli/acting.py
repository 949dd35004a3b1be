"""What somebody in an office does: one command, decided by the bank, and what came of it in words."""

import contextlib
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec
from sqlalchemy import Connection

from ledger.application import Ask, Hear, Receipt, request_tag
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli import output
from ledger.cli.failures import REFUSED, Failure
from ledger.cli.lookup import checked, settings
from ledger.cli.naming import named, names_of, with_names
from ledger.cli.output import counted
from ledger.domain.commands import Command, Refusal
from ledger.domain.ids import ActorId, derived_id, new_id
from ledger.domain.minutes import spoken
from ledger.store.codec import Recorded, type_name

Make = Callable[[Ledger, Connection], Command]
"""Makes the command, having looked up what the words of the command line mean."""

_ENVELOPE = {"id", "at", "by", "cause"}


class Act(NamedTuple):
    """How a command is given: where, by whom, under which key, for real or not, and how the answer is told."""

    data: Path | None
    by: str
    key: str | None
    dry_run: bool
    as_json: bool

    def new_id(self, prefix: str) -> str:
        """An id for what is new: under a key always the same one, so that the request stays the same."""
        return new_id(prefix) if self.key is None else derived_id(prefix, self.by, self.key)


class Refused(Failure):
    """A rule said no."""

    exit_code = REFUSED


def act(how: Act, make: Make) -> None:
    """Give the bank a command and print the facts that follow, or would; raises Refused in words."""
    with hearing(how) as (ledger, hear):
        with ledger.reading(*ledger.views.all()) as (connection, _):
            command = make(ledger, connection)
        once = None if how.key is None else request_tag(how.by, how.key)
        [outcome] = hear([Ask(command, how.by, once)])
        if isinstance(outcome, Refusal):
            raise refused(outcome, ledger)
        tell(how, ledger, outcome)


def refused(refusal: Refusal, ledger: Ledger | None = None) -> Refused:
    """A refusal for the shell, in the language of its terminal; with the ledger's names beside ids."""
    details = {name: value for name, value in refusal.details.items() if name not in {"code", "message"}}
    sentence = refusal.sentence(_language())
    if ledger is not None:
        sentence = with_names(sentence, names_of(ledger, [sentence]))
    return Refused(sentence, code=refusal.code, details=details)


@contextlib.contextmanager
def hearing(how: Act) -> Generator[tuple[Ledger, Hear]]:
    """The ledger, and what answers asks: the bank, or in a dry run its rehearsal."""
    checked(how.by, ActorId, "--by", "an actor's id, such as stf_office")
    if how.dry_run:
        # It takes no lock, so that it works while another process writes.
        with open_for_reading(settings(how.data)) as ledger, ledger.bank.rehearsal() as hear:
            yield ledger, hear
    else:
        with open_for_writing(settings(how.data)) as ledger:
            yield ledger, ledger.bank.handle_many


def tell(how: Act, ledger: Ledger, receipt: Receipt) -> None:
    """Print the facts of an answer."""
    if how.as_json:
        output.document(answer(how, receipt))
        return
    what = counted(len(receipt.events), "fact")
    if how.dry_run:
        output.line(f"Would be recorded: {what}. Nothing was.")
    elif receipt.replayed:
        output.line(f"Recorded before, under this key: {what}.")
    else:
        output.line(f"Recorded: {what}.")
    names = names_of(ledger, [str(msgspec.to_builtins(one.event)) for one in receipt.events])
    for recorded in receipt.events:
        output.facts(type_name(type(recorded.event)), list(_pairs(recorded, names)))


def answer(how: Act, receipt: Receipt) -> dict[str, Any]:
    """What `--json` says of an answer."""
    return {
        "position": receipt.position,
        "replayed": receipt.replayed,
        "dry_run": how.dry_run,
        "events": [msgspec.to_builtins(one.event) for one in receipt.events],
    }


def _pairs(recorded: Recorded, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of a fact: ids with what they are called, and minutes as people say them."""
    fields: dict[str, Any] = msgspec.to_builtins(recorded.event)
    yield "position", f"{recorded.position:,}"
    for name, value in _leaves({key: fields[key] for key in fields if key not in _ENVELOPE | {"type"}}):
        if isinstance(value, int) and name.endswith(("minutes", "credits", "price")):
            yield name, spoken(value)
        else:
            yield name, named(str(value), names)


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in cast(dict[str, Any], value).items():
            yield from _leaves(inner, f"{name} {key}".strip())
    elif isinstance(value, list | tuple):
        for inner in cast(Sequence[Any], value):
            yield from _leaves(inner, name)
    elif value is not None:
        yield name.replace("_", " "), value


def _language() -> str:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"
