"""The model's two books: service minutes from records, credits by account, and everybody's statement."""

from datetime import date, timedelta
from typing import Any

from tests.machine.model_people import People

Days = list[dict[str, Any]]
SAME = {"act_ramble": "act_walk"}
"""An activity that is called like another, but for case and width."""


class Minutes(People):
    def __init__(self) -> None:
        super().__init__()
        self.policies: list[tuple[date, dict[str, Any]]] = []
        self.closed: dict[str, int] = {}
        """The position at which each month was closed."""
        self.records: dict[str, dict[str, Any]] = {}
        self.accounts: dict[str, int] = {}
        self.movements: set[str] = set()
        self.statements: dict[str, list[dict[str, Any]]] = {}
        self.visits: dict[str, dict[str, Any]] = {}
        """Who was there and when: records may rest on these."""

    def close_period(self, month: str) -> None:
        self.refuse("period-already-closed", month in self.closed)
        self.refuse("period-not-over", month >= self.today.isoformat()[:7])
        self.closed[month] = self.head + 1
        self.record()

    def adopt_policy(self, policy: dict[str, Any], effective: date) -> None:
        that_day = [adopted for day, adopted in self.policies if day == effective]
        self.refuse("policy-unchanged", that_day and that_day[-1] == policy)
        self.policies.append((effective, policy))
        self.record()

    def policy(self, day: date) -> dict[str, Any] | None:
        """The policy in force on a day: the latest; of two for one day, the one adopted later."""
        effective = max((since for since, _ in self.policies if since <= day), default=None)
        return next((adopted for since, adopted in reversed(self.policies) if since == effective), None)

    def report_service(self, service: dict[str, Any], days: Days) -> None:
        self.refuse_unfit(service, days)
        self.refuse_away(service["volunteer"], days)
        self.refuse_absent(service, days)
        self.wait(service, days)

    def attest_service(self, service: dict[str, Any], days: Days, again: bool = False) -> None:
        self.refuse("own-record", self.by == service["volunteer"])
        self.refuse_unfit(service, days)
        self.refuse_uncountable(service, days, again)
        self.records[service["record"]] = {"service": service, "days": days, "reported_by": self.by}
        self.count(service["record"], "attested")

    def approve_service(self, record: str, again: bool = False) -> None:
        one = self.refuse_decided(record)
        self.refuse("own-record", self.by == one["service"]["volunteer"])
        self.refuse("own-report", self.by == one["reported_by"])
        self.refuse_uncountable(one["service"], one["days"], again)
        self.count(record, "approved")

    def decline_service(self, record: str, reason: str) -> None:
        one = self.refuse_decided(record)
        self.refuse("own-record", self.by == one["service"]["volunteer"])
        one.update(state="declined", shown="declined", decided_by=self.by)
        self.record()

    def reverse_service(self, record: str, reason: str) -> None:
        self.refuse("unknown-record", record not in self.records)
        one = self.records[record]
        self.refuse("not-approved", one["state"] in ("reported", "declined"))
        self.refuse("already-reversed", one["state"] == "reversed")
        one.update(state="reversed", shown="reversed")
        self.book(record, "service-reversed", -1, reason)

    def transfer_credits(self, transfer: str, giver: str, receiver: str, minutes: int) -> None:
        self.refuse("same-account", giver == receiver)
        source = f"volunteer:{giver}"
        self.refuse_inactive(giver, self.today)
        self.refuse_spending(transfer, source, minutes)
        # Last, so that what stands against the giver tells nothing of the receiver.
        self.refuse_inactive(receiver, self.today)
        self.move("credits-transferred", transfer, source, f"volunteer:{receiver}", minutes)

    def donate_credits(self, donation: str, giver: str, community: str, minutes: int) -> None:
        self.refuse("unknown-community", self.communities.get(community, {"ended": True})["ended"])
        self.refuse_inactive(giver, self.today)
        self.move("credits-donated", donation, f"volunteer:{giver}", f"pool:{community}", minutes)

    def grant_credits(self, grant: str, community: str, receiver: str, minutes: int) -> None:
        self.refuse("unknown-community", community not in self.communities)
        self.refuse_inactive(receiver, self.today)
        self.move("credits-granted", grant, f"pool:{community}", f"volunteer:{receiver}", minutes)

    def refuse_unfit(self, service: dict[str, Any], days: Days) -> None:
        self.refuse("already-recorded", service["record"] in self.records)
        first = days[0]["day"]
        in_a_row = [first + timedelta(days=number) for number in range(len(days))]
        self.refuse("invalid-input", [served["day"] for served in days] != in_a_row)
        self.refuse("future-day", days[-1]["day"] > self.today)
        host = service["hosted_by"]
        self.refuse("unknown-community", host is not None and host not in self.communities)

    def refuse_decided(self, record: str) -> dict[str, Any]:
        self.refuse("unknown-record", record not in self.records)
        self.refuse("already-decided", self.records[record]["state"] != "reported")
        return self.records[record]

    def refuse_away(self, volunteer: str, days: Days) -> None:
        for served in days:
            self.refuse_inactive(volunteer, served["day"])

    def refuse_absent(self, service: dict[str, Any], days: Days) -> None:
        """A record that rests on a visit counts once, and no more than was checked in, and the policy's margin."""
        if service["visit"] is None:
            return
        policy = self.policy(days[0]["day"])
        self.refuse("no-policy", policy is None)
        self.refuse("unknown-visit", service["visit"] not in self.visits)
        visit = self.visits[service["visit"]]
        self.refuse("not-their-visit", visit["volunteer"] != service["volunteer"])
        self.refuse("visit-not-over", visit["state"] != "over")
        counted = [one["service"]["visit"] for one in self.counting()]
        self.refuse("visit-counted", service["visit"] in counted)
        most = visit["minutes"] + (policy or {}).get("margin", 0)
        self.refuse("more-than-present", sum(served["minutes"] for served in days) > most)

    def refuse_uncountable(self, service: dict[str, Any], days: Days, again: bool) -> None:
        volunteer = service["volunteer"]
        self.refuse_away(volunteer, days)
        self.refuse_absent(service, days)
        for served in days:
            already = sum(
                day["minutes"]
                for one in self.counting()
                if one["service"]["volunteer"] == volunteer
                for day in one["days"]
                if day["day"] == served["day"]
            )
            self.refuse("day-full", already + served["minutes"] > 24 * 60)
        for served in days:
            self.refuse("no-policy", self.policy(served["day"]) is None)
        for served in days:
            self.refuse("looks-the-same", not again and self.looks_the_same(service, served))

    def looks_the_same(self, service: dict[str, Any], served: dict[str, Any]) -> bool:
        """Whether as many minutes of that day count at the same activity, unless two visits tell them apart."""
        return any(
            (day["day"], day["minutes"]) == (served["day"], served["minutes"])
            for one in self.counting()
            if one["service"]["volunteer"] == service["volunteer"]
            and (SAME.get(service["activity"]) or service["activity"])
            == (SAME.get(one["service"]["activity"]) or one["service"]["activity"])
            and (service["visit"] is None or one["service"]["visit"] is None)
            for day in one["days"]
        )

    def counting(self) -> list[dict[str, Any]]:
        """The records that count: approved or attested, and not reversed."""
        return [one for one in self.records.values() if one["state"] == "counted"]

    def wait(self, service: dict[str, Any], days: Days) -> None:
        """A record waits for somebody to decide on it; `shown` is its state in the words that people read."""
        said = {"service": service, "days": days, "reported_by": self.by, "decided_by": None}
        self.records[service["record"]] = {**said, "state": "reported", "shown": "reported"}
        self.record()

    def count(self, record: str, how: str) -> None:
        one = self.records[record]
        volunteer = one["service"]["volunteer"]
        counted: Days = []
        for served in one["days"]:
            day = served["day"]
            rate = (self.policy(day) or {})["rate"]
            counted.append(
                {
                    "day": day,
                    "minutes": served["minutes"],
                    "community": self.home(volunteer, day),
                    "team": self.team(volunteer, day),
                    "credits": served["minutes"] * rate["credits"] // rate["served"],
                }
            )
        one.update(days=counted, state="counted", shown=how, decided_by=self.by)
        self.book(record, f"service-{how}", 1, None)

    def book(self, record: str, event: str, sign: int, reason: str | None) -> None:
        self.record()
        service = self.records[record]["service"]
        for day in self.records[record]["days"]:
            self.pay(f"issuance:{day['community']}", -sign * day["credits"])
            self.pay(f"volunteer:{service['volunteer']}", sign * day["credits"])
            minutes = sign * day["minutes"], sign * day["credits"]
            self.line(service["volunteer"], event, day["day"], service["activity_name"], reason, minutes)

    def refuse_spending(self, movement: str, source: str, minutes: int) -> None:
        self.refuse("already-recorded", movement in self.movements)
        policy = self.policy(self.today)
        self.refuse("no-policy", policy is None)
        left = self.accounts.get(source, 0) - minutes
        self.refuse("not-enough-credits", policy is not None and left < policy["floor"])

    def move(self, event: str, movement: str, source: str, target: str, minutes: int) -> None:
        self.refuse_spending(movement, source, minutes)
        self.movements.add(movement)
        self.record()
        self.pay(source, -minutes)
        self.pay(target, minutes)
        for account, other, change in ((source, target, -minutes), (target, source, minutes)):
            kind, _, owner = account.partition(":")
            if kind == "volunteer":
                self.line(owner, event, self.today, other, None, (0, change))

    def pay(self, account: str, minutes: int) -> None:
        self.accounts[account] = self.accounts.get(account, 0) + minutes

    def line(
        self, owner: str, event: str, day: date, about: str, reason: str | None, minutes: tuple[int, int]
    ) -> None:
        written = {"position": self.head, "event": event, "day": day, "by": self.by, "about": about}
        written |= {"at": self.at, "reason": reason, "minutes": minutes}
        self.statements.setdefault(owner, []).append(written)
