"""The one place where the parts are put together from settings.

What only looks at a ledger imports nothing of what writes to one, or counts for boards.
"""

import contextlib
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import URL, Connection

from ledger.application import TimeBank, utc_now
from ledger.domain.events import LedgerOpened
from ledger.domain.ids import new_event_id
from ledger.people.directory import Directory
from ledger.settings import FOLLOWED, Settings
from ledger.store.codec import decode
from ledger.store.engine import Store, checked_url, file_url, refuse_absent
from ledger.store.errors import NoLedger, StoreError
from ledger.store.log import Log, between, migrate_in
from projections.registry import Views
from projections.running import states
from projections.view import View

if TYPE_CHECKING:
    from ledger.exchange.importing import Desk
    from projections.figures.rollups import Rollups
    from projections.figures.tallies import Tallies
    from projections.running.following import Follower
    from projections.running.rebuilding import Progress

STAFF = "stf_office"
"""Who acts where nobody is named."""


_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Ledger:
    """An open ledger's parts. The bank of one that is only looked at can rehearse, and record nothing.

    `put_back` tells in a sentence each of triggers that were not as they were made when it was opened for writing.
    """

    log: Log
    directory: Directory
    views: Views
    now: Callable[[], datetime]
    bank: TimeBank
    settings: Settings
    put_back: tuple[str, ...] = ()
    _opening: list[LedgerOpened] = field(default_factory=list[LedgerOpened], repr=False)
    _days: list[tuple[datetime, datetime, date]] = field(
        default_factory=list[tuple[datetime, datetime, date]], repr=False
    )

    @contextlib.contextmanager
    def reading(self, *needed: View) -> Generator[tuple[Connection, int]]:
        """One moment of all views, with its position; raises ViewUnavailable unless the needed ones stand there."""
        with self.log.store.snapshot() as connection:
            yield connection, states.refuse_unavailable(connection, *needed)

    def opened(self) -> LedgerOpened:
        """The first fact, which never changes; raises NoLedger if there is none."""
        if self._opening:
            return self._opening[0]
        with self.log.store.snapshot() as connection:
            rows = between(connection, 0, 1)
        first = decode(rows[0].data) if rows else None
        if not isinstance(first, LedgerOpened):
            raise NoLedger(
                "this ledger is not open yet; `timebank init` opens it",
                "账本尚未启用；请用 `timebank init` 启用",
            )
        self._opening.append(first)
        return first

    @cached_property
    def tallies(self) -> "Tallies":
        """What is counted for the boards of volunteers."""
        return self.views.leaderboards.tallies()

    @cached_property
    def rollups(self) -> "Rollups":
        """What communities contributed, as it was added up."""
        from projections.figures.rollups import Rollups

        return Rollups(self.views)

    @property
    def alone(self) -> bool:
        """Whether nobody but this process can change the ledger or its directory, as it holds the lock."""
        return self.log.store.embedded and self.log.store.write

    def today(self) -> date:
        """The day it is in the ledger's time zone."""
        now = self.now()
        # Each answer asks for it, and no day begins within a second.
        for begun, over, known in self._days:
            if begun <= now < over:
                return known
        second = now.replace(microsecond=0)
        found = now.astimezone(ZoneInfo(self.opened().zone)).date()
        self._days[:] = [(second, second + _A_SECOND, found)]
        return found

    def desk(self, *, by: str, source: str, dry_run: bool, again: frozenset[str] = frozenset()) -> "Desk":
        """A desk for imports, with what the ledger holds now."""
        # Few commands take in files, and all would wait for what reads these.
        from ledger.exchange.importing import Desk

        with self.reading(self.views.communities, self.views.teams) as (connection, _):
            communities = self.views.communities.all(connection)
            teams = self.views.teams.all(connection)
        return Desk(
            bank=self.bank,
            directory=self.directory,
            communities=tuple(communities),
            teams=tuple(teams),
            today=self.today(),
            registered=self.registered,
            by=by,
            source=source,
            dry_run=dry_run,
            again=again,
        )

    def registered(self, volunteers: Collection[str]) -> set[str]:
        """Which of some volunteers the log knows at this moment."""
        with self.reading(self.views.balances) as (connection, _):
            return self.views.balances.registered(connection, volunteers)


@contextlib.contextmanager
def open_for_reading(settings: Settings, *, now: Callable[[], datetime] = utc_now) -> Generator[Ledger]:
    """A ledger that is only looked at: it works while another process writes."""
    with contextlib.ExitStack() as stack:
        log, directory = _parts(settings, stack, write=False)
        log.refuse_unmigrated()
        directory.refuse_unmigrated()
        views, bank = _views(), TimeBank(log, (), now=now)
        yield Ledger(log, directory, views, now, bank, settings)


