"""The roster: who is a volunteer, of which community and team. Names and phones go to the directory alone."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from ledger.application import AnswerAsks, Receipt
from ledger.domain.commands import Command
from ledger.domain.spelling import same_name
from ledger.domain.tags import roster_tag
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.exchange import cells, persons
from ledger.exchange.importing import Desk, Fault, Progress, Report
from ledger.exchange.names import Names, towns
from ledger.exchange.persons import Person, refuse_several
from ledger.exchange.reading import squeezed
from ledger.exchange.rows import Keyed, RowImport, day_as_read
from ledger.exchange.tables import Column, Columns, Row, Table
from ledger.people.directory import Holders, Settling, Volunteer, new_salt
from ledger.people.enlisting import enlist
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
        Column("date", "注册日期", day=True),
        Column("remark", "备注", needed=False),
    )
)


class _Identity(NamedTuple):
    """What stands for a number in the log: an id, and the salt of its commitments; the number as first typed."""

    volunteer: str
    salt: str
    number: str


class _Entry(NamedTuple):
    """A row with whom it describes, if it can be read, and what to ask for it."""

    row: Row
    identity: _Identity
    person: Volunteer | None
    command: Command


class _Places:
    """Communities and teams by name."""

    def __init__(self, desk: Desk) -> None:
        self._towns = towns(desk.communities)
        self._beneath: dict[str, Names[Community]] = {}
        for one in desk.communities:
            if one.parent is not None and not one.ended:
                self._beneath.setdefault(one.parent, Names(())).add(one)
        self._teams: Names[Team] = Names(one for one in desk.teams if not one.ended)

    def community(self, row: Row) -> str:
        """The village beneath the town; the town itself where no village is given."""
        town = self._towns.one(row.cells["town"], "town")
        if not row.cells["village"].strip():
            return town.id
        return self._beneath.get(town.id, Names[Community](())).one(row.cells["village"], "village").id

    def team(self, row: Row) -> str | None:
        """The team, None for an empty cell."""
        return self._teams.one(row.cells["team"], "team").id if row.cells["team"].strip() else None


class _RosterImport(RowImport):
    columns: ClassVar = COLUMNS
    key: ClassVar = "volunteer"
    read_key = staticmethod(cells.number)
    fields: ClassVar = {"unknown-community": "village", "unknown-team": "team"}
    # A serial number says where in a file a row stands, and nothing about anybody.
    silent: ClassVar = frozenset({"serial"})
    readers: ClassVar = {"date": day_as_read, "volunteer": squeezed}

    def __init__(self, desk: Desk, table: Table) -> None:
        super().__init__(desk, table)
        self._places = _Places(desk)
        # For the whole import: a dry run writes nobody into the directory, where the next batch could find them.
        self._new: dict[str, _Identity] = {}

    def judge(self, hear: AnswerAsks, rows: Sequence[Keyed]) -> None:
        if self.desk.dry_run:
            entries = self._entries(rows, self.desk.directory.by_number(number for number, _ in rows))
        else:
            # Between reading and writing nobody else may come to have one of the numbers.
            entries = self.desk.directory.settle(lambda settling: self._enlisted(rows, settling))
        asks = [
            self.ask(
                entry.row,
                entry.command,
                roster_tag(entry.identity.volunteer),
                entry.identity.salt,
                entry.identity.number,
            )
            for entry in entries
        ]
        recorded: list[Volunteer] = []
        for entry, outcome in zip(entries, hear(asks), strict=True):
            self.tally.outcome(entry.row, outcome)
            if isinstance(outcome, Receipt) and not outcome.replayed and entry.person is not None:
                recorded.append(entry.person)
        self._keep(recorded)

    def _enlisted(self, rows: Sequence[Keyed], settling: Settling) -> list[_Entry]:
        known = settling.by_number(number for number, _ in rows)
        entries = self._entries(rows, known)
        # By number: whom the log is about to learn of.
        first: dict[str, Volunteer] = {}
        for entry in entries:
            if entry.person is not None:
                first.setdefault(entry.person.number, entry.person)
        there = {one.number: one for one in known.all()}
        enlist(settling.put, first.values(), there, self.desk.registered)
        return entries

    def _entries(self, rows: Sequence[Keyed], known: Holders) -> list[_Entry]:
        return [self._entry(number, row, known) for number, row in rows]

    def _entry(self, number: str, row: Row, known: Holders) -> _Entry:
        identity = self._identity(number, known)
        try:
            refuse_several(known, number)
            person = _person(row, identity)
            return _Entry(row, identity, person, self._registration(row, identity.volunteer))
        except Fault as fault:
            return _Entry(row, identity, None, fault.command())

    def _identity(self, number: str, known: Holders) -> _Identity:
        there = known.spelt_so(number)
        if there is not None:
            return _Identity(there.volunteer, there.salt, there.number)
        # However it is spelt further down, the number is this one.
        new = _Identity(self.desk.new_id("vol"), new_salt(), number)
        return self._new.setdefault(same_name(number), new)

    def _registration(self, row: Row, volunteer: str) -> RegisterVolunteer:
        day = cells.past_day(row, "date", self.desk.today)
        community, team = self._places.community(row), self._places.team(row)
        return RegisterVolunteer(
            volunteer=volunteer,
            day=day,
            community=community,
            place=None if team is None else TeamPlace(assignment=self.desk.new_id("asg"), team=team),
        )

    def _keep(self, recorded: Sequence[Volunteer]) -> None:
        """Let the directory say what those said who were recorded: of several with one number not the first may be."""
        if not recorded or self.desk.dry_run:
            return

        def keep(settling: Settling) -> None:
            there = settling.by_id([one.volunteer for one in recorded])
            settling.put([one for one in recorded if there.get(one.volunteer) != one])

        self.desk.directory.settle(keep)


def import_roster(desk: Desk, table: Table, progress: Progress) -> Report:
    """Register every volunteer who is new, and judge the other rows."""
    return _RosterImport(desk, table).run(progress)


def _person(row: Row, identity: _Identity) -> Volunteer:
    said = {name: row.cells[name] for name in ("name", "phone", "sex", "remark")}
    person = persons.tidied(Person(number=identity.number, **said))
    return persons.entry(person, identity.volunteer, identity.salt)
