"""Explanations: each minute of a volunteer's two books, traced to the facts that it comes from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection

from ledger.audit.explained import AppliedPolicy, ExplainedLine, TracedFact
from ledger.audit.explained_words import why
from ledger.domain import tags
from ledger.domain.accounts import pool_account, volunteer_account
from ledger.domain.events import (
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    PolicyAdopted,
    RedemptionCancelled,
    RedemptionEvent,
    RedemptionExpired,
    RedemptionPlaced,
    RedemptionReturned,
    ServiceApproved,
    ServiceAttested,
    ServiceReversed,
    VisitEvent,
)
from ledger.domain.postings import postings, service_lines
from ledger.store.codec import decode, type_name
from ledger.store.log import tagged
from projections.balances import Balance
from projections.figures.clocks import NOW, Clocks
from projections.view import instant_text

_MADE = ServiceApproved | ServiceAttested | RedemptionPlaced
_UNDONE = ServiceReversed | RedemptionCancelled | RedemptionExpired | RedemptionReturned

_Placed = tuple[int, Event]
"""A fact with its position."""


class Booked(NamedTuple):
    """A line of both books, numbered as in the statement; minutes are signed."""

    line: int
    position: int
    event: Event
    day: date
    minutes: Balance


class Explanation:
    """What a volunteer's books are made of, read from the facts themselves and from no view.

    Memory grows with the volunteer's own facts. It is good for the transaction that it was read in.
    """

    def __init__(
        self,
        connection: Connection,
        volunteer: str,
        clocks: Clocks = NOW,
        reasons: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> None:
        """Read the facts that were known by then; only lines of days of service up to `as_of` are told.

        `reasons` are what codes of reasons are called, in English and in Chinese.
        """
        self._reasons = reasons
        self._connection = connection
        self._volunteer = volunteer
        self._known_at = clocks.known_at
        self._lines = [one for one in self._read() if clocks.as_of is None or one.day <= clocks.as_of]
        self._balances = _running(self._lines)

    @property
    def balance(self) -> Balance:
        """What the lines add up to."""
        return self._balances[-1]

    def some(self, after: int, limit: int, language: str) -> list[ExplainedLine]:
        """Up to `limit` lines beyond the line numbered `after`, told in a language (`en` or `zh`)."""
        found = [place for place, one in enumerate(self._lines) if one.line > after][:limit]
        wanted = {tag for place in found for tag in _tags_of(self._lines[place].event)}
        facts = self._facts([tags.POLICIES, *sorted(wanted)])
        return [self._explained(place, facts, language) for place in found]

    def _read(self) -> list[Booked]:
        account, lines = volunteer_account(self._volunteer), list[Booked]()
        tag = tags.account_tag(account)
        for position, event in self._facts([tag])[tag]:
            service: dict[date, int] = defaultdict(int)
            credit: dict[date, int] = defaultdict(int)
            for line in service_lines(event):
                service[line.day] += line.minutes
            for posting in postings(event):
                if posting.account == account:
                    credit[posting.day] += posting.minutes
            for day in {**service, **credit}:
                minutes = Balance(service[day], credit[day])
                lines.append(Booked(len(lines) + 1, position, event, day, minutes))
        return lines

    def _facts(self, some: Sequence[str]) -> Mapping[str, list[_Placed]]:
        """The facts under each of some tags, in log order."""
        found: dict[str, list[_Placed]] = defaultdict(list)
        for tag, position, data in tagged(self._connection, some):
            if self._known_at is None or position <= self._known_at:
                found[tag].append((position, decode(data)))
        return found

    def _explained(self, place: int, facts: Mapping[str, list[_Placed]], language: str) -> ExplainedLine:
        line, after = self._lines[place], self._balances[place + 1]
        event, chain = line.event, _chain(line, facts)
        made = next((position for position, fact in chain if isinstance(fact, _MADE)), None)
        undone = next((position for position, fact in chain if isinstance(fact, _UNDONE)), None)
        policy = _policy(line, made or line.position, facts[tags.POLICIES])
        return ExplainedLine(
            line=line.line,
            position=line.position,
            event=type_name(type(event)),
            at=instant_text(event.at),
            day=line.day,
            by=event.by,
            why=why(event, self._volunteer, line.day, policy, language, self._reasons),
            thing=_thing(event),
            about=_about(event, self._volunteer),
            reason=getattr(event, "reason", None),
            service_minutes=line.minutes.service_minutes,
            credit_minutes=line.minutes.credit_minutes,
            service_balance=after.service_minutes,
            credit_balance=after.credit_minutes,
            policy=policy,
            takes_back=made if isinstance(event, _UNDONE) else None,
            taken_back_by=undone if isinstance(event, _MADE) else None,
            facts=[_traced(position, fact) for position, fact in chain],
        )


def _running(lines: Sequence[Booked]) -> list[Balance]:
    """Both books before the first line, and after each."""
    return list(accumulate((one.minutes for one in lines), _added, initial=Balance(0, 0)))


def _added(one: Balance, other: Balance) -> Balance:
    return Balance(one.service_minutes + other.service_minutes, one.credit_minutes + other.credit_minutes)


def _thing(event: Event) -> str:
    """The id of what a line belongs to: all facts about it bear its tag."""
    match event:
        case CountedService():
            return event.service.record
        case RedemptionEvent():
            return event.redemption
        case CreditsTransferred():
            return event.transfer
        case CreditsDonated():
            return event.donation
        case CreditsGranted():
            return event.grant
        case _:
            raise AssertionError(f"{type_name(type(event))} moves no minutes")


def _about(event: Event, volunteer: str) -> str:
    match event:
        case CountedService():
            return event.service.activity
        case RedemptionEvent():
            return event.offer
        case CreditsTransferred():
            return volunteer_account(event.receiver if event.giver == volunteer else event.giver)
        case CreditsDonated() | CreditsGranted():
            return pool_account(event.community)
        case _:
            raise AssertionError(f"{type_name(type(event))} moves no minutes")


def _visit(event: Event) -> str | None:
    return event.service.visit if isinstance(event, CountedService) else None


def _tags_of(event: Event) -> list[str]:
    """The tags of the thing and of the visit that a line rests on."""
    return [tags.about(one) for one in (_thing(event), _visit(event)) if one is not None]


def _chain(line: Booked, facts: Mapping[str, list[_Placed]]) -> list[_Placed]:
    """All facts about what a line belongs to, and those of the visit that it rests on; in log order."""
    own, *visit = (facts[tag] for tag in _tags_of(line.event))
    presence = [one for some in visit for one in some if isinstance(one[1], VisitEvent)]
    return sorted([*own, *presence], key=lambda one: one[0])


def _policy(line: Booked, counted: int, adoptions: Sequence[_Placed]) -> AppliedPolicy | None:
    """The policy that a line's credits were counted under, as it was adopted before the position `counted`."""
    if not isinstance(line.event, CountedService):
        return None
    day = next(one for one in line.event.days if one.day == line.day)
    named = day.policy, day.policy_version
    known = [
        (event.effective, at, event.policy)
        for at, event in adoptions
        if isinstance(event, PolicyAdopted) and at < counted and event.effective <= day.day
    ]
    _, adopted, policy = max(known, key=lambda one: one[:2], default=(None, 0, None))
    if policy is None or (policy.name, policy.version) != named:
        return None
    return AppliedPolicy(
        name=policy.name,
        version=policy.version,
        served=policy.rate.served,
        credits=policy.rate.credits,
        adopted=adopted,
    )


def _traced(position: int, fact: Event) -> TracedFact:
    return TracedFact(
        position=position,
        event=type_name(type(fact)),
        at=instant_text(fact.at),
        on=fact.on,
        by=fact.by,
        reason=getattr(fact, "reason", None),
    )
