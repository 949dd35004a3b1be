"""Who the ids stand for: names, phones, volunteer numbers, persons in charge."""

import contextlib
import threading
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, delete, select

from ledger.domain.ids import new_id
from ledger.domain.spelling import same_name
from ledger.people.erasures import Erasure, append_erasures, read_erasures, utc_second
from ledger.people.migrations import MIGRATIONS, SCHEMA
from ledger.people.persons import Volunteer, new_salt
from ledger.people.settling import Holders, Settling, among
from ledger.people.tables import Content, tables_in
from ledger.store.compiled_query import CompiledQuery
from ledger.store.engine import Store
from ledger.store.errors import NoLedger
from ledger.store.in_lists import InList
from ledger.store.migrations import applied, migrate, refuse_unmigrated

__all__ = ["Directory", "Holders", "Settling", "Volunteer", "new_salt"]

_MOST_A_QUERY = 500

T = TypeVar("T")


class Directory:
    """The people of one ledger. Every change is a transaction of its own, made before the log learns of it."""

    def __init__(self, store: Store, erasures: Path | None = None) -> None:
        """Use an open store: the embedded directory's own file, or the ledger's PostgreSQL database.

        Whoever is erased is listed in the file `erasures` too, if there is one.
        """
        self._store = store
        self._list = erasures
        self._schema = None if store.embedded else SCHEMA
        self._tables = tables_in(self._schema)
        self._volunteers, self._persons = self._tables.volunteers, self._tables.persons
        self._settling = threading.Lock()
        self.changes = 0
        """How often this process has changed it."""

    @property
    def store(self) -> Store:
        """Where it lies: a file of its own where the ledger is embedded."""
        return self._store

    @property
    def listed_in(self) -> Path | None:
        """The file that lists who was erased, None if there is to be none."""
        return self._list

    def migrate(self) -> None:
        """Give an older or empty directory this release's shape."""
        with self._store.begin() as connection:
            self._migrate(connection, create=True)

    def migrate_along(self, log: Connection, *, create: bool) -> None:
        """The same, of an empty one with `create` alone; raises NoLedger or NewerSchema.

        Where both lie in one database it is done in the log's transaction, which is the caller's.
        """
        with contextlib.nullcontext(log) if self._schema else self._store.begin() as connection:
            self._migrate(connection, create=create)

    def refuse_unmigrated(self) -> None:
        """Raise NoLedger or NewerSchema unless the directory has this release's shape."""
        with self._store.snapshot() as connection:
            refuse_unmigrated(connection, MIGRATIONS, self._schema)

    def try_to_read(self) -> None:
        """Look for somebody; raises StoreUnavailable where nobody could be found."""
        with self._store.snapshot() as connection:
            connection.execute(select(self._volunteers).limit(1)).first()

    def try_to_write(self) -> None:
        """Write what it holds already, in a commit of its own; raises StoreUnavailable where nothing can be written."""
        with self._store.begin() as connection:
            connection.execute(self._tables.same)

    @contextlib.contextmanager
    def settling(self) -> Generator[Settling]:
        """What is read and written while nobody else settles who has which number, in another process neither."""
        # Whoever waits here has no connection yet: the one who settles may need a second one, to ask the log.
        with self._settling:
            with self._store.begin() as connection:
                connection.execute(self._tables.newest.with_for_update())
                yield Settling(self._tables, connection)
            self.changes += 1

    def settle(self, work: Callable[[Settling], T]) -> T:
        """What `work` gives, which reads and writes while nobody else does.

        It reads before it writes, and may be called again where what it read was changed meanwhile.
        """
        with self.settling() as settling:
            return work(settling)

    def put(self, volunteers: Collection[Volunteer]) -> None:
        """Add volunteers, or replace what is known of them."""
        if volunteers:
            self.settle(lambda settling: settling.put(volunteers))

    def by_number(self, numbers: Iterable[str]) -> Holders:
        """The volunteers who have the numbers, however these are spelt, by number as asked for."""
        wanted = list(dict.fromkeys(numbers))
        return Holders(wanted, self._among(self._tables.by_number, map(same_name, wanted)))

    def by_id(self, volunteers: Iterable[str]) -> dict[str, Volunteer]:
        """What is known of volunteers, by id; one who was erased is not there."""
        return {one.volunteer: one for one in self._among(self._tables.by_id, volunteers)}

    def numbers(self, volunteers: Iterable[str]) -> dict[str, str]:
        """The numbers of volunteers, by id."""
        return {volunteer: entry.number for volunteer, entry in self.by_id(volunteers).items()}

    def persons(self, pairs: Iterable[tuple[str, str]], *, add: bool) -> dict[tuple[str, str], str]:
        """The ids of persons in charge, by unit and name; with `add`, new ones get theirs here."""
        wanted = list(dict.fromkeys(pairs))
        if add and wanted:
            rows = [{"person": new_id("per"), "unit": unit, "name": name} for unit, name in wanted]
            with self._store.begin() as connection:
                connection.execute(self._tables.put_person, rows)
                connection.execute(self._tables.change)
            self.changes += 1
        statement = select(self._persons).where(self._persons.c.name.in_(bindparam("some", expanding=True)))
        known = {
            (row.unit, row.name): row.person for row in self._rows(statement, {name for _, name in wanted})
        }
        return {pair: known[pair] for pair in wanted if pair in known}

    def version(self) -> CompiledQuery:
        """A query for a number that every change of the directory makes greater: its own connection's, to be closed."""
        return CompiledQuery(self._store, self._tables.newest)

    def erase(self, volunteer: str, *, also_listed_in: Collection[Path] = ()) -> bool:
        """Forget who a volunteer is, for good; whether anything was known. The log keeps the id alone.

        They are listed first: raises BadErasures, having erased nobody, where a list cannot be written.
        """
        return self._erase(self._volunteers, volunteer, also_listed_in)

    def erase_person(self, person: str) -> bool:
        """Forget who a person in charge is, for good; likewise."""
        return self._erase(self._persons, person)

    def was_erased(self, identifier: str) -> bool:
        """Whether somebody with this id was erased."""
        erasures = self._tables.erasures
        with self._store.snapshot() as connection:
            found = connection.execute(select(erasures).where(erasures.c.id == identifier))
            return found.first() is not None

    def content(self) -> Content:
        """Everybody who is known, and everybody who was erased, at one moment."""
        with self._store.snapshot() as connection:
            return self._tables.read(connection)

    def set_up(self, content: Content, *, within: Connection | None = None) -> None:
        """Set the directory up with people in it where there is none; raises FileExistsError, or BadErasures."""
        if within is None:
            with self._store.begin() as connection:
                self.set_up(content, within=connection)
            return
        if applied(within, self._schema):
            raise FileExistsError("there is a directory already")
        self._migrate(within, create=True)
        self._tables.fill(within, content)
        if self._list is not None:
            there = {one.id for one in read_erasures(self._list)} if self._list.exists() else set[str]()
            append_erasures(self._list, [one for one in content.erasures if one.id not in there])

    def close(self) -> None:
        """Close the store, where it is the directory's own."""
        if self._store.embedded:
            self._store.close()

    def _migrate(self, connection: Connection, *, create: bool) -> None:
        if create and self._schema is not None:
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {self._schema}")
        absent = NoLedger(
            "the ledger's directory is missing; put it back from a backup",
            "账本的名册不见了；请从备份放回",
        )
        migrate(connection, MIGRATIONS, self._schema, absent=None if create else absent)

    def _erase(self, table: Table, identifier: str, also_listed_in: Collection[Path] = ()) -> bool:
        lists = {one.resolve(): one for one in (self._list, *also_listed_in) if one is not None}
        key = next(iter(table.primary_key.columns))
        with self._store.begin() as connection:
            there = connection.execute(select(key).where(key == identifier).with_for_update())
            known = there.first() is not None
            if known:
                erasure = Erasure(identifier, utc_second())
                for path in lists.values():
                    # First of all: whom a lost disk or an older backup brings back, the list must name.
                    append_erasures(path, [erasure])
                connection.execute(delete(table).where(key == identifier))
                connection.execute(self._tables.put_erasure, erasure._asdict())
            connection.execute(self._tables.change)
        self.changes += 1
        if self._store.embedded:
            # What was deleted is overwritten in the file; a copy of it may still lie in the write-ahead log.
            with self._store.engine.connect() as connection:
                driver: Any = connection.connection.dbapi_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return known

    def _among(self, query: InList, values: Iterable[str]) -> list[Volunteer]:
        wanted = list(dict.fromkeys(values))
        if not wanted:
            return []
        with self._store.glance() as connection:
            return among(query, connection, wanted)

    def _rows(self, statement: Select[Any], values: Iterable[str]) -> Iterator[Any]:
        wanted = list(dict.fromkeys(values))
        with self._store.snapshot() as connection:
            for start in range(0, len(wanted), _MOST_A_QUERY):
                yield from connection.execute(statement, {"some": wanted[start : start + _MOST_A_QUERY]})
