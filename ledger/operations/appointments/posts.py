"""Posts: which there are in a community, and for whoever may know, who holds them."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from msgspec import Struct

from ledger.domain.posts import LeavePost, TakePost
from ledger.operations.access import ANYBODY, About, Access, area
from ledger.operations.action import Action
from ledger.operations.callers import STAFF, Role
from ledger.operations.paging import BY_ID, Page, PageQuery, page
from ledger.operations.people.volunteers import OF_THE_VOLUNTEER, registered
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Problem
from ledger.operations.shapes import shaped, shown
from ledger.operations.trees.communities import beneath, unless_all
from projections.posts import Tenure
from projections.stays import Part

OF_BOTH = Access(roles=STAFF, about=(About("community", "community"), About("volunteer", "volunteer")))
OF_THE_TENURE = Access(roles=STAFF, about=(About("tenure", "tenure"),))
EXAMPLE, BOB, VALLEY = "ten_bob", "vol_bob", "com_valley"

TenureItem = shaped(
    "Tenure",
    Tenure,
    """Somebody's time in a post, from the day `since` to the day before `until` (ISO).

    `volunteer` and `number` say who that is: to auditors and staff who reach the community or the volunteer, and to the
    volunteer; to others they are null. A volunteer may have no number.
    """,
    volunteer=str | None,
    number=str | None,
)


class HeldQuery(PageQuery, frozen=True, kw_only=True):
    """Posts by the id of the tenure: with `on` those held on that day."""

    on: date | None = None


class PostQuery(HeldQuery, frozen=True, kw_only=True):
    """Likewise, with `community` those of one and all beneath it, with `post` (its code) those of that name."""

    community: str | None = None
    post: str | None = None


def _posts(moment: Moment) -> Page[Struct]:
    query: PostQuery = moment.query
    communities = unless_all(moment, beneath(moment, query.community))
    return _page(
        moment,
        lambda part: moment.ledger.views.posts.listed(
            moment.connection,
            part,
            communities=communities,
            post=query.post,
        ),
    )


def _of_volunteer(moment: Moment) -> Page[Struct]:
    volunteer = registered(moment)
    return _page(
        moment,
        lambda part: moment.ledger.views.posts.listed(moment.connection, part, volunteer=volunteer),
    )


def _page(moment: Moment, some: Callable[[Part], Sequence[Tenure]]) -> Page[Struct]:
    query: HeldQuery = moment.query
    told: dict[str, Struct] = {}

    def read(after: str | None, limit: int) -> Sequence[Tenure]:
        found = some(Part(after or "", limit, query.on))
        told.update(_told(moment, found))
        return found

    return page(moment, read, order=BY_ID, shape=lambda one: told[one.id])


def _post(moment: Moment) -> Struct:
    found = moment.ledger.views.posts.get(moment.connection, moment.ids["tenure"])
    if found is None:
        raise Problem("not-found")
    return _told(moment, [Tenure(*found)])[found.id]


def _told(moment: Moment, rows: Sequence[Tenure]) -> dict[str, Struct]:
    """What the caller is shown of tenures, by id."""
    known = _known(moment, rows)
    numbers = moment.ledger.directory.numbers([one.volunteer for one in rows if one.id in known])
    return {
        one.id: shown(
            TenureItem,
            one,
            volunteer=one.volunteer if one.id in known else None,
            number=numbers.get(one.volunteer) if one.id in known else None,
        )
        for one in rows
    }


def _known(moment: Moment, rows: Sequence[Tenure]) -> Collection[str]:
    """The ids of the tenures of which the caller may know whose they are."""
    caller, views, today = moment.caller, moment.ledger.views, moment.ledger.today()
    if caller.role is Role.VOLUNTEER:
        return {one.id for one in rows if one.volunteer == caller.volunteer}
    if caller.role is not Role.COORDINATOR:
        return {one.id for one in rows}
    own = area(caller, moment.sight)
    holders = {one.volunteer for one in rows}
    theirs = views.members.living_in(moment.connection, own, today, holders)
    return {one.id for one in rows if one.community in own or one.volunteer in theirs}


QUESTIONS = (
    Question(
        name="listPosts",
        answers=Page[TenureItem],
        views=("posts", "members", "communities"),
        access=ANYBODY,
        tell=_posts,
        query=PostQuery,
        example={"query": {"community": VALLEY, "on": "2026-03-01"}},
    ),
    Question(
        name="getPost",
        subject=("tenure",),
        answers=TenureItem,
        views=("posts", "members", "communities"),
        access=ANYBODY,
        tell=_post,
        example={"tenure": EXAMPLE},
    ),
    Question(
        name="listPostsOfVolunteer",
        subject=("volunteer",),
        answers=Page[TenureItem],
        views=("posts", "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=_of_volunteer,
        query=HeldQuery,
        example={"volunteer": BOB, "query": {"limit": 50}},
    ),
)

ACTIONS = (
    Action(
        name="takePost",
        command=TakePost,
        made={"tenure": "ten"},
        access=OF_BOTH,
        example={"body": {"volunteer": BOB, "community": VALLEY, "post": "liaison"}},
    ),
    Action(
        name="leavePost",
        subject=("tenure",),
        command=LeavePost,
        access=OF_THE_TENURE,
        example={"tenure": EXAMPLE, "body": {}},
    ),
)
