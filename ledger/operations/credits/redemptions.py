"""Redemptions: credits spent on offers, from the hold to the end of it."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.domain.redemption_state import State
from ledger.domain.redemptions import (
    CancelRedemption,
    ExpireRedemption,
    FulfilRedemption,
    PlaceRedemption,
    ReturnRedemption,
)
from ledger.operations.access import About, Access, area
from ledger.operations.action import Action
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.paging import Page, PageQuery, page_by_id
from ledger.operations.question import Moment, Question
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from projections.redemptions import Redemption, Wanted

READ_BY_ITS_OWN = Access(roles=frozenset(Role), about=(About("redemption", "redemption"),))
OF_THE_OFFICE = Access(roles=OVERSIGHT)
"""A coordinator is told of what their own area's volunteers redeemed, and of what anybody did of its offers."""
BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("volunteer", "volunteer"),))
GIVEN_UP = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("redemption", "redemption"),))
OF_THE_REDEMPTION = Access(roles=STAFF, about=(About("redemption", "redemption"),))
HELD, DONE = Subject("redemption", "red_held"), Subject("redemption", "red_done")

RedemptionItem = shaped("Redemption", Redemption, state=State)


class RedemptionQuery(PageQuery, frozen=True, kw_only=True):
    """Redemptions by id: of an `offer`, in a `state`, of a `volunteer`, where that is asked."""

    offer: str | None = None
    state: State | None = None
    volunteer: str | None = None


def _redemptions(moment: Moment) -> Page[Struct]:
    query: RedemptionQuery = moment.query
    views, connection = moment.views, moment.connection
    wanted = Wanted(query.volunteer, query.offer, query.state)

    def read(after: str, limit: int) -> Sequence[Redemption]:
        return views.redemptions.listed(connection, **wanted._asdict(), after=after, limit=limit)

    def read_own(after: str, limit: int) -> Sequence[Redemption]:
        at_home = area(moment.caller, moment.sight), views.members.homes_on(moment.today)
        return views.redemptions.reached(connection, at_home, wanted, after=after, limit=limit)

    some = read_own if moment.caller.role is Role.COORDINATOR else read
    return page_by_id(moment, some, each(RedemptionItem))


QUESTIONS = (
    Question(
        name="listRedemptions",
        answers=Page[RedemptionItem],
        views=("redemptions", "members", "communities"),
        access=OF_THE_OFFICE,
        tell=_redemptions,
        query=RedemptionQuery,
        example={"query": {"state": "placed", "offer": "off_tea"}},
    ),
    HELD.question(
        "getRedemption", RedemptionItem, ("redemptions", "members", "communities"), READ_BY_ITS_OWN
    ),
)

ACTIONS = (
    Action(
        name="placeRedemption",
        command=PlaceRedemption,
        made={"redemption": "red"},
        access=BY_THE_VOLUNTEER,
        example={"body": {"offer": "off_tea", "volunteer": "vol_dan", "items": 2}},
    ),
    HELD.action("fulfilRedemption", FulfilRedemption, OF_THE_REDEMPTION),
    HELD.action("cancelRedemption", CancelRedemption, GIVEN_UP, {"reason": "changed-mind"}),
    DONE.action("returnRedemption", ReturnRedemption, OF_THE_REDEMPTION, {"reason": "damaged"}),
    HELD.action("expireRedemption", ExpireRedemption, OF_THE_REDEMPTION),
)
