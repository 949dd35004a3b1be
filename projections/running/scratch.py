"""Empty copies of views, in memory or in a file of their own, gone at the end."""

import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, StaticPool, create_engine

from projections.view import View


@contextmanager
def scratch(views: Iterable[View], *, in_memory: bool = False) -> Generator[Connection]:
    """A connection to empty tables of some views."""
    if in_memory:
        with _made("sqlite://", views) as connection:
            yield connection
        return
    with (
        tempfile.TemporaryDirectory(prefix="timebank-views-") as folder,
        _made(f"sqlite:///{Path(folder) / 'views.sqlite'}", views) as connection,
    ):
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        yield connection


@contextmanager
def _made(url: str, views: Iterable[View]) -> Generator[Connection]:
    engine = create_engine(url, poolclass=StaticPool, hide_parameters=True)
    try:
        with engine.begin() as connection:
            for view in views:
                view.metadata.create_all(connection)
            yield connection
    finally:
        engine.dispose()
