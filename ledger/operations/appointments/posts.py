"""Posts: which there are in a community, and for whoever may know, who holds them."""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct

from ledger.domain.posts import LeavePost, TakePost
from ledger.operations.access import ANYBODY, About, Access, area
from ledger.operations.action import Action
from ledger.operations.callers import STAFF, Role
from ledger.operations.paging import Page, PageQuery, page_of_stays
from ledger.operations.people.volunteers import OF_THE_VOLUNTEER, registered
from ledger.operations.question import Moment, Question
from ledger.operations.shapes import shaped, shown
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import beneath, unless_all
from projections.posts import Tenure

OF_BOTH = Access(roles=STAFF, about=(About("community", "community"), About("volunteer", "volunteer")))
OF_THE_TENURE = Access(roles=STAFF, about=(About("tenure", "tenure"),))
TENURE, BOB, VALLEY = Subject("tenure", "ten_bob"), "vol_bob", "com_valley"

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
    posts = moment.views.posts
    return page_of_stays(
        moment,
        lambda part: posts.listed(moment.connection, part, communities=communities, post=query.post),
        _items,
    )


def _of_volunteer(moment: Moment) -> Page[Struct]:
    posts, volunteer = moment.views.posts, registered(moment)
    return page_of_stays(
        moment, lambda part: posts.listed(moment.connection, part, volunteer=volunteer), _items
    )


def _items(moment: Moment, rows: Sequence[Tenure]) -> list[Struct]:
    """What the caller is shown of tenures."""
    known = _known(moment, rows)
    numbers = moment.ledger.directory.numbers([one.volunteer for one in rows if one.id in known])
    return [
        shown(
            TenureItem,
            one,
            volunteer=one.volunteer if one.id in known else None,
            number=numbers.get(one.volunteer) if one.id in known else None,
        )
        for one in rows
    ]


def _known(moment: Moment, rows: Sequence[Tenure]) -> Collection[str]:
    """The ids of the tenures of which the caller may know whose they are."""
    caller, views, today = moment.caller, moment.views, moment.today
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
    TENURE.question("getPost", TenureItem, ("posts", "members", "communities"), ANYBODY, _items),
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
    TENURE.action("leavePost", LeavePost, OF_THE_TENURE),
)
