"""What a volunteer's portal asks for, and what happens to volunteers."""

from collections.abc import Mapping

from msgspec import Struct

from ledger.api.access import About, Access
from ledger.api.callers import STAFF, Caller, Role
from ledger.api.naming import ME
from ledger.api.paging import Page, PageQuery, page
from ledger.api.problems import Problem
from ledger.api.reading import Moment, Read
from ledger.api.shapes import shaped, shown
from ledger.api.state import Api
from ledger.api.writing import Write
from ledger.domain.credits import DonateCredits, TransferCredits
from projections.statement import Line

OF_THE_VOLUNTEER = Access(roles=frozenset(Role), about=(About("volunteer", "volunteer"),))
BY_THE_GIVER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("giver", "volunteer"),))
EXAMPLE = "vol_ann"


class Balance(Struct, frozen=True, kw_only=True):
    """A volunteer's two books, in minutes, and the stars that the service comes to under the policy in force."""

    volunteer: str
    service_minutes: int
    credit_minutes: int
    stars: int


StatementLine = shaped("StatementLine", Line, Line.__doc__ or "")


def _balance(moment: Moment) -> Balance:
    views, volunteer = moment.ledger.views, moment.ids["volunteer"]
    held = views.balances.of(moment.connection, volunteer)
    if held is None:
        raise Problem("not-found")
    policy = views.policies.in_force(moment.connection, moment.ledger.today())
    stars = 0 if policy is None else policy.stars_for(held.service_minutes)
    return Balance(volunteer=volunteer, **held._asdict(), stars=stars)


def _quick_balance(api: Api, caller: Caller, ids: Mapping[str, str]) -> tuple[int, Balance] | None:
    volunteer = ids["volunteer"]
    if caller.role is Role.VOLUNTEER:
        if volunteer not in {ME, caller.actor}:
            return None
        volunteer = caller.actor
    elif caller.role is Role.COORDINATOR:
        return None
    held = api.balances.of(volunteer)
    if held is None:
        return None
    position, service, credit, stars = held
    return position, Balance(volunteer=volunteer, service_minutes=service, credit_minutes=credit, stars=stars)


def _statement(moment: Moment) -> Page[Struct]:
    volunteer = moment.ids["volunteer"]
    if moment.ledger.views.balances.of(moment.connection, volunteer) is None:
        raise Problem("not-found")
    return page(
        moment,
        lambda after, limit: moment.ledger.views.statement.of(
            moment.connection, volunteer, after=int(after or 0), limit=limit
        ),
        key=lambda line: str(line.line),
        shape=lambda line: shown(StatementLine, line),
    )


READS = (
    Read(
        path="/volunteers/{volunteer}/balance",
        name="getBalance",
        summary="What a volunteer has served and can spend.",
        answers=Balance,
        views=("balances", "policies", "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=_balance,
        quick=_quick_balance,
        example={"volunteer": EXAMPLE},
    ),
    Read(
        path="/volunteers/{volunteer}/statement",
        name="listStatementLines",
        summary="Every change of a volunteer's two books, in the order of booking.",
        answers=Page[StatementLine],
        views=("statement", "balances", "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=_statement,
        query=PageQuery,
        example={"volunteer": EXAMPLE, "query": {"limit": 50}},
    ),
)

WRITES = (
    Write(
        path="/transfers",
        name="transferCredits",
        summary="Give credits of one volunteer to another.",
        command=TransferCredits,
        made={"transfer": "tra"},
        access=BY_THE_GIVER,
        example={"body": {"giver": EXAMPLE, "receiver": "vol_fedcba9876543210", "minutes": 30}},
    ),
    Write(
        path="/donations",
        name="donateCredits",
        summary="Give credits of a volunteer to a community's pool.",
        command=DonateCredits,
        made={"donation": "don"},
        access=BY_THE_GIVER,
        example={"body": {"giver": EXAMPLE, "community": "com_town", "minutes": 30}},
    ),
)
