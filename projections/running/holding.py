"""That no two processes follow one view into one place."""

import contextlib
import os
import socket
from collections.abc import Generator, Sequence

from sqlalchemy import Connection, text

from ledger.store.engine import Store
from ledger.store.errors import StoreHeld

_LOCK_CLASS = 0x71B6
_KEY = f"{_LOCK_CLASS}, hashtext(:place)"
_TAKE = text(f"SELECT pg_try_advisory_lock({_KEY})")
_WAIT = text(f"SELECT pg_advisory_xact_lock({_KEY})")
_SIGN = text("SELECT set_config('application_name', :words, false)")
_HOLDER = text(
    "SELECT application_name, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"  # noqa: S608
    " FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND pg_locks.database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database())"
    f" AND classid = {_LOCK_CLASS} AND objid = (hashtext(:place)::bigint & 4294967295)::oid"
)


@contextlib.contextmanager
def held(store: Store, names: Sequence[str]) -> Generator[None]:
    """Be the one that follows these views, as long as this lasts; raises StoreHeld, naming who is instead."""
    if store.embedded:
        # The lock of its file lets in one process for all views.
        yield
        return
    with store.session() as connection:
        connection.execute(_SIGN, {"words": f"process {os.getpid()} on {socket.gethostname()}"})
        for name in names:
            place = {"place": f"{store.schema}.{name}"}
            if not connection.execute(_TAKE, place).scalar_one():
                en, zh = _holder(connection, place)
                raise StoreHeld(f"the view {name} is followed by {en}", f"视图 {name} 正由{zh}跟随")
        yield


def alone(connection: Connection, schema: str) -> None:
    """Let nobody else make tables in a schema of PostgreSQL until the transaction ends."""
    connection.execute(_WAIT, {"place": schema})


def _holder(connection: Connection, place: dict[str, str]) -> tuple[str, str]:
    found = connection.execute(_HOLDER, place).first()
    if found is None or not found[0]:
        return "another process", "另一进程"
    process, since = found
    # As `held` signs it.
    number, _, host = process.removeprefix("process ").partition(" on ")
    return f"{process} since {since} UTC", f" {host} 上的进程 {number}（自 {since} UTC 起）"
