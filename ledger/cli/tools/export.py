"""Exports at the command line: the books for other programs, up to a position."""

import contextlib
from collections.abc import Generator
from pathlib import Path

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.exports.beancount import Beancount
from ledger.audit.exports.hledger import Hledger
from ledger.audit.exports.journals import write_journal
from ledger.audit.exports.movements import movements
from ledger.audit.exports.parquet import write_parquet
from ledger.audit.reading import Reading
from ledger.backup.form import appearing
from ledger.bootstrap import Ledger
from ledger.cli.terminal.failures import USAGE, BadValue, Failure
from ledger.cli.terminal.files import new_file, usable
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.words import usage
from ledger.cli.words.wording import counted, events_of, printed
from ledger.opening import titled
from ledger.store.log import head

JOURNALS = {"hledger": Hledger, "beancount": Beancount}


def export_journal(ledger: Ledger, program: str, file: Path, at: int | None, force: bool) -> Told:
    """Write a journal for a program, up to a position or all of it, and tell what it is of."""
    with (
        tidy_at_the_end(),
        bar() as tell,
        new_file(file, force=force) as writing,
        _reading(ledger, at, tell) as reading,
        movements(reading) as found,
    ):
        write_journal(found, JOURNALS[program](), writing, tell)
    transactions, accounts = found.count, len(found.opened)
    said = printed("both", one=counted(transactions, "transaction"), other=counted(accounts, "account"))
    return _told(reading, found.checkpoint, {"transactions": transactions, "accounts": accounts}, said)


def export_parquet(ledger: Ledger, folder: Path, at: int | None) -> Told:
    """Write Parquet, likewise."""
    with tidy_at_the_end(), bar() as tell, _reading(ledger, at, tell) as reading:
        try:
            with usable(folder), appearing(folder) as part:
                return _told(reading, write_parquet(reading, part), {})
        except ModuleNotFoundError as error:
            if error.name != "pyarrow":
                raise
            raise Failure(here(*usage.PYARROW_NEEDED), code="not-installed", exit_code=USAGE) from None


@contextlib.contextmanager
def _reading(ledger: Ledger, at: int | None, tell: Tell) -> Generator[Reading]:
    with ledger.log.store.snapshot() as connection:
        ledger.opened()
        size = head(connection)
        if at is not None and at > size:
            sentence = filled(usage.NO_SUCH_POSITION, size=size)
            raise BadValue(sentence, code="unknown-position", where="--at")
        yield Reading(connection, size if at is None else at, tell)


def _told(reading: Reading, checkpoint: Checkpoint, counts: dict[str, int], *said: str) -> Told:
    origin, size, root, _ = checkpoint.text().split("\n")
    told = {"name": reading.name, "origin": origin, "position": int(size), "root": root, **counts}
    return Told(told, *said, events_of(titled(origin, reading.name), checkpoint.size, root))
