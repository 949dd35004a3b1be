"""The tree of communities, what each contributed, and how an office changes the tree."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from ledger.domain.communities import (
    CloseCommunity,
    EstablishCommunity,
    MergeCommunity,
    RenameCommunity,
    ReparentCommunity,
    UnknownCommunity,
)
from ledger.domain.events import Level
from ledger.operations.access import ANYBODY, About, Access, area, belonging
from ledger.operations.action import Action, Completing, completion
from ledger.operations.callers import OVERSIGHT, STAFF, WHOLE, Role
from ledger.operations.clocks import PeriodClockPageQuery, of_the_past, views_as_asked
from ledger.operations.cursors import Number, Text
from ledger.operations.figures.periods import PeriodQuery, period_of
from ledger.operations.paging import LIST_CHANGED, Order, Page, PageQuery, page_of, page_of_figures
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Fault, Problem, refused, there, wrong
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from projections.communities import Community
from projections.contributions import Contribution
from projections.figures.periods import Period
from projections.figures.report import Report, report
from projections.figures.rollups import Told
from projections.outreach import Held

S = TypeVar("S", bound=Collection[str] | None)

BENEATH_OWN = Access(roles=STAFF, about=(About("parent", "community"),))
"""A coordinator establishes what stands beneath their community; the rest of the tree is the association's."""
OF_THE_WHOLE = Access(roles=WHOLE)
OVER_ALL = Access(roles=WHOLE | {Role.AUDITOR})
OF_THE_COMMUNITY = Access(roles=OVERSIGHT, about=(About("community", "community"),))
VILLAGE, TOWN = Subject("community", "com_village"), Subject("community", "com_valley")
REPORTED = (
    *("communities", "teams", "members", "contributions", "outreach"),
    *("venues", "posts", "organisations", "designations"),
)
"""The views that a report is made from."""

CommunityItem = shaped(
    "Community", Community, "A community; one that `ended` was merged or closed.", ended=bool
)


class CommunityQuery(PageQuery, frozen=True, kw_only=True):
    """The communities in use, with `ended=true` all there ever were; with `parent` those directly beneath one."""

    ended: bool = False
    parent: str | None = None


class CommunityContribution(Contribution, kw_only=True):
    """A community's figures of a period, with all beneath it, and what it `held` for the public."""

    held: Held


def beneath(moment: Moment, top: str | None, parameter: str = "community") -> set[str] | None:
    """The ids of a community and all beneath it, None where none is named: then all count, and what is in none.

    Raises a Problem about the `parameter` where there is no such community: an empty list would say that nothing is
    there.
    """
    if top is None:
        return None
    found = {one.id for one in moment.views.communities.subtree(moment.connection, top)}
    if not found:
        raise _unknown(parameter)
    return found


def homes_of(moment: Moment, top: str) -> frozenset[str]:
    """Likewise, with what was merged into one of these: whoever is at home there is at home in the community."""
    found = belonging(top, moment.sight)
    if not found:
        raise _unknown("community")
    return found


def homes_asked_for(moment: Moment, top: str | None) -> frozenset[str] | None:
    """Where those are at home who belong to a community, if one is named, and whom the caller may know of.

    None is for anywhere, also where all communities there are belong to it.
    """
    homes = None if top is None else homes_of(moment, top)
    if moment.caller.role is Role.COORDINATOR:
        own = area(moment.caller, moment.sight)
        homes = own if homes is None else own & homes
    return unless_all(moment, homes)


def unless_all(moment: Moment, some: S) -> S | None:
    """Some communities, or None for anywhere where they are all there are: what is always of one is of one of these.

    A list of anywhere is read on from where its page begins; one of some communities is searched for each.
    """
    whole = some is not None and len(some) == moment.views.communities.count(moment.connection)
    return None if whole else some


def _unknown(parameter: str) -> Problem:
    return wrong(Fault("there is no such community", "没有这个社区", parameter=parameter))


_BY_LEVEL: Order[Community, tuple[int, str, str]] = Order(
    tuple[Number, Text, Text], lambda one: (Level(one.level).depth, one.name, one.id)
)


def _communities(moment: Moment) -> Page[Struct]:
    query: CommunityQuery = moment.query
    beneath(moment, query.parent, "parent")
    rows = [
        one
        for one in moment.views.communities.all(moment.connection)
        if (query.ended or not one.ended) and query.parent in {None, one.parent}
    ]
    # Parents before children, so that a tree can be put together as it comes.
    rows.sort(key=_BY_LEVEL.place)
    return page_of(moment, rows, _BY_LEVEL, each(CommunityItem))


