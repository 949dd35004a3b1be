"""The titles that communities and teams bear."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ledger.domain.designations import EndDesignation, GrantDesignation
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action
from ledger.operations.callers import STAFF
from ledger.operations.paging import Page, PageQuery, page_of_stays
from ledger.operations.question import Moment, Question
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import beneath
from projections.designations import Designation
from projections.stays import Part

OF_THE_BEARER = Access(
    roles=STAFF, about=(About("community", "community", needed=False), About("team", "team", needed=False))
)
OF_THE_DESIGNATION = Access(roles=STAFF, about=(About("designation", "designation"),))
DESIGNATION = Subject("designation", "des_singers")

DesignationItem = shaped("Designation", Designation)


class DesignationQuery(PageQuery, frozen=True, kw_only=True):
    """Designations by id: with `team` those of a team itself, with `on` those borne on that day.

    With `community` those of one and all beneath it, and of the teams of these.
    """

    community: str | None = None
    team: str | None = None
    on: date | None = None


def _designations(moment: Moment) -> Page[Struct]:
    query: DesignationQuery = moment.query
    views, communities = moment.views, beneath(moment, query.community)
    bearers = None
    if communities is not None:
        bearers = {*communities, *views.teams.of_communities(moment.connection, communities)}

    def read(part: Part) -> Sequence[Designation]:
        return views.designations.listed(moment.connection, part, bearers=bearers, team=query.team)

    return page_of_stays(moment, read, each(DesignationItem))


QUESTIONS = (
    Question(
        name="listDesignations",
        answers=Page[DesignationItem],
        views=("designations", "teams", "communities"),
        access=ANYBODY,
        tell=_designations,
        query=DesignationQuery,
        example={"query": {"community": "com_valley", "on": "2026-03-01"}},
    ),
    DESIGNATION.question("getDesignation", DesignationItem, ("designations",), ANYBODY),
)

ACTIONS = (
    Action(
        name="grantDesignation",
        command=GrantDesignation,
        made={"designation": "des"},
        access=OF_THE_BEARER,
        example={"body": {"name": "示范服务队", "team": "tea_singers", "granted_by": "青禾县文化馆"}},
    ),
    DESIGNATION.action("endDesignation", EndDesignation, OF_THE_DESIGNATION),
)
