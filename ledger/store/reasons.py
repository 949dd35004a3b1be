"""Why a database failed, in its own words where these can hold no value of anybody's."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

_PLAIN_CODES = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_NOTADB,
}
"""SQLite says of these which it is, and at most which table's rule was broken."""

_PLAIN_CLASSES = {"08", "23", "25", "28", "3D", "40", "53", "55", "57", "58", "P0"}
"""PostgreSQL's classes of errors whose first line names tables and rules only, P0 being what our own triggers say."""

_PLAIN_STATES = {"42501", "42P01"}
"""No right, and no table."""


def reason_of(error: DBAPIError) -> str:
    """One line: what the driver said, or where that may hold a value, the error's own word and type."""
    raised = error.orig
    said = str(raised).strip().splitlines()
    code: int | None = getattr(raised, "sqlite_errorcode", None)
    state: str | None = getattr(raised, "sqlstate", None)
    word = getattr(raised, "sqlite_errorname", None) or state
    if said and _is_plain(error, said[0], code, state):
        return said[0]
    return type(raised).__name__ if word is None else f"{type(raised).__name__} ({word})"


def _is_plain(error: DBAPIError, said: str, code: int | None, state: str | None) -> bool:
    if code is not None:
        return code & 0xFF in _PLAIN_CODES
    if state is not None:
        return state[:2] in _PLAIN_CLASSES or state in _PLAIN_STATES
    # A connection that could not be made, or was lost; of text that cannot be read, SQLite's driver quotes it.
    made = isinstance(error.orig, sqlite3.Error) or error.statement is not None
    return isinstance(error, OperationalError) and not (made and any(mark in said for mark in "'\""))