def _contributions(moment: Moment) -> Page[CommunityContribution]:
    rows, held = _figures(moment, _top(moment), period_of(moment))
    items = [
        CommunityContribution(**msgspec.structs.asdict(one), held=held.get(one.id, Held())) for one in rows
    ]
    return page_of_figures(moment, lambda many: items[:many], lambda _, some: some)


def _top(moment: Moment) -> str | None:
    """The community that is asked about, None where all are."""
    top = moment.ids.get("community")
    return None if top is None else there(moment.views.communities.get(moment.connection, top)).id


def _figures(moment: Moment, top: str | None, period: Period) -> Told:
    ledger, views = moment.ledger, moment.views
    if not of_the_past(moment.query):
        return ledger.rollups.of(moment.connection, moment.position, period, top)
    with views_as_asked(moment, views.contributions, views.outreach, views.communities) as shown:
        rows = views.contributions.of_communities(shown, views.communities, period, top)
        return Told(rows, views.outreach.of_communities(shown, views.communities, period, top))


def _report(moment: Moment) -> Report:
    ledger = moment.ledger
    return report(moment.connection, ledger.views, period_of(moment), ledger.today(), _top(moment))


@completion("level")
def _level_beneath(completing: Completing) -> Mapping[str, Any]:
    """A community has the level below its parent's, unless another is said; one without a parent the highest."""
    if "level" in completing.said:
        return {}
    levels = tuple(Level)
    if completing.said.get("parent") is None:
        return {"level": levels[0]}
    parent = completing.thing("community", "parent")
    row = completing.sight.views.communities.get(completing.sight.connection, parent)
    if row is None:
        raise refused(UnknownCommunity(community=parent))
    return {"level": levels[min(Level(row.level).depth + 1, len(levels) - 1)]}


QUESTIONS = (
    Question(
        name="listCommunities",
        answers=Page[CommunityItem],
        views=("communities",),
        access=ANYBODY,
        tell=_communities,
        query=CommunityQuery,
    ),
    VILLAGE.question("getCommunity", CommunityItem, ("communities",), ANYBODY),
    Question(
        name="listContributions",
        subject=("community",),
        answers=Page[CommunityContribution],
        views=("contributions", "outreach", "communities"),
        access=ANYBODY,
        tell=_contributions,
        query=PeriodClockPageQuery,
        example={**TOWN.named, "query": {"period": "2026", "as_of": "2026-06-30"}},
        costly=of_the_past,
        problems=(LIST_CHANGED,),
    ),
    Question(
        name="listContributionsOfAll",
        answers=Page[CommunityContribution],
        views=("contributions", "outreach", "communities"),
        access=ANYBODY,
        tell=_contributions,
        query=PeriodClockPageQuery,
        example={"query": {"period": "2026"}},
        costly=of_the_past,
        problems=(LIST_CHANGED,),
    ),
    Question(
        name="getReport",
        subject=("community",),
        answers=Report,
        views=REPORTED,
        access=OF_THE_COMMUNITY,
        tell=_report,
        query=PeriodQuery,
        example={**TOWN.named, "query": {"period": "2026-Q1"}},
    ),
    Question(
        name="getReportOfAll",
        answers=Report,
        views=REPORTED,
        access=OVER_ALL,
        tell=_report,
        query=PeriodQuery,
        example={"query": {"period": "2026-Q1"}},
    ),
)

ACTIONS = (
    Action(
        name="establishCommunity",
        command=EstablishCommunity,
        complete=_level_beneath,
        made={"community": "com"},
        access=BENEATH_OWN,
        example={"body": {"name": "西桥村", "level": "village", "parent": "com_valley"}},
    ),
    VILLAGE.action("renameCommunity", RenameCommunity, OF_THE_WHOLE, {"name": "石桥村"}),
    VILLAGE.action("reparentCommunity", ReparentCommunity, OF_THE_WHOLE, {"parent": "com_hills"}),
    TOWN.action("mergeCommunity", MergeCommunity, OF_THE_WHOLE, {"into": "com_hills"}),
    VILLAGE.action("closeCommunity", CloseCommunity, OF_THE_WHOLE),
)
