"""A volunteer's affairs: community, standing and team, day by day."""

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import Facts, Fold, Refusal
from ledger.domain.events import (
    Event,
    TeamAssigned,
    TeamAssignmentEnded,
    VolunteerMoved,
    VolunteerRegistered,
    VolunteerReinstated,
    VolunteerSuspended,
    VolunteerWithdrawn,
)
from ledger.domain.stays import Stay


class NotRegistered(Refusal):
    """Nobody is registered under the id."""

    code = "not-registered"
    en = "{volunteer} is not registered as a volunteer."
    zh = "{volunteer} 尚未注册为志愿者。"


class NotInGoodStanding(Refusal):
    """A suspension or a withdrawal stands in the way."""

    code = "not-in-good-standing"
    en = "{volunteer} was {standing} on {day}."
    zh = "{volunteer} 在 {day} 的状态为{standing}，不能办理。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the standing as people say it."""
        return {**self.details, "standing": Standing(self.details["standing"]).spoken(language)}


class TooEarly(Refusal):
    """Nothing about a volunteer happens before they registered."""

    code = "before-registration"
    en = "{day} is before the day of registration, {registered}."
    zh = "{day} 早于注册日期 {registered}。"


class AlreadyInATeam(Refusal):
    """A volunteer belongs to one team at a time."""

    code = "already-in-a-team"
    en = "{volunteer} belongs to the team {team} in that time."
    zh = "{volunteer} 在该时段已属于服务队 {team}。"


class InNoTeam(Refusal):
    """Who belongs to no team has none to change from."""

    code = "in-no-team"
    en = "{volunteer} belongs to no team on {day}."
    zh = "{volunteer} 在 {day} 不属于任何服务队。"


class Standing(StrEnum):
    """Whether somebody may serve and spend."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"

    def spoken(self, language: str = "en") -> str:
        """The word that people use."""
        return _STANDINGS_ZH[self] if language == "zh" else self.value


_STANDINGS_ZH = {Standing.ACTIVE: "正常", Standing.SUSPENDED: "暂停服务", Standing.WITHDRAWN: "已退出"}


@dataclass(slots=True)
class Membership(Stay):
    """One stay in a team."""

    team: str


class VolunteerSoFar(Fold):
    """A volunteer's community, standing and team, day by day.

    What was served before the day of registration counts as if on that day.
    """

    types: ClassVar = frozenset(
        {
            VolunteerRegistered,
            VolunteerMoved,
            VolunteerSuspended,
            VolunteerReinstated,
            VolunteerWithdrawn,
            TeamAssigned,
            TeamAssignmentEnded,
        }
    )

    def __init__(self, about: str) -> None:
        """Not registered."""
        self.volunteer = about.partition(":")[2]
        self.since: date | None = None
        self._homes: list[tuple[date, str]] = []
        self._standings: list[tuple[date, Standing]] = []
        self.memberships: dict[str, Membership] = {}

    def see(self, event: Event) -> None:
        """Note the change on its day."""
        match event:
            case VolunteerRegistered():
                self.since = event.on
                self._homes.append((event.on, event.community))
                self._standings.append((event.on, Standing.ACTIVE))
            case VolunteerMoved():
                insort(self._homes, (event.on, event.community), key=_day)
            case VolunteerSuspended():
                insort(self._standings, (event.on, Standing.SUSPENDED), key=_day)
            case VolunteerReinstated():
                insort(self._standings, (event.on, Standing.ACTIVE), key=_day)
            case VolunteerWithdrawn():
                insort(self._standings, (event.on, Standing.WITHDRAWN), key=_day)
            case TeamAssigned():
                self.memberships[event.assignment] = Membership(event.on, event.until, event.team)
            case TeamAssignmentEnded():
                self.memberships[event.assignment].until = event.on
            case _:
                raise TypeError(event)

    def registered(self) -> date:
        """The day of registration; refuses with NotRegistered."""
        if self.since is None:
            raise NotRegistered(volunteer=self.volunteer)
        return self.since

    def counted_as(self, day: date) -> date:
        """The day as which a day of service counts: that of registration, if it was before."""
        return max(day, self.registered())

    def home(self, day: date) -> str:
        """The community that the volunteer belonged to on a day."""
        day = self.counted_as(day)
        return next(home for since, home in reversed(self._homes) if since <= day)

    def standing(self, day: date) -> Standing:
        """The volunteer's standing on a day. Nothing comes after a withdrawal, whenever that was recorded."""
        day = self.counted_as(day)
        so_far = [standing for since, standing in self._standings if since <= day]
        return Standing.WITHDRAWN if Standing.WITHDRAWN in so_far else so_far[-1]

    def assignment(self, day: date) -> str | None:
        """The id of the team assignment that holds on a day."""
        day = self.counted_as(day)
        return next((one for one, stay in self.memberships.items() if stay.holds(day)), None)

    def team(self, day: date) -> str | None:
        """The team that the volunteer belonged to on a day."""
        assignment = self.assignment(day)
        return None if assignment is None else self.memberships[assignment].team

    def refuse_unless_active(self, day: date) -> None:
        """Refuse with NotInGoodStanding if suspended or withdrawn on the day."""
        standing = self.standing(day)
        if standing is not Standing.ACTIVE:
            raise NotInGoodStanding(volunteer=self.volunteer, standing=standing, day=day.isoformat())

    def refuse_before(self, day: date) -> None:
        """Refuse with TooEarly for a day before registration."""
        if day < self.registered():
            raise TooEarly(day=day.isoformat(), registered=self.registered().isoformat())

    def refuse_second_team(self, since: date, until: date | None, *, leaving: str | None = None) -> None:
        """Refuse with AlreadyInATeam if a stay, but for one that is left then, shares a day with the time given."""
        for assignment, stay in self.memberships.items():
            if assignment != leaving and stay.meets(since, until):
                raise AlreadyInATeam(volunteer=self.volunteer, team=stay.team)


def _day(dated: tuple[date, Any]) -> date:
    return dated[0]


@lru_cache(maxsize=65_536)
def affairs_of(volunteer: str) -> Facts[VolunteerSoFar]:
    """The boundary line of one volunteer's affairs."""
    return Facts(VolunteerSoFar, tags.about(volunteer))
