"""What a caller needs to know before anything else: which ledger this is, by what rules, and who they are here."""

from datetime import date

from msgspec import Struct

from ledger.domain.events.service import MOST_DAYS
from ledger.domain.minutes import MINUTES_A_DAY
from ledger.domain.opening import NameLedger
from ledger.domain.policy import Policy
from ledger.opening import public_name
from ledger.operations.access import ANYBODY, Access
from ledger.operations.action import Action
from ledger.operations.callers import Role
from ledger.operations.question import Moment, Question


class CreditRate(Struct, frozen=True, kw_only=True):
    """So many `credits` for so many minutes `served`, rounded down for each day."""

    served: int
    credits: int


class PolicyInForce(Struct, frozen=True, kw_only=True):
    """The rules of today, in minutes.

    `stars` are the service minutes that one, two, three … stars ask for; `floor` is the lowest balance that spending
    may leave. From `hold_days` after it was placed on, a redemption may expire. A record that rests on a visit may
    hold `margin` minutes more than the visit lasted.
    """

    name: str
    version: int
    rate: CreditRate
    floor: int
    stars: list[int]
    margin: int
    hold_days: int


class Limits(Struct, frozen=True, kw_only=True):
    """What holds under every policy: a volunteer's minutes of one day, and the days of one service record, at most."""

    minutes_a_day: int
    days_a_record: int


class LedgerNow(Struct, frozen=True, kw_only=True):
    """A ledger: its public `name`, its IANA time `zone`, the local day that it is, and its rules.

    By `origin` programs tell it from other ledgers. `name` is null where it has none, `policy` where none is in force.
    """

    name: str | None
    origin: str
    zone: str
    today: date
    policy: PolicyInForce | None
    limits: Limits


class Me(Struct, frozen=True, kw_only=True):
    """Whoever calls, as their token says: `actor` is who acts in the facts that follow from their writes.

    `volunteer` is null for others than volunteers. `community` is that whose affairs a coordinator sees to, or the one
    that a volunteer belongs to today; null for others.
    """

    actor: str
    role: Role
    community: str | None
    volunteer: str | None


def _ledger(moment: Moment) -> LedgerNow:
    ledger, today = moment.ledger, moment.today
    opened, policy = ledger.opened(), ledger.views.policies.in_force(moment.connection, today)
    return LedgerNow(
        name=public_name(moment.connection),
        origin=opened.origin,
        zone=opened.zone,
        today=today,
        policy=None if policy is None else _policy(policy),
        limits=Limits(minutes_a_day=MINUTES_A_DAY, days_a_record=MOST_DAYS),
    )


def _policy(policy: Policy) -> PolicyInForce:
    return PolicyInForce(
        name=policy.name,
        version=policy.version,
        rate=CreditRate(served=policy.rate.served, credits=policy.rate.credits),
        floor=policy.floor,
        stars=list(policy.stars),
        margin=policy.margin,
        hold_days=policy.hold_days,
    )


def _me(moment: Moment) -> Me:
    caller, views, today = moment.caller, moment.views, moment.today
    community = caller.community
    if caller.volunteer is not None:
        home = views.members.home(moment.connection, caller.volunteer, today)
        successors = views.communities.successors(moment.connection, today)
        community = None if home is None else successors.get(home, home)
    return Me(actor=caller.actor, role=caller.role, community=community, volunteer=caller.volunteer)


QUESTIONS = (
    Question(name="getLedger", answers=LedgerNow, views=("policies",), access=ANYBODY, tell=_ledger),
    Question(name="getMe", answers=Me, views=("members", "communities"), access=ANYBODY, tell=_me),
)

ACTIONS = (
    Action(
        name="nameLedger",
        command=NameLedger,
        access=Access(roles=frozenset({Role.ADMIN})),
        example={"body": {"name": "青禾区志愿者银行"}},
    ),
)
