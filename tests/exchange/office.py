"""An office, the ledger it sends its files to, and short ways to say what is in a file and what became of it."""

import contextlib
import csv
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import NullPool, create_engine, inspect, text

from ledger.bootstrap import STAFF, Ledger, open_for_writing
from ledger.domain.events import Event
from ledger.domain.opening import OpenLedger
from ledger.exchange import communities, hours, roster, teams
from ledger.exchange.importing import Progress, Report
from ledger.exchange.tables import Columns, Table, read_table
from ledger.opening import begin
from ledger.settings import Settings
from ledger.store.codec import decode
from ledger.store.log import between, head
from tests.counties import TODAY

MORNING = datetime(TODAY.year, TODAY.month, TODAY.day, 1, tzinfo=UTC)
"""Nine o'clock in Shanghai."""

COLUMNS: dict[str, Columns] = {
    "communities": communities.COLUMNS,
    "teams": teams.COLUMNS,
    "roster": roster.COLUMNS,
    "hours": hours.COLUMNS,
}
IMPORTS = {
    "communities": communities.import_communities,
    "teams": teams.import_teams,
    "roster": roster.import_roster,
    "hours": hours.import_hours,
}

TOWNS = [
    ("某县", "", "区县"),
    *((town, "某县", "镇街") for town in ("东镇", "西镇")),
    *((name, town, "村社区") for town in ("东镇", "西镇") for name in (f"{town[0]}村", "中心村")),
]
TEAMS = [("总队", "", ""), ("东队", "总队", "东镇"), ("西队", "总队", "西镇")]

Row = Mapping[str, str]
E = TypeVar("E", bound=Event)


def quiet(judged: int, rows: int) -> None:
    pass


@dataclass
class Office:
    ledger: Ledger
    settings: Settings
    desktop: Path
    _numbers: Any = field(default_factory=count)
    _tables: dict[Path, Table] = field(default_factory=dict[Path, Table])
    """What was read: no file changes, and for each workbook a process would read it again."""

    def communities(self, *rows: Sequence[str], **options: Any) -> Report:
        return self.send("communities", *_named(("name", "parent", "level"), rows), **options)

    def teams(self, *rows: Sequence[str], **options: Any) -> Report:
        return self.send("teams", *_named(("name", "parent", "town"), rows), **options)

    def roster(self, *rows: Row, **options: Any) -> Report:
        return self.send("roster", *rows, **options)

    def hours(self, *rows: Row, **options: Any) -> Report:
        return self.send("hours", *rows, **options)

    def send(self, kind: str, *rows: Row, **options: Any) -> Report:
        """Write rows (by field, or by header in a column of their own) into a file, and import it."""
        headers = {column.field: column.header for column in COLUMNS[kind].wanted}
        headers |= {name: name for row in rows for name in row if name not in headers}
        path = self.desktop / f"{kind}-{next(self._numbers)}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(headers.values())
            writer.writerows([row.get(name, "") for name in headers] for row in rows)
        return self.send_file(kind, path, **options)

    def send_file(
        self,
        kind: str,
        path: Path,
        *,
        by: str = STAFF,
        source: str = "office",
        dry_run: bool = False,
        again: str = "",
        progress: Progress = quiet,
    ) -> Report:
        if path not in self._tables:
            self._tables[path] = read_table(path, COLUMNS[kind])
        table = self._tables[path]
        others = hours.numbers_in(again)
        desk = self.ledger.desk(by=by, source=source, dry_run=dry_run, again=others)
        return IMPORTS[kind](desk, table, progress)

    def send_folder(self, folder: Path) -> dict[str, Report]:
        """Import the four files of a county in their order."""
        files = {kind: folder / f"{kind}.xlsx" for kind in IMPORTS} | {"hours": folder / "hours.csv"}
        return {kind: self.send_file(kind, path) for kind, path in files.items()}

    def names(self) -> dict[str, str]:
        """What communities and teams are called, by id."""
        desk = self.ledger.desk(by=STAFF, source="office", dry_run=True)
        return {one.id: one.name for one in (*desk.communities, *desk.teams)}

    def facts(self, kind: type[E]) -> list[E]:
        """All of a kind of fact in the log."""
        with self.ledger.log.store.snapshot() as connection:
            events = [decode(row.data) for row in between(connection, 0, head(connection))]
        return [event for event in events if isinstance(event, kind)]

    def number(self, number: str) -> str:
        """The id of the volunteer who has a number."""
        return self.ledger.directory.by_number([number])[number].volunteer


