"""Redemptions: credits spent on offers, from the hold to the end of it."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.api.access import About, Access, area
from ledger.api.callers import OVERSIGHT, STAFF, Role
from ledger.api.paging import BY_ID, Page, PageQuery, page
from ledger.api.problems import Problem
from ledger.api.reading import Moment, Read
from ledger.api.shapes import shaped, shown
from ledger.api.writing import Write
from ledger.domain.holds import State
from ledger.domain.redemptions import (
    CancelRedemption,
    ExpireRedemption,
    FulfilRedemption,
    PlaceRedemption,
    ReturnRedemption,
)
from projections.redemptions import Redemption

READ_BY_ITS_OWN = Access(roles=frozenset(Role), about=(About("redemption", "redemption"),))
OF_THE_OFFICE = Access(roles=OVERSIGHT)
"""A coordinator is told of what their own area's volunteers redeemed, and of what anybody did of its offers."""
BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("volunteer", "volunteer"),))
GIVEN_UP = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("redemption", "redemption"),))
OF_THE_REDEMPTION = Access(roles=STAFF, about=(About("redemption", "redemption"),))

RedemptionItem = shaped("Redemption", Redemption, Redemption.__doc__ or "", state=State)


class RedemptionQuery(PageQuery, frozen=True, kw_only=True):
    """Redemptions by id: of an `offer`, in a `state`, where that is asked."""

    offer: str | None = None
    state: State | None = None


def _redemption(moment: Moment) -> Struct:
    found = moment.ledger.views.redemptions.get(moment.connection, moment.ids["redemption"])
    if found is None:
        raise Problem("not-found")
    return shown(RedemptionItem, found)


def _redemptions(moment: Moment) -> Page[Struct]:
    query: RedemptionQuery = moment.query
    views, connection = moment.ledger.views, moment.connection

    def read(after: str | None, limit: int) -> Sequence[Redemption]:
        return views.redemptions.of(
            connection, offer=query.offer, state=query.state, after=after or "", limit=limit
        )

    def read_own(after: str | None, limit: int) -> Sequence[Redemption]:
        today = moment.ledger.today()
        own = area(moment.caller, moment.sight)
        return views.redemptions.reached(
            connection,
            (own, views.members.homes_on(today)),
            offer=query.offer,
            state=query.state,
            after=after or "",
            limit=limit,
        )

    return page(
        moment,
        read_own if moment.caller.role is Role.COORDINATOR else read,
        order=BY_ID,
        shape=lambda one: shown(RedemptionItem, one),
    )


READS = (
    Read(
        path="/redemptions",
        name="listRedemptions",
        summary="Redemptions, such as those whose items are to be handed over.",
        answers=Page[RedemptionItem],
        views=("redemptions", "members", "communities"),
        access=OF_THE_OFFICE,
        tell=_redemptions,
        query=RedemptionQuery,
        example={"query": {"state": "placed", "offer": "off_tea"}},
    ),
    Read(
        path="/redemptions/{redemption}",
        name="getRedemption",
        summary="One redemption.",
        answers=RedemptionItem,
        views=("redemptions", "members", "communities"),
        access=READ_BY_ITS_OWN,
        tell=_redemption,
        example={"redemption": "red_held"},
    ),
)

WRITES = (
    Write(
        path="/redemptions",
        name="placeRedemption",
        summary="Hold a volunteer's minutes, and items of an offer.",
        command=PlaceRedemption,
        made={"redemption": "red"},
        access=BY_THE_VOLUNTEER,
        example={"body": {"offer": "off_tea", "volunteer": "vol_dan", "items": 2}},
    ),
    Write(
        path="/redemptions/{redemption}/fulfilment",
        name="fulfilRedemption",
        summary="Hand the items over: the hold is spent.",
        command=FulfilRedemption,
        access=OF_THE_REDEMPTION,
        example={"redemption": "red_held", "body": {}},
    ),
    Write(
        path="/redemptions/{redemption}/cancellation",
        name="cancelRedemption",
        summary="Release a hold before the items were handed over.",
        command=CancelRedemption,
        access=GIVEN_UP,
        example={"redemption": "red_held", "body": {"reason": "changed-mind"}},
    ),
    Write(
        path="/redemptions/{redemption}/return",
        name="returnRedemption",
        summary="Undo what was fulfilled: items and minutes come back.",
        command=ReturnRedemption,
        access=OF_THE_REDEMPTION,
        example={"redemption": "red_done", "body": {"reason": "damaged"}},
    ),
    Write(
        path="/redemptions/{redemption}/expiry",
        name="expireRedemption",
        summary="Release a hold whose time is over.",
        command=ExpireRedemption,
        access=OF_THE_REDEMPTION,
        example={"redemption": "red_held", "body": {}},
    ),
)
