"""Whether a server can answer all that is asked of it: current views, a directory, and stores that take writes."""

import os
import threading
import time
from typing import NamedTuple

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.hosting.warned import Warned, warnings_of
from ledger.store import log
from ledger.store.deciding import Outcome
from ledger.store.errors import StoreError
from ledger.store.group import Ticket
from projections.running import states

UNREACHABLE = ("the store is out of reach", "无法连接数据库")
UNWRITABLE = ("nothing can be written", "无法写入")
NOBODY = ("the directory is out of reach", "无法读取名册")
REPLACED = ("files are gone or replaced since they were opened", "文件在打开之后被移除或替换")

_LEAST_SECONDS_BETWEEN = 1.0
_PATIENCE_SECONDS = 5.0


class Ready(NamedTuple):
    """Why a server is not ready, in words of both languages that name views at most, and what it warns of."""

    reasons: list[tuple[str, str]]
    warnings: list[Warned]


class Readiness:
    """Tells why a server is not ready, for any thread; a write is tried once a second at most."""

    def __init__(self, ledger: Ledger, *, read_only: bool) -> None:
        """Nothing was tried yet; where it is `read_only`, no write is."""
        self._ledger = ledger
        self._read_only = read_only
        self._lock = threading.Lock()
        self._trial: Ticket[list[Outcome]] | None = None
        self._tried = 0.0
        self._writable = True
        self._opened = _files(ledger)

    def told(self) -> Ready:
        """What keeps the server from being ready now, and what else is to be known of where it runs."""
        try:
            return Ready(self._reasons(), warnings_of(self._ledger))
        except StoreError:
            return Ready([UNREACHABLE], [])

    def _reasons(self) -> list[tuple[str, str]]:
        with self._ledger.log.store.snapshot() as connection:
            found = [
                (f"{name}: broken", f"视图 {name} 已中断")
                if lag is None
                else (f"{name}: {lag} events behind", f"视图 {name} 落后 {lag} 个事件")
                for name, lag in _lags(self._ledger, connection).items()
                if lag != 0
            ]
        if _files(self._ledger) != self._opened:
            # What is written now is lost as soon as they are closed.
            found.append(REPLACED)
        try:
            self._ledger.directory.try_to_read()
        except StoreError:
            found.append(NOBODY)
        return found if self._read_only or self._can_write() else [*found, UNWRITABLE]

    def lags(self) -> dict[str, float]:
        """How many events each view is behind, not a number for one that broke; nothing without a store."""
        try:
            with self._ledger.log.store.snapshot() as connection:
                lags = _lags(self._ledger, connection)
        except StoreError:
            return {}
        return {name: float("nan") if lag is None else lag for name, lag in lags.items()}

    def _can_write(self) -> bool:
        """Whether a commit can be made now, as far as was seen within the last second."""
        with self._lock:
            if self._trial is None:
                if self._tried and time.monotonic() < self._tried + _LEAST_SECONDS_BETWEEN:
                    return self._writable
                self._trial = self._ledger.bank.try_to_write()
            try:
                # One that is not decided yet is looked at again, and no other is made meanwhile.
                self._writable = not self._trial.result(_PATIENCE_SECONDS)
                self._ledger.directory.try_to_write()
            except TimeoutError:
                self._writable = False
                return False
            except Exception:
                self._writable = False
            self._trial, self._tried = None, time.monotonic()
            return self._writable


def _files(ledger: Ledger) -> list[tuple[int, int] | None]:
    """Which files an embedded ledger's paths lead to, None for those that lead nowhere."""
    found: list[tuple[int, int] | None] = []
    for store in (ledger.log.store, ledger.directory.store):
        if store.embedded:
            try:
                there = os.stat(store.url.database or "")
            except OSError:
                found.append(None)
            else:
                found.append((there.st_dev, there.st_ino))
    return found


def _lags(ledger: Ledger, connection: Connection) -> dict[str, int | None]:
    """How many events each view is behind; None for one that broke or is of another release."""
    head, known = log.head(connection), states.read(connection)
    found: dict[str, int | None] = {}
    for view in ledger.views.all():
        state = known.get(view.name)
        sound = state is not None and state.version == view.version and state.broken_at is None
        found[view.name] = head - state.position if state is not None and sound else None
    return found
