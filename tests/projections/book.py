"""A small county, its volunteers, and what they did, each in a line."""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy import Connection, create_engine

from ledger.application import Ask, Receipt
from ledger.bootstrap import Ledger, open_for_writing
from ledger.domain.commands import Command
from ledger.domain.communities import EstablishCommunity
from ledger.domain.events import Level, ServedDay, Service
from ledger.domain.opening import OpenLedger
from ledger.domain.service import AttestService, ReverseService
from ledger.domain.teams import FormTeam
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.opening import begin
from ledger.settings import Settings
from projections.contributions import Contribution
from projections.figures.neighbours import Place
from projections.figures.periods import read_period
from projections.registry import Views

OFFICE, CLERK = "stf_office", "stf_clerk"
ANN, BOB, CID, DEE = "vol_ann", "vol_bob", "vol_cid", "vol_dee"
COUNTY, NORTH, SOUTH = "com_county", "com_north", "com_south"
"""A county and its two towns."""
MILL, FORD, HILL = "com_mill", "com_ford", "com_hill"
"""Villages: Mill and Ford of North, Hill of South."""
HERONS, SWIFTS = "tea_herons", "tea_swifts"
"""Teams of Mill and of Hill; Swifts stand beneath Herons."""

LONG_AGO = date(2020, 1, 1)
NOON = datetime(2028, 6, 1, 4, tzinfo=UTC)
TODAY = date(2028, 6, 1)

PLACES = {
    COUNTY: ("County", Level.COUNTY, None),
    NORTH: ("North", Level.TOWN, COUNTY),
    SOUTH: ("South", Level.TOWN, COUNTY),
    MILL: ("Mill", Level.VILLAGE, NORTH),
    FORD: ("Ford", Level.VILLAGE, NORTH),
    HILL: ("Hill", Level.VILLAGE, SOUTH),
}
TEAMS = {HERONS: ("Herons", None, MILL), SWIFTS: ("Swifts", HERONS, HILL)}


@dataclass
class Book:
    """An open ledger that is told what happened in a few words."""

    ledger: Ledger
    numbers: Iterator[int] = field(default_factory=lambda: count(100))

    @property
    def views(self) -> Views:
        return self.ledger.views

    def tell(self, *commands: Command, by: str = OFFICE) -> Receipt:
        return [self.ledger.bank.handle(command, by=by) for command in commands][-1]

    def register(
        self, *volunteers: str, at: str = MILL, team: str | None = None, on: date = LONG_AGO
    ) -> None:
        for volunteer in volunteers:
            place = None if team is None else TeamPlace(assignment=self.new("asg"), team=team)
            self.tell(RegisterVolunteer(volunteer=volunteer, community=at, place=place, day=on))

    def serve(
        self,
        volunteer: str,
        *minutes: int,
        on: date | None = None,
        programme: str | None = None,
        hosted_by: str | None = None,
    ) -> str:
        """Minutes of a day, and of the days that follow it, up to today unless said, in one record; its id."""
        first = on or TODAY - timedelta(days=len(minutes) - 1)
        service = Service(
            record=self.new("rec"),
            volunteer=volunteer,
            activity="act_walk",
            activity_name="Walk",
            place="Hall",
            content="Company",
            role="helper",
            unit="Office",
            in_charge=None,
            programme=programme,
            hosted_by=hosted_by,
            evidence="attested",
        )
        days = [
            ServedDay(day=first + timedelta(days=later), minutes=some) for later, some in enumerate(minutes)
        ]
        # Of stories that need minutes, many are of one walk.
        self.tell(AttestService(service=service, days=tuple(days), again=True))
        return service.record

    def take_back(self, record: str) -> None:
        self.tell(ReverseService(record=record, reason="mistake"))

    def new(self, prefix: str) -> str:
        return f"{prefix}_{next(self.numbers)}"

    def position(self) -> int:
        """The log's newest position, where every view stands."""
        with self.ledger.reading(*self.views.all()) as (_, position):
            return position

    @contextmanager
    def reading(self) -> Generator[Connection]:
        with self.ledger.reading(*self.views.all()) as (connection, _):
            yield connection

    def board(
        self,
        kind: str,
        period: str = "all",
        *,
        names: Mapping[str, str] | None = None,
        limit: int | None = None,
        members: Collection[str] | None = None,
    ) -> list[Place]:
        with self.reading() as connection:
            return self.views.leaderboards.places(
                connection, kind, period, lambda _: names or {}, limit=limit, members=members
            )

    def minutes(self, kind: str, period: str = "all") -> dict[str, int]:
        """Who is on a board, and with how many minutes."""
        return {place.id: place.minutes for place in self.board(kind, period)}

    def contributions(self, period: str = "all", top: str | None = None) -> dict[str, Contribution]:
        """Communities' figures by id, in the order in which they are shown."""
        with self.reading() as connection:
            shown = self.views.contributions.of_communities(
                connection, self.views.communities, read_period(period), top
            )
        return {one.id: one for one in shown}

    def execute(self, *statements: str) -> None:
        """Something done to the database behind the ledger's back."""
        engine = create_engine(self.ledger.log.store.url)
        try:
            with engine.begin() as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement)
        finally:
            engine.dispose()


@contextmanager
def opened(url: str, now: Callable[[], datetime] = lambda: NOON) -> Generator[Book]:
    """A book over the ledger in a database."""
    directory = f"{url}.directory" if url.startswith("sqlite") else url
    with open_for_writing(Settings(url, directory), create=True, now=now) as ledger:
        yield Book(ledger)


def lay_out(book: Book) -> None:
    """The county and its teams."""
    begin(book.ledger.bank, OpenLedger(origin="timebank", zone="Asia/Shanghai"), by=OFFICE, policy="standard")
    county = [
        EstablishCommunity(community=community, name=name, level=level, parent=parent, day=LONG_AGO)
        for community, (name, level, parent) in PLACES.items()
    ]
    teams = [
        FormTeam(team=team, name=name, parent=parent, community=community, day=LONG_AGO)
        for team, (name, parent, community) in TEAMS.items()
    ]
    told = book.ledger.bank.handle_many(Ask(command, OFFICE) for command in (*county, *teams))
    assert all(isinstance(one, Receipt) for one in told)


def lay_out_at(url: str) -> None:
    """A ledger with the county and its teams in an empty database."""
    with opened(url) as book:
        lay_out(book)


def keep_busy(book: Book) -> None:
    """Let somebody serve in the county, so that every view has rows."""
    book.register(ANN, BOB, team=HERONS)
    book.serve(ANN, 60, 30, programme="Windmill", hosted_by=HILL)
    book.take_back(book.serve(BOB, 30))


def keep_busy_at(url: str) -> None:
    """A ledger with the county, in which somebody has served, in an empty database."""
    with opened(url) as book:
        lay_out(book)
        keep_busy(book)
