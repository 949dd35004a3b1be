"""A table as an office sends it: found by its header, whatever stands above, its cells as they were typed."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Literal

import msgspec

from ledger.domain.spelling import normal
from ledger.exchange.grids import Grid, read_grids
from ledger.exchange.reading import squeezed
from ledger.exchange.unreadable import UnreadableFile, shown_name

__all__ = ["Column", "Columns", "Row", "Table", "UnreadableFile", "read_table"]

HEADER_WITHIN_ROWS = 30

_ABSENT = -1
"""The place of a wanted column that the file does not have."""


class Column(msgspec.Struct, frozen=True):
    """A wanted column: the field it fills, its header, and other headers it may have."""

    field: str
    header: str
    also: tuple[str, ...] = ()
    needed: bool = True


class Columns(msgspec.Struct, frozen=True):
    """The wanted columns, and what a row is that fills only the first cell: a note, or the root of a tree."""

    wanted: tuple[Column, ...]
    lone_cell: Literal["note", "root"] = "note"


class Row(msgspec.Struct, frozen=True):
    """A data row, its cells as typed.

    `number` counts data rows from 1; `line` is its first line (or row) in the file, from 1. `cells` holds
    every wanted field, empty where the file has no such cell. `extra` holds the filled cells of other columns by
    their header, or as "column 12" without a header of their own.
    """

    number: int
    line: int
    cells: dict[str, str]
    extra: dict[str, str]


class Table(msgspec.Struct, frozen=True):
    """The data rows of a file, and the headers in it that nobody asked for."""

    rows: list[Row]
    unknown_columns: tuple[str, ...]


class _Header(msgspec.Struct, frozen=True):
    """Where the columns stand in a row, from 0."""

    fields: dict[str, int]
    others: dict[int, str]


def read_table(path: Path, columns: Columns) -> Table:
    """Read the first sheet (or the text by comma, else tab, else semicolon) that has the header.

    The header is the first of its first 30 rows that holds all needed columns, compared after NFKC and
    without white space. Rows above it are passed over; blank rows, and notes, are not counted. Of merged
    cells the first has the text, and the others are empty.

    Raises:
        UnreadableFile: the file cannot be opened or understood, has no such header, has a wanted column
            twice, or exceeds a bound of `grids`, `texts` or `workbook`.
    """
    # Closed at once, as a workbook's grids come from a process that goes on until then.
    with closing(read_grids(path)) as grids:
        return _first_table(grids, columns, shown_name(path))


def _first_table(grids: Iterable[Grid], columns: Columns, name: str) -> Table:
    broken: list[UnreadableFile] = []
    nearest = needed = [column.header for column in columns.wanted if column.needed]
    for grid in grids:
        try:
            head = list(islice(grid, HEADER_WITHIN_ROWS))
        except UnreadableFile as fault:
            # A text that breaks under one delimiter may be right with the next.
            broken.append(fault)
            continue
        lacks = [_lacks(cells, columns) for _, cells in head]
        if [] in lacks:
            below = lacks.index([]) + 1
            line, cells = head[below - 1]
            header = _header(cells, columns, name, line)
            rows = _rows(chain(head[below:], grid), header, notes=columns.lone_cell == "note")
            return Table(list(rows), tuple(header.others.values()))
        nearest = min(nearest, *lacks, key=len)
    if broken and nearest == needed:
        raise broken[0]
    raise UnreadableFile("no-header", name=name, headers="、".join(nearest))


def _lacks(cells: list[str], columns: Columns) -> list[str]:
    """The headers of the needed columns that a row does not hold."""
    held = {squeezed(cell) for cell in cells}
    return [
        column.header for column in columns.wanted if column.needed and held.isdisjoint(_spellings(column))
    ]


def _spellings(column: Column) -> set[str]:
    return {squeezed(header) for header in (column.header, *column.also)}


def _header(cells: list[str], columns: Columns, name: str, line: int) -> _Header:
    places = {column.field: list[int]() for column in columns.wanted}
    others: dict[int, str] = {}
    names: set[str] = set()
    field_of = {spelling: column.field for column in columns.wanted for spelling in _spellings(column)}
    for place, cell in enumerate(cells):
        header = squeezed(cell)
        if header in field_of:
            places[field_of[header]].append(place)
        elif header:
            others[place] = _unnamed(place) if normal(cell) in names else normal(cell)
            names.add(others[place])
    for column in columns.wanted:
        if len(places[column.field]) > 1:
            raise UnreadableFile("header-twice", name=name, line=line, header=column.header)
    return _Header({field: found[0] if found else _ABSENT for field, found in places.items()}, others)


def _unnamed(place: int) -> str:
    return f"column {place + 1}"


def _rows(grid: Iterable[tuple[int, list[str]]], header: _Header, notes: bool) -> Iterator[Row]:
    wanted_places = {*header.fields.values()}
    number = 0
    for line, cells in grid:
        # What takes memory and time is what a row holds: a header may name thousands of columns.
        filled = {place: text for place, text in enumerate(cells) if text.strip()}
        if not filled or (notes and filled.keys() == {0}):
            continue
        number += 1
        yield Row(
            number,
            line,
            {
                field: cells[place] if 0 <= place < len(cells) else ""
                for field, place in header.fields.items()
            },
            {
                header.others.get(place) or _unnamed(place): text
                for place, text in filled.items()
                if place not in wanted_places
            },
        )
