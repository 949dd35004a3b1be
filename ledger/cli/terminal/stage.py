"""What the demos share: a folder of their own, and commands to type next that work as they are printed."""

import shlex
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue

Examples = Sequence[tuple[str, str]]
"""What a command shows, and its words, of which some stand for names."""


def fresh_folder(data: Path | None) -> Path:
    """The folder of `--data`, which must be new or empty, or a temporary one; refused with BadValue."""
    if data is None:
        return Path(tempfile.mkdtemp(prefix="timebank-demo-"))
    if data.exists() and any(data.iterdir()):
        raise BadValue(
            f"{output.printable(str(data))} is not empty; the demo wants a folder of its own",
            code="folder-not-empty",
            where="--data",
        )
    return data


def next_commands(folder: Path, examples: Examples, names: Mapping[str, str]) -> list[str]:
    """The examples with their names filled in, as a shell takes them."""
    return [
        shlex.join([*_program(), *(names.get(word, word) for word in words.split()), "--data", str(folder)])
        for _, words in examples
    ]


def print_next(examples: Examples, commands: Sequence[str]) -> None:
    """Print commands, each under what it shows."""
    for (meaning, _), command in zip(examples, commands, strict=True):
        output.line(f"# {meaning}", "dim")
        output.line(command)


def heading(text: str) -> None:
    """Print the heading of a part."""
    output.line(text, "bold cyan")
    output.line()


def _program() -> list[str]:
    """How this program was called, so that the shell finds it again."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return [sys.executable, "-m", "ledger.cli"]
    on_path = shutil.which(called.name)
    if on_path is not None and called.exists() and Path(on_path).samefile(called):
        return [called.name]
    return [sys.argv[0]]
