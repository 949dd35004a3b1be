"""The model's venues and activities: each a dict of what was said of it last."""

from datetime import date
from typing import Any

from tests.machine.model_trees import Trees, in_use


class Places(Trees):
    def __init__(self) -> None:
        super().__init__()
        self.venues: dict[str, dict[str, Any]] = {}
        self.activities: dict[str, dict[str, Any]] = {}
        self.shifts: dict[str, dict[str, Any]] = {}
        self.renewals: list[tuple[str, date]] = []
        """For which community a venue was renewed, and on which day."""

    def open_venue(
        self, venue: dict[str, Any], theme: str | None, code: str | None, day: date | None
    ) -> None:
        self.refuse("already-recorded", venue["id"] in self.venues)
        self.refuse("unknown-community", not in_use(self.communities, venue["community"]))
        shown = {"theme": theme, "renewed": day or self.today, "code": code}
        self.venues[venue["id"]] = {"said": venue, **shown, "closed": None}
        self.record()

    def revise_venue(self, venue: dict[str, Any], day: date | None) -> None:
        one = self.refuse_closed(venue["id"])
        self.refuse("unknown-community", not in_use(self.communities, venue["community"]))
        self.refuse("nothing-new", one["said"] == venue)
        one["said"] = venue
        self.record()

    def update_venue(self, venue: str, theme: str, day: date | None) -> None:
        one, renewed = self.refuse_closed(venue), day or self.today
        one.update(theme=theme, renewed=renewed)
        self.renewals.append((one["said"]["community"], renewed))
        self.record()

    def renew_venue_code(self, venue: str, code: str, day: date | None) -> None:
        self.refuse_closed(venue)["code"] = code
        self.record()

    def close_venue(self, venue: str, day: date | None) -> None:
        self.refuse_closed(venue)["closed"] = day or self.today
        self.record()

    def publish_activity(self, activity: dict[str, Any], day: date) -> None:
        self.refuse("already-recorded", activity["id"] in self.activities)
        self.refuse_unfit_place(activity)
        said = {"said": activity, "planned": day, "day": day}
        self.activities[activity["id"]] = {**said, "state": "planned", "turnout": None}
        self.record()

    def revise_activity(self, activity: dict[str, Any], day: date) -> None:
        one = self.refuse_called_off(activity["id"])
        self.refuse("held-already", one["state"] == "held")
        self.refuse_unfit_place(activity)
        self.refuse("nothing-new", (one["said"], one["planned"]) == (activity, day))
        one.update(said=activity, planned=day, day=day)
        self.record()

    def report_activity(self, activity: str, turnout: dict[str, Any]) -> None:
        one = self.refuse_called_off(activity)
        self.refuse("future-day", turnout["day"] > self.today)
        self.refuse("nothing-new", one["turnout"] == turnout)
        one.update(state="held", turnout=turnout, day=turnout["day"])
        self.record()

    def cancel_activity(self, activity: str, reason: str) -> None:
        one = self.refuse_called_off(activity)
        self.refuse("held-already", one["state"] == "held")
        left = [shift for shift in self.shifts.values() if not shift["cancelled"]]
        self.refuse("shifts-left", activity in [shift["activity"] for shift in left])
        one["state"] = "cancelled"
        self.record()

    def refuse_closed(self, venue: str) -> dict[str, Any]:
        self.refuse("unknown-venue", venue not in self.venues or self.venues[venue]["closed"])
        return self.venues[venue]

    def refuse_unfit_place(self, activity: dict[str, Any]) -> None:
        self.refuse("unknown-community", not in_use(self.communities, activity["community"]))
        if activity["venue"] is not None:
            self.refuse_closed(activity["venue"])

    def refuse_called_off(self, activity: str) -> dict[str, Any]:
        self.refuse("unknown-activity", activity not in self.activities)
        self.refuse("called-off", self.activities[activity]["state"] == "cancelled")
        return self.activities[activity]
