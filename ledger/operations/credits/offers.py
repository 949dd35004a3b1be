"""Offers: what credits buy."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from ledger.domain.offers import CloseOffer, PublishOffer, RestockOffer
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action, Completing, completion
from ledger.operations.callers import STAFF
from ledger.operations.paging import BY_ID, Page, PageQuery, page_of
from ledger.operations.question import Moment, Question
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import beneath
from projections.offers import Offer

OF_THE_COMMUNITY = Access(roles=STAFF, about=(About("community", "community"),))
"""An offer of no community is the whole association's."""
OF_THE_OFFER = Access(roles=STAFF, about=(About("offer", "offer"),))
OFFER = Subject("offer", "off_tea")

OfferItem = shaped(
    "Offer",
    Offer,
    """An offer. `price` is minutes for one item; `begins` its first day, `until` the first on which it is over.

    Items are free, held or fulfilled. Whoever is in good standing may redeem any; one whose `community` is null is the
    whole association's.
    """,
    closed=bool,
)
GOODS = "goods"


class OfferQuery(PageQuery, frozen=True, kw_only=True):
    """Offers by id: with `on` those that can be had on that day.

    With `community` those of it and all beneath it, and those of none, which are for the whole association.
    """

    on: date | None = None
    community: str | None = None


def _offers(moment: Moment) -> Page[Struct]:
    query: OfferQuery = moment.query
    offers, connection = moment.views.offers, moment.connection
    every = offers.all(connection) if query.on is None else offers.on(connection, query.on)
    wanted = beneath(moment, query.community)
    rows = [one for one in every if wanted is None or one.community is None or one.community in wanted]
    return page_of(moment, rows, BY_ID, each(OfferItem))


@completion("kind")
def _goods(completing: Completing) -> Mapping[str, Any]:
    """An offer is of goods, unless another kind is said."""
    return {} if "kind" in completing.said else {"kind": GOODS}


QUESTIONS = (
    Question(
        name="listOffers",
        answers=Page[OfferItem],
        views=("offers", "communities"),
        access=ANYBODY,
        tell=_offers,
        query=OfferQuery,
        example={"query": {"community": "com_valley"}},
    ),
    OFFER.question("getOffer", OfferItem, ("offers",), ANYBODY),
)

ACTIONS = (
    Action(
        name="publishOffer",
        command=PublishOffer,
        complete=_goods,
        made={"offer": "off"},
        access=OF_THE_COMMUNITY,
        example={
            "body": {"name": "电影票", "kind": "ticket", "price": 60, "stock": 20, "community": "com_valley"}
        },
    ),
    OFFER.action("restockOffer", RestockOffer, OF_THE_OFFER, {"items": 5}),
    OFFER.action("closeOffer", CloseOffer, OF_THE_OFFER),
)
