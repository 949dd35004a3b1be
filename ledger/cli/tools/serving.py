"""Serving the API from the command line."""

import contextlib
import re
import socket
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from ledger.api.server.origins import is_origin
from ledger.api.server.serving import Served, serve
from ledger.audit.signing import signing_key
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.openness import tell_of_open
from ledger.cli.terminal.progress import bar
from ledger.cli.tools.tokens import key_file
from ledger.domain.ids import ActorId
from ledger.hosting.processes import numeric
from ledger.hosting.unexpected import tell_in_log
from ledger.hosting.warned import OPEN_FOLDER, warnings_of
from ledger.settings import Settings
from ledger.store.keys import private_key

_NUMBER = re.compile("[1-9][0-9]{0,4}")


class How(NamedTuple):
    """How a ledger is served."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    read_only: bool = False
    log_level: str = "info"
    origins: tuple[str, ...] = ()
    sign_every: int = 0
    at_once: Mapping[str, int] = MappingProxyType({})
    metrics: tuple[str, int] | None = None


def serve_ledger(data: Path | None, how: How) -> None:
    """Serve until somebody stops it."""
    place = settings(data)
    if place.ledger.startswith("sqlite") and how.workers > 1 and not how.read_only:
        raise BadValue(
            "an embedded ledger has one writer; several workers go with PostgreSQL or --read-only",
            code="one-writer",
            where="--workers",
        )
    for origin in how.origins:
        if not is_origin(origin):
            raise BadValue(
                f"{output.printable(origin)} is no origin, which is a scheme, a host in lower case and perhaps a port",
                code="no-origin",
                where="--allow-origin",
            )
    if how.sign_every and how.read_only:
        raise BadValue("a server that only reads signs nothing", code="signs-nothing", where="--sign-every")
    refuse_taken(how)
    tell_in_log(how.log_level)
    _prepare(place, how)
    serve_place(place, how)


def serve_place(place: Settings, how: How) -> None:
    """Serve what is ready to be served, and say so once it answers."""
    tell_of_open(place.kept())
    host = f"[{how.host}]" if ":" in how.host else how.host
    address = f"http://{host}:{how.port}"

    def listening() -> None:
        output.line(f"Serving at {address}/api/v1, described at {address}/docs; Ctrl-C ends it.", "bold")
        sys.stdout.flush()

    serve(Served(settings=place, key=str(key_file(place)), **how._asdict()), listening)


def refuse_taken(how: How) -> None:
    """Refuse an address where something listens already, or none can, and two that are one."""
    places = {"--port": (how.host, how.port), "--metrics-listen": how.metrics}
    with contextlib.ExitStack() as held:
        for option, place in places.items():
            if place is None:
                continue
            try:
                # The first is held while the second is tried: the kernel knows by how many names an address goes.
                held.enter_context(_listener(*place))
            except (OSError, UnicodeError):
                host, port = place
                raise BadValue(
                    f"nothing can listen at {output.printable(host)} port {port}: it is taken, or not there",
                    code="address-taken",
                    where=option,
                ) from None


def at_once_in(words: Iterable[str]) -> dict[str, int]:
    """How many requests of some actors are answered at a time, as `stf_portal=2000` says of one; raises BadValue."""
    found: dict[str, int] = {}
    for word in words:
        actor, _, number = word.partition("=")
        try:
            msgspec.convert(actor, ActorId)
        except msgspec.ValidationError:
            number = ""
        if not _NUMBER.fullmatch(number) or actor in found:
            raise BadValue(
                f"{output.printable(word)} does not say of an actor how many requests, 1 to 99999; each is named once",
                code="not-at-once",
                where="--at-once",
            )
        found[actor] = int(number)
    return found


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there."""
    try:
        with _listener(host, port):
            return True
    except (OSError, UnicodeError):
        return False


def _listener(host: str, port: int) -> socket.socket:
    """A socket that listens where a server would; raises OSError, and UnicodeError for a host that is no name."""
    there = numeric(host)
    six = ":" in there
    return socket.create_server(
        (there, port),
        family=socket.AF_INET6 if six else socket.AF_INET,
        # As granian does: `::` is every address of both kinds.
        dualstack_ipv6=six and socket.has_dualstack_ipv6(),
    )


def _prepare(place: Settings, how: How) -> None:
    """Say now, and in words, what would otherwise stop a process of the server; bring the views up to date."""
    private_key(key_file(place), make=not how.read_only)
    if how.read_only:
        with open_for_reading(place) as ledger:
            ledger.opened()
            _warn(ledger)
        return
    with bar() as tell, open_for_writing(place, progress=tell) as ledger:
        ledger.opened()
        _warn(ledger)
        if how.sign_every:
            signing_key(ledger.log, place.checkpoint_key_file())


def _warn(ledger: Ledger) -> None:
    """Say what is to be known of where it will run; its log and `/readyz` say the same."""
    for warned in warnings_of(ledger):
        if warned.code == OPEN_FOLDER:
            # `tell_of_open` names the paths, which are for this terminal alone.
            continue
        print(f"Warning: {warned.detail}", file=sys.stderr)
