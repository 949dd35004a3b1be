"""What the commands for auditors are called and take."""

from functools import partial
from pathlib import Path

import click

from ledger.cli.acts.made import Read, asked, group
from ledger.cli.acts.tables import Column, Drawn, Table, draw_everything
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import (
    argument,
    as_text,
    files_option,
    folder_argument,
    number_option,
    option,
    text_option,
    volunteer_argument,
)
from ledger.cli.terminal.tool import runs, tool
from ledger.cli.terminal.typed import as_day

_LAST = 2**63 - 1

_witness = partial(text_option, "--witness", "URL", multiple=True)
_witness_keys = files_option("--witness-key", "keys")
_folder = folder_argument(file_okay=False)
_position = argument("position", type=WholeNumber(1, _LAST), metavar="POSITION")
_event = option("--event", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
_processes = number_option("--processes", 1, 64, metavar="NUMBER", default=2)
_moments = (
    argument("before", callback=as_text, metavar="BEFORE"),
    argument("after", callback=as_text, metavar="AFTER"),
)
_views = option("--view", "views", multiple=True, metavar="VIEW")
_clocks = (option("--as-of", callback=as_day, metavar="DAY"), text_option("--known-at", "WHEN"))
kept_checkpoints = files_option("--checkpoint", "kept")

_OLDER = {"from": Read({"type": WholeNumber(0, _LAST), "metavar": "N"})}


def _draw_checkpoint(drawn: Drawn) -> None:
    """Print a checkpoint as it is kept in a file, line by line."""
    from ledger.cli.terminal import output

    for text in drawn.answer["checkpoint"].splitlines():
        output.line(text)


_CHECKPOINTS = Table(
    ("size", Column("root", lambda one, _: one["checkpoint"].splitlines()[2])),
    empty="no_checkpoints",
)

audit = group(
    "audit",
    tool("audit sign", "checkpoints.sign", _witness(), _witness_keys),
    tool("audit cosign", "checkpoints.cosign_last", _witness(required=True), _witness_keys, reads=True),
    tool("audit key", "audit.show_key", reads=True),
    tool("audit receipt", "audit.show_receipt", _position, _event, reads=True),
    tool("audit bundle", "audit.make_bundle", _folder, reads=True),
    tool("audit verify", "audit.verify_ledger", _witness_keys, kept_checkpoints),
    tool("audit recompute", "audit.recompute_balances", kept_checkpoints, _processes, reads=True),
    tool("audit replay", "history.replay", _folder, text_option("--to", "WHEN"), reads=True),
    tool("audit diff", "history.diff", *_moments, _views, reads=True),
    tool("audit explain", "history.explain", volunteer_argument, *_clocks, reads=True),
    runs("audit verifier", "audit.show_verifier"),
    asked("getHead", "head", draw_everything),
    asked("listCheckpoints", "checkpoints", _CHECKPOINTS),
    asked("getCheckpoint", "checkpoint SIZE", _draw_checkpoint),
    asked("getConsistency", "consistency --from [--to]", draw_everything, **_OLDER),
    asked("getProof", "proof POSITION [--size]", draw_everything),
)
