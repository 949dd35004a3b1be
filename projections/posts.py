"""Who holds which post in which community."""

from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import Connection

from ledger.domain.events import PostEvent, PostLeft, PostTaken
from ledger.store.codec import Recorded
from projections.stays import Part, Stays
from projections.view import text_column


class Tenure(NamedTuple):
    """One volunteer's time in one post, from the day `since` to the day before `until`, both `YYYY-MM-DD`."""

    id: str
    volunteer: str
    community: str
    post: str
    since: str
    until: str | None


class Posts(Stays):
    """A row for every tenure there ever was."""

    name = "posts"
    version = 2
    types: ClassVar = frozenset({PostTaken, PostLeft})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        told = (text_column(name) for name in ("volunteer", "community", "post"))
        super().__init__(suffix, "tenure", *told, by=("volunteer", "community"))

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            assert isinstance(event, PostEvent)
            if isinstance(event, PostTaken):
                self.begin(
                    connection,
                    event.tenure,
                    event.on,
                    event.until,
                    volunteer=event.volunteer,
                    community=event.community,
                    post=event.post,
                )
            else:
                self.end(connection, event.tenure, event.on)

    def listed(
        self,
        connection: Connection,
        part: Part,
        *,
        communities: Collection[str] | None = None,
        volunteer: str | None = None,
        post: str | None = None,
    ) -> list[Tenure]:
        """Part of the tenures, by id: of those in some communities, of a volunteer, of a post's code, if told."""
        wanted = self.about(volunteer=volunteer, post=post)
        if communities is None:
            rows = self.by_id(connection, part, wanted)
        else:
            rows = self.lists_by_id(connection, part, wanted, "community", communities)
        return [Tenure(*row) for row in rows]
