"""Which organisations are attached to which community."""

from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from ledger.domain.events import OrganisationAttached, OrganisationDetached, OrganisationEvent
from ledger.store.codec import Recorded
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
    types: ClassVar = frozenset({OrganisationAttached, OrganisationDetached})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        told = (text_column(name) for name in ("organisation", "community", "name", "kind"))
        super().__init__(suffix, "attachment", *told, by=("organisation", "community"))

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
        wanted = [*self.among("community", communities), *self.about(kind=kind)]
        wanted += [row.organisation > part.after, *self.on(part.day)]
        attached = select(row.organisation).where(*wanted).distinct()
        ids = attached.order_by(row.organisation).limit(part.limit)
        return self._called(connection, row.organisation.in_(ids))

    def of(self, connection: Connection, part: Part, organisation: str) -> list[Attachment]:
        """Part of the attachments of an organisation, by id."""
        rows = self.by_id(connection, part, self.about(organisation=organisation))
        return [Attachment(*row) for row in rows]

    def _called(self, connection: Connection, which: ColumnElement[bool]) -> list[Organisation]:
        last = {row.organisation: row for row in self.rows(connection, which)}
        return [Organisation(one, row.name, row.kind) for one, row in sorted(last.items())]
