"""Rules told as little stories: given facts, when a command, then other facts or a refusal.

    given(WORLD, earned(ANN, 30)).when(give(ANN, BOB, 45)).then_refused(NotEnoughCredits)

No database and no clock: a command sees what its boundary names, and a fact given outside of that fails the test.
Facts read in the past tense, commands as orders. `WORLD` and its parts are a background: of them a story takes what the
command's boundary covers.
"""

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

import ledger
from ledger.domain.commands import Command, Facts, InvalidInput, Malformed, Refusal, Seen
from ledger.domain.communities import EstablishCommunity
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.events import (
    CommunityClosed,
    CommunityEstablished,
    CommunityMerged,
    CommunityRenamed,
    CommunityReparented,
    CountedDay,
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    LedgerOpened,
    Level,
    PolicyAdopted,
    ServedDay,
    Service,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
    TeamAssigned,
    TeamAssignmentEnded,
    TeamDisbanded,
    TeamFormed,
    TeamRenamed,
    TeamReparented,
    VolunteerMoved,
    VolunteerRegistered,
    VolunteerReinstated,
    VolunteerSuspended,
    VolunteerWithdrawn,
)
from ledger.domain.events.base import UNSTAMPED, Cause
from ledger.domain.policy import STANDARD, Policy, Rate
from ledger.domain.postings import postings
from ledger.domain.service import ApproveService, AttestService, DeclineService, ReportService, ReverseService
from ledger.domain.volunteers import AssignTeam, ChangeTeam, RegisterVolunteer, TeamPlace
from ledger.store.codec import decode, stored

ZONE = "Asia/Shanghai"

# The week in which stories play; "today" is its Sunday.
NEW_YEAR = date(2026, 1, 1)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 3, day) for day in range(2, 9))
TOMORROW = date(2026, 3, 9)

ANN, BOB, EVE = "vol_ann", "vol_bob", "vol_eve"
CLERK, WARDEN = "stf_clerk", "stf_warden"

SHIRE, VALE, HILLS, MILL, ORCHARD = "com_shire", "com_vale", "com_hills", "com_mill", "com_orchard"
"""A county, its towns Vale and Hills, and the Vale's villages Mill and Orchard."""

GUARD, HERONS, SWIFTS = "tea_guard", "tea_herons", "tea_swifts"
"""Herons and Swifts are teams of the Guard."""

NEXT_STAY = "asg_next"
RECORD, STAY, GIFT, DONATION, GRANT = "rec_stars", "asg_stay", "tra_gift", "don_gift", "gra_gift"

ROUNDS = 2
E = TypeVar("E", bound=Event)
K = TypeVar("K")


# --- the story ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Background:
    """Facts taken for granted: a story has those of them that its command's boundary covers."""

    facts: tuple[Event, ...]

    def __add__(self, other: "Background") -> "Background":
        return Background(self.facts + other.facts)


@dataclass(frozen=True, slots=True)
class Told:
    """What a command led to."""

    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None

    def then(self, *expected: Event) -> None:
        """Exactly these facts follow, in this order."""
        assert self.refusal is None, f"refused: {self.refusal!r}"
        assert self.events == tuple(map(unstamped, expected))

    def then_recorded(self, kind: type[E], **fields: object) -> E:
        """One fact follows, of this kind and with these fields; it is given back."""
        assert self.refusal is None, f"refused: {self.refusal!r}"
        (event,) = self.events
        assert type(event) is kind
        assert {name: getattr(event, name) for name in fields} == fields
        return event

    def then_refused(self, kind: type[Refusal], **details: str | int) -> Refusal:
        """The command is refused, for this reason and with these details; the refusal is given back."""
        assert self.refusal is not None, f"recorded: {self.events}"
        assert type(self.refusal) is kind
        assert {name: self.refusal.details.get(name) for name in details} == details
        return self.refusal

    def then_malformed(self, field: str) -> None:
        """A field of the command holds what no such field may."""
        self.then_refused(InvalidInput, field=field)


