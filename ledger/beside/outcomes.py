"""Asks and their outcomes in the words that two processes say to each other."""

import pkgutil
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

import msgspec

import ledger.domain
from ledger.application import Ask, Receipt
from ledger.beside.messages import Asked, Broken, Heard, Received, RuledOut
from ledger.domain.commands import Command, Malformed, Refusal
from ledger.store.codec import recorded
from ledger.store.deciding import Outcome
from ledger.store.decoders import decoder_of
from ledger.store.errors import StoreError

K = TypeVar("K", bound=type)


class FaultElsewhere(Exception):
    """A fault of the program in the process that was asked."""


def asked(ask: Ask) -> Asked:
    """An ask that holds what it may, to be sent."""
    command = msgspec.json.encode(ask.command)
    return Asked(type(ask.command).__name__, command, ask.by, ask.once, ask.fingerprint, ask.batch, ask.trace)


def ask_of(one: Asked) -> Ask:
    """The ask that was sent; one that cannot be read takes its turn as a refusal."""
    try:
        command: Command = decoder_of(_commands()[one.kind]).decode(one.command)
    except (msgspec.DecodeError, KeyError) as error:
        command = Malformed(field="command", reason=str(error))
    return Ask(command, one.by, one.once, one.fingerprint, one.batch, one.trace)


def told(outcomes: Sequence[Outcome]) -> Heard:
    """Outcomes to be sent."""
    return Heard([_told(outcome) for outcome in outcomes])


def outcomes_of(heard: Heard) -> list[Outcome]:
    """The outcomes that were sent."""
    return [_outcome(one) for one in heard.outcomes]


def failure_of(kind: str, reason: str, zh: str) -> StoreError:
    """The failure of a store that was told by the name of its kind, in both languages."""
    kinds = {one.__name__: one for one in _beneath(StoreError)}
    # However it is made from what it tells: of what was told, only the sentence was sent.
    found = kinds.get(kind, StoreError)
    failure = found.__new__(found, reason)
    failure.zh = zh
    return failure


def _told(outcome: Outcome) -> Received | RuledOut | Broken:
    if isinstance(outcome, Receipt):
        facts = [(one.position, one.data) for one in outcome.events]
        return Received(outcome.position, facts, outcome.replayed)
    if isinstance(outcome, Refusal):
        return RuledOut(outcome.code, vars(outcome))
    return Broken(f"{type(outcome).__name__}: {outcome}")


def _outcome(one: Received | RuledOut | Broken) -> Outcome:
    if isinstance(one, Received):
        return Receipt(one.position, tuple(recorded(*fact) for fact in one.facts), one.replayed)
    if isinstance(one, Broken):
        return FaultElsewhere(one.reason)
    kind = _refusals()[one.code]
    refusal = kind.__new__(kind)
    vars(refusal).update(one.holds)
    refusal.args = (refusal.sentence(),)
    return refusal


@cache
def _commands() -> dict[str, type[Command]]:
    _read_the_domain_in()
    return {kind.__name__: kind for kind in _beneath(Command)}


@cache
def _refusals() -> dict[str, type[Refusal]]:
    _read_the_domain_in()
    return {kind.code: kind for kind in _beneath(Refusal) if "code" in vars(kind)}


def _read_the_domain_in() -> None:
    """Import all that may happen: whoever imports hours has not read in what venues are."""
    for module in pkgutil.iter_modules(ledger.domain.__path__):
        import_module(f"ledger.domain.{module.name}")


def _beneath(kind: Any) -> Iterator[Any]:
    yield kind
    for one in kind.__subclasses__():
        yield from _beneath(one)
