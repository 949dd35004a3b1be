"""A table as an office sends it: found by its header, whatever stands above, its cells as they were typed."""

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Literal

import msgspec

from ledger.domain.spelling import normal, same_name
from ledger.exchange.found import Note, PassedOver, columns_called, note, rows_called
from ledger.exchange.grids import Grid, read_grids
from ledger.exchange.reading import squeezed
from ledger.exchange.sheets import Sheet
from ledger.exchange.unreadable import UnreadableFile, shown_name

__all__ = ["Column", "Columns", "Row", "Table", "UnreadableFile", "read_table"]

HEADER_WITHIN_ROWS = 30

_SERIAL_OF_1904 = re.compile(r"([0-9]{5})((?:\.[0-9]+)?)")
_DAYS_BETWEEN_SYSTEMS = 1462

_ABSENT = -1
"""The place of a wanted column that the file does not have."""


class Column(msgspec.Struct, frozen=True):
    """A wanted column: the field it fills, its header, other headers it may have, and whether it names days."""

    field: str
    header: str
    also: tuple[str, ...] = ()
    needed: bool = True
    day: bool = False


class Columns(msgspec.Struct, frozen=True):
    """The wanted columns, and what a row is that fills only the first cell: a note, or a root.

    A root is one that another row names as its `parent`.
    """

    wanted: tuple[Column, ...]
    lone_cell: Literal["note", "root"] = "note"


class Row(msgspec.Struct, frozen=True):
    """A data row, its cells as typed.

    `number` counts data rows from 1; `line` is its first line (or row on its sheet), from 1. `cells` holds
    every wanted field, empty where the file has no such cell. `extra` holds the filled cells of other columns by
    their header, or as "column 12" without a header of their own.
    """

    number: int
    line: int
    cells: dict[str, str]
    extra: dict[str, str]
    sheet: str = ""


class Table(msgspec.Struct, frozen=True):
    """The data rows of a file, the headers in it that nobody asked for, and what else stands in it."""

    rows: list[Row]
    unknown_columns: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    notes: list[Note] = []
    passed_over: list[PassedOver] = []


class _Header(msgspec.Struct, frozen=True):
    """Where the columns stand in a row, from 0."""

    fields: dict[str, int]
    others: dict[int, str]


def read_table(path: Path, columns: Columns) -> Table:
    """Read every visible sheet (or the text by comma, else tab, else semicolon) that has the header.

    The header is the first of its first 30 rows that holds all needed columns, compared after NFKC and without
    white space and stars, and the last of several such rows on end. Rows above it are notes; blank rows, and notes,
    are not counted. A cell has the value of the merged range that it is in.

    Raises:
        UnreadableFile: the file cannot be opened or understood, has no such header that a person sees, has a wanted
            column twice, or exceeds a bound of `grids`, `texts` or `workbook`.
    """
    reading = _Reading(columns, shown_name(path))
    # Closed at once, as a workbook's grids come from a process that goes on until then.
    with closing(read_grids(path)) as grids:
        for grid in grids:
            if reading.take(grid) and grid.sheet is None:
                break
    return reading.table()


