"""Which organisations are attached to which community."""

from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import ColumnElement, Connection, Index, select

from ledger.domain.events import OrganisationAttached, OrganisationDetached, OrganisationEvent
from ledger.store.codec import Recorded
from projections.figures.merging import Lists, merged
from projections.stays import Part, Stays
from projections.view import text_column


class Attachment(NamedTuple):
    """An organisation's time with a community, from the day `since` to the day before `until`, both `YYYY-MM-DD`."""

    id: str
    organisation: str
    community: str
    name: str
    kind: str
    since: str
    until: str | None


class Organisation(NamedTuple):
    """An organisation, called what its last attachment calls it."""

    id: str
    name: str
    kind: str


class Organisations(Stays):
    """A row for every attachment there ever was."""

    name = "organisations"
    version = 2
    types: ClassVar = frozenset({OrganisationAttached, OrganisationDetached})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        told = (text_column(name) for name in ("organisation", "community", "name", "kind"))
        super().__init__(suffix, "attachment", *told, by=("organisation",))
        row = self.stays.c
        Index(self.index_name("attachment_by_community"), row.community, row.organisation)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            assert isinstance(event, OrganisationEvent)
            if isinstance(event, OrganisationAttached):
                self.begin(
                    connection,
                    event.attachment,
                    event.on,
                    event.until,
                    organisation=event.organisation,
                    community=event.community,
                    name=event.name,
                    kind=event.kind,
                )
            else:
                self.end(connection, event.attachment, event.on)

    def known(self, connection: Connection, organisation: str) -> Organisation | None:
        """One organisation by id."""
        return next(iter(self._called(connection, self.stays.c.organisation == organisation)), None)

    def all(
        self,
        connection: Connection,
        part: Part,
        *,
        communities: Collection[str] | None = None,
        kind: str | None = None,
    ) -> list[Organisation]:
        """Part of the organisations, by id, that have an attachment such as is told."""
        row = self.stays.c
        attached = select(row.organisation).where(*self.about(kind=kind), *self.on(part.day)).distinct()
        if communities is None:
            later = attached.where(row.organisation > part.after)
            return self._called(
                connection, row.organisation.in_(later.order_by(row.organisation).limit(part.limit))
            )
        there = Lists(
            lambda community: attached.where(row.community == community), communities, (row.organisation,)
        )
        found = merged(connection, there, after=(part.after,), limit=part.limit)
        some = row.organisation.in_([one for (one,) in found])
        return self._called(connection, some) if found else []

    def of_organisation(self, connection: Connection, part: Part, organisation: str) -> list[Attachment]:
        """Part of the attachments of an organisation, by id."""
        rows = self.by_id(connection, part, self.about(organisation=organisation))
        return [Attachment(*row) for row in rows]

    def attachments(
        self, connection: Connection, part: Part, *, communities: Collection[str] | None = None
    ) -> list[Attachment]:
        """Part of the attachments, by id: of those to some communities, if told."""
        if communities is None:
            rows = self.by_id(connection, part, ())
        else:
            rows = self.lists_by_id(connection, part, (), "community", communities)
        return [Attachment(*row) for row in rows]

    def _called(self, connection: Connection, which: ColumnElement[bool]) -> list[Organisation]:
        last = {row.organisation: row for row in self.rows(connection, which)}
        return [Organisation(one, row.name, row.kind) for one, row in sorted(last.items())]
