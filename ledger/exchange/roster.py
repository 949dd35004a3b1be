"""The roster: who is a volunteer, of which community and team. Names and phones go to the directory alone."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.application import Ask, Hear, Receipt
from ledger.domain.commands import Command
from ledger.domain.tags import roster_tag
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.exchange import cells
from ledger.exchange.importing import BATCH_ROWS, Desk, Fault, Progress, Report, Tally
from ledger.exchange.names import Names
from ledger.exchange.reading import normal, read_day, squeezed
from ledger.exchange.tables import Column, Columns, Row, Table
from ledger.people.directory import Volunteer, new_salt
from projections.communities import Community
from projections.teams import Team

COLUMNS = Columns(
    wanted=(
        Column("serial", "序号", needed=False),
        Column("name", "姓名"),
        Column("sex", "性别", needed=False),
        Column("volunteer", "志愿者编号"),
        Column("phone", "手机号码", also=("手机号", "联系电话"), needed=False),
        Column("town", "所属镇街"),
        Column("village", "所属村（社区）"),
        Column("team", "服务队"),
        Column("date", "注册日期"),
        Column("remark", "备注", needed=False),
    )
)

_FIELDS = {"unknown-community": "village", "unknown-team": "team", "already-registered": "volunteer"}


class _Entry(NamedTuple):
    """A row with what it says of a person, under the id and salt of its number."""

    row: Row
    person: Volunteer
    command: Command
    readable: bool


def import_roster(desk: Desk, table: Table, progress: Progress) -> Report:
    """Register every volunteer who is new, and judge the other rows."""
    tally = Tally(table, COLUMNS, "volunteer", _FIELDS)
    places = _Places(desk)
    batch = desk.new_id("roster").replace("_", "-")
    with desk.hearing() as hear:
        for start in range(0, len(table.rows), BATCH_ROWS):
            rows = table.rows[start : start + BATCH_ROWS]
            _judge(desk, hear, tally, places, rows, batch)
            progress(tally.judged, len(table.rows))
    return tally.sorted()


class _Places:
    """Communities and teams by name."""

    def __init__(self, desk: Desk) -> None:
        open_ones = [one for one in desk.communities if not one.ended]
        self._all = Names(open_ones)
        self._beneath: dict[str, Names[Community]] = {}
        for one in open_ones:
            if one.parent is not None:
                self._beneath.setdefault(one.parent, Names(())).add(one)
        self._teams: Names[Team] = Names(one for one in desk.teams if not one.ended)

    def community(self, row: Row) -> str:
        """The village beneath the town; the town itself where no village is given."""
        town = self._all.one(row.cells["town"], "town")
        if not row.cells["village"].strip():
            return town.id
        return self._beneath.get(town.id, Names[Community](())).one(row.cells["village"], "village").id

    def team(self, row: Row) -> str | None:
        """The team, None for an empty cell."""
        return self._teams.one(row.cells["team"], "team").id if row.cells["team"].strip() else None


def _judge(desk: Desk, hear: Hear, tally: Tally, places: _Places, rows: Sequence[Row], batch: str) -> None:
    known = desk.directory.by_number(squeezed(row.cells["volunteer"]) for row in rows)
    entries = _entries(desk, tally, places, rows, known)
    written = {} if desk.dry_run else _write_ahead(desk, entries, known)
    recorded: list[Volunteer] = []
    asks = [
        Ask(
            entry.command,
            desk.by,
            roster_tag(entry.person.volunteer),
            cells.commitment(entry.person.salt, _content(entry.row)),
            batch,
        )
        for entry in entries
    ]
    for entry, outcome in zip(entries, hear(asks), strict=True):
        tally.outcome(entry.row, outcome)
        if isinstance(outcome, Receipt) and not outcome.replayed:
            recorded.append(entry.person)
    if not desk.dry_run:
        # Of two rows that share a number the first is written ahead, but it may be the second that was recorded.
        desk.directory.put([person for person in recorded if written.get(person.number) != person])


def _entries(
    desk: Desk, tally: Tally, places: _Places, rows: Sequence[Row], known: Mapping[str, Volunteer]
) -> list[_Entry]:
    entries: list[_Entry] = []
    keys = {number: (person.volunteer, person.salt) for number, person in known.items()}
    for row in rows:
        try:
            number = cells.identifier(row, "volunteer")
        except Fault as fault:
            tally.refused(row, fault.field, fault.reason)
            continue
        volunteer, salt = keys.setdefault(number, (desk.new_id("vol"), new_salt()))
        try:
            person = _person(row, volunteer, number, salt)
            command: Command = _registration(desk, places, row, volunteer)
            entries.append(_Entry(row, person, command, readable=True))
        except Fault as fault:
            nobody = Volunteer(volunteer, number, "", "", "", "", salt)
            entries.append(_Entry(row, nobody, fault.command(), readable=False))
    return entries


def _person(row: Row, volunteer: str, number: str, salt: str) -> Volunteer:
    return Volunteer(
        volunteer=volunteer,
        number=number,
        name=cells.private_text(row, "name", needed=True),
        phone=cells.private_text(row, "phone"),
        sex=cells.private_text(row, "sex"),
        remark=cells.private_text(row, "remark"),
        salt=salt,
    )


def _registration(desk: Desk, places: _Places, row: Row, volunteer: str) -> RegisterVolunteer:
    day = cells.past_day(row, "date", desk.today)
    community, team = places.community(row), places.team(row)
    return RegisterVolunteer(
        volunteer=volunteer,
        day=day,
        community=community,
        place=None if team is None else TeamPlace(assignment=desk.new_id("asg"), team=team),
    )


def _write_ahead(
    desk: Desk, entries: Sequence[_Entry], known: Mapping[str, Volunteer]
) -> dict[str, Volunteer]:
    """Write whom the log is about to learn of, by number, so that no id in it ever stands for nobody.

    Somebody known whom the log does not know is left over from a run that was cut off: the row adopts them.
    """
    first: dict[str, Volunteer] = {}
    for entry in entries:
        if entry.readable:
            first.setdefault(entry.person.number, entry.person)
    other = {number: person for number, person in first.items() if known.get(number) != person}
    registered = desk.registered([person.volunteer for number, person in other.items() if number in known])
    desk.directory.put([person for person in other.values() if person.volunteer not in registered])
    return first


def _content(row: Row) -> dict[str, str]:
    """Every column but the serial number, which only says where in the file a row stands."""
    said = {field: normal(text) for field, text in row.cells.items() if field != "serial"}
    day = read_day(row.cells["date"])
    said["date"] = said["date"] if day is None else day.isoformat()
    said["volunteer"] = squeezed(row.cells["volunteer"])
    return said | {f"+{header}": normal(text) for header, text in row.extra.items() if text.strip()}
