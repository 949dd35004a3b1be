"""A server in which anything can be made to fail, each time with somebody's name, phone, token and words in it.

    python -m tests.api.leaking LEVEL PORT

The environment names the ledger as for `timebank serve`. POST /fail/{what} makes that fail, now or from now on.
"""

import asyncio
import contextlib
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from litestar import Request, post
from litestar.types import ASGIApp
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ledger.api.server import metrics, serving
from ledger.api.server import signing_timer as regularly
from ledger.api.server.metrics import Metrics
from ledger.api.server.served import application
from ledger.api.state import api_of
from ledger.hosting.processes import Address, run, served_here
from ledger.hosting.unexpected import beginning, tell_in_log
from ledger.operations.quick.balances import QuickBalances
from ledger.people.directory import Directory
from ledger.settings import read_settings
from ledger.store import log
from ledger.store.engine import Store
from projections.statement import Statement

NAME, PHONE, WORDS = "王秀兰", "13900001111", "what-somebody-wrote"
SECRETS = (NAME, PHONE, WORDS)
UNREADABLE = "TIMEBANK_TEST_UNREADABLE"


class Leaky(Exception):
    """A failure that says all it knows."""


def leak() -> Exception:
    """A failure with values in its words, its notes, its frames, its cause, and what is grouped in it."""
    name, phone = NAME, PHONE
    group = ExceptionGroup(f"about {name}", [KeyError(phone), ValueError(name, phone)])
    group.add_note(f"{WORDS} by {name}")
    try:
        raise Leaky(WORDS, name, phone) from group
    except Leaky as error:
        return error


def database_error(name: str, phone: str) -> DBAPIError:
    return DBAPIError.instance(  # type: ignore[return-value]
        f"INSERT INTO person VALUES ('{name}')", {"phone": phone}, ValueError(name, phone), Exception
    )


def raising(*_: Any, **__: Any) -> Any:
    name, phone = NAME, PHONE
    raise leak() from database_error(name, phone)


@contextlib.contextmanager
def raising_store(*_: Any) -> Iterator[None]:
    raising()
    yield


async def nobody_waits() -> None:
    raising()


class Doomed:
    def __del__(self) -> None:
        raising()


def log_it() -> None:
    logger = logging.getLogger("somebody.else")
    try:
        raising()
    except Leaky:
        logger.exception("failed for %s", NAME)
    logger.error("%s %d", NAME, PHONE)
    for name in ("_granian", "sqlalchemy.pool", "psycopg", "asyncio"):
        logging.getLogger(name).error("failed for %s, %s", NAME, PHONE, exc_info=leak())


def ask_wrongly(store: Store) -> None:
    """A statement that the database refuses, with values in it."""
    with store.begin() as connection:
        connection.execute(text("INSERT INTO event VALUES (:name, :phone, :words, :name)"), SAID)


SAID = {"name": NAME, "phone": PHONE, "words": WORDS}


def failures(request: Request[Any, Any, Any]) -> dict[str, Callable[[], Any]]:
    api, loop = api_of(request.app), asyncio.get_running_loop()
    return {
        "handler": raising,
        "base": lambda: (_ for _ in ()).throw(asyncio.CancelledError(NAME, PHONE)),
        "thread": lambda: threading.Thread(target=raising).start(),
        "pool": lambda: loop.run_in_executor(None, raising),
        "task": lambda: loop.create_task(nobody_waits()),
        "callback": lambda: loop.call_soon(raising),
        "handled": lambda: loop.call_exception_handler({"message": NAME, "exception": leak(), "of": PHONE}),
        "unraisable": Doomed,
        "warning": lambda: warnings.warn(f"{NAME} {PHONE}", stacklevel=2),
        "logging": log_it,
        "statement": lambda: ask_wrongly(api.ledger.log.store),
        "read": lambda: setattr(Store, "snapshot", raising_store),
        "unread": lambda: setattr(Store, "snapshot", SNAPSHOT),
        "write": lambda: setattr(log, "insert", raising),
        "unwrite": lambda: setattr(log, "insert", INSERT),
        "commit": lambda: setattr(api.ledger.log.store.engine.dialect, "do_commit", raising),
        "uncommit": lambda: delattr(api.ledger.log.store.engine.dialect, "do_commit"),
        "directory": lambda: setattr(Directory, "_rows", raising),
        "undirectory": lambda: setattr(Directory, "_rows", ROWS),
        "fold": lambda: setattr(Statement, "fold", raising),
        "unfold": lambda: setattr(Statement, "fold", FOLD),
        "entrance": lambda: setattr(Metrics, "answered", raising),
        "unentrance": lambda: setattr(Metrics, "answered", ANSWERED),
        "close": lambda: setattr(QuickBalances, "close", raising),
        "scrape": lambda: setattr(metrics._LagOfViews, "collect", raising),
    }


SNAPSHOT, INSERT, FOLD, ANSWERED = Store.snapshot, log.insert, Statement.fold, Metrics.answered
ROWS = Directory._rows


@post("/fail/{what:str}", opt={"public": True}, name="fail")
async def fail(request: Request[Any, Any, Any], what: str) -> None:
    failures(request)[what]()


def app() -> ASGIApp:
    """What `timebank serve` would serve, and the way to make it fail."""
    served = served_here(serving.Served)
    tell_in_log(served.log_level)
    regularly.signed_head = raising
    with beginning():
        if os.environ.get(UNREADABLE):
            raising()
        return application(served, [fail])


def main(level: str, port: str) -> None:
    place = read_settings(None, os.environ)
    served = serving.Served(settings=place, port=int(port), log_level=level, sign_every=1)
    tell_in_log(level)
    threading.Thread(target=raising).start()
    run("tests.api.leaking:app", Address(host=served.host, port=served.port), served, lambda: None)
    raising()


if __name__ == "__main__":
    main(*sys.argv[1:])
