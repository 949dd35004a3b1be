"""A small time bank for tests of what lies beneath the rules: one community, some volunteers, commands in one line."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from ledger.application import Ask, TimeBank, utc_now
from ledger.domain.commands import Command
from ledger.domain.communities import EstablishCommunity
from ledger.domain.credits import TransferCredits
from ledger.domain.events import Level, ServedDay, Service
from ledger.domain.ids import new_id
from ledger.domain.opening import OpenLedger
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import STANDARD
from ledger.domain.service import ApproveService, AttestService, ReportService
from ledger.domain.volunteers import RegisterVolunteer
from ledger.store import log as logs
from ledger.store.engine import Store
from ledger.store.log import Log
from ledger.store.views import InlineView

STAFF = "stf_office"
OTHER_STAFF = "stf_warden"
TOWN = "com_town"
ANN, BOB, EVE = "vol_ann", "vol_bob", "vol_eve"
A_DAY = date(2026, 1, 1)

OPENING: tuple[Command, ...] = (
    OpenLedger(origin="timebank", zone="Asia/Shanghai"),
    AdoptPolicy(policy=STANDARD, effective=date.min),
    EstablishCommunity(community=TOWN, name="胶州市", level=Level.COUNTY, day=date.min),
)


@contextmanager
def migrated(url: str, *, lock: bool = True) -> Generator[Log]:
    """The log of a database, open for writing."""
    store = Store(url, write=True, lock=lock)
    try:
        log = Log(store)
        log.migrate()
        yield log
    finally:
        store.close()


def migrate(url: str) -> None:
    """Make the tables of a log in an empty database."""
    with migrated(url):
        pass


@contextmanager
def running(
    log: Log, views: Sequence[InlineView] = (), *, now: Callable[[], datetime] = utc_now
) -> Generator[TimeBank]:
    """A bank over a log, closed at the end."""
    bank = TimeBank(log, views, now=now)
    try:
        yield bank
    finally:
        bank.close()


def begin(bank: TimeBank, *volunteers: str) -> None:
    """Open the ledger and register volunteers."""
    outcomes = bank.handle_many([Ask(command, STAFF) for command in (*OPENING, *map(register, volunteers))])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []


def register(volunteer: str) -> RegisterVolunteer:
    return RegisterVolunteer(volunteer=volunteer, community=TOWN, day=date(2020, 1, 1))


def service(volunteer: str, record: str | None = None) -> Service:
    return Service(
        record=record or new_id("rec"),
        volunteer=volunteer,
        activity="act_gala",
        activity_name="重阳节慰问",
        place="文化馆",
        content="慰问",
        role="member",
        unit="志愿服务队",
        in_charge=None,
        programme=None,
        hosted_by=None,
        evidence="attested",
    )


def attest(volunteer: str, minutes: int, day: date = A_DAY, record: str | None = None) -> AttestService:
    return AttestService(service=service(volunteer, record), days=(ServedDay(day=day, minutes=minutes),))


def report(volunteer: str, minutes: int, record: str, day: date = A_DAY) -> ReportService:
    return ReportService(service=service(volunteer, record), days=(ServedDay(day=day, minutes=minutes),))


def approve(record: str) -> ApproveService:
    return ApproveService(record=record)


def give(giver: str, receiver: str, minutes: int, transfer: str | None = None) -> TransferCredits:
    return TransferCredits(
        transfer=transfer or new_id("tra"), giver=giver, receiver=receiver, minutes=minutes
    )


def head(log: Log) -> int:
    with log.store.snapshot() as connection:
        return logs.head(connection)


def kinds(outcomes: Sequence[object]) -> list[str]:
    return [type(outcome).__name__ for outcome in outcomes]
