"""What the demos share: a folder of their own, figures to look at, and commands to type next that work as printed."""

import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.office.boards import draw_board, draw_contributions_of_all
from ledger.cli.office.figures import draw_balance, draw_statement
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.tool import Told
from ledger.demo.showing import Tour

_DRAW = {
    "balance": draw_balance,
    "statement": draw_statement,
    "leaderboard": draw_board,
    "contributions": draw_contributions_of_all,
}


def begin(data: Path | None, introduction: str, *, as_json: bool) -> Path:
    """The folder of `--data`, which must be new or empty, or a temporary one, of which people are told.

    It is refused with BadValue.
    """
    if data is not None and data.exists() and any(data.iterdir()):
        raise BadValue(
            f"{output.printable(str(data))} is not empty; the demo wants a folder of its own",
            code="folder-not-empty",
            where="--data",
        )
    folder = data or Path(tempfile.mkdtemp(prefix="timebank-demo-"))
    if not as_json:
        output.line(f"{introduction}\nIts ledger is kept in {output.printable(str(folder))}")
    return folder


def part(title: str, *draws: Callable[[], None]) -> None:
    """Print a part of the tour under its heading, with a line before each thing that is drawn."""
    output.line()
    output.line(title, "bold cyan")
    for draw in draws:
        output.line()
        draw()


def told(
    tour: Tour,
    folder: Path,
    done: Mapping[str, Any],
    shown: Mapping[str, Drawn],
    names: Mapping[str, str],
) -> Told:
    """A tour after what was `done`: its answers in parts, and what to type next, about what is in `names`."""
    program = _program()
    commands = {
        meaning: shlex.join(
            [*program, *(names.get(word, word) for word in words.split()), "--data", str(folder)]
        )
        for meaning, words in tour.examples.items()
    }
    parts = {
        title: [partial(_DRAW[name], shown[name]) for name in some] for title, some in tour.parts.items()
    }
    parts["3. What to type next"] = [partial(_print_next, commands)]
    answers = {name: one.answer for name, one in shown.items()}
    return Told(
        {"data": str(folder), **done, **answers, "next": list(commands.values())},
        *(partial(part, title, *draws) for title, draws in parts.items()),
    )


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