@contextlib.contextmanager
def office_at(settings: Settings, desktop: Path, *, now: datetime = MORNING) -> Generator[Office]:
    """An office at a ledger that is made, and opened, if it is not there."""
    with open_for_writing(settings, create=True, now=lambda: now) as ledger:
        if not log_rows(ledger):
            begin(
                ledger.bank, OpenLedger(origin="timebank", zone="Asia/Shanghai"), by=STAFF, policy="standard"
            )
        yield Office(ledger, settings, desktop)


def furnish(office: Office) -> None:
    """Two towns with two villages each, three teams, and three volunteers."""
    office.communities(*TOWNS)
    office.teams(*TEAMS)
    office.roster(
        member("SD01"),
        member("SD02", name="王五", village="中心村"),
        member("SD03", name="王五", town="西镇", village="中心村", team="", date="2026-01-01"),
    )


def member(number: str, /, **said: str) -> Row:
    """A right row of the roster, but for what is said."""
    right = {"serial": "1", "name": "张三", "sex": "女", "volunteer": number, "phone": "10012345678"}
    right |= {"town": "东镇", "village": "东村", "team": "东队", "date": "2020-05-04", "remark": ""}
    return right | said


def service(record: str, /, **said: str) -> Row:
    """A right row of hours, but for what is said."""
    right = {
        "record": record,
        "activity": "科普讲座",
        "date": "2026-09-05",
        "place": "东村",
        "content": "讲解",
    }
    right |= {"volunteer": "SD01", "name": "张三", "minutes": "2", "unit": "东镇科协", "in_charge": "李四"}
    # The second and the third volunteer are called otherwise than whoever else there is.
    named = {"name": "王五"} if said.get("volunteer") in {"SD02", "SD03"} else {}
    return right | {"programme": "科学风车"} | named | said


def said(report: Report) -> dict[str, Any]:
    """What became of the rows, without what none became."""
    told = {
        "recorded": report.recorded,
        "unchanged": report.unchanged,
        "conflict": report.conflict,
        "refused": [list(one) for one in report.refused],
    }
    assert report.rows == report.recorded + report.unchanged + len(report.conflict) + len(report.refused)
    assert [one.row for one in report.problems] == sorted(
        [*report.conflict, *(row for row, _ in report.refused)]
    )
    return {name: value for name, value in told.items() if value}


def log_rows(ledger: Ledger) -> list[Any]:
    """Every row of the log and of its index of tags."""
    with ledger.log.store.snapshot() as connection:
        return [
            tuple(row)
            for table, order in (("event", "position"), ("event_tag", "tag, position"))
            for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY {order}"))
        ]


def everything(settings: Settings) -> dict[str, list[Any]]:
    """Every row of every table of a ledger and of its directory, by table: `ledger.event`, `directory.volunteer`."""
    if settings.ledger.startswith("sqlite"):
        return _rows(settings.ledger, "main", "ledger") | _rows(settings.directory, "main", "directory")
    return _rows(settings.ledger, "public", "ledger") | _rows(settings.ledger, "directory", "directory")


def _rows(url: str, schema: str, name: str) -> dict[str, list[Any]]:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return {
            f"{name}.{table}": sorted(
                (tuple(row) for row in connection.execute(text(f"SELECT * FROM {schema}.{table}"))), key=repr
            )
            for table in inspect(connection).get_table_names(schema)
        }


def _named(fields: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Row]:
    return [dict(zip(fields, row, strict=True)) for row in rows]
