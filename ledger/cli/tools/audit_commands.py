"""What the commands for auditors are called and take."""

from functools import partial
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import Read, asked
from ledger.cli.acts.tables import Column, Drawn, Table, draw_everything
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import (
    argument,
    as_text,
    files_option,
    number_option,
    option,
    text_option,
    volunteer_argument,
)
from ledger.cli.terminal.program import InOrder
from ledger.cli.terminal.tool import does, tool
from ledger.cli.terminal.typed import as_day
from ledger.operations.words.parameters import PARAMETERS_OTHERWISE

folder_argument = argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
_witness = partial(
    text_option, "--witness", "URL", "Have it cosigned by the witness there; as often as there are some."
)
_witness_keys = files_option(
    "--witness-key", "keys", "The public keys of witnesses, a line each: no others' cosignatures count."
)
kept_checkpoints = files_option(
    "--checkpoint", "kept", "A checkpoint that was kept elsewhere; as often as there are some."
)


@click.group(cls=InOrder)
def audit() -> None:
    """Proofs that anyone can check: signed checkpoints, receipts of events, bundles of the whole log."""


@audit.command()
@_witness(multiple=True)
@_witness_keys
@tool("checkpoints.sign")
def sign() -> None:
    """Sign the log's head, and print the checkpoint: whoever keeps it can tell if anything before it changes.

    The key is in the file that TIMEBANK_CHECKPOINT_KEY names, or in checkpoint-key.pem beside an embedded ledger. Where
    nothing was signed yet it is made.
    """


@audit.command()
@_witness(multiple=True, required=True)
@_witness_keys
@tool("checkpoints.cosign_last", reads=True)
def cosign() -> None:
    """Have the last checkpoint that was signed cosigned, and print it, while the ledger is served or without that."""


@audit.command()
@tool("audit.show_key", reads=True)
def key() -> None:
    """Print the public key, with which others verify checkpoints and receipts."""


@audit.command()
@argument("position", type=WholeNumber(1, 2**63 - 1), metavar="POSITION")
@option(
    "--event",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the stored text of the event there.",
)
@tool("audit.show_receipt", reads=True)
def receipt() -> None:
    """Print the proof that an event stands in the log, by the last checkpoint that was signed."""


@audit.command()
@folder_argument
@tool("audit.make_bundle", reads=True)
def bundle() -> None:
    """Write every event, checkpoint and balance into a folder, up to the last checkpoint that was signed."""


@audit.command()
@_witness_keys
@kept_checkpoints
@tool("audit.verify_ledger")
def verify() -> None:
    """Hold bytes, tree, checkpoints, tags, views and books against each other; leave with 1 if something is wrong.

    Tables, triggers, the database's file and the clock are looked at, too.

    Somebody who can write here can write everything here anew: only a checkpoint kept elsewhere tells that. Each of
    these must be cosigned by every witness whose key is given.
    """


@audit.command()
@kept_checkpoints
@number_option(
    "--processes",
    1,
    64,
    "How many read a long log side by side; each takes about 60 MB.",
    metavar="NUMBER",
    default=2,
)
@tool("audit.recompute_balances", reads=True)
def recompute() -> None:
    """Recompute every balance from the log's bytes, and hash each byte; leave with 1 if something else is shown.

    The bytes are held against the tree, the last checkpoint and those given, and both books against the balances that
    are shown. A million events take seconds; `verify` examines more, and takes minutes.
    """


@audit.command()
@folder_argument
@text_option("--to", "WHEN", "How far: a position, a time, or the end of a day. [default: all there is]")
@tool("history.replay", reads=True)
def replay() -> None:
    """Fold the log from its first event into a ledger of its own, which can be asked like any other.

    It has no names, phones and volunteer numbers: those are in the ledger's directory.
    """


@audit.command()
@argument("before", callback=as_text, metavar="BEFORE", help="A position, a time, or the end of a day.")
@argument("after", callback=as_text, metavar="AFTER", help="Likewise, and later.")
@option(
    "--view", "views", multiple=True, metavar="VIEW", help="Each row of a view; as often as there are some."
)
@tool("history.diff", reads=True)
def diff() -> None:
    """What changed between two moments in any view, and by which facts."""


@audit.command()
@volunteer_argument
@option("--as-of", callback=as_day, metavar="DAY", help="Only days of service up to this one.")
@text_option("--known-at", "WHEN", "Only what was recorded by then: a position, a time, or the end of a day.")
@tool("history.explain", reads=True)
def explain() -> None:
    """Where each minute of a volunteer's two books comes from: the facts, who recorded them, and the policy.

    It leaves with 1 if the facts do not add up to the balance.
    """


@audit.command()
@does("audit.show_verifier")
def verifier() -> None:
    """Print a program that checks receipts and bundles without us: one file, for Python with `cryptography`."""


_OLDER: dict[str, Any] = {
    "from": Read(
        PARAMETERS_OTHERWISE["getConsistency", "from"], {"type": WholeNumber(0, 2**63 - 1), "metavar": "N"}
    )
}


def _draw_checkpoint(drawn: Drawn) -> None:
    """Print a checkpoint as it is kept in a file, line by line."""
    from ledger.cli.terminal import output

    for text in drawn.answer["checkpoint"].splitlines():
        output.line(text)


_CHECKPOINTS = Table(
    ("size", Column("root", lambda one, _: one["checkpoint"].splitlines()[2])),
    empty="no_checkpoints",
)

for _command in (
    asked("getHead", "head", draw_everything),
    asked("listCheckpoints", "checkpoints", _CHECKPOINTS),
    asked(
        "getCheckpoint",
        "checkpoint SIZE",
        _draw_checkpoint,
        says=(
            "The checkpoint of so many events, or the `latest`, as it is kept in a file.",
            "涵盖若干事件的检查点，或最近的一个（`latest`），与保存在文件中的相同。",
        ),
    ),
    asked("getConsistency", "consistency --from [--to]", draw_everything, **_OLDER),
    asked("getProof", "proof POSITION [--size]", draw_everything),
):
    audit.add_command(_command)
