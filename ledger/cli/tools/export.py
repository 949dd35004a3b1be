"""Exports at the command line: the books for other programs, up to a position."""

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.exports.beancount import Beancount
from ledger.audit.exports.hledger import Hledger
from ledger.audit.exports.journals import write_journal
from ledger.audit.exports.movements import movements
from ledger.audit.exports.parquet import write_parquet
from ledger.audit.reading import Reading
from ledger.backup.form import appearing
from ledger.bootstrap import open_for_reading
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue, NotInstalled
from ledger.cli.terminal.files import new_file, unusable
from ledger.cli.terminal.interrupting import tidy_at_the_end
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import counted
from ledger.cli.terminal.progress import Tell, bar
from ledger.store.log import head

JOURNALS = {"hledger": Hledger, "beancount": Beancount}


class Order(NamedTuple):
    """An export as the command line asks for it: up to which position, None for all."""

    at: int | None
    as_json: bool


def export_journal(data: Path | None, tool: str, file: Path, order: Order, *, force: bool) -> None:
    """Write a journal for a tool, and print what it is of."""
    with (
        tidy_at_the_end(),
        bar() as tell,
        new_file(file, force=force) as writing,
        _reading(data, order, tell) as reading,
        movements(reading) as found,
    ):
        write_journal(found, JOURNALS[tool](), writing, tell)
    counts = {"transaction": found.count, "account": len(found.opened)}
    _print(found.checkpoint, order, counts)


def export_parquet(data: Path | None, folder: Path, order: Order) -> None:
    """Write Parquet, and print what it is of."""
    with tidy_at_the_end(), bar() as tell, _reading(data, order, tell) as reading:
        try:
            with appearing(folder) as part:
                checkpoint = write_parquet(reading, part)
        except ModuleNotFoundError as error:
            if error.name != "pyarrow":
                raise
            raise NotInstalled(
                "Parquet needs pyarrow: pip install 'timebank-ledger[parquet]'", code="not-installed"
            ) from None
        except OSError as error:
            raise unusable(error, folder) from None
    _print(checkpoint, order, {})


@contextlib.contextmanager
def _reading(data: Path | None, order: Order, tell: Tell) -> Generator[Reading]:
    with open_for_reading(settings(data)) as ledger, ledger.log.store.snapshot() as connection:
        ledger.opened()
        size = head(connection)
        if order.at is not None and order.at > size:
            raise BadValue(f"the log has {size} events", code="unknown-position", where="--at")
        yield Reading(connection, size if order.at is None else order.at, tell)


def _print(checkpoint: Checkpoint, order: Order, counts: dict[str, int]) -> None:
    origin, size, root, _ = checkpoint.text().split("\n")
    if order.as_json:
        told = {f"{thing}s": count for thing, count in counts.items()}
        output.document({"origin": origin, "position": int(size), "root": root, **told})
        return
    if counts:
        output.line(", ".join(counted(count, thing) for thing, count in counts.items()))
    output.line(f"{counted(checkpoint.size, 'event')} of {origin}, root {root}")
