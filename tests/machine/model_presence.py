"""The model's visits: when somebody came and left, and the records that are proposed when they leave."""

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tests.machine.model_minutes import Days, Minutes
from tests.machine.model_parts import LOCAL, day_of
from tests.machine.model_shifts import Shifts

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Presence(Shifts, Minutes):
    def check_in(self, visit: str, sign_up: str) -> None:
        self.refuse("already-recorded", visit in self.visits)
        one = self.refuse_ended(sign_up)
        self.refuse("still-waiting", one["state"] == "waiting")
        shift = self.shifts[one["shift"]]
        self.refuse("too-early-to-check-in", self.now < shift["begins"] - timedelta(hours=1))
        self.refuse("shift-over", self.now >= shift["ends"])
        self.come(visit, one["volunteer"], sign_up=sign_up, shift=one["shift"], venue=None)
        one["came"] = True

    def clock_in(self, visit: str, venue: str, volunteer: str, code: str, mode: str) -> None:
        self.refuse("already-recorded", visit in self.visits)
        self.refuse("wrong-code", self.refuse_closed(venue)["code"] != code)
        self.come(visit, volunteer, sign_up=None, shift=None, venue=venue)

    def check_out(self, visit: str, record: str) -> None:
        one = self.refuse_visit_over(visit)
        self.refuse("already-recorded", record in self.records)
        self.refuse("forgotten-check-out", self.now - one["begun"] > DAY)
        one.update(state="over", ended=max(self.now, one["begun"]))
        one["minutes"] = (one["ended"] - one["begun"]) // MINUTE
        self.record()
        since, until = one["begun"], one["ended"]
        if one["shift"] is not None:
            shift = self.shifts[one["shift"]]
            since, until = max(since, shift["begins"]), min(until, shift["ends"])
        days = minutes_by_day(since, until)
        if days:
            said = {"record": record, "volunteer": one["volunteer"], "visit": visit, "evidence": "check-in"}
            self.wait({**said, **self.held(one)}, days)

    def abandon_visit(self, visit: str, reason: str) -> None:
        self.refuse_visit_over(visit)["state"] = "abandoned"
        self.record()

    def come(self, visit: str, volunteer: str, **where: str | None) -> None:
        self.refuse_inactive(volunteer, self.today)
        here = [one for one in self.visits.values() if one["state"] == "going-on"]
        self.refuse("somewhere-else", volunteer in [one["volunteer"] for one in here])
        times = {"begun": self.now, "ended": None, "minutes": 0}
        self.visits[visit] = {"volunteer": volunteer, **where, **times, "state": "going-on"}
        self.record()

    def refuse_visit_over(self, visit: str) -> dict[str, Any]:
        self.refuse("unknown-visit", visit not in self.visits)
        self.refuse("visit-over", self.visits[visit]["state"] != "going-on")
        return self.visits[visit]

    def held(self, visit: dict[str, Any]) -> dict[str, Any]:
        """What a record of a visit counts for, as the activity or the venue is described by then."""
        if visit["shift"] is None:
            venue = self.venues[visit["venue"]]["said"]
            # What goes on at a venue without a shift is one activity of its own.
            said = {"activity": standing_activity(venue["id"]), "activity_name": venue["name"]}
            return {**said, "programme": None, "hosted_by": venue["community"]}
        activity = self.activities[self.shifts[visit["shift"]]["activity"]]["said"]
        said = {"activity": activity["id"], "activity_name": activity["name"]}
        return {**said, "programme": activity["programme"], "hosted_by": activity["community"]}


def standing_activity(venue: str) -> str:
    return "act_" + hashlib.sha256(f"venue\x1f{venue}".encode()).hexdigest()[:32]


def minutes_by_day(since: datetime, until: datetime) -> Days:
    """The whole minutes of a stretch on each local day that has some."""
    found: Days = []
    day = day_of(since)
    while day <= day_of(until):
        midnight = datetime.combine(day, time(), UTC) - LOCAL
        minutes = (min(until, midnight + DAY) - max(since, midnight)) // MINUTE
        if minutes > 0:
            found.append({"day": day, "minutes": minutes})
        day += DAY
    return found
