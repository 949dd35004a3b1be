"""What else stands in a file than the rows that are judged: notes, and what is passed over."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from ledger.exchange.words.reasons import PASSED_OVER

_LONGEST_NOTE = 200
_MOST_PLACES = 20


class Note(msgspec.Struct, frozen=True):
    """A row that is no data: a title above the header, or what fills its first cell alone."""

    line: int
    text: str
    sheet: str = ""


class PassedOver(msgspec.Struct, frozen=True):
    """What may be data, and is not judged as a person does not see it or no header names it.

    `what` is one of `PASSED_OVER`, and `place` names rows or columns of the sheet, nothing where it is all of it.
    `rows` is how many rows that hold something are passed over: none where columns are.
    """

    what: str
    sheet: str
    place: str = ""
    rows: int = 0

    def told(self, language: str) -> dict[str, Any]:
        """What is told of it in a language, with a sentence that says so."""
        text = PASSED_OVER[self.what][language == "zh"]
        said = text.format(sheet=self.sheet, place=self.place, rows=self.rows)
        return {**msgspec.to_builtins(self), "said": said}


def note(line: int, cells: Sequence[str | None], sheet: str) -> Note:
    """A row as a note."""
    text = " ".join(cell.strip() for cell in cells if cell and cell.strip())
    return Note(line, text[:_LONGEST_NOTE], sheet)


def rows_called(numbers: Iterable[int]) -> str:
    """Rows by their numbers, as `4-6, 9`."""
    return _listed(_runs(numbers))


def columns_called(places: Iterable[int]) -> str:
    """Columns, counted from 0, by the letters that a person sees above them."""
    return _listed(map(_letters, places))


def _listed(places: Iterator[str]) -> str:
    first = list(islice(places, _MOST_PLACES))
    return ", ".join([*first, "…"] if next(places, None) else first)


def _letters(place: int) -> str:
    above, last = divmod(place, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + last)


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    first = last = 0
    for number in numbers:
        if number != last + 1 or not first:
            if first:
                yield _run(first, last)
            first = number
        last = number
    if first:
        yield _run(first, last)


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
