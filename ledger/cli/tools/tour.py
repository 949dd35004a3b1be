"""What the demos share: a folder of their own, figures to look at, and commands to type next that work as printed."""

import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.office.boards import draw_board, draw_contributions_of_all
from ledger.cli.office.figures import draw_balance, draw_statement
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue

Examples = Sequence[tuple[str, str]]
"""What a command shows, and its words, of which some stand for names."""

Tour = Mapping[str, Drawn]
"""The answers that are shown, by their names in the document for a program."""

_DRAW = {
    "balance": draw_balance,
    "statement": draw_statement,
    "leaderboard": draw_board,
    "contributions": draw_contributions_of_all,
}


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


def introduce(text: str, folder: Path) -> None:
    """Say what is shown, and where it is kept."""
    output.line(text)
    output.line(f"Its ledger is kept in {output.printable(str(folder))}")


def part(title: str, *draws: Callable[[], None]) -> None:
    """Print a part of the tour under its heading, with a line before each thing that is drawn."""
    output.line()
    output.line(title, "bold cyan")
    for draw in draws:
        output.line()
        draw()


def figures(tour: Tour, *names: str) -> list[Callable[[], None]]:
    """What draws some of the answers."""
    return [partial(_DRAW[name], tour[name]) for name in names]


def answers(tour: Tour) -> dict[str, Any]:
    """All of them for a program."""
    return {name: one.answer for name, one in tour.items()}


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


def _program() -> list[str]:
    """How this program was called, so that the shell finds it again."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return [sys.executable, "-m", "ledger.cli"]
    on_path = shutil.which(called.name)
    if on_path is not None and called.exists() and Path(on_path).samefile(called):
        return [called.name]
    return [sys.argv[0]]
