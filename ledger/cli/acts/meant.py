"""Whom and what a word means to tools that an office runs beside what can be asked and done."""

from sqlalchemy import Connection

from ledger.bootstrap import STAFF, Ledger
from ledger.cli.acts.words import told, typed_word
from ledger.operations.access import OWNERS, seeing
from ledger.operations.callers import Caller, Role
from ledger.operations.meaning import Meaning
from ledger.operations.refused import Problem, Word


def meant(ledger: Ledger, connection: Connection, kind: str, typed: str) -> str:
    """The id of the volunteer or the community that a word means; refused with BadValue."""
    meaning = Meaning(ledger, seeing(ledger, connection), Caller(STAFF, Role.ADMIN))
    word = typed_word(kind, typed)
    try:
        found = meaning.subject(kind, word)
        if OWNERS[kind](meaning.sight, found) is None:
            raise Problem("not-found", word=Word(kind, word))
    except Problem as problem:
        raise told(problem, {}, {}) from None
    return found
