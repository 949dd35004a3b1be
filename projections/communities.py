"""The tree of communities by name: what a screen shows for an id, and which id a name means."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    CTE,
    Column,
    Connection,
    Index,
    Integer,
    Select,
    bindparam,
    func,
    or_,
    select,
    true,
    update,
)

from ledger.domain.events import (
    CommunityClosed,
    CommunityEstablished,
    CommunityEvent,
    CommunityMerged,
    CommunityRenamed,
    CommunityReparented,
)
from ledger.domain.spelling import same_name
from ledger.store.codec import Recorded
from ledger.store.prepared import Prepared
from projections.trees import upwards
from projections.view import View, text_column


class Community(NamedTuple):
    """A community; `ended` is 1 when it was merged or closed."""

    id: str
    name: str
    level: str
    parent: str | None
    ended: int


class Communities(View):
    """A row for every community there ever was."""

    name = "communities"
    version = 4
    types: ClassVar = frozenset(
        {CommunityEstablished, CommunityRenamed, CommunityReparented, CommunityMerged, CommunityClosed}
    )

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.communities = self.table(
            "community",
            text_column("id", key=True),
            text_column("name"),
            text_column("same_name"),
            text_column("level"),
            text_column("parent", optional=True),
            Column("ended", Integer, nullable=False),
            text_column("merged_into", optional=True),
            text_column("merged_on", optional=True),
        )
        row = self.communities.c
        # What stands beneath a community is looked for at each step down the tree.
        Index(self.index_name("community_by_parent"), row.parent)
        self._count = Prepared(select(func.count()).select_from(self.communities))
        self._every = Prepared(self._select().order_by(row.id))
        self._one = Prepared(self._select().where(row.id == bindparam("id")))
        self.merged = select(row.id, row.merged_into).where(row.merged_on <= bindparam("day"))
        """What `successors_among` reads of a `day`."""
        self._merged = Prepared(self.merged)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            assert isinstance(event, CommunityEvent)
            if isinstance(event, CommunityEstablished):
                row = {
                    "id": event.community,
                    "name": event.name,
                    "same_name": same_name(event.name),
                    "level": event.level.value,
                    "parent": event.parent,
                    "ended": 0,
                }
                connection.execute(self.communities.insert(), row)
            else:
                self._change(connection, event)

    def all(self, connection: Connection) -> list[Community]:
        """Every community, by id."""
        return [Community(*row) for row in self._every.rows(connection, {})]

    def called(self, connection: Connection, name: str) -> list[Community]:
        """The open communities of a name, spelt in any way that is the same after NFKC."""
        return self._read(
            connection,
            self._select()
            .where(self.communities.c.same_name == same_name(name), self.communities.c.ended == 0)
            .order_by(self.communities.c.id),
        )

    def get(self, connection: Connection, community: str) -> Community | None:
        """One community by id."""
        found = self._one.first(connection, {"id": community})
        return None if found is None else Community(*found)

    def count(self, connection: Connection) -> int:
        """How many communities there ever were."""
        found = self._count.first(connection, {})
        assert found is not None
        return found[0]

    def meant(self, connection: Connection, text: str) -> list[Community]:
        """What an id or a name means: nothing, one community, or all the open ones of an ambiguous name."""
        one = self.get(connection, text)
        return self.called(connection, text) if one is None else [one]

    def subtree(self, connection: Connection, top: str) -> list[Community]:
        """A community and all beneath it, by id, with those that have ended."""
        every = self.all(connection)
        children: dict[str | None, list[str]] = {}
        for one in every:
            children.setdefault(one.parent, []).append(one.id)
        found = [top]
        for one in found:
            found += children.get(one, ())
        within = set(found)
        return [one for one in every if one.id in within]

    def successors(self, connection: Connection, day: date) -> dict[str, str]:
        """For each community that was merged by a day: which one whoever lived there belongs to on that day."""
        return successors_among(self._merged.rows(connection, {"day": day.isoformat()}))

    def rolled_up(self, connection: Connection, minutes: Mapping[str, int], level: str) -> dict[str, int]:
        """Minutes of communities as sums of a level: each counts for itself, or for whom it stands beneath there."""
        every = self.all(connection)
        above = {one.id: one.parent for one in every}
        wanted = {one.id for one in every if one.level == level}
        sums = dict.fromkeys(wanted, 0)
        for community, some in minutes.items():
            for one in wanted.intersection(upwards(above, community)):
                sums[one] += some
        return sums

    def beneath(self, top: str | None) -> CTE:
        """Pairs of a community that is shown (`top` and those directly beneath it, or all) and each beneath that."""
        table = self.communities
        shown = true() if top is None else or_(table.c.id == top, table.c.parent == top)
        pairs = (
            select(table.c.id.label("top"), table.c.id.label("community"))
            .where(shown)
            .cte("beneath", recursive=True)
        )
        return pairs.union_all(
            select(pairs.c.top, table.c.id).join(pairs, table.c.parent == pairs.c.community)
        )

    def _change(self, connection: Connection, event: CommunityEvent) -> None:
        table = self.communities
        change = update(table).where(table.c.id == event.community)
        match event:
            case CommunityRenamed():
                change = change.values(name=event.name, same_name=same_name(event.name))
            case CommunityReparented():
                change = change.values(parent=event.parent)
            case CommunityMerged():
                beneath = (table.c.parent == event.community) & (table.c.ended == 0)
                connection.execute(update(table).where(beneath).values(parent=event.into))
                change = change.values(ended=1, merged_into=event.into, merged_on=event.on.isoformat())
            case _:
                change = change.values(ended=1)
        connection.execute(change)

    def _select(self) -> Select[Any]:
        return select(*(self.communities.c[name] for name in Community._fields))

    def _read(self, connection: Connection, statement: Select[Any]) -> list[Community]:
        return [Community(*row) for row in connection.execute(statement).fetchall()]


def successors_among(merged: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each community that was merged: which one is left of it, by what each was merged into."""
    into: dict[str, str | None] = dict(merged)
    return {one: list(upwards(into, one))[-1] for one in into}