@dataclass(frozen=True, slots=True)
class Given:
    """What has happened so far."""

    facts: tuple[Event | Background, ...]

    def when(
        self, command: Command, *, by: str = CLERK, today: date = SUNDAY, now: datetime | None = None
    ) -> Told:
        """Let somebody command something, at noon of a day unless an instant is given."""
        moment = noon(today) if now is None else now
        command = as_received(command)
        seen = self._sight(command, by, moment)
        try:
            events = command.decide(seen)
        except Refusal as refusal:
            refuse_unspeakable(refusal)
            return Told(refusal=refusal)
        for event in events:
            refuse_unfit(event, by, moment)
        return Told(tuple(map(unstamped, events)))

    def _sight(self, command: Command, by: str, now: datetime) -> Seen:
        """What the command sees, as the log lets it: its boundary, and at most two rounds further."""
        lines = list(dict.fromkeys(command.boundary()))
        for _ in range(ROUNDS):
            lines.extend(_further(command, self._seen(lines, by, now), lines))
        seen = self._seen(lines, by, now)
        third = _further(command, seen, lines)
        assert not third, f"{type(command).__name__} would need a third round for {third}"
        self._refuse_facts_outside(command, lines)
        return seen

    def _seen(self, lines: list[Facts[Any]], by: str, now: datetime) -> Seen:
        folds = {line: line.fold(line.about) for line in lines}
        for event in self._events():
            for line, fold in folds.items():
                if line.cover(event):
                    fold.see(event)
        return Seen(folds=folds, by=by, now=now, zone=ZoneInfo(ZONE))

    def _events(self) -> Iterable[Event]:
        for fact in self.facts:
            yield from fact.facts if isinstance(fact, Background) else (fact,)

    def _refuse_facts_outside(self, command: Command, lines: list[Facts[Any]]) -> None:
        named = [fact for fact in self.facts if not isinstance(fact, Background)]
        outside = [fact for fact in named if not any(line.cover(fact) for line in lines)]
        assert not outside, f"{type(command).__name__} does not depend on {outside}"


def given(*facts: Event | Background) -> Given:
    """Begin a story with what has happened, in the order in which the log learned it."""
    return Given(facts)


def as_received(command: Command) -> Command:
    """The command as it reads once it has been bytes, as the application reads it; if it cannot be read, one that
    refuses for that."""
    try:
        return msgspec.json.decode(msgspec.json.encode(command), type=type(command))
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$.")
        return Malformed(field=where.rstrip("`"), reason=reason)


def unstamped(event: Event) -> Event:
    """A fact without what only the log knows of it."""
    return msgspec.structs.replace(event, id="", at=UNSTAMPED, by="", cause=Cause())


def refuse_unfit(event: Event, by: str, now: datetime) -> None:
    """Fail unless a decided fact is what every decided fact is: for the log to stamp, storable, and in balance."""
    assert event == unstamped(event)
    stamped = msgspec.structs.replace(event, id="evt_" + "a" * 26, at=now, by=by)
    assert decode(stored(1, stamped).data) == stamped
    assert sum(line.minutes for line in postings(event)) == 0


def refuse_unspeakable(refusal: Refusal) -> None:
    """Fail unless a refusal can be told, in both languages."""
    english, chinese = refusal.sentence("en"), refusal.sentence("zh")
    assert english == str(refusal)
    assert refusal.en.isascii()
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


def _further(command: Command, seen: Seen, known: list[Facts[Any]]) -> list[Facts[Any]]:
    return [line for line in dict.fromkeys(command.further(seen)) if line not in known]


def every(base: type[K]) -> list[type[K]]:
    """Every public kind of something that there is in the house, by name: `every(Refusal)`."""
    for module in pkgutil.walk_packages(ledger.__path__, "ledger."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[K]] = []
    waiting = base.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("ledger.") and not kind.__name__.startswith("_"):
            found.append(kind)
    return sorted(found, key=lambda kind: kind.__name__)


def noon(day: date) -> datetime:
    """The instant of noon, in the ledger's zone."""
    return datetime.combine(day, time(12), ZoneInfo(ZONE)).astimezone(UTC)


# --- facts: what has happened ---------------------------------------------------------------------------------------


def opened(zone: str = ZONE, on: date = SUNDAY) -> LedgerOpened:
    return LedgerOpened(on=on, origin="timebank", zone=zone)


def policy(
    name: str = "generous",
    version: int = 1,
    *,
    credits_an_hour: int = 60,
    floor: int = 0,
    hold_days: int = 30,
) -> Policy:
    """A policy that grants so many credit minutes for an hour served."""
    rate = Rate(served=60, credits=credits_an_hour)
    return Policy(
        name=name, version=version, rate=rate, floor=floor, stars=STANDARD.stars, hold_days=hold_days
    )


def adopted(what: Policy = STANDARD, effective: date = date.min) -> PolicyAdopted:
    return PolicyAdopted(on=effective, policy=what, effective=effective)


def established(
    community: str, name: str, level: Level = Level.VILLAGE, *, under: str | None = VALE, on: date = NEW_YEAR
) -> CommunityEstablished:
    return CommunityEstablished(on=on, community=community, name=name, level=level, parent=under)


