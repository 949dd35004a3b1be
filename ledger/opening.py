"""How a ledger begins, and what it is called in public."""

from datetime import date
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection

from ledger.application import Ask, TimeBank
from ledger.bootstrap import Ledger
from ledger.domain import tags
from ledger.domain.commands import Refusal
from ledger.domain.events import Language, LedgerNamed
from ledger.domain.opening import OpenLedger, PublicName
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import PRESETS
from ledger.store.codec import decode, type_name
from ledger.store.log import tagged


def begin(bank: TimeBank, opening: OpenLedger, *, by: str, policy: str) -> None:
    """Open a ledger and adopt a preset policy for all time, in one commit; refuses with AlreadyOpen."""
    commands = (opening, AdoptPolicy(policy=PRESETS[policy], effective=date.min))
    for outcome in bank.handle_many([Ask(command, by) for command in commands]):
        if isinstance(outcome, Refusal):
            raise outcome


def opened_as(ledger: Ledger) -> dict[str, Any]:
    """What a ledger was opened as, and what it is called now, with the position that it has come to."""
    first = ledger.opened()
    with ledger.reading(ledger.views.policies) as (connection, position):
        policy, name = ledger.views.policies.in_force(connection, date.min), public_name(connection)
    return {
        "name": name,
        "origin": first.origin,
        "zone": first.zone,
        "language": Language.EN if first.language is UNSET else first.language,
        "policy": None if policy is None else policy.name,
        "position": position,
    }


def titled(origin: str, name: str | None) -> str:
    """A ledger by its public name and its origin; by its origin alone where it has no name."""
    return origin if name is None else f"{name} ({origin})"


def title_of(ledger: Ledger) -> str:
    """An open ledger by its public name and its origin, likewise."""
    return titled(ledger.opened().origin, public_name_now(ledger))


def public_name_now(ledger: Ledger) -> str | None:
    """The public name of an open ledger; None where nobody gave it one."""
    with ledger.log.store.snapshot() as connection:
        return public_name(connection)


def public_name(connection: Connection) -> str | None:
    """The ledger's public name, None where nobody gave it one: read from the log itself, as it hardly ever changes."""
    known = PublicName(tags.LEDGER)
    for _, _, data in tagged(connection, (tags.LEDGER,), (type_name(LedgerNamed),)):
        known.see(decode(data))
    return known.name
