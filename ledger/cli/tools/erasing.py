"""Erasing people at an office's counter."""

from pathlib import Path

import rich_click as click

from ledger.beside.opening import open_for_work
from ledger.bootstrap import open_for_reading
from ledger.cli.acts.meant import meant
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.tool import Told


def erase_volunteer(data: Path | None, volunteer: str, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase a volunteer once somebody has agreed, and say what came of it."""
    opening = open_for_reading if dry_run else open_for_work
    with opening(settings(data)) as ledger:
        with ledger.reading(ledger.views.members) as (connection, _):
            identifier = meant(ledger, connection, "volunteer", volunteer)
        number = ledger.directory.numbers([identifier]).get(identifier)
        called = f"{number} ({identifier})" if number else identifier
        if not (dry_run or yes):
            click.confirm(f"Forget who {called} is, for good?", abort=True, err=True)
        known = number is not None if dry_run else ledger.directory.erase(identifier)
    if not known:
        said = f"Nobody knows any more who {called} is; nothing was changed."
    elif dry_run:
        said = f"{called} would be erased. Nobody was."
    else:
        said = f"{called} is erased: the log keeps the id alone."
    Told({"volunteer": identifier, "erased": known, "dry_run": dry_run}, said).tell(as_json=as_json)
