"""The model's volunteers: each a dict of dated lists. The last word on a day holds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.machine.model_trees import Trees, in_use

Place = dict[str, Any]


class People(Trees):
    def __init__(self) -> None:
        super().__init__()
        self.volunteers: dict[str, dict[str, Any]] = {}

    def register_volunteer(
        self, volunteer: str, community: str, place: Place | None, day: date | None
    ) -> None:
        since = day or self.today
        self.refuse("already-registered", volunteer in self.volunteers)
        self.refuse("unknown-community", not in_use(self.communities, community))
        if place is not None:
            self.refuse_place(place, since)
        self.volunteers[volunteer] = {
            "since": since,
            "homes": [(since, community)],
            "standings": [(since, "active")],
            "stays": {},
        }
        self.record()
        if place is not None:
            self.take_place(volunteer, place, since)

    def move_volunteer(self, volunteer: str, community: str, day: date | None) -> None:
        when = self.refuse_stranger(volunteer, day)
        self.refuse("unknown-community", not in_use(self.communities, community))
        self.refuse("already-there", self.home(volunteer, when) == community)
        self.volunteers[volunteer]["homes"].append((when, community))
        self.record()

    def suspend_volunteer(self, volunteer: str, reason: str, day: date | None) -> None:
        self.change_standing(volunteer, day, {"active"}, "suspended")

    def reinstate_volunteer(self, volunteer: str, day: date | None) -> None:
        self.change_standing(volunteer, day, {"suspended"}, "active")

    def withdraw_volunteer(self, volunteer: str, day: date | None) -> None:
        self.change_standing(volunteer, day, {"active", "suspended"}, "withdrawn")

    def assign_team(self, volunteer: str, place: Place, day: date | None) -> None:
        when = self.refuse_stranger(volunteer, day)
        self.refuse_inactive(volunteer, when)
        stays = self.volunteers[volunteer]["stays"]
        self.refuse("already-recorded", place["assignment"] in stays)
        wanted = {"since": when, "until": place["until"]}
        self.refuse("already-in-a-team", any(share_a_day(stay, wanted) for stay in stays.values()))
        self.refuse_place(place, when)
        self.take_place(volunteer, place, when)

    def change_team(self, volunteer: str, place: Place, day: date | None) -> None:
        when = self.refuse_stranger(volunteer, day)
        self.refuse_inactive(volunteer, when)
        stays = self.volunteers[volunteer]["stays"]
        self.refuse("already-recorded", place["assignment"] in stays)
        old = next((stay for stay in stays.values() if holds(stay, when)), None)
        self.refuse("in-no-team", old is None)
        assert old is not None
        wanted = {"since": when, "until": place["until"]}
        others = (stay for stay in stays.values() if stay is not old)
        self.refuse("already-in-a-team", old["team"] == place["team"])
        self.refuse("already-in-a-team", any(share_a_day(stay, wanted) for stay in others))
        self.refuse_place(place, when)
        old["until"] = when
        self.record()
        self.take_place(volunteer, place, when)

    def end_assignment(self, volunteer: str, assignment: str, day: date | None) -> None:
        when = self.refuse_stranger(volunteer, day)
        stays = self.volunteers[volunteer]["stays"]
        self.refuse("not-in-that-team", assignment not in stays or not holds(stays[assignment], when))
        stays[assignment]["until"] = when
        self.record()

    def change_standing(self, volunteer: str, day: date | None, allowed: set[str], standing: str) -> None:
        when = self.refuse_stranger(volunteer, day)
        self.refuse("standing-unchanged", self.standing(volunteer, when) not in allowed)
        self.volunteers[volunteer]["standings"].append((when, standing))
        self.record()

    def refuse_stranger(self, volunteer: str, day: date | None) -> date:
        """The day on which a change takes effect; nothing happens to anybody before they register."""
        when = day or self.today
        self.refuse("not-registered", volunteer not in self.volunteers)
        self.refuse("before-registration", when < self.volunteers[volunteer]["since"])
        return when

    def refuse_inactive(self, volunteer: str, day: date) -> None:
        self.refuse("not-registered", volunteer not in self.volunteers)
        self.refuse("not-in-good-standing", self.standing(volunteer, day) != "active")

    def refuse_place(self, place: Place, day: date) -> None:
        self.refuse("unknown-team", not in_use(self.teams, place["team"]))
        self.refuse("empty-time", place["until"] is not None and place["until"] <= day)

    def take_place(self, volunteer: str, place: Place, day: date) -> None:
        stay = {"team": place["team"], "since": day, "until": place["until"]}
        self.volunteers[volunteer]["stays"][place["assignment"]] = stay
        self.record()

    def counted_as(self, volunteer: str, day: date) -> date:
        """What was served before the day of registration counts as if on that day."""
        return max(day, self.volunteers[volunteer]["since"])

    def home(self, volunteer: str, day: date) -> str:
        """The community somebody belongs to on a day."""
        day = self.counted_as(volunteer, day)
        return self.later_home(last_word(self.volunteers[volunteer]["homes"], day), day)

    def standing(self, volunteer: str, day: date) -> str:
        day = self.counted_as(volunteer, day)
        standings = self.volunteers[volunteer]["standings"]
        withdrawn = any(said == "withdrawn" and since <= day for since, said in standings)
        return "withdrawn" if withdrawn else last_word(standings, day)

    def team(self, volunteer: str, day: date) -> str | None:
        day = self.counted_as(volunteer, day)
        teams = [stay["team"] for stay in self.volunteers[volunteer]["stays"].values() if holds(stay, day)]
        assert len(teams) <= 1, "one team at a time"
        return teams[0] if teams else None


def last_word(dated: Iterable[tuple[date, str]], day: date) -> str:
    """What was said for the latest day up to this one; of two for one day, what was said later."""
    said, latest = "", date.min
    for since, word in dated:
        if latest <= since <= day:
            said, latest = word, since
    return said


def holds(stay: dict[str, Any], day: date) -> bool:
    return stay["since"] <= day and (stay["until"] is None or day < stay["until"])


def share_a_day(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether there is a day on which both hold."""
    return max(one["since"], other["since"]) < min(one["until"] or date.max, other["until"] or date.max)
