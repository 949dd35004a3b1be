"""Designations: which title a community or a team bears, and when."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, DatedCommand, Facts, InvalidInput, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import DesignationEnded, DesignationGranted, Event
from ledger.domain.ids import CommunityId, DesignationId, TeamId
from ledger.domain.money import Fen
from ledger.domain.spelling import same_name
from ledger.domain.stays import DoesNotHold, EmptyTime, Stay, Stays, refuse_empty
from ledger.domain.teams import TEAMS, UnknownTeam
from ledger.domain.text import Label


class AlreadyDesignated(Refusal):
    """A community or team bears a title once at a time; `bearer` is its id."""

    code = "already-designated"
    en = "{bearer} bears the designation {name} in that time already."
    zh = "{bearer} 在该时段已有“{name}”称号。"


@dataclass(slots=True)
class Designation(Stay):
    """One title that a community or a team bears for a time."""

    name: str
    community: str | None
    team: str | None


class Designations(Stays[Designation]):
    """Designations, by id."""

    types: ClassVar = frozenset({DesignationGranted, DesignationEnded})

    def see(self, event: Event) -> None:
        """Begin a designation, or end it."""
        match event:
            case DesignationGranted():
                designation = Designation(event.on, event.until, event.name, event.community, event.team)
                self.begin(event.designation, designation)
            case DesignationEnded():
                self.end(event.designation, event.on)
            case _:
                raise TypeError(event)


def designations_of(identifier: str) -> Facts[Designations]:
    """The boundary line of the designations of a community or team, or of the one that an id names."""
    return Facts(Designations, tags.about(identifier))


class GrantDesignation(DatedCommand, frozen=True, kw_only=True):
    """Let a community or a team, one of the two, bear a title from a day on."""

    refusals: ClassVar = (AlreadyDesignated, AlreadyRecorded, EmptyTime, UnknownCommunity, UnknownTeam)

    designation: DesignationId
    name: Label
    community: CommunityId | None = None
    team: TeamId | None = None
    granted_by: Label
    until: date | None = None
    funding_fen: Fen | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        bearers = (bearer for bearer in (self.community, self.team) if bearer is not None)
        return (designations_of(self.designation), *map(designations_of, bearers), COMMUNITIES, TEAMS)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        seen[designations_of(self.designation)].refuse_recorded(self.designation)
        refuse_empty(day, self.until)
        bearer = self._bearer(seen)
        for designation in seen[designations_of(bearer)].meeting(day, self.until):
            if same_name(designation.name) == same_name(self.name):
                raise AlreadyDesignated(bearer=bearer, name=self.name)
        return (
            DesignationGranted(
                on=day,
                designation=self.designation,
                community=self.community,
                team=self.team,
                name=self.name,
                granted_by=self.granted_by,
                until=self.until,
                funding_fen=self.funding_fen,
            ),
        )

    def _bearer(self, seen: Seen) -> str:
        """The one community or team, in use; refuses two, and none."""
        if self.community is not None and self.team is None:
            seen[COMMUNITIES].open(self.community)
            return self.community
        if self.team is not None and self.community is None:
            seen[TEAMS].active(self.team)
            return self.team
        raise InvalidInput(
            field="team",
            reason="either a community or a team bears a designation",
            reason_zh="须在社区（村）与服务队中填写一项，且只填一项",
        )


class EndDesignation(DatedCommand, frozen=True, kw_only=True):
    """End a designation, whatever became of the community or team."""

    refusals: ClassVar = (DoesNotHold,)

    designation: DesignationId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (designations_of(self.designation),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        designation = seen[designations_of(self.designation)].holding(self.designation, day)
        return (
            DesignationEnded(
                on=day,
                designation=self.designation,
                community=designation.community,
                team=designation.team,
            ),
        )
