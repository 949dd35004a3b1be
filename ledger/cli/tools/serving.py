"""Serving from the command line: the API, tokens for its callers, and a witness of other people's ledgers."""

import contextlib
import shlex
import sys
import time
from collections.abc import Generator, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives import serialization

from ledger.api.server.serving import Served, at_once_in, refuse_unservable, serve
from ledger.api.tokens import Terms, issue
from ledger.audit.cosignatures import cosigner_key
from ledger.audit.notes import ED25519, VerifierKey
from ledger.audit.signing import signing_key
from ledger.beside.opening import open_to_hold
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.acts.meant import meant
from ledger.cli.acts.words import typed_at
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.files import usable
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.checkpoints import verifier_keys
from ledger.cli.words import usage
from ledger.cli.words.wording import printed
from ledger.hosting.processes import Address, NotServed, refuse_taken
from ledger.hosting.unexpected import tell_in_log
from ledger.hosting.warned import OPEN_FOLDER, warnings_of
from ledger.operations.callers import Caller, Role
from ledger.settings import Settings
from ledger.store.keys import private_key, public_key
from ledger.store.privacy import make_folder, open_paths
from ledger.witness.serving import KEY_FILE, LOG_LEVEL, SEEN_FILE, Witness, refuse_held, serve_witness


def serve_ledger(data: Path | None, at_once: Iterable[str], **how: Any) -> None:
    """Serve until somebody stops it."""
    with pointed_at():
        served = Served(settings=settings(data), at_once=at_once_in(at_once), **how)
        refuse_unservable(served)
    tell_in_log(served.log_level)
    _prepare(served)
    serve_place(served)


@contextlib.contextmanager
def pointed_at() -> Generator[None]:
    """What cannot be served so is refused with BadValue at the option that said it."""
    try:
        yield
    except NotServed as error:
        where = typed_at(error.field)
        raise BadValue(output.printable(here(str(error), error.zh)), code=error.code, where=where) from None


def serve_place(served: Served) -> None:
    """Serve what is ready to be served, and say so once it answers."""
    tell_of_open(served.settings.kept())
    host = f"[{served.host}]" if ":" in served.host else served.host
    address = f"http://{host}:{served.port}"

    def listening() -> None:
        output.line(printed("serving", address=address), "bold")
        sys.stdout.flush()

    serve(served, listening)


def tell_of_open(paths: Iterable[Path]) -> None:
    """Say on stderr which of some files and folders are open to others than their owner, and how to close them."""
    found = [output.printable(str(path)) for path in open_paths(paths)]
    if found:
        named = printed("listed").join(found)
        print(printed("open_to_others", paths=named, quoted=shlex.join(found)), file=sys.stderr)


def _prepare(served: Served) -> None:
    """Say now, and in words, what would otherwise stop a process of the server; bring the views up to date."""
    place = served.settings
    private_key(place.token_key_file(), make=not served.read_only)
    if served.read_only:
        with open_for_reading(place) as ledger:
            _warn(ledger)
        return
    with bar() as tell, open_to_hold(place, progress=tell) as ledger:
        _warn(ledger)
        if served.sign_every:
            signing_key(ledger.log, place.checkpoint_key_file())


def _warn(ledger: Ledger) -> None:
    """Say what is to be known of where it will run; its log and `/readyz` say the same. Raises NoLedger."""
    ledger.opened()
    for warned in warnings_of(ledger):
        # `tell_of_open` names the paths, which are for this terminal alone.
        if warned.code != OPEN_FOLDER:
            print(printed("warning", detail=here(*warned.detail)), file=sys.stderr)


def issue_token(ledger: Ledger, days: int, **whom: Any) -> Told:
    """Tell a token."""
    lifetime = timedelta(days=days)
    token = token_for(ledger, lifetime, **whom)
    return Told({"token": token, "role": whom["role"], "seconds": int(lifetime.total_seconds())}, token)


def token_for(ledger: Ledger, lifetime: timedelta, **whom: Any) -> str:
    """A token for a caller of a ledger's API, in the words of the command line; refused with BadValue."""
    caller = _caller(ledger, **whom)
    key = private_key(ledger.settings.token_key_file(), make=True)
    return issue(key, Terms(audience=ledger.opened().origin), caller, lifetime, time.time())


def show_key(place: Settings) -> Told:
    """Tell the public key in PEM."""
    key, form = public_key(place.token_key_file()), serialization.PublicFormat.SubjectPublicKeyInfo
    pem = key.public_bytes(serialization.Encoding.PEM, form).decode()
    return Told({"public_key": pem}, pem.rstrip())


def _caller(
    ledger: Ledger,
    role: str,
    volunteer: str | None = None,
    community: str | None = None,
    actor: str | None = None,
) -> Caller:
    for name, value, needed in (
        ("--volunteer", volunteer, role == Role.VOLUNTEER),
        ("--community", community, role == Role.COORDINATOR),
    ):
        if (value is not None) != needed:
            said = usage.ROLE_NEEDS if needed else usage.ROLE_TAKES_NO
            raise BadValue(filled(said, role=role, option=name), code="invalid-input", where=name)
    with ledger.reading(*ledger.views.all()) as (connection, _):
        if volunteer is not None:
            return Caller(meant(ledger, connection, "volunteer", volunteer), Role(role))
        found = None if community is None else meant(ledger, connection, "community", community)
    try:
        return msgspec.convert({"actor": actor or f"stf_{role}", "role": role, "community": found}, Caller)
    except msgspec.ValidationError:
        raise BadValue(here(*usage.ACTOR_IS_AN_ID), code="invalid-input", where="--actor") from None


def witness(folder: Path, name: str, ledgers: Sequence[Path], show_key: bool, host: str, port: int) -> None:
    """Print the witness's public key, or serve until somebody stops it."""
    if show_key:
        output.line(str(_published(name, folder)))
        return
    watched = [key for path in ledgers for key in verifier_keys(path, ED25519)]
    if not watched:
        raise BadValue(here(*usage.WATCHED_LEDGER), code="no-ledger-watched", where="--ledger")
    published = _published(name, folder)
    refuse_held(folder)
    with pointed_at():
        refuse_taken((host, port))
    tell_of_open([folder, folder / KEY_FILE, folder / SEEN_FILE])
    tell_in_log(LOG_LEVEL)
    origins = ", ".join(dict.fromkeys(key.name for key in watched))

    def listening() -> None:
        output.line(printed("cosigning", origins=origins, address=f"http://{host}:{port}"), "bold")
        output.line(printed("its_key", key=published))
        sys.stdout.flush()

    served = Witness(folder=str(folder.absolute()), name=name, ledgers=tuple(map(str, watched)))
    serve_witness(served, Address(host=host, port=port), listening)


def _published(name: str, folder: Path) -> VerifierKey:
    """The public key of a witness, which is made if there is none in its folder."""
    with usable():
        make_folder(folder)
    key = private_key(folder / KEY_FILE, make=True)
    try:
        return cosigner_key(name, key.public_key())
    except ValueError:
        raise BadValue(here(*usage.NO_NAME_OF_A_KEY), code="invalid-input", where="--name") from None
