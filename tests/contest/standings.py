"""What a log says of a contest, read with nothing but a JSON parser: no fold or view of ours takes part."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ledger.store import log as logs
from ledger.store.log import Log


@dataclass
class Standings:
    """Figures of a whole log, each of them 0 or empty where all is well."""

    gaps: int = 0
    overdrawn: int = 0
    decided_twice: int = 0
    overfull_days: int = 0
    look_alikes: int = 0
    credit_book: int = 0
    events: int = 0
    decided: set[str] = field(default_factory=set[str])
    seen: set[tuple[str, str, int, str]] = field(default_factory=set[tuple[str, str, int, str]])
    requests: Counter[str] = field(default_factory=Counter[str])

    def recorded_twice(self) -> list[str]:
        """Requests of which two facts are recorded; none here has more than one."""
        return [request for request, count in self.requests.items() if count > 1]


def read_standings(log: Log) -> Standings:
    """Replay a log in which nothing is reversed."""
    found, accounts, days = Standings(), Counter[str](), Counter[tuple[str, str]]()
    with log.store.snapshot() as connection:
        for rows in logs.batches(connection, 0, logs.head(connection)):
            for row in rows:
                found.events += 1
                found.gaps += row.position != found.events
                _replay(json.loads(row.data), found, accounts, days)
    found.overfull_days = sum(minutes > 1_440 for minutes in days.values())
    found.credit_book = sum(accounts.values())
    return found


def _replay(
    event: dict[str, Any], found: Standings, accounts: Counter[str], days: Counter[tuple[str, str]]
) -> None:
    request = event.get("cause", {}).get("request")
    if request is not None:
        found.requests[request] += 1
    if event["type"] == "credits-transferred":
        accounts[event["giver"]] -= event["minutes"]
        accounts[event["receiver"]] += event["minutes"]
        found.overdrawn += accounts[event["giver"]] < 0
    elif event["type"] in {"service-approved", "service-attested"}:
        service = event["service"]
        found.decided_twice += service["record"] in found.decided
        found.decided.add(service["record"])
        for day in event["days"]:
            looks = service["volunteer"], day["day"], day["minutes"], service["activity"]
            found.look_alikes += looks in found.seen
            found.seen.add(looks)
            days[service["volunteer"], day["day"]] += day["minutes"]
            accounts[service["volunteer"]] += day["credits"]
            accounts["issued"] -= day["credits"]
