"""One of the server's processes: the application over a ledger that it opens itself."""

import contextlib
import gc
import sys
from collections.abc import Sequence
from functools import partial

import structlog
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from ledger.api.openapi.document import document
from ledger.api.server.app import create_app
from ledger.api.server.metrics import Metrics
from ledger.api.server.scraping import telling_figures
from ledger.api.server.serving import Served
from ledger.api.server.signing_timer import signing_regularly
from ledger.api.state import open_api
from ledger.api.tokens import Terms, Verifier
from ledger.beside.opening import open_to_hold
from ledger.bootstrap import open_for_reading
from ledger.hosting.logs import set_up_logs
from ledger.hosting.processes import numeric, served_here
from ledger.hosting.unexpected import beginning, tell_in_log
from ledger.hosting.warned import warnings_of
from ledger.operations.words.said import EN, ZH
from ledger.store.keys import public_key

_SWITCH_SECONDS = 0.001
_NEW_BEFORE_A_LOOK = 10_000
"""Fewer than a command that ends soon may have: each look through what is new keeps a caller waiting."""
_log = structlog.get_logger("timebank.api")


def served_app() -> ASGIApp:
    """The application of one of the server's processes."""
    served = served_here(Served)
    tell_in_log(served.log_level)
    with beginning():
        found = application(served)
    let_many_take_part()
    return found


def let_many_take_part() -> None:
    """Let the loop answer while threads work: it has its turn soon, and stops for no look through what stays anyway."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_BEFORE_A_LOOK)


def application(served: Served, more: Sequence[HTTPRouteHandler] = ()) -> ASGIApp:
    """The application over a ledger that is opened here, and closed when the application ends."""
    set_up_logs(served.log_level)
    # Made before anybody asks: it takes a tenth of a second, for which the loop would answer nobody.
    for language in (EN, ZH):
        document(language)
    metrics = Metrics(public=served.metrics is None, folder=served.metrics_folder)
    stack = contextlib.ExitStack()
    if served.read_only:
        ledger = stack.enter_context(open_for_reading(served.settings))
    else:
        ledger = stack.enter_context(open_to_hold(served.settings))
        ledger.bank.tell_of_commits(metrics.committed)
    for warned in warnings_of(ledger):
        _log.warning("warned", code=warned.code, detail=warned.detail[0])
    verifier = Verifier(public_key(served.settings.token_key_file()), Terms(audience=ledger.opened().origin))
    if served.sign_every:
        stack.enter_context(signing_regularly(ledger, served.sign_every * 60))
    api = open_api(ledger, verifier, metrics, read_only=served.read_only)
    stack.callback(api.close)
    if served.metrics is not None:
        host, port = served.metrics
        stack.enter_context(telling_figures(numeric(host), port, metrics.text))
    closing = partial(_close, stack)
    return create_app(api, more, closing=closing, origins=served.origins, at_once=served.at_once)


def _close(stack: contextlib.ExitStack) -> None:
    """Close everything; what fails is told here, as Litestar would hand its traceback on as a text."""
    try:
        stack.close()
    except Exception as error:
        _log.error("not closed", exc_info=error)
