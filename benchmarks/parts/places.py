"""Places to keep data in: a folder of SQLite files, or databases on a real PostgreSQL, removed afterwards."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from ledger.settings import Settings
from tests.postgres import Cluster, running_cluster

SQLITE, POSTGRES = "sqlite", "postgres"
ENGINES = (SQLITE, POSTGRES)


@dataclass(frozen=True)
class Place:
    """One empty database, by the URL that SQLAlchemy reads."""

    url: str
    directory: str

    @property
    def settings(self) -> Settings:
        return Settings(self.url, self.directory)

    @property
    def file(self) -> str:
        """The SQLite file."""
        return make_url(self.url).database or ""

    @property
    def dsn(self) -> dict[str, str]:
        """What psycopg connects with."""
        url = make_url(self.url)
        return {"host": str(url.query["host"]), "user": url.username or "", "dbname": url.database or ""}

    def classic(self) -> dict[str, str]:
        """The environment of one of the library's applications."""
        if make_url(self.url).get_backend_name() == SQLITE:
            return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": self.file}
        return {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": self.dsn["dbname"],
            "POSTGRES_HOST": self.dsn["host"],
            "POSTGRES_USER": self.dsn["user"],
            "POSTGRES_PASSWORD": "",
        }


class Places:
    """Gives out empty databases of one engine."""

    def __init__(
        self, engine: str, folder: Path, cluster: Cluster | None, stack: contextlib.ExitStack
    ) -> None:
        self.engine = engine
        self._folder = folder
        self._cluster = cluster
        self._stack = stack

    def empty(self, name: str) -> Place:
        if self._cluster is not None:
            url = self._stack.enter_context(self._cluster.database())
            return Place(url, url)
        folder = self._folder / name
        folder.mkdir()
        return Place(f"sqlite:///{folder}/ledger.sqlite", f"sqlite:///{folder}/directory.sqlite")


@contextlib.contextmanager
def places(engine: str) -> Iterator[Places]:
    """Empty databases as long as this is open, below the system's folder for temporary files."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="timebank-bench-")))
        cluster = stack.enter_context(running_cluster()) if engine == POSTGRES else None
        # The databases go before the server does.
        yield Places(engine, folder, cluster, stack.enter_context(contextlib.ExitStack()))
