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
from ledger.cli.terminal.tool import Told

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


def part(title: str, *draws: Callable[[], None]) -> None:
    """Print a part of the tour under its heading, with a line before each thing that is drawn."""
    output.line()
    output.line(title, "bold cyan")
    for draw in draws:
        output.line()
        draw()


def told(
    document: Mapping[str, Any], tour: Tour, parts: Mapping[str, Sequence[str]], commands: Mapping[str, str]
) -> Told:
    """A tour: answers in parts, each with the names of those that it shows, and what to type next."""
    titles = {title: [partial(_DRAW[name], tour[name]) for name in names] for title, names in parts.items()}
    titles["3. What to type next"] = [partial(_print_next, commands)]
    answers = {name: one.answer for name, one in tour.items()}
    return Told(
        {**document, **answers, "next": list(commands.values())},
        *(partial(part, title, *draws) for title, draws in titles.items()),
    )


def typed(folder: Path, examples: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The examples, by what they show, as a shell takes them: with names in place of the words that stand for some."""

    def command(words: str) -> str:
        filled = (names.get(word, word) for word in words.split())
        return shlex.join([*_program(), *filled, "--data", str(folder)])

    return {meaning: command(words) for meaning, words in examples.items()}


def _print_next(commands: Mapping[str, str]) -> None:
    for meaning, command in commands.items():
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
