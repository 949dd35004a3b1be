"""The server: granian's processes, each with the application over a ledger that it opens itself."""

import contextlib
import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp
from msgspec import Struct

from ledger.api.app import create_app
from ledger.api.logs import set_up_logs
from ledger.api.metrics import Metrics
from ledger.api.processes import Address, run, served_here
from ledger.api.regularly import signing_regularly
from ledger.api.state import open_api
from ledger.api.tokens import Terms, Verifier
from ledger.bootstrap import Settings, open_for_reading, open_for_writing
from ledger.store.keys import public_key

_SWITCH_SECONDS = 0.001


class Served(Struct, frozen=True, kw_only=True):
    """What is served, and how: `key` verifies tokens, and pages of `origins` may ask from within a browser.

    The head is signed as it begins and every so many minutes, or never where that is 0. `at_once` tells of some
    actors how many of their requests are answered at a time.
    """

    settings: Settings
    key: str
    host: str
    port: int
    workers: int
    read_only: bool
    log_level: str
    origins: tuple[str, ...] = ()
    sign_every: int = 0
    at_once: Mapping[str, int] = {}


def serve(served: Served, listening: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was begun; `listening` is called once somebody would answer."""
    address = Address(host=served.host, port=served.port, workers=served.workers)
    run(f"{__name__}:served_app", address, served, listening)


def served_app() -> ASGIApp:
    """The application of one of the server's processes."""
    found = application(served_here(Served))
    _let_many_take_part()
    return found


def _let_many_take_part() -> None:
    """Let the loop answer while threads work: it has its turn soon, and stops for no look through what stays anyway."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.collect()
    gc.freeze()


def application(served: Served, more: Sequence[HTTPRouteHandler] = ()) -> ASGIApp:
    """The application over a ledger that is opened here, and closed when the application ends."""
    set_up_logs(served.log_level)
    metrics, stack = Metrics(), contextlib.ExitStack()
    if served.read_only:
        ledger = stack.enter_context(open_for_reading(served.settings))
    else:
        ledger = stack.enter_context(open_for_writing(served.settings))
        ledger.bank.tell_of_commits(metrics.committed)
    verifier = Verifier(public_key(Path(served.key)), Terms(audience=ledger.opened().origin))
    if served.sign_every:
        stack.enter_context(signing_regularly(ledger, served.sign_every * 60))
    api = open_api(ledger, verifier, metrics, read_only=served.read_only)
    stack.callback(api.close)
    return create_app(api, more, closing=stack.close, origins=served.origins, at_once=served.at_once)
