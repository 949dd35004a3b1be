"""What the commands for auditors are called and take."""

from functools import partial
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import argument, as_text, common, option, volunteer_argument
from ledger.cli.terminal.program import InOrder
from ledger.cli.terminal.typed import clocks_options

_FILE = click.Path(path_type=Path, dir_okay=False)
_witness = partial(
    option,
    "--witness",
    "urls",
    multiple=True,
    callback=as_text,
    metavar="URL",
    help="Have it cosigned by the witness there; as often as there are some.",
)
_witness_keys = option(
    "--witness-key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="The public keys of witnesses, a line each: no others' cosignatures count.",
)
_checkpoints = option(
    "--checkpoint",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A checkpoint that was kept elsewhere; as often as there are some.",
)
_MOST_PROCESSES = 64


@click.group(cls=InOrder)
def audit() -> None:
    """Proofs that anyone can check: signed checkpoints, receipts of events, bundles of the whole log."""


@audit.command()
@_witness()
@_witness_keys
@common
def sign(urls: tuple[str, ...], keys: tuple[Path, ...], data: Path | None, as_json: bool) -> None:
    """Sign the log's head, and print the checkpoint: whoever keeps it can tell if anything before it changes.

    The key is in the file that TIMEBANK_CHECKPOINT_KEY names, or in checkpoint-key.pem beside an embedded ledger. Where
    nothing was signed yet it is made.
    """
    from ledger.cli.tools.audit import sign_head_of
    from ledger.cli.tools.cosigning import witnesses

    sign_head_of(data, witnesses(urls, keys), as_json=as_json)


@audit.command()
@_witness(required=True)
@_witness_keys
@common
def cosign(urls: tuple[str, ...], keys: tuple[Path, ...], data: Path | None, as_json: bool) -> None:
    """Have the last checkpoint that was signed cosigned, and print it, while the ledger is served or without that."""
    from ledger.cli.tools.cosigning import cosign_last, witnesses

    cosign_last(data, witnesses(urls, keys), as_json=as_json)


@audit.command()
@common
def key(data: Path | None, as_json: bool) -> None:
    """Print the public key, with which others verify checkpoints and receipts."""
    from ledger.cli.tools.audit import show_key

    show_key(data, as_json=as_json)


@audit.command()
@argument("position", type=WholeNumber(1, 2**63 - 1), metavar="POSITION")
@option("--event", type=_FILE, metavar="FILE", help="Write the stored text of the event there.")
@common
def receipt(position: int, event: Path | None, data: Path | None, as_json: bool) -> None:
    """Print the proof that an event stands in the log, by the last checkpoint that was signed."""
    from ledger.cli.tools.audit import show_receipt

    show_receipt(data, position, event, as_json=as_json)


@audit.command()
@argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@common
def bundle(folder: Path, data: Path | None, as_json: bool) -> None:
    """Write every event, checkpoint and balance into a folder, up to the last checkpoint that was signed."""
    from ledger.cli.tools.audit import write_bundle_of

    write_bundle_of(data, folder, as_json=as_json)


@audit.command()
@_witness_keys
@_checkpoints
@common
def verify(checkpoint: tuple[Path, ...], keys: tuple[Path, ...], data: Path | None, as_json: bool) -> None:
    """Hold bytes, tree, checkpoints, tags, views and books against each other; leave with 1 if something is wrong.

    Tables, triggers, the database's file and the clock are looked at, too.

    Somebody who can write here can write everything here anew: only a checkpoint kept elsewhere tells that. Each of
    these must be cosigned by every witness whose key is given.
    """
    from ledger.cli.tools.audit import verify_ledger
    from ledger.cli.tools.cosigning import witness_keys

    verify_ledger(data, checkpoint, witness_keys(keys), as_json=as_json)


@audit.command()
@_checkpoints
@option(
    "--processes",
    type=WholeNumber(1, _MOST_PROCESSES),
    default=2,
    show_default=True,
    metavar="NUMBER",
    help="How many read a long log side by side; each takes about 60 MB.",
)
@common
def recompute(checkpoint: tuple[Path, ...], processes: int, data: Path | None, as_json: bool) -> None:
    """Recompute every balance from the log's bytes, and hash each byte; leave with 1 if something else is shown.

    The bytes are held against the tree, the last checkpoint and those given, and both books against the balances that
    are shown. A million events take seconds; `verify` examines more, and takes minutes.
    """
    from ledger.cli.tools.recomputing import recompute_balances

    recompute_balances(data, checkpoint, processes, as_json=as_json)


@audit.command()
@argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@option(
    "--to",
    callback=as_text,
    metavar="WHEN",
    help="How far: a position, a time, or the end of a day. [default: all there is]",
)
@common
def replay(folder: Path, to: str | None, data: Path | None, as_json: bool) -> None:
    """Fold the log from its first event into a ledger of its own, which can be asked like any other.

    It has no names, phones and volunteer numbers: those are in the ledger's directory.
    """
    from ledger.cli.tools.replaying import replay as run

    run(data, folder, to, as_json=as_json)


@audit.command()
@argument("before", callback=as_text, metavar="BEFORE", help="A position, a time, or the end of a day.")
@argument("after", callback=as_text, metavar="AFTER", help="Likewise, and later.")
@option(
    "--view", "views", multiple=True, metavar="VIEW", help="Each row of a view; as often as there are some."
)
@common
def diff(before: str, after: str, views: tuple[str, ...], data: Path | None, as_json: bool) -> None:
    """What changed between two moments in any view, and by which facts."""
    from ledger.cli.tools.replaying import diff as run

    run(data, (before, after), views, as_json=as_json)


@audit.command()
@volunteer_argument
@clocks_options
@common
def explain(volunteer: str, data: Path | None, as_json: bool, asked: Any) -> None:
    """Where each minute of a volunteer's two books comes from: the facts, who recorded them, and the policy.

    It leaves with 1 if the facts do not add up to the balance.
    """
    from ledger.cli.tools.explaining import explain as explain_books

    explain_books(data, volunteer, asked, as_json=as_json)


@audit.command()
def verifier() -> None:
    """Print a program that checks receipts and bundles without us: one file, for Python with `cryptography`."""
    from ledger.cli.tools.audit import show_verifier

    show_verifier()
