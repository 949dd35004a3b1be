"""Where volunteers serve; the code of a clock-in point, or its digest, is never told."""

from msgspec import Struct

from ledger.domain.venues import CloseVenue, OpenVenue, RenewVenueCode, ReviseVenue, UpdateVenue
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action
from ledger.operations.callers import STAFF
from ledger.operations.cursors import Text
from ledger.operations.occasions import described
from ledger.operations.paging import Order, Page, PageQuery, page_of
from ledger.operations.question import Moment, Question
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import beneath
from projections.venues import VenueRow

OF_THE_VENUE = Access(roles=STAFF, about=(About("venue", "venue"),))
IN_OWN = Access(roles=STAFF, about=(About("venue.community", "community"),))
FROM_OWN_TO_OWN = Access(
    roles=STAFF, about=(About("venue.id", "venue"), About("venue.community", "community"))
)
VENUE = Subject("venue", "ven_hall")
DESCRIBED = {
    "name": "石桥文化站",
    "kind": "hall",
    "community": "com_valley",
    "unit": "石桥镇文化站",
    "content": "场馆服务",
    "coordinates": None,
}

Venue = shaped("Venue", VenueRow)


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
    views, connection, today = moment.views, moment.connection, moment.today.isoformat()
    wanted = beneath(moment, query.community)
    rows = [
        one
        for one in views.venues.all(connection, kind=query.kind)
        if (query.closed or one.closed is None or one.closed > today)
        and (wanted is None or one.community in wanted)
    ]
    return page_of(moment, rows, _BY_NAME, each(Venue))


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
    VENUE.question("getVenue", Venue, ("venues",), ANYBODY),
)

ACTIONS = (
    Action(
        name="openVenue",
        command=OpenVenue,
        complete=described.new_venue,
        made={"venue.id": "ven"},
        access=IN_OWN,
        example={"body": {"venue": DESCRIBED, "theme": "重阳书画展", "code": "PAPER-CUT-1"}},
    ),
    VENUE.action(
        "reviseVenue",
        ReviseVenue,
        FROM_OWN_TO_OWN,
        body={"venue": DESCRIBED},
        complete=described.revised_venue,
        within={"venue": "venue.id"},
    ),
    VENUE.action("updateVenue", UpdateVenue, OF_THE_VENUE, {"theme": "春节年画展"}),
    VENUE.action(
        "renewVenueCode",
        RenewVenueCode,
        OF_THE_VENUE,
        body={"code": "PAPER-CUT-2"},
        complete=described.renewed_code,
    ),
    VENUE.action("closeVenue", CloseVenue, OF_THE_VENUE),
)
