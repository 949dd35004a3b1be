"""What somebody in an office does: one command, decided by the bank, and what came of it in words."""

import contextlib
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from ledger.application import AnswerAsks, Receipt
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.acts.tables import shown
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import Refused
from ledger.cli.terminal.language import language
from ledger.cli.terminal.lookup import checked, settings
from ledger.cli.terminal.naming import leaves, named, names_in, with_names
from ledger.cli.terminal.output import Column
from ledger.cli.words import usage
from ledger.cli.words.wording import code, counted, field, head, printed
from ledger.domain.commands import Refusal
from ledger.domain.ids import ActorId
from ledger.operations.access import seeing
from ledger.operations.callers import Caller, Role
from ledger.operations.meaning import Meaning
from ledger.store.codec import Recorded, type_name

_ENVELOPE = {"type", "id", "at", "by", "cause"}
_MOST_WHOLE = 3
"""Of more facts than these each is told in one line."""


class Recording(NamedTuple):
    """How a command is given: where, by whom, under which key, for real or not, and how the answer is told."""

    data: Path | None
    by: str
    key: str | None
    dry_run: bool
    as_json: bool

    def meaning(self, ledger: Ledger, connection: Connection) -> Meaning:
        """What words mean to whoever acts at the counter."""
        return Meaning(ledger, seeing(ledger, connection), Caller(self.by, Role.ADMIN))


def refused(refusal: Refusal, names: Mapping[str, str] | None = None) -> Refused:
    """A refusal for the shell, in the language of its terminal; with names beside ids."""
    details = {name: value for name, value in refusal.details.items() if name not in {"code", "message"}}
    sentence = with_names(refusal.sentence(language()), names or {})
    return Refused(output.printable(sentence), code=refusal.code, details=details)


@contextlib.contextmanager
def hearing(recording: Recording) -> Generator[tuple[Ledger, AnswerAsks]]:
    """The ledger, and what answers asks: the bank, or in a dry run its rehearsal."""
    checked(recording.by, ActorId, "--by", usage.NO_ACTOR)
    if recording.dry_run:
        # It takes no lock, so that it works while another process writes.
        with open_for_reading(settings(recording.data)) as ledger, ledger.bank.rehearsal() as hear:
            yield ledger, hear
    else:
        from ledger.beside.opening import open_for_work

        with open_for_work(settings(recording.data)) as ledger:
            yield ledger, ledger.bank.handle_many


def facts_of(receipt: Receipt) -> list[dict[str, Any]]:
    """The facts of an answer, for a program."""
    return [msgspec.to_builtins(one.event) for one in receipt.events]


def tell(
    recording: Recording,
    ledger: Ledger,
    receipt: Receipt,
    once_only: Mapping[str, str],
    *,
    document: Mapping[str, Any],
) -> None:
    """Print the facts of an answer, and what is told only once; for a program the `document`."""
    if recording.as_json:
        output.document(document)
        return
    what = counted(len(receipt.events), "fact")
    if recording.dry_run:
        output.line(printed("would_be_recorded", what=what))
    else:
        output.line(printed("recorded_before" if receipt.replayed else "recorded", what=what))
    _print_facts(ledger, receipt)
    for name, value in once_only.items():
        output.line(printed("told_once", name=field(name), value=value), "bold")


def _print_facts(ledger: Ledger, receipt: Receipt) -> None:
    names, zone = names_in(ledger, facts_of(receipt)), ZoneInfo(ledger.opened().zone)
    if len(receipt.events) <= _MOST_WHOLE:
        for recorded in receipt.events:
            output.facts(_type(recorded), list(_pairs(recorded, names, zone)))
        return
    output.table(
        "",
        (Column(head("position"), right=True), Column(head("fact")), Column(head("about"))),
        [
            (f"{one.position:,}", _type(one), _about(list(_pairs(one, names, zone))[2:]))
            for one in receipt.events
        ],
        empty="",
    )


def _type(recorded: Recorded) -> str:
    return code("type", type_name(type(recorded.event)))


def _about(pairs: list[tuple[str, str]]) -> str:
    """The volunteer whom a fact is about, else what it names first."""
    return dict(pairs).get(field("volunteer"), pairs[0][1] if pairs else "")


def _pairs(recorded: Recorded, names: dict[str, str], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """The fields of a fact: ids with the names people know, minutes and instants as they say them."""
    told: dict[str, Any] = msgspec.to_builtins(recorded.event)
    fields = {name: value for name, value in told.items() if name not in _ENVELOPE}
    # What a fact is about stands first, behind its day.
    thing = str([*fields.values(), ""][1])
    yield field("position"), f"{recorded.position:,}"
    for path, value in leaves(fields):
        # That of a venue is a digest, which somebody could take for what is shown there.
        if path != "code":
            known = shown(path, value, names, zone)
            yield field(path, thing), known or named(code(path.rpartition(".")[2], value), names)
