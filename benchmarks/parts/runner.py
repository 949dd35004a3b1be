"""The library's way to a read model: one projection, fed event by event from a classic application's log."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from benchmarks.parts.places import Place
from ledger.domain.events import Event, ServiceAttested, VolunteerRegistered
from ledger.domain.postings import postings, service_lines

PATIENCE_SECONDS = 600
_BATCH = 100
"""Larger ones were seen to block for ever between the driver and the server."""


class Volunteer(Aggregate):
    """A volunteer who knows the minutes served; the events hold what ours hold."""

    @event("Registered")
    def __init__(self, volunteer: str, community: str, day: str) -> None:
        self.volunteer = volunteer
        self.minutes = 0

    @event("Served")
    def serve(
        self,
        volunteer: str,
        service: dict[str, Any],
        days: list[dict[str, Any]],
        minutes: int,
        postings: list[list[Any]],
    ) -> None:
        self.minutes += minutes


class Volunteers(Application[UUID]):
    """The classic application whose log the projection reads."""


class BalancesTable(PostgresTrackingRecorder):
    """Both books of each volunteer, and the other accounts, with the position, in one transaction an event."""

    def __init__(self, datastore: PostgresDatastore, **options: Any) -> None:
        super().__init__(datastore, **options)
        self.sql_create_statements += [
            SQL(
                'CREATE TABLE IF NOT EXISTS balance (volunteer TEXT COLLATE "C" PRIMARY KEY, '
                "service_minutes BIGINT NOT NULL, credit_minutes BIGINT NOT NULL)"
            ).format(),
            SQL(
                'CREATE TABLE IF NOT EXISTS balance_account (account TEXT COLLATE "C" PRIMARY KEY, '
                "minutes BIGINT NOT NULL)"
            ).format(),
        ]

    def add(self, volunteer: str, service: int, credit: dict[str, int], tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                "INSERT INTO balance VALUES (%s, %s, %s) ON CONFLICT (volunteer) DO UPDATE SET "
                "service_minutes = balance.service_minutes + excluded.service_minutes, "
                "credit_minutes = balance.credit_minutes + excluded.credit_minutes",
                (volunteer, service, credit.pop(f"volunteer:{volunteer}", 0)),
                prepare=True,
            )
            for account, minutes in credit.items():
                cursor.execute(
                    "INSERT INTO balance_account VALUES (%s, %s) ON CONFLICT (account) DO UPDATE SET "
                    "minutes = balance_account.minutes + excluded.minutes",
                    (account, minutes),
                    prepare=True,
                )


class BalancesProjection(Projection[BalancesTable]):
    """Balances, as the library folds them."""

    name = "balances"

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        raise TypeError(domain_event)

    @process_event.register
    def _registered(self, domain_event: Volunteer.Registered, tracking: Tracking) -> None:
        self.view.add(domain_event.volunteer, 0, {}, tracking)

    @process_event.register
    def _served(self, domain_event: Volunteer.Served, tracking: Tracking) -> None:
        credit = dict(domain_event.postings)
        self.view.add(domain_event.volunteer, domain_event.minutes, credit, tracking)


def populate(place: Place, facts: Iterable[Event]) -> int:
    """Put the same facts into a classic application, in the log's order; gives how many its projection will see."""
    app = Volunteers(env=place.classic())
    volunteers: dict[str, Volunteer] = {}
    pending: list[Any] = []
    count = 0
    for fact in facts:
        match fact:
            case VolunteerRegistered():
                one = Volunteer(volunteer=fact.volunteer, community=fact.community, day=fact.on.isoformat())
                volunteers[fact.volunteer] = one
            case ServiceAttested():
                one = volunteers[fact.service.volunteer]
                one.serve(**_served(fact))
            case _:
                continue
        pending.extend(one.collect_events())
        count += 1
        if len(pending) >= _BATCH:
            app.events.put(pending)
            pending = []
    app.events.put(pending)
    app.close()
    return count


def _served(fact: ServiceAttested) -> dict[str, Any]:
    service = fact.service
    names = ("record", "activity", "activity_name", "place", "content", "role", "unit")
    optional = ("in_charge", "programme", "hosted_by", "evidence")
    return {
        "volunteer": service.volunteer,
        "service": {name: getattr(service, name) for name in (*names, *optional)},
        "days": [
            {
                "day": day.day.isoformat(),
                "minutes": day.minutes,
                "community": day.community,
                "team": day.team,
                "policy": day.policy,
                "policy_version": day.policy_version,
                "credits": day.credits,
            }
            for day in fact.days
        ],
        "minutes": sum(line.minutes for line in service_lines(fact)),
        "postings": [[posting.account, posting.minutes] for posting in postings(fact)],
    }


def run(log: Place, view: Place, upto: int, *, durable: bool) -> float:
    """Seconds that the runner takes from an empty view up to a notification."""
    if not durable:
        with psycopg.connect(**view.dsn, autocommit=True) as connection:
            name = Identifier(view.dsn["dbname"])
            connection.execute(SQL("ALTER DATABASE {} SET synchronous_commit = off").format(name))
    environment = log.classic() | {f"BALANCES_{key}": value for key, value in view.classic().items()}
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Volunteers,
        projection_class=BalancesProjection,
        view_class=BalancesTable,
        env=environment,
    ) as runner:
        runner.wait(upto, timeout=PATIENCE_SECONDS)
        return time.perf_counter() - begun


def balances(view: Place) -> dict[str, tuple[int, int]]:
    """What the runner's view holds."""
    with psycopg.connect(**view.dsn) as connection:
        rows = connection.execute("SELECT volunteer, service_minutes, credit_minutes FROM balance").fetchall()
    return {volunteer: (service, credit) for volunteer, service, credit in rows}


def expected(facts: Sequence[Event]) -> dict[str, tuple[int, int]]:
    """The same from the facts themselves."""
    service: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    for fact in facts:
        if isinstance(fact, VolunteerRegistered):
            service[fact.volunteer] += 0
        for line in service_lines(fact):
            service[line.volunteer] += line.minutes
        for posting in postings(fact):
            credit[posting.account] += posting.minutes
    return {volunteer: (minutes, credit[f"volunteer:{volunteer}"]) for volunteer, minutes in service.items()}