def renamed(community: str, name: str, on: date = SUNDAY) -> CommunityRenamed:
    return CommunityRenamed(on=on, community=community, name=name)


def reparented(community: str, *, under: str, on: date = SUNDAY) -> CommunityReparented:
    return CommunityReparented(on=on, community=community, parent=under)


def merged(community: str, *, into: str, on: date = SUNDAY) -> CommunityMerged:
    return CommunityMerged(on=on, community=community, into=into)


def closed(community: str, on: date = SUNDAY) -> CommunityClosed:
    return CommunityClosed(on=on, community=community)


def formed(
    team: str,
    name: str,
    *,
    under: str | None = None,
    community: str | None = None,
    field: str | None = None,
    brand: str | None = None,
    on: date = NEW_YEAR,
) -> TeamFormed:
    return TeamFormed(
        on=on, team=team, name=name, parent=under, community=community, field=field, brand=brand
    )


def team_renamed(team: str, name: str, on: date = SUNDAY) -> TeamRenamed:
    return TeamRenamed(on=on, team=team, name=name)


def team_reparented(team: str, *, under: str, on: date = SUNDAY) -> TeamReparented:
    return TeamReparented(on=on, team=team, parent=under)


def disbanded(team: str, on: date = SUNDAY) -> TeamDisbanded:
    return TeamDisbanded(on=on, team=team)


def registered(who: str, home: str = MILL, on: date = NEW_YEAR) -> VolunteerRegistered:
    return VolunteerRegistered(on=on, volunteer=who, community=home)


def moved(who: str, *, to: str, on: date = SUNDAY) -> VolunteerMoved:
    return VolunteerMoved(on=on, volunteer=who, community=to)


def suspended(who: str, on: date = SUNDAY) -> VolunteerSuspended:
    return VolunteerSuspended(on=on, volunteer=who, reason="conduct")


def reinstated(who: str, on: date = SUNDAY) -> VolunteerReinstated:
    return VolunteerReinstated(on=on, volunteer=who)


def withdrew(who: str, on: date = SUNDAY) -> VolunteerWithdrawn:
    return VolunteerWithdrawn(on=on, volunteer=who)


def joined(
    who: str,
    team: str = HERONS,
    on: date = NEW_YEAR,
    *,
    until: date | None = None,
    stay: str = STAY,
    role: str = "member",
) -> TeamAssigned:
    return TeamAssigned(on=on, volunteer=who, assignment=stay, team=team, role=role, until=until)


def left(who: str, team: str = HERONS, on: date = SUNDAY, *, stay: str = STAY) -> TeamAssignmentEnded:
    return TeamAssignmentEnded(on=on, volunteer=who, assignment=stay, team=team)


def service(who: str, record: str = RECORD, *, hosted_by: str | None = None) -> Service:
    """What a record says of an evening of stargazing."""
    return Service(
        record=record,
        volunteer=who,
        activity="act_stars",
        activity_name="观星夜",
        place="Mill green",
        content="讲解",
        role="guide",
        unit="Herons",
        in_charge="per_dora",
        programme="Science Windmill",
        hosted_by=hosted_by,
        evidence="attested",
    )


def served(day: date, minutes: int) -> ServedDay:
    return ServedDay(day=day, minutes=minutes)


def counted(
    day: date,
    minutes: int,
    home: str = MILL,
    *,
    team: str | None = None,
    earning: int | None = None,
    under: Policy = STANDARD,
) -> CountedDay:
    """Minutes that count for a community, earning themselves in credits unless told."""
    return CountedDay(
        day=day,
        minutes=minutes,
        community=home,
        team=team,
        policy=under.name,
        policy_version=under.version,
        credits=minutes if earning is None else earning,
    )


def reported(who: str, *days: ServedDay, by: str = WARDEN, record: str = RECORD) -> ServiceReported:
    return ServiceReported(on=days[0].day, by=by, service=service(who, record), days=days)


def declined(who: str, on: date = MONDAY, *, record: str = RECORD, reason: str = "absent") -> ServiceDeclined:
    return ServiceDeclined(on=on, record=record, volunteer=who, reason=reason)


def approved(who: str, *days: CountedDay, reported_by: str = WARDEN, record: str = RECORD) -> ServiceApproved:
    return ServiceApproved(on=days[0].day, service=service(who, record), days=days, reported_by=reported_by)


def attested(who: str, *days: CountedDay, record: str = RECORD) -> ServiceAttested:
    return ServiceAttested(on=days[0].day, service=service(who, record), days=days)


