"""Which organisations are attached to which community."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from sqlalchemy import Connection

from ledger.domain.events import OrganisationAttached, OrganisationDetached, OrganisationEvent
from ledger.store.codec import Recorded
from projections.stays import Stays
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
        for _, event in batch:
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

    def of_community(self, connection: Connection, community: str, day: date) -> list[Attachment]:
        """The organisations attached to a community itself on a day."""
        rows = self.rows(connection, self.stays.c.community == community, self.holding(day))
        return [Attachment(*row) for row in rows]

    def of_organisation(self, connection: Connection, organisation: str, day: date) -> list[Attachment]:
        """Where an organisation is attached on a day."""
        rows = self.rows(connection, self.stays.c.organisation == organisation, self.holding(day))
        return [Attachment(*row) for row in rows]
