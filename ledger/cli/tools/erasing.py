"""Erasing people at an office's counter."""

from pathlib import Path

import rich_click as click

from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli.acts.meant import meant
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import settings


def erase_volunteer(data: Path | None, volunteer: str, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase a volunteer once somebody has agreed, and say what came of it."""
    opening = open_for_reading if dry_run else open_for_writing
    with opening(settings(data)) as ledger:
        identifier, number = _meant(ledger, volunteer)
        called = f"{number} ({identifier})" if number else identifier
        if not (dry_run or yes):
            click.confirm(f"Forget who {called} is, for good?", abort=True, err=True)
        known = number is not None if dry_run else ledger.directory.erase(identifier)
    if as_json:
        output.document({"volunteer": identifier, "erased": known, "dry_run": dry_run})
    elif not known:
        output.line(f"Nobody knows any more who {called} is; nothing was changed.")
    elif dry_run:
        output.line(f"{called} would be erased. Nobody was.")
    else:
        output.line(f"{called} is erased: the log keeps the id alone.")


def _meant(ledger: Ledger, text: str) -> tuple[str, str | None]:
    """The id of a volunteer, with the number that the directory knows."""
    with ledger.reading(ledger.views.members) as (connection, _):
        identifier = meant(ledger, connection, "volunteer", text)
    return identifier, ledger.directory.numbers([identifier]).get(identifier)