class _Reading:
    """Gathers what the grids of a file hold."""

    def __init__(self, columns: Columns, name: str) -> None:
        self._columns = columns
        self._name = name
        self._needed = [column.header for column in columns.wanted if column.needed]
        self._nearest = self._needed
        self._broken: list[UnreadableFile] = []
        self._headed = False
        self._sheets: list[str] = []
        self._rows: list[Row] = []
        self._lone: set[int] = set()
        self._others: dict[str, None] = {}
        self._notes: list[Note] = []
        self._passed_over: list[PassedOver] = []

    def take(self, grid: Grid) -> bool:
        """Take in what a grid holds, and tell whether it has the header."""
        sheet = grid.sheet
        if sheet is not None and sheet.head.hidden_rows is not None:
            self._pass_over("hidden-sheet", sheet, sheet.head.hidden_rows)
            return False
        head: list[tuple[int, Sequence[str | None]]] = []
        fault = None
        try:
            head.extend(islice(grid.rows, HEADER_WITHIN_ROWS))
        except UnreadableFile as broken:
            # A text that breaks under one delimiter may be right with the next.
            fault = broken
            self._broken.append(fault)
            if sheet is None:
                return False
        lacks = [_lacks(cells, self._columns) for _, cells in head]
        if [] not in lacks:
            self._nearest = min(self._nearest, *lacks, key=len)
            if sheet is not None:
                rest = sum(cells is None or _holds(cells) for _, cells in sheet.rows)
                unseen = rest + len(sheet.hidden_rows) + (fault is not None)
                self._pass_over("no-header", sheet, unseen + sum(_holds(cells) for _, cells in head))
            return False
        if fault is not None:
            raise fault
        self._take_table(grid, head, lacks.index([]))
        return True

    def table(self) -> Table:
        """What all grids held; raises UnreadableFile where none has the header."""
        if not self._headed:
            if self._broken and self._nearest == self._needed:
                raise self._broken[0]
            hidden = [one for one in self._passed_over if one.what != "no-header"]
            raise UnreadableFile(
                "no-header-seen" if hidden else "no-header", name=self._name, headers="、".join(self._nearest)
            )
        if self._columns.lone_cell == "root":
            self._leave_roots()
        self._notes.sort(key=_place_of(self._notes))
        return Table(self._rows, tuple(self._others), tuple(self._sheets), self._notes, self._passed_over)

    def _pass_over(self, what: str, sheet: Sheet, rows: int, place: str = "") -> None:
        if rows or place:
            self._passed_over.append(PassedOver(what, sheet.head.name, place, rows))

    def _take_table(self, grid: Grid, head: list[tuple[int, Sequence[str | None]]], at: int) -> None:
        # A header whose cells are merged down, beside groups of headers, is there on each of its rows.
        while at + 1 < len(head) and not _lacks(head[at + 1][1], self._columns):
            at += 1
        sheet = grid.sheet
        called = "" if sheet is None else sheet.head.name
        self._headed = True
        if sheet is not None:
            self._sheets.append(called)
        self._notes += [note(line, cells, called) for line, cells in head[:at] if _holds(cells)]
        header = _header(head[at][1], self._columns, self._name, head[at][0])
        self._others |= dict.fromkeys(header.others.values())
        days = _days(self._columns) if sheet is not None and sheet.head.of_1904 else ()
        for line, cells in chain(head[at + 1 :], grid.rows):
            # What takes memory and time is what a row holds: a header may name thousands of columns.
            filled = {place: text for place, text in enumerate(cells) if text and text.strip()}
            lone = filled.keys() == {0}
            if lone and self._columns.lone_cell == "note":
                self._notes.append(note(line, cells, called))
            elif filled:
                row = _row(len(self._rows) + 1, line, called, cells, filled, header)
                for field in days:
                    row.cells[field] = _of_1900(row.cells[field])
                if lone:
                    self._lone.add(len(self._rows))
                self._rows.append(row)
        if sheet is not None:
            self._pass_over("hidden-rows", sheet, len(sheet.hidden_rows), rows_called(sheet.hidden_rows))
            self._pass_over("hidden-columns", sheet, 0, columns_called(sheet.hidden_columns))

    def _leave_roots(self) -> None:
        """Make notes of the lone cells that no row names as its parent."""
        parents = {same_name(row.cells["parent"]) for row in self._rows}
        rows: list[Row] = []
        for place, row in enumerate(self._rows):
            texts = [*row.cells.values(), *row.extra.values()]
            if place in self._lone and parents.isdisjoint(map(same_name, filter(None, texts))):
                self._notes.append(note(row.line, texts, row.sheet))
            else:
                rows.append(msgspec.structs.replace(row, number=len(rows) + 1))
        self._rows = rows


def _place_of(notes: Sequence[Note]) -> Callable[[Note], tuple[int, int]]:
    """By sheet, in their order, then by line."""
    sheets = {sheet: place for place, sheet in enumerate(dict.fromkeys(one.sheet for one in notes))}
    return lambda one: (sheets[one.sheet], one.line)


def _holds(cells: Sequence[str | None]) -> bool:
    return any(cell and cell.strip() for cell in cells)


def _days(columns: Columns) -> tuple[str, ...]:
    return tuple(column.field for column in columns.wanted if column.day)


def _of_1900(text: str) -> str:
    """A serial day number of the 1904 system as one of the 1900 system; any other text as it is."""
    found = _SERIAL_OF_1904.fullmatch(text)
    return text if found is None else f"{int(found[1]) + _DAYS_BETWEEN_SYSTEMS}{found[2]}"


def _lacks(cells: Sequence[str | None], columns: Columns) -> list[str]:
    """The headers of the needed columns that a row does not hold."""
    held = {_heading(cell) for cell in cells if cell}
    return [
        column.header for column in columns.wanted if column.needed and held.isdisjoint(_spellings(column))
    ]


def _spellings(column: Column) -> set[str]:
    return {squeezed(header) for header in (column.header, *column.also)}


def _heading(cell: str) -> str:
    """A header as it is compared: a star marks a column that must be filled."""
    return squeezed(cell).strip("*")


def _header(cells: Sequence[str | None], columns: Columns, name: str, line: int) -> _Header:
    places = {column.field: list[int]() for column in columns.wanted}
    others: dict[int, str] = {}
    names: set[str] = set()
    field_of = {spelling: column.field for column in columns.wanted for spelling in _spellings(column)}
    for place, cell in enumerate(cells):
        header = _heading(cell or "")
        if not cell:
            continue
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


def _row(
    number: int, line: int, sheet: str, cells: Sequence[str | None], filled: dict[int, str], header: _Header
) -> Row:
    wanted_places = {*header.fields.values()}
    return Row(
        number,
        line,
        {field: _value(cells, place) for field, place in header.fields.items()},
        {
            header.others.get(place) or _unnamed(place): text
            for place, text in filled.items()
            if place not in wanted_places
        },
        sheet,
    )


def _value(cells: Sequence[str | None], place: int) -> str:
    if not 0 <= place < len(cells):
        return ""
    # Merged with cells to its left, the first of which has what all of them show.
    while (text := cells[place]) is None:
        place -= 1
    return text
