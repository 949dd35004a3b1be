"""Tokens for callers of the API, issued at the command line."""

import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
from cryptography.hazmat.primitives import serialization

from ledger.api.tokens import Terms, issue
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.acts.meant import meant
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.lookup import settings
from ledger.operations.callers import Caller, Role
from ledger.settings import Settings
from ledger.store.errors import NoKey
from ledger.store.keys import private_key, public_key


class Whom(NamedTuple):
    """For whom a token is, in the words of the command line."""

    role: str
    volunteer: str | None = None
    community: str | None = None
    actor: str | None = None


def issue_token(data: Path | None, whom: Whom, lifetime: timedelta, *, as_json: bool) -> None:
    """Print a token."""
    place = settings(data)
    with open_for_reading(place) as ledger:
        token = token_for(place, ledger, whom, lifetime)
    if as_json:
        output.document({"token": token, "role": whom.role, "seconds": int(lifetime.total_seconds())})
    else:
        output.line(token)


def token_for(place: Settings, ledger: Ledger, whom: Whom, lifetime: timedelta) -> str:
    """A token for a caller of a ledger's API; refused with BadValue."""
    caller = _caller(ledger, whom)
    key = private_key(key_file(place), make=True)
    return issue(key, Terms(audience=ledger.opened().origin), caller, lifetime, time.time())


def show_key(data: Path | None, *, as_json: bool) -> None:
    """Print the public key in PEM."""
    key = public_key(key_file(settings(data)))
    pem = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()
    if as_json:
        output.document({"public_key": pem})
    else:
        output.line(pem.rstrip())


def key_file(place: Settings) -> Path:
    """The file of the key pair; raises NoKey if nobody said where it is."""
    if place.key is None:
        raise NoKey("nobody said where the key for tokens is: TIMEBANK_TOKEN_KEY names its file")
    return Path(place.key)


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
