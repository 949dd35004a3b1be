"""The tree of communities as an office lists it: a community's key is its name under its parent."""

from typing import ClassVar

from ledger.domain.communities import EstablishCommunity
from ledger.domain.events import Level
from ledger.exchange import cells
from ledger.exchange.importing import ALWAYS, Desk, Fault, Progress, Report
from ledger.exchange.reading import squeezed
from ledger.exchange.tables import Column, Columns, Row, Table
from ledger.exchange.trees import TreeImport
from projections.communities import Community

_LEVELS = {
    **dict.fromkeys(("区县", "县", "区", "市", "县市区", "county"), Level.COUNTY),
    **dict.fromkeys(("镇街", "镇", "街道", "乡", "乡镇", "乡镇街道", "town"), Level.TOWN),
    **dict.fromkeys(("村社区", "村", "社区", "村(社区)", "village"), Level.VILLAGE),
}


class _CommunityImport(TreeImport[Community]):
    columns: ClassVar = Columns(
        wanted=(Column("name", "名称"), Column("parent", "上级"), Column("level", "层级"))
    )
    fields: ClassVar = {"unknown-community": "parent", "wrong-level": "level", "name-taken": "name"}

    def node(self, row: Row) -> Community:
        name, level = cells.label(row, "name"), _level(row)
        if row.cells["parent"].strip():
            # Of those that have the name one of a higher level, as a village may be called like its town.
            parent = self.parent(row, lambda one: Level(one.level).depth < level.depth).id
        else:
            parent = None
            if level is not Level.COUNTY:
                raise Fault("level", "not-a-county")
            self.refuse_second_root(name, (one for one in self.names.all() if one.parent is None))
        return Community(self.desk.new_id("com"), name, level, parent, 0)

    def command(self, node: Community) -> EstablishCommunity:
        return EstablishCommunity(
            community=node.id, name=node.name, level=Level(node.level), parent=node.parent, day=ALWAYS
        )

    def same_key(self, node: Community) -> list[Community]:
        return [one for one in self.names.called(node.name) if one.parent == node.parent]

    def same_content(self, one: Community, other: Community) -> bool:
        return one.level == other.level

    def is_known(self, row: Row) -> bool:
        above: set[str | None] = {one.id for one in self.names.called(row.cells["parent"])}
        if not row.cells["parent"].strip():
            above = {None}
        return any(one.parent in above for one in self.names.called(row.cells["name"]))


def import_communities(desk: Desk, table: Table, progress: Progress) -> Report:
    """Establish every community that is new, for all time, and judge the other rows."""
    return _CommunityImport(desk, [one for one in desk.communities if not one.ended]).run(table, progress)


def _level(row: Row) -> Level:
    said = squeezed(row.cells["level"])
    if said not in _LEVELS:
        raise Fault("level", "no-level")
    return _LEVELS[said]


COLUMNS = _CommunityImport.columns
