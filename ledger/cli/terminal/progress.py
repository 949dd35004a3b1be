"""Progress on stderr, where somebody may watch it."""

import contextlib
import sys
from collections.abc import Generator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ledger.cli.words.wording import under_way
from projections.running.rebuilding import Progress as Tell
from projections.running.rebuilding import no_progress


@contextlib.contextmanager
def bar() -> Generator[Tell]:
    """A bar for each thing that is told of; nothing at all unless stderr is a terminal."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as drawing:
        tasks = dict[str, TaskID]()

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = drawing.add_task(under_way(what))
            drawing.update(tasks[what], completed=done, total=total)

        yield tell
