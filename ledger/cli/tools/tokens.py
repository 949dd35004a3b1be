"""Tokens for callers of the API, issued at the command line."""

import time
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import msgspec
from cryptography.hazmat.primitives import serialization

from ledger.api.tokens import Terms, issue
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.acts.meant import meant
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.tool import Told
from ledger.operations.callers import Caller, Role
from ledger.settings import Settings
from ledger.store.keys import private_key, public_key


class Whom(NamedTuple):
    """For whom a token is, in the words of the command line."""

    role: str
    volunteer: str | None = None
    community: str | None = None
    actor: str | None = None


def issue_token(place: Settings, days: int, **whom: Any) -> Told:
    """Tell a token."""
    lifetime = timedelta(days=days)
    with open_for_reading(place) as ledger:
        token = token_for(ledger, Whom(**whom), lifetime)
    told = {"token": token, "role": whom["role"], "seconds": int(lifetime.total_seconds())}
    return Told(told, partial(output.line, token))


def token_for(ledger: Ledger, whom: Whom, lifetime: timedelta) -> str:
    """A token for a caller of a ledger's API; refused with BadValue."""
    caller = _caller(ledger, whom)
    key = private_key(ledger.settings.token_key_file(), make=True)
    return issue(key, Terms(audience=ledger.opened().origin), caller, lifetime, time.time())


def show_key(place: Settings) -> Told:
    """Tell the public key in PEM."""
    key, form = public_key(place.token_key_file()), serialization.PublicFormat.SubjectPublicKeyInfo
    pem = key.public_bytes(serialization.Encoding.PEM, form).decode()
    return Told({"public_key": pem}, partial(output.line, pem.rstrip()))


def _caller(ledger: Ledger, whom: Whom) -> Caller:
    role = Role(whom.role)
    for name, value, needed in (
        ("--volunteer", whom.volunteer, role is Role.VOLUNTEER),
        ("--community", whom.community, role is Role.COORDINATOR),
    ):
        if (value is not None) != needed:
            so = "needs" if needed else "takes no"
            raise BadValue(f"the role {role} {so} {name}", code="invalid-input", where=name)
    with ledger.reading(*ledger.views.all()) as (connection, _):
        if whom.volunteer is not None:
            return Caller(meant(ledger, connection, "volunteer", whom.volunteer), role)
        community = None
        if whom.community is not None:
            community = meant(ledger, connection, "community", whom.community)
    try:
        return msgspec.convert(
            {"actor": whom.actor or f"stf_{role}", "role": role, "community": community}, Caller
        )
    except msgspec.ValidationError:
        raise BadValue(
            "an actor is an id, such as stf_office", code="invalid-input", where="--actor"
        ) from None
