"""What every story is told with: the ledger and its policies, communities, teams and volunteers, and a background."""

from datetime import date

from ledger.domain.communities import EstablishCommunity
from ledger.domain.events import (
    CommunityClosed,
    CommunityEstablished,
    CommunityMerged,
    CommunityRenamed,
    CommunityReparented,
    LedgerOpened,
    Level,
    PolicyAdopted,
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
from ledger.domain.policy import STANDARD, Policy, Rate
from ledger.domain.volunteers import AssignTeam, ChangeTeam, RegisterVolunteer, TeamPlace
from tests.scenario import NEW_YEAR, SUNDAY, ZONE, Background

ANN, BOB, EVE = "vol_ann", "vol_bob", "vol_eve"
SHIRE, VALE, HILLS, MILL, ORCHARD = "com_shire", "com_vale", "com_hills", "com_mill", "com_orchard"
"""A county, its towns Vale and Hills, and the Vale's villages Mill and Orchard."""

GUARD, HERONS, SWIFTS = "tea_guard", "tea_herons", "tea_swifts"
"""Herons and Swifts are teams of the Guard."""

STAY, NEXT_STAY = "asg_stay", "asg_next"


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
