"""In which language whoever types a command is spoken to; told before anything heavy is read in."""

import contextlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from ledger.folders import DATABASE_URL, LEDGER_FILE, folder_of
from ledger.operations.words.said import EN, ZH

LANG_OPTION = "--lang"
_SAY_NOTHING = {"", "C", "POSIX"}
_OPENING = "SELECT data FROM event WHERE position = 1"
_SECONDS_TO_CONNECT = 2


def language_for(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that `--lang` names, else that of the locale, else the ledger's own, else English."""
    typed = _typed(words, LANG_OPTION)
    if typed in {EN, ZH}:
        return typed
    return of_the_locale(environment) or _of_the_ledger(words, environment) or EN


def of_the_locale(environment: Mapping[str, str]) -> str | None:
    """The language of the locale; None where that is none, or the one that every machine has."""
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if locale.partition(".")[0] in _SAY_NOTHING:
        return None
    return ZH if locale.startswith("zh") else EN


def _typed(words: Sequence[str], option: str) -> str | None:
    """What was typed for an option, the last time where it was several times."""
    found = None
    for word, following in pairwise((*words, None)):
        if word is None or word == "--":
            break
        if word == option:
            found = following
        elif word.startswith(f"{option}="):
            found = word.partition("=")[2]
    return found


def _of_the_ledger(words: Sequence[str], environment: Mapping[str, str]) -> str | None:
    data = _typed(words, "--data")
    folder = folder_of(None if data is None else Path(data), environment)
    # Whatever is wrong with a ledger is told by the command that has to do with it.
    with contextlib.suppress(Exception):
        found = _in_a_file(folder / LEDGER_FILE) if folder else _in_a_database(environment[DATABASE_URL])
        return None if found is None else json.loads(found).get("language")
    return None


def _in_a_file(path: Path) -> str | None:
    # The first fact never changes, so that it may be read past any lock, and where nothing can be written.
    for how in ("mode=ro", "mode=ro&immutable=1"):
        with (
            contextlib.suppress(sqlite3.OperationalError),
            contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as connection,
        ):
            return next(connection.execute(_OPENING), (None,))[0]
    return None


def _in_a_database(url: str) -> str | None:
    from ledger.store.engine import checked_url

    known = checked_url(url)
    if known.get_backend_name() == "sqlite":
        return _in_a_file(Path(known.database or ""))
    import psycopg

    conninfo = known.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, connect_timeout=_SECONDS_TO_CONNECT) as connection:
        return next(connection.execute(_OPENING), (None,))[0]
