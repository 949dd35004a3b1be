"""Telling of files and folders that are open to others than their owner."""

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from ledger.cli.terminal.output import printable
from ledger.store.privacy import open_paths


def tell_of_open(paths: Iterable[Path]) -> None:
    """Say on stderr which of some files and folders are open to others, and how to close them."""
    found = [printable(str(path)) for path in open_paths(paths)]
    if found:
        print(
            f"Warning: open to others than their owner: {', '.join(found)};"
            f" `chmod go-rwx {shlex.join(found)}` closes them.",
            file=sys.stderr,
        )