def reversed_(fact: CountedService, reason: str = "mistake") -> ServiceReversed:
    return ServiceReversed(on=fact.on, service=fact.service, days=fact.days, reason=reason)


def earned(who: str, minutes: int, on: date = MONDAY, *, record: str = "rec_earned") -> ServiceAttested:
    return attested(who, counted(on, minutes), record=record)


def gave(
    giver: str, receiver: str, minutes: int, on: date = SUNDAY, *, gift: str = GIFT
) -> CreditsTransferred:
    return CreditsTransferred(on=on, transfer=gift, giver=giver, receiver=receiver, minutes=minutes)


def donated(
    giver: str, minutes: int, *, to: str = MILL, on: date = SUNDAY, donation: str = DONATION
) -> CreditsDonated:
    return CreditsDonated(on=on, donation=donation, giver=giver, community=to, minutes=minutes)


def granted(
    receiver: str, minutes: int, *, out_of: str = MILL, on: date = SUNDAY, grant: str = GRANT
) -> CreditsGranted:
    return CreditsGranted(on=on, grant=grant, community=out_of, receiver=receiver, minutes=minutes)


# --- commands: what somebody wants ----------------------------------------------------------------------------------


def establish(
    community: str,
    name: str,
    level: Level = Level.VILLAGE,
    *,
    under: str | None = VALE,
    on: date | None = None,
) -> EstablishCommunity:
    return EstablishCommunity(community=community, name=name, level=level, parent=under, day=on)


def place(team: str = HERONS, *, until: date | None = None, stay: str = STAY) -> TeamPlace:
    return TeamPlace(assignment=stay, team=team, until=until)


def register(
    who: str, home: str = MILL, on: date | None = None, *, team: TeamPlace | None = None
) -> RegisterVolunteer:
    return RegisterVolunteer(volunteer=who, community=home, day=on, place=team)


def assign(
    who: str, team: str = HERONS, on: date | None = None, *, until: date | None = None, stay: str = STAY
) -> AssignTeam:
    return AssignTeam(volunteer=who, place=place(team, until=until, stay=stay), day=on)


def change_team(
    who: str, team: str = SWIFTS, on: date | None = None, *, until: date | None = None, stay: str = NEXT_STAY
) -> ChangeTeam:
    return ChangeTeam(volunteer=who, place=place(team, until=until, stay=stay), day=on)


def report(who: str, *days: ServedDay, record: str = RECORD, hosted_by: str | None = None) -> ReportService:
    return ReportService(service=service(who, record, hosted_by=hosted_by), days=days)


def attest(who: str, *days: ServedDay, record: str = RECORD, hosted_by: str | None = None) -> AttestService:
    return AttestService(service=service(who, record, hosted_by=hosted_by), days=days)


def approve(record: str = RECORD) -> ApproveService:
    return ApproveService(record=record)


def decline(record: str = RECORD, reason: str = "absent") -> DeclineService:
    return DeclineService(record=record, reason=reason)


def reverse(record: str = RECORD, reason: str = "mistake") -> ReverseService:
    return ReverseService(record=record, reason=reason)


def give(giver: str, receiver: str, minutes: int, *, gift: str = GIFT) -> TransferCredits:
    return TransferCredits(transfer=gift, giver=giver, receiver=receiver, minutes=minutes)


def donate(giver: str, minutes: int, *, to: str = MILL, donation: str = DONATION) -> DonateCredits:
    return DonateCredits(donation=donation, giver=giver, community=to, minutes=minutes)


def grant(receiver: str, minutes: int, *, out_of: str = MILL, grant: str = GRANT) -> GrantCredits:
    return GrantCredits(grant=grant, community=out_of, receiver=receiver, minutes=minutes)


# --- the background -------------------------------------------------------------------------------------------------

PLACES = Background(
    (
        established(SHIRE, "Shire", Level.COUNTY, under=None),
        established(VALE, "Vale", Level.TOWN, under=SHIRE),
        established(HILLS, "Hills", Level.TOWN, under=SHIRE),
        established(MILL, "Mill"),
        established(ORCHARD, "Orchard"),
        formed(GUARD, "Guard"),
        formed(HERONS, "Herons", under=GUARD),
        formed(SWIFTS, "Swifts", under=GUARD),
    )
)
PEOPLE = Background((registered(ANN), registered(BOB)))
RULES = Background((adopted(),))
WORLD = PLACES + PEOPLE + RULES
"""Everybody and every place named above but Eve, under the standard policy. Ann and Bob live in Mill, in no team."""
