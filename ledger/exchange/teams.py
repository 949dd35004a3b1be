"""The tree of teams as an office lists it: a team's key is its name."""

from typing import ClassVar

from ledger.domain.spelling import same_name
from ledger.domain.teams import FormTeam
from ledger.exchange import cells
from ledger.exchange.importing import ALWAYS, Desk, Fault, Progress, Report
from ledger.exchange.names import towns
from ledger.exchange.tables import Column, Columns, Row, Table
from ledger.exchange.trees import TreeImport
from projections.teams import Team


class _TeamImport(TreeImport[Team]):
    columns: ClassVar = Columns(
        wanted=(Column("name", "服务队名称"), Column("parent", "上级服务队"), Column("town", "所属镇街")),
        lone_cell="root",
    )
    fields: ClassVar = {"unknown-team": "parent", "unknown-community": "town", "name-taken": "name"}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, [one for one in desk.teams if not one.ended])
        self._towns = towns(desk.communities)

    def node(self, row: Row) -> Team:
        name, parent = cells.label(row, "name"), self._above(row)
        community = self._towns.one(row.cells["town"], "town").id if row.cells["town"].strip() else None
        if parent is None and community is None:
            roots = (one for one in self.names.all() if one.parent is None and one.community is None)
            self.refuse_second_root(name, roots)
        return Team(self.desk.new_id("tea"), name, parent, community, None, None, 0)

    def command(self, node: Team) -> FormTeam:
        return FormTeam(
            team=node.id, name=node.name, parent=node.parent, community=node.community, day=ALWAYS
        )

    def same_key(self, node: Team) -> list[Team]:
        return self.names.called(node.name)

    def same_content(self, one: Team, other: Team) -> bool:
        return (one.parent, one.community) == (other.parent, other.community)

    def is_known(self, row: Row) -> bool:
        return bool(self.names.called(row.cells["name"]))

    def _above(self, row: Row) -> str | None:
        if not row.cells["parent"].strip():
            return None
        if same_name(row.cells["parent"]) == same_name(row.cells["name"]):
            raise Fault("parent", "above-itself")
        return self.parent(row).id


def import_teams(desk: Desk, table: Table, progress: Progress) -> Report:
    """Form every team that is new, for all time, and judge the other rows."""
    return _TeamImport(desk).run(table, progress)


COLUMNS = _TeamImport.columns
