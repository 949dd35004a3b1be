"""Outside bodies, and which communities they are attached to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from ledger.domain.organisations import AttachOrganisation, DetachOrganisation
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action, Completing
from ledger.operations.callers import STAFF
from ledger.operations.held import organisations
from ledger.operations.paging import BY_ID, Page, PageQuery, page
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Problem
from ledger.operations.shapes import shaped, shown
from ledger.operations.things import Asking
from ledger.operations.trees.communities import beneath
from projections.organisations import Attachment, Organisation
from projections.stays import Part

IN_OWN = Access(roles=STAFF, about=(About("community", "community"),))
OF_THE_ATTACHMENT = Access(roles=STAFF, about=(About("attachment", "attachment"),))
EXAMPLE = "org_opera"

OrganisationItem = shaped("Organisation", Organisation, Organisation.__doc__ or "")
AttachmentItem = shaped("Attachment", Attachment, Attachment.__doc__ or "")


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
    return page(
        moment,
        lambda after, limit: moment.ledger.views.organisations.all(
            moment.connection,
            Part(after or "", limit, query.on),
            communities=communities,
            kind=query.kind,
        ),
        order=BY_ID,
        shape=lambda one: shown(OrganisationItem, one),
    )


def _organisation(moment: Moment) -> Struct:
    return shown(OrganisationItem, _known(moment))


def _known(moment: Moment) -> Organisation:
    found = moment.ledger.views.organisations.known(moment.connection, moment.ids["organisation"])
    if found is None:
        raise Problem("not-found")
    return found


def _attachments(moment: Moment) -> Page[Struct]:
    query: AttachmentQuery = moment.query
    organisation = _known(moment).id
    return page(
        moment,
        lambda after, limit: moment.ledger.views.organisations.of_organisation(
            moment.connection, Part(after or "", limit, query.on), organisation
        ),
        order=BY_ID,
        shape=lambda one: shown(AttachmentItem, one),
    )


def _all_attachments(moment: Moment) -> Page[Struct]:
    query: AllAttachmentsQuery = moment.query
    communities = beneath(moment, query.community)
    return page(
        moment,
        lambda after, limit: moment.ledger.views.organisations.attachments(
            moment.connection, Part(after or "", limit, query.on), communities=communities
        ),
        order=BY_ID,
        shape=lambda one: shown(AttachmentItem, one),
    )


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
        example={"organisation": EXAMPLE},
    ),
    Question(
        name="listAttachments",
        subject=("organisation",),
        answers=Page[AttachmentItem],
        views=("organisations",),
        access=ANYBODY,
        tell=_attachments,
        query=AttachmentQuery,
        example={"organisation": EXAMPLE},
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
    Action(
        name="attachOrganisationAgain",
        subject=("organisation",),
        command=AttachOrganisation,
        made={"attachment": "att"},
        access=IN_OWN,
        example={
            "organisation": EXAMPLE,
            "body": {"name": "石桥票友社", "kind": "society", "community": "com_village"},
        },
    ),
    Action(
        name="detachOrganisation",
        subject=("attachment",),
        command=DetachOrganisation,
        access=OF_THE_ATTACHMENT,
        example={"attachment": "att_opera", "body": {}},
    ),
)
