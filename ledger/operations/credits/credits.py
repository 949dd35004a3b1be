"""Credits that change hands, and what lies in a community's pool."""

from msgspec import Struct

from ledger.domain.accounts import pool_account
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.operations.access import About, Access
from ledger.operations.action import Action
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.question import Moment, Question
from ledger.operations.refused import there

BY_THE_GIVER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("giver", "volunteer"),))
OUT_OF_THE_POOL = Access(roles=STAFF, about=(About("community", "community"),))
OF_THE_COMMUNITY = Access(roles=OVERSIGHT, about=(About("community", "community"),))


class Pool(Struct, frozen=True, kw_only=True):
    """The credits that were donated to a community and not granted yet, in minutes."""

    community: str
    credit_minutes: int


def _pool(moment: Moment) -> Pool:
    views, community = moment.views, moment.ids["community"]
    there(views.communities.get(moment.connection, community))
    minutes = views.balances.account(moment.connection, pool_account(community))
    return Pool(community=community, credit_minutes=minutes)


QUESTIONS = (
    Question(
        name="getPool",
        subject=("community",),
        answers=Pool,
        views=("balances", "communities"),
        access=OF_THE_COMMUNITY,
        tell=_pool,
        example={"community": "com_valley"},
    ),
)

ACTIONS = (
    Action(
        name="transferCredits",
        command=TransferCredits,
        made={"transfer": "tra"},
        access=BY_THE_GIVER,
        example={"body": {"giver": "vol_ann", "receiver": "vol_bob", "minutes": 30}},
    ),
    Action(
        name="donateCredits",
        command=DonateCredits,
        made={"donation": "don"},
        access=BY_THE_GIVER,
        example={"body": {"giver": "vol_ann", "community": "com_valley", "minutes": 30}},
    ),
    Action(
        name="grantCredits",
        command=GrantCredits,
        made={"grant": "gra"},
        access=OUT_OF_THE_POOL,
        example={"body": {"community": "com_valley", "receiver": "vol_bob", "minutes": 30}},
    ),
)
