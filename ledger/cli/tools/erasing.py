"""Erasing people at an office's counter."""

from pathlib import Path

import rich_click as click

from ledger.beside.opening import open_for_work
from ledger.bootstrap import open_for_reading
from ledger.cli.acts.meant import meant
from ledger.cli.terminal.language import filled
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.tool import Told
from ledger.cli.words import usage
from ledger.cli.words.wording import printed


def erase_volunteer(data: Path | None, volunteer: str, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase a volunteer once somebody has agreed, and say what came of it."""
    opening = open_for_reading if dry_run else open_for_work
    with opening(settings(data)) as ledger:
        with ledger.reading(ledger.views.members) as (connection, _):
            identifier = meant(ledger, connection, "volunteer", volunteer)
        number = ledger.directory.numbers([identifier]).get(identifier)
        called = f"{number} ({identifier})" if number else identifier
        if not (dry_run or yes):
            _agree(printed("confirm_erasing", who=called))
        known = number is not None if dry_run else ledger.directory.erase(identifier)
    if not known:
        said = printed("nobody_known", who=called)
    else:
        said = printed("would_be_erased" if dry_run else "erased", who=called)
    Told({"volunteer": identifier, "erased": known, "dry_run": dry_run}, said).tell(as_json=as_json)


def _agree(question: str) -> None:
    """Ask until somebody says yes; raises Abort for a no. The library asks likewise, in English alone."""
    while True:
        answer = click.prompt(f"{question} [y/N]", default="", show_default=False, err=True).strip().lower()
        if answer in {"y", "yes"}:
            return
        if answer in {"", "n", "no"}:
            raise click.Abort
        click.echo(filled(usage.ERROR, message=printed("no_answer")), err=True)
