"""Recomputing every balance from the stored bytes, at the command line."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from click.exceptions import Exit

from ledger.audit.recomputing import Against, How, Recomputed, recompute
from ledger.bootstrap import open_for_reading
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import Column, counted
from ledger.cli.terminal.progress import bar
from ledger.cli.tools.checkpoints import kept_checkpoint, keys_for


def recompute_balances(data: Path | None, kept: Sequence[Path], processes: int, *, as_json: bool) -> None:
    """Print what the log's bytes come to, and leave with 1 if something else is shown or was signed."""
    place = settings(data)
    with bar() as tell, open_for_reading(place) as ledger:
        origin = ledger.opened().origin
        outside = [kept_checkpoint(path) for path in kept]
        keys = keys_for(place, ledger, outside)
        against = Against(ledger.views.balances, ledger.views.tree, keys, outside)
        done = recompute(ledger.log, origin, against, How(processes), tell)
    if as_json:
        output.document(_document(done))
    else:
        _print(done)
    if any(one.fault for one in done.found):
        raise Exit(REFUSED)


def _document(done: Recomputed) -> dict[str, object]:
    return {
        "origin": done.checkpoint.origin,
        "size": done.checkpoint.size,
        "root": b64encode(done.checkpoint.root).decode(),
        "signed": done.signed,
        "volunteers": done.volunteers,
        "accounts": done.accounts,
        "items": [{"name": one.name, "fault": one.fault or None} for one in done.found],
    }


def _print(done: Recomputed) -> None:
    origin, size, root = done.checkpoint
    output.line(f"{counted(size, 'event')} of {origin}, root {b64encode(root).decode()}")
    output.line("Nothing of it is signed" if done.signed is None else f"Signed up to event {done.signed:,}")
    output.line(f"{counted(done.volunteers, 'volunteer')}, {counted(done.accounts, 'other account')}")
    output.table(
        "",
        (Column("Examined"), Column("Found")),
        [(one.name, one.fault or "all is well") for one in done.found],
        empty="Nothing was examined.",
    )
