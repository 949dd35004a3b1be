"""Figures of paired rounds, and the tables that show them."""

import argparse
import statistics
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.parts.places import ENGINES

console = Console(width=160)


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The least, the median and the greatest."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{low:.{digits}f}–{middle:.{digits}f}–{high:.{digits}f}"


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Round by round: what ran side by side is compared, so that a busy moment harms neither alone."""
    return [a / b for a, b in zip(above, below, strict=True)]


def show(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column is words, the others are figures."""
    table = Table(title=title, title_justify="left")
    for index, header in enumerate(headers):
        table.add_column(header, justify="left" if index == 0 else "right")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Options that all benchmarks take."""
    options = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    options.add_argument("--engine", choices=ENGINES, action="append", help="one engine; both unless named")
    return options


def engines(chosen: Sequence[str] | None) -> Sequence[str]:
    return tuple(dict.fromkeys(chosen or ENGINES))
