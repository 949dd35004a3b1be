"""What people and programs read on stdout: tables and facts in words, or one JSON document.

On a terminal tables are drawn to its width; elsewhere they are plain aligned text of whatever width it takes, and what
draws is not even imported.
"""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. One that is `under` stands, on a terminal, below the column before it."""

    header: str
    right: bool = False
    under: bool = False


def document(value: Any) -> None:
    """Print one JSON document, in UTF-8 whatever the terminal's encoding."""
    exact(json.dumps(value, ensure_ascii=False, indent=2))


def record(value: Any) -> None:
    """Print one JSON document of several, each on a line."""
    exact(json.dumps(value, ensure_ascii=False))


def exact(text: str) -> None:
    """Print a text as it is, in UTF-8 whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def on_terminal() -> bool:
    """Whether somebody reads on a terminal."""
    return sys.stdout.isatty()


def line(text: str = "", style: str = "") -> None:
    """Print a line of text; `style` is rich's, for terminals."""
    if on_terminal():
        from rich.text import Text

        # Soft: a command must stay on one line to be copied.
        _console().print(Text(text, style), soft_wrap=True)
    else:
        print(text, flush=True)


def table(title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, empty: str) -> None:
    """Print a table under its title, or the sentence `empty` if it has no rows."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if title:
        line(title, "bold")
    if not cells:
        line(empty)
    elif not (on_terminal() and _drawn(columns, cells)):
        print(_aligned(columns, cells))


def facts(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Print what is known of one thing, a fact a line, beneath the title if it has one."""
    if title:
        line(title, "bold")
    width = max(cell_len(name) for name, _ in pairs)
    for name, value in pairs:
        line(f"{_GAP}{_padded(name, width, right=False)}{_GAP}{printable(value)}")


def printable(text: str) -> str:
    """The text with whatever cannot be seen, or could steer a terminal, as an escape."""
    if text.isprintable():
        return text
    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) == "Zs"
        else letter.encode("unicode_escape").decode()
        for letter in text
    )


def local(instant: str, zone: ZoneInfo) -> str:
    """An instant (RFC 3339) by the clock on the wall: `2026-09-05 09:00`."""
    return f"{datetime.fromisoformat(instant).astimezone(zone):%Y-%m-%d %H:%M}"


def stretch(begins: str, ends: str, zone: ZoneInfo) -> str:
    """Two instants by the clock on the wall, the day once where it is the same."""
    first, last = local(begins, zone), local(ends, zone)
    return f"{first}–{last[-5:]}" if first[:10] == last[:10] else f"{first} – {last}"


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _drawn(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bool:
    """Draw the table, unless the terminal is too narrow to draw all of it."""
    from rich import box
    from rich.measure import Measurement
    from rich.table import Table

    console = _console()
    drawing = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    stacks = _stacks(columns)
    for places in stacks:
        first = columns[places[0]]
        headers = [columns[place].header for place in places]
        drawing.add_column(
            _stacked(headers),
            justify="right" if first.right else "left",
            no_wrap=first.right,
            overflow="fold",
        )
    for row in rows:
        drawing.add_row(*(_stacked([row[place] for place in places]) for places in stacks))
    if Measurement.get(console, console.options, drawing).minimum > console.width:
        return False
    console.print(drawing)
    return True


def _stacks(columns: Sequence[Column]) -> list[list[int]]:
    """The places of the columns, those that share a column of the drawing together."""
    stacks: list[list[int]] = []
    for place, column in enumerate(columns):
        if column.under:
            stacks[-1].append(place)
        else:
            stacks.append([place])
    return stacks


def _stacked(texts: Sequence[str]) -> "Text":
    from rich.text import Text

    first, *rest = texts
    return Text("\n").join([Text(first), *(Text(text, "dim") for text in rest)])


def _aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    lines = [[column.header for column in columns], *rows]
    widths = [max(cell_len(cells[place]) for cells in lines) for place in range(len(columns))]
    return "\n".join(
        _GAP.join(
            _padded(cell, width, right=column.right)
            for cell, width, column in zip(cells, widths, columns, strict=True)
        ).rstrip()
        for cells in lines
    )


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if right else text + space
