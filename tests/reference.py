"""What an import of a county's four files must yield, worked out anew in plain code that uses none of ours.

Follows the rules of the files row by row; it is held against `tests/data/county/expected.json`, and then tells what is
right for any other county.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import python_calamine

FILES = {
    "communities": "communities.xlsx",
    "teams": "teams.xlsx",
    "roster": "roster.xlsx",
    "hours": "hours.csv",
}
LEVELS = {"区县": 0, "镇街": 1, "村社区": 2}
STARS_FROM_HOURS = (100, 300, 600, 1000, 1500)

Cells = list[str]
Grid = list[Cells]
Tables = dict[str, Grid]
"""The rows below each file's header, notes among them."""


@dataclass
class Verdicts:
    """What became of a file's rows."""

    rows: int = 0
    recorded: int = 0
    unchanged: int = 0
    conflict: list[int] = field(default_factory=list[int])
    refused: list[list[int | str]] = field(default_factory=list[list[int | str]])


@dataclass
class Served:
    """A row of hours that was recorded."""

    volunteer: str
    day: date
    minutes: int
    place: str
    programme: str


def read_county(folder: Path) -> Tables:
    tables: Tables = {}
    for kind in ("communities", "teams", "roster"):
        book = python_calamine.CalamineWorkbook.from_path(folder / FILES[kind])
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        tables[kind] = [[str(cell) for cell in row] for row in rows[3 if kind == "roster" else 1 :]]
    text = (folder / FILES["hours"]).read_bytes().decode("gb18030")
    tables["hours"] = list(csv.reader(io.StringIO(text, newline="")))[2:]
    return tables


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def day_of(text: str) -> date | None:
    match = re.fullmatch(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", plain(text))
    numbers = (match[1], match[3], match[4]) if match else None
    if match := re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", plain(text)):
        numbers = (match[1], match[2], match[3])
    try:
        return date(*map(int, numbers)) if numbers else None
    except ValueError:
        return None


def minutes_of(text: str) -> int | None:
    said = plain(text)
    if match := re.fullmatch(r"(-?\d+)分钟", said):
        return int(match[1])
    if match := re.fullmatch(r"(\d+)小时(?:(\d+)分)?", said):
        return int(match[1]) * 60 + int(match[2] or 0)
    if re.fullmatch(r"-?\d+(\.\d+)?", said):
        minutes = Fraction(said) * 60
        return int(minutes) if minutes.denominator == 1 else None
    return None


def numbered(rows: Grid) -> Iterator[tuple[int, Cells]]:
    """Data rows from 1: what is blank, or fills the first cell only, is a note."""
    return enumerate((row for row in rows if any(cell.strip() for cell in row[1:])), 1)


class County:
    """The four files, judged one after the other."""

    def __init__(self, tables: Tables, today: date) -> None:
        self.today = today
        self.levels: dict[tuple[str, str], int] = {}
        self.teams: dict[str, tuple[str, str]] = {}
        self.roster: dict[str, Cells] = {}
        self.served: list[Served] = []
        self.verdicts = {
            "communities": self._communities(tables["communities"]),
            "teams": self._teams(tables["teams"]),
            "roster": self._roster(tables["roster"]),
            "hours": self._hours(tables["hours"]),
        }

    def _communities(self, rows: Grid) -> Verdicts:
        def judge(row: Cells) -> str | None:
            name, parent, level = row
            depth = LEVELS.get(level or "区县")
            if (name, parent) in self.levels:
                return "unchanged" if self.levels[name, parent] == depth else "conflict"
            if depth is None:
                return "level"
            above = [other for (called, _), other in self.levels.items() if called == parent]
            if parent and not above:
                return "parent"
            if not parent and self.levels:
                return "parent"
            if parent and min(above) >= depth:
                return "level"
            self.levels[name, parent] = depth
            return None

        return self._tree(rows, judge)

    def _teams(self, rows: Grid) -> Verdicts:
        towns = {name for (name, _), depth in self.levels.items() if depth < 2}

        def judge(row: Cells) -> str | None:
            name, parent, town = row
            if name in self.teams:
                return "unchanged" if self.teams[name] == (parent, town) else "conflict"
            if parent and parent not in self.teams:
                return "parent"
            if town and town not in towns:
                return "town"
            self.teams[name] = parent, town
            return None

        return self._tree(rows, judge)

    @staticmethod
    def _tree(rows: Grid, judge: Callable[[Cells], str | None]) -> Verdicts:
        """In the file's order, but for parents, who go before their children."""
        verdicts = Verdicts(rows=len(rows))
        cells = [[plain(cell) for cell in row] for row in rows]
        begun: set[int] = set()

        def settle(index: int) -> None:
            if index not in begun:
                begun.add(index)
                for other, row in enumerate(cells):
                    if row[0] == cells[index][1]:
                        settle(other)
                note(verdicts, index + 1, judge(cells[index]))

        for index, _ in enumerate(cells):
            settle(index)
        verdicts.conflict.sort()
        verdicts.refused.sort()
        return verdicts

    def _roster(self, rows: Grid) -> Verdicts:
        verdicts = Verdicts()
        recorded: dict[str, Cells] = {}
        for number, row in numbered(rows):
            cells = [plain(cell) for cell in row]
            day = day_of(row[8])
            verdicts.rows = number
            if cells[3] in recorded:
                said = self._first(recorded, cells[3], [*cells[1:8], day or cells[8], cells[9]])
            else:
                said = self._roster_fault(cells, day)
                if said is None:
                    self._first(recorded, cells[3], [*cells[1:8], day or cells[8], cells[9]])
                    self.roster[cells[3]] = cells
            note(verdicts, number, said)
        return verdicts

    def _roster_fault(self, cells: Cells, day: date | None) -> str | None:
        towns = {name for (name, _), depth in self.levels.items() if depth < 2}
        faults = {
            "volunteer": not cells[3],
            "name": not cells[1],
            "date": day is None or day > self.today,
            "town": cells[5] not in towns,
            "village": bool(cells[6]) and (cells[6], cells[5]) not in self.levels,
            "team": bool(cells[7]) and cells[7] not in self.teams,
        }
        return next((name for name, found in faults.items() if found), None)

    def _hours(self, rows: Grid) -> Verdicts:
        verdicts = Verdicts()
        recorded: dict[str, Any] = {}
        days: Counter[tuple[str, date]] = Counter()
        counting: set[tuple[str, date, int, str]] = set()
        for number, row in numbered(rows):
            cells = [plain(cell) for cell in row]
            day, minutes, volunteer = day_of(row[2]), minutes_of(row[7]), cells[5]
            said = [cells[1], day or cells[2], *cells[3:6], minutes or cells[7], *cells[8:]]
            verdicts.rows = number
            if cells[0] in recorded:
                note(verdicts, number, self._first(recorded, cells[0], said))
            elif day is None or day > self.today:
                note(verdicts, number, "date")
            elif minutes is None or not 0 < minutes <= 1440:
                note(verdicts, number, "minutes")
            elif volunteer not in self.roster:
                note(verdicts, number, "volunteer")
            elif cells[6] and cells[6] != self.roster[volunteer][1]:
                note(verdicts, number, "name")
            elif days[volunteer, day] + minutes > 1440:
                note(verdicts, number, "minutes")
            elif (volunteer, day, minutes, cells[1]) in counting:
                note(verdicts, number, "record")
            else:
                counting.add((volunteer, day, minutes, cells[1]))
                note(verdicts, number, self._first(recorded, cells[0], said))
                days[volunteer, day] += minutes
                self.served.append(Served(volunteer, day, minutes, cells[3], cells[10]))
        return verdicts

    @staticmethod
    def _first(recorded: dict[Any, Any], key: object, content: object) -> str | None:
        """The first recorded row stands."""
        if key not in recorded:
            recorded[key] = content
            return None
        return "unchanged" if recorded[key] == content else "conflict"


def note(verdicts: Verdicts, number: int, said: str | None) -> None:
    if said is None:
        verdicts.recorded += 1
    elif said == "unchanged":
        verdicts.unchanged += 1
    elif said == "conflict":
        verdicts.conflict.append(number)
    else:
        verdicts.refused.append([number, said])


def expected_of(tables: Tables, today: date, samples: Iterable[str]) -> dict[str, Any]:
    """The figures of `expected.json`, and some more: of the other files, by place and by programme."""
    county = County(tables, today)
    verdicts = county.verdicts
    september = [served for served in county.served if (served.day.year, served.day.month) == (2026, 9)]
    balances: Counter[str] = Counter()
    for served in county.served:
        balances[served.volunteer] += served.minutes
    stars = Counter(sum(minutes >= hours * 60 for hours in STARS_FROM_HOURS) for minutes in balances.values())
    return {
        **vars(verdicts["hours"]),
        "volunteers": len(county.roster),
        "roster_rows_said_twice": verdicts["roster"].unchanged,
        "teams": len(county.teams),
        "communities": len(county.levels),
        "service_minutes_total": sum(balances.values()),
        "volunteers_with_service": len(balances),
        "minutes_by_town": sums((county.roster[one.volunteer][5], one.minutes) for one in county.served),
        "minutes_by_team": sums((county.roster[one.volunteer][7], one.minutes) for one in county.served),
        "minutes_by_village": sums((county.roster[one.volunteer][6], one.minutes) for one in county.served),
        "minutes_by_town_2026_09": sums((county.roster[one.volunteer][5], one.minutes) for one in september),
        "top20_2026_09": top(sums((one.volunteer, one.minutes) for one in september), 20),
        "stars": {str(number): stars[number] for number in range(1, 6)},
        "sample_balances": {number: balances[number] for number in samples},
        "files": {kind: vars(judged) for kind, judged in verdicts.items()},
        "minutes_by_home": sums(
            ("/".join(county.roster[one.volunteer][5:7]), one.minutes) for one in county.served
        ),
        "minutes_by_programme": sums((one.programme, one.minutes) for one in county.served),
        "hosted_minutes": hosted(county),
    }


def sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Totals by name; what has no name, such as a volunteer without a team, is left out."""
    totals: Counter[str] = Counter()
    for name, minutes in pairs:
        if name:
            totals[name] += minutes
    return dict(totals)


def top(minutes: dict[str, int], places: int) -> list[list[str | int]]:
    return [
        [number, minutes[number]] for number in sorted(minutes, key=lambda one: (-minutes[one], one))[:places]
    ]


def hosted(county: County) -> int:
    """Minutes served at places that one community alone is called."""
    called = Counter(name for name, _ in county.levels)
    return sum(served.minutes for served in county.served if called[served.place] == 1)
