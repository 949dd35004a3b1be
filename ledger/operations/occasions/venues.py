"""Where volunteers serve; the code of a clock-in point, or its digest, is never told."""

from msgspec import Struct

from ledger.domain.venues import CloseVenue, OpenVenue, RenewVenueCode, ReviseVenue, UpdateVenue
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action
from ledger.operations.callers import STAFF
from ledger.operations.cursors import Text
from ledger.operations.occasions import described
from ledger.operations.paging import Order, Page, PageQuery, page, window
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Problem
from ledger.operations.shapes import shaped, shown
from ledger.operations.trees.communities import beneath
from projections.venues import VenueRow

OF_THE_VENUE = Access(roles=STAFF, about=(About("venue", "venue"),))
IN_OWN = Access(roles=STAFF, about=(About("venue.community", "community"),))
FROM_OWN_TO_OWN = Access(
    roles=STAFF, about=(About("venue.id", "venue"), About("venue.community", "community"))
)
EXAMPLE = "ven_hall"
DESCRIBED = {
    "name": "石桥文化站",
    "kind": "hall",
    "community": "com_valley",
    "unit": "石桥镇文化站",
    "content": "场馆服务",
    "coordinates": None,
}

Venue = shaped("Venue", VenueRow, VenueRow.__doc__ or "")


class VenueQuery(PageQuery, frozen=True, kw_only=True):
    """The venues, of a `kind`, and of a `community` with those beneath it, where one is named.

    Those out of use come with `closed=true` only.
    """

    kind: str | None = None
    community: str | None = None
    closed: bool = False


_BY_NAME: Order[VenueRow, tuple[str, str]] = Order(tuple[Text, Text], lambda one: (one.name, one.id))


def _venues(moment: Moment) -> Page[Struct]:
    query: VenueQuery = moment.query
    views, connection, today = moment.ledger.views, moment.connection, moment.ledger.today().isoformat()
    wanted = beneath(moment, query.community)
    rows = [
        one
        for one in views.venues.all(connection, kind=query.kind)
        if (query.closed or one.closed is None or one.closed > today)
        and (wanted is None or one.community in wanted)
    ]
    return page(
        moment,
        window(rows, _BY_NAME),
        order=_BY_NAME,
        shape=lambda one: shown(Venue, one),
    )


def _venue(moment: Moment) -> Struct:
    found = moment.ledger.views.venues.get(moment.connection, moment.ids["venue"])
    if found is None:
        raise Problem("not-found")
    return shown(Venue, found)


QUESTIONS = (
    Question(
        name="listVenues",
        answers=Page[Venue],
        views=("venues", "communities"),
        access=ANYBODY,
        tell=_venues,
        query=VenueQuery,
        example={"query": {"community": "com_valley"}},
    ),
    Question(
        name="getVenue",
        subject=("venue",),
        answers=Venue,
        views=("venues",),
        access=ANYBODY,
        tell=_venue,
        example={"venue": EXAMPLE},
    ),
)

ACTIONS = (
    Action(
        name="openVenue",
        command=OpenVenue,
        completed=described.OF_A_NEW_VENUE,
        complete=described.new_venue,
        made={"venue.id": "ven"},
        access=IN_OWN,
        example={"body": {"venue": DESCRIBED, "theme": "重阳书画展", "code": "PAPER-CUT-1"}},
    ),
    Action(
        name="reviseVenue",
        subject=("venue",),
        command=ReviseVenue,
        completed=described.OF_A_VENUE,
        complete=described.revised_venue,
        within={"venue": "venue.id"},
        access=FROM_OWN_TO_OWN,
        example={"venue": EXAMPLE, "body": {"venue": DESCRIBED}},
    ),
    Action(
        name="updateVenue",
        subject=("venue",),
        command=UpdateVenue,
        access=OF_THE_VENUE,
        example={"venue": EXAMPLE, "body": {"theme": "春节年画展"}},
    ),
    Action(
        name="renewVenueCode",
        subject=("venue",),
        command=RenewVenueCode,
        completed=frozenset({"code"}),
        complete=described.renewed_code,
        access=OF_THE_VENUE,
        example={"venue": EXAMPLE, "body": {"code": "PAPER-CUT-2"}},
    ),
    Action(
        name="closeVenue",
        subject=("venue",),
        command=CloseVenue,
        access=OF_THE_VENUE,
        example={"venue": EXAMPLE, "body": {}},
    ),
)