@contextlib.contextmanager
def open_for_writing(
    settings: Settings,
    *,
    create: bool = False,
    now: Callable[[], datetime] = utc_now,
    event_id: Callable[[], str] = new_event_id,
    progress: "Progress | None" = None,
    durable: bool = True,
) -> Generator[Ledger]:
    """A ledger to write, migrated and with its views at the head; with `create`, made if it is not there.

    Raises NoLedger if log or directory is not there: a directory lost and made anew would register everybody twice.
    Only an embedded ledger that could be made anew, as a demo's, may be other than `durable`.
    """
    from ledger.store.made.guards import put_back, warn
    from projections.running.inline import InlineViews
    from projections.running.rebuilding import bring_up, make_ready, no_progress

    with contextlib.ExitStack() as stack:
        if not create:
            # Looked at first, so that a mistyped place is not made into an empty ledger.
            _refuse_absent(settings)
        log, directory = _parts(settings, stack, write=True, durable=durable)
        views = _views()
        # At one moment: nothing of a place is changed that is refused, and to begin and to commit takes its time.
        with log.appending() as connection:
            migrate_in(connection, create=create)
            directory.migrate_along(connection, create=create)
            mended = put_back(connection, views.table_names())
            behind = make_ready(connection, views.all())
        warn(mended)
        bring_up(log, behind, progress or no_progress)
        bank = TimeBank(log, (InlineViews(views.all()),), now=now, event_id=event_id)
        stack.callback(bank.close)
        yield Ledger(log, directory, views, now, bank, settings, mended)


@contextlib.contextmanager
def open_to_fill(settings: Settings, *, progress: "Progress | None" = None) -> Generator[Ledger]:
    """A ledger that is made if it is not there, to take in what another one recorded.

    Raises ViewUnavailable at the end if a view could not take what it was told.
    """
    with open_for_writing(settings, create=True, progress=progress) as ledger:
        yield ledger
        with ledger.reading(*ledger.views.all()):
            pass


@contextlib.contextmanager
def open_place(settings: Settings) -> Generator[tuple[Log, Directory]]:
    """Log and directory of a place to be written, whatever is there: nothing is migrated, and nothing built."""
    with contextlib.ExitStack() as stack:
        yield _parts(settings, stack, write=True)


@contextlib.contextmanager
def open_follower(settings: Settings, into: str | None, views: Sequence[View]) -> Generator["Follower"]:
    """The follower of some views of a ledger, into a folder or a database by its URL, else beside the ledger.

    Raises StoreHeld if another process follows them there, and OtherLedger if they are of another ledger.
    """
    from projections.running.following import following

    with contextlib.ExitStack() as stack:
        log = Log(Store(settings.ledger, write=False))
        stack.callback(log.store.close)
        log.refuse_unmigrated()
        url = _followed_url(settings, into)
        target = Store(url, write=True, schema=FOLLOWED, guarded=("what is followed here", "此处跟随的视图"))
        stack.callback(target.close)
        yield stack.enter_context(following(log, target, views))


@contextlib.contextmanager
def open_followed(settings: Settings, into: str | None) -> Generator[Connection | None]:
    """One moment of the views that are followed there, None if none are."""
    url = checked_url(_followed_url(settings, into))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield None
        return
    store = Store(_followed_url(settings, into), write=False, schema=FOLLOWED)
    try:
        with store.snapshot() as connection:
            yield connection if states.read(connection) else None
    finally:
        store.close()


def _followed_url(settings: Settings, into: str | None) -> str:
    ledger = checked_url(settings.ledger)
    if into is None and ledger.get_backend_name() != "sqlite":
        return settings.ledger
    if into is None:
        into = str(Path(ledger.database or "").parent)
    url = into if "://" in into else file_url(Path(into) / f"{FOLLOWED}.sqlite")
    if _file(checked_url(url)) == _file(ledger) is not None:
        raise StoreError(
            "views are followed into another file than the ledger's, with a lock of its own",
            "跟随的视图须保存在账本以外的文件中",
        )
    return url


def _file(url: URL) -> Path | None:
    """The file of an embedded database as its lock is named after it: without the suffix."""
    return Path(url.database or "").resolve().with_suffix("") if url.get_backend_name() == "sqlite" else None


@cache
def _views() -> Views:
    """The views, of which all ledgers share the description: to describe some forty tables takes its time."""
    return Views()


def _parts(
    settings: Settings, stack: contextlib.ExitStack, *, write: bool, durable: bool = True
) -> tuple[Log, Directory]:
    store = Store(settings.ledger, write=write, durable=durable)
    stack.callback(store.close)
    erasures = None if settings.erasures is None else Path(settings.erasures)
    if not store.embedded:
        return Log(store), Directory(store, erasures)
    if not write:
        _refuse_absent(settings)
    directory = Store(settings.directory, write=write, lock=False)
    stack.callback(directory.close)
    return Log(store), Directory(directory, erasures)


def _refuse_absent(settings: Settings) -> None:
    """Raise NoLedger if a file of an embedded ledger is not there."""
    refuse_absent(settings.ledger)
    if checked_url(settings.ledger).get_backend_name() == "sqlite":
        try:
            refuse_absent(settings.directory)
        except NoLedger:
            raise NoLedger(
                "the ledger's directory.sqlite is missing; put it back from a backup",
                "账本的 directory.sqlite 不见了；请从备份放回",
            ) from None
