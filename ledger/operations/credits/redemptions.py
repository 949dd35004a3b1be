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
from ledger.operations.paging import BY_ID, Page, PageQuery, page
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Problem
from ledger.operations.shapes import shaped, shown
from projections.redemptions import Redemption, Wanted

READ_BY_ITS_OWN = Access(roles=frozenset(Role), about=(About("redemption", "redemption"),))
OF_THE_OFFICE = Access(roles=OVERSIGHT)
"""A coordinator is told of what their own area's volunteers redeemed, and of what anybody did of its offers."""
BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("volunteer", "volunteer"),))
GIVEN_UP = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("redemption", "redemption"),))
OF_THE_REDEMPTION = Access(roles=STAFF, about=(About("redemption", "redemption"),))

RedemptionItem = shaped("Redemption", Redemption, Redemption.__doc__ or "", state=State)


class RedemptionQuery(PageQuery, frozen=True, kw_only=True):
    """Redemptions by id: of an `offer`, in a `state`, of a `volunteer`, where that is asked."""

    offer: str | None = None
    state: State | None = None
    volunteer: str | None = None


def _redemption(moment: Moment) -> Struct:
    found = moment.ledger.views.redemptions.get(moment.connection, moment.ids["redemption"])
    if found is None:
        raise Problem("not-found")
    return shown(RedemptionItem, found)


def _redemptions(moment: Moment) -> Page[Struct]:
    query: RedemptionQuery = moment.query
    views, connection = moment.ledger.views, moment.connection
    wanted = Wanted(query.volunteer, query.offer, query.state)

    def read(after: str | None, limit: int) -> Sequence[Redemption]:
        return views.redemptions.listed(connection, **wanted._asdict(), after=after or "", limit=limit)

    def read_own(after: str | None, limit: int) -> Sequence[Redemption]:
        today = moment.ledger.today()
        own = area(moment.caller, moment.sight)
        return views.redemptions.reached(
            connection,
            (own, views.members.homes_on(today)),
            wanted,
            after=after or "",
            limit=limit,
        )

    return page(
        moment,
        read_own if moment.caller.role is Role.COORDINATOR else read,
        order=BY_ID,
        shape=lambda one: shown(RedemptionItem, one),
    )


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
    Question(
        name="getRedemption",
        subject=("redemption",),
        answers=RedemptionItem,
        views=("redemptions", "members", "communities"),
        access=READ_BY_ITS_OWN,
        tell=_redemption,
        example={"redemption": "red_held"},
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
    Action(
        name="fulfilRedemption",
        subject=("redemption",),
        command=FulfilRedemption,
        access=OF_THE_REDEMPTION,
        example={"redemption": "red_held", "body": {}},
    ),
    Action(
        name="cancelRedemption",
        subject=("redemption",),
        command=CancelRedemption,
        access=GIVEN_UP,
        example={"redemption": "red_held", "body": {"reason": "changed-mind"}},
    ),
    Action(
        name="returnRedemption",
        subject=("redemption",),
        command=ReturnRedemption,
        access=OF_THE_REDEMPTION,
        example={"redemption": "red_done", "body": {"reason": "damaged"}},
    ),
    Action(
        name="expireRedemption",
        subject=("redemption",),
        command=ExpireRedemption,
        access=OF_THE_REDEMPTION,
        example={"redemption": "red_held", "body": {}},
    ),
)
