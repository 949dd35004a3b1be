"""Outside bodies, and which communities they are attached to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ledger.domain.organisations import AttachOrganisation, DetachOrganisation
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action, Completing, completion
from ledger.operations.callers import STAFF
from ledger.operations.held import organisations
from ledger.operations.paging import Page, PageQuery, page_of_stays
from ledger.operations.question import Moment, Question
from ledger.operations.refused import there
from ledger.operations.shapes import each, shaped, shown
from ledger.operations.subject import Subject
from ledger.operations.things import Asking
from ledger.operations.trees.communities import beneath
from projections.organisations import Attachment, Organisation
from projections.stays import Part

IN_OWN = Access(roles=STAFF, about=(About("community", "community"),))
OF_THE_ATTACHMENT = Access(roles=STAFF, about=(About("attachment", "attachment"),))
ORGANISATION, ATTACHMENT = Subject("organisation", "org_opera"), Subject("attachment", "att_opera")

OrganisationItem = shaped("Organisation", Organisation)
AttachmentItem = shaped("Attachment", Attachment)


class OrganisationQuery(PageQuery, frozen=True, kw_only=True):
    """Organisations by id: those that are or were attached.

    With `community` to one or any beneath it, with `kind` (a code) as such, with `on` on that day.
    """

    community: str | None = None
    kind: str | None = None
    on: date | None = None


class AttachmentQuery(PageQuery, frozen=True, kw_only=True):
    """Attachments by id: with `on` those of that day."""

    on: date | None = None


class AllAttachmentsQuery(AttachmentQuery, frozen=True, kw_only=True):
    """Likewise, with `community` those to one or any beneath it."""

    community: str | None = None


def _organisations(moment: Moment) -> Page[Struct]:
    query: OrganisationQuery = moment.query
    communities = beneath(moment, query.community)

    def read(part: Part) -> Sequence[Organisation]:
        view = moment.views.organisations
        return view.all(moment.connection, part, communities=communities, kind=query.kind)

    return page_of_stays(moment, read, each(OrganisationItem))


def _organisation(moment: Moment) -> Struct:
    return shown(OrganisationItem, _known(moment))


def _known(moment: Moment) -> Organisation:
    return there(moment.views.organisations.known(moment.connection, moment.ids["organisation"]))


def _attachments(moment: Moment) -> Page[Struct]:
    view, organisation = moment.views.organisations, _known(moment).id
    return page_of_stays(
        moment, lambda part: view.of_organisation(moment.connection, part, organisation), each(AttachmentItem)
    )


def _all_attachments(moment: Moment) -> Page[Struct]:
    view, communities = moment.views.organisations, beneath(moment, moment.query.community)
    return page_of_stays(
        moment,
        lambda part: view.attachments(moment.connection, part, communities=communities),
        each(AttachmentItem),
    )


@completion()
def _known_by_name(completing: Completing) -> Mapping[str, Any]:
    """An organisation of a name that is known is that one."""
    asking = Asking(completing.meaning.ledger, completing.sight)
    found = organisations(asking, completing.said["name"])
    return {"organisation": found[0]["id"]} if found else {}


QUESTIONS = (
    Question(
        name="listAllAttachments",
        answers=Page[AttachmentItem],
        views=("organisations", "communities"),
        access=ANYBODY,
        tell=_all_attachments,
        query=AllAttachmentsQuery,
        example={"query": {"community": "com_valley", "on": "2026-03-01"}},
    ),
    Question(
        name="listOrganisations",
        answers=Page[OrganisationItem],
        views=("organisations", "communities"),
        access=ANYBODY,
        tell=_organisations,
        query=OrganisationQuery,
        example={"query": {"community": "com_valley", "on": "2026-03-01"}},
    ),
    Question(
        name="getOrganisation",
        subject=("organisation",),
        answers=OrganisationItem,
        views=("organisations",),
        access=ANYBODY,
        tell=_organisation,
        example=ORGANISATION.named,
    ),
    Question(
        name="listAttachments",
        subject=("organisation",),
        answers=Page[AttachmentItem],
        views=("organisations",),
        access=ANYBODY,
        tell=_attachments,
        query=AttachmentQuery,
        example=ORGANISATION.named,
    ),
)

ACTIONS = (
    Action(
        name="attachOrganisation",
        command=AttachOrganisation,
        complete=_known_by_name,
        made={"attachment": "att", "organisation": "org"},
        access=IN_OWN,
        example={"body": {"name": "石桥书画社", "kind": "society", "community": "com_valley"}},
    ),
    ORGANISATION.action(
        "attachOrganisationAgain",
        AttachOrganisation,
        IN_OWN,
        body={"name": "石桥票友社", "kind": "society", "community": "com_village"},
        made={"attachment": "att"},
    ),
    ATTACHMENT.action("detachOrganisation", DetachOrganisation, OF_THE_ATTACHMENT),
)
