"""Which volunteers there are, for those who see to them."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.domain.volunteer_state import Standing
from ledger.operations.access import Access
from ledger.operations.callers import OVERSIGHT
from ledger.operations.discretion import name_told
from ledger.operations.paging import Page, PageQuery, page_by_id
from ledger.operations.question import Moment, Question
from ledger.operations.trees.communities import homes_asked_for
from projections.figures.listing import Listed, listed

OF_THE_OFFICE = Access(roles=OVERSIGHT)
"""A coordinator is told of those at home in their own area."""


class VolunteersQuery(PageQuery, frozen=True, kw_only=True):
    """Volunteers by id; with `community` those at home there, or beneath it, today."""

    community: str | None = None


class VolunteerLine(Struct, frozen=True, kw_only=True):
    """A volunteer: `home` is the community that they belong to today, `since` the day of registration.

    `number` is how offices know them, null for one who has none. `name` is null for an auditor, and where the
    directory knows nobody.
    """

    id: str
    number: str | None
    name: str | None
    home: str
    standing: Standing
    since: str


def _volunteers(moment: Moment) -> Page[VolunteerLine]:
    query: VolunteersQuery = moment.query
    members, today = moment.views.members, moment.today
    homes = homes_asked_for(moment, query.community)

    def read(after: str, limit: int) -> Sequence[Listed]:
        return listed(moment.connection, members, today, homes=homes, after=after, limit=limit)

    return page_by_id(moment, read, _items)


def _items(moment: Moment, rows: Sequence[Listed]) -> list[VolunteerLine]:
    people = moment.ledger.directory.by_id([one.id for one in rows])
    into = moment.views.communities.successors(moment.connection, moment.today)
    return [
        VolunteerLine(
            id=one.id,
            number=people[one.id].number if one.id in people else None,
            name=name_told(moment.caller, people.get(one.id)),
            home=into.get(one.home, one.home),
            standing=one.standing,
            since=one.since,
        )
        for one in rows
    ]


QUESTIONS = (
    Question(
        name="listVolunteers",
        answers=Page[VolunteerLine],
        views=("members", "communities"),
        access=OF_THE_OFFICE,
        tell=_volunteers,
        query=VolunteersQuery,
        example={"query": {"community": "com_valley"}},
    ),
)
