"""The tree of teams as an office lists it: a team's key is its name."""

from typing import ClassVar

from ledger.domain.teams import FormTeam
from ledger.exchange import cells
from ledger.exchange.importing import ALWAYS, Desk, Fault, Progress, Report
from ledger.exchange.names import Names
from ledger.exchange.tables import Column, Columns, Row, Table
from ledger.exchange.trees import TreeImport
from projections.communities import Community
from projections.teams import Team


class _TeamImport(TreeImport[Team]):
    columns: ClassVar = Columns(
        wanted=(Column("name", "服务队名称"), Column("parent", "上级服务队"), Column("town", "所属镇街")),
        lone_cell="root",
    )
    fields: ClassVar = {"unknown-team": "parent", "unknown-community": "town", "name-taken": "name"}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, [one for one in desk.teams if not one.ended])
        self._communities: Names[Community] = Names(one for one in desk.communities if not one.ended)

    def node(self, row: Row) -> Team:
        name = cells.label(row, "name")
        said, town = row.cells["parent"].strip(), row.cells["town"].strip()
        parent = self.parent(said).id if said else None
        community = self._communities.one(town, "town").id if town else None
        root = next((one for one in self.names.all() if one.parent is None and one.community is None), None)
        if parent is None and community is None and root is not None and not self.names.called(name):
            raise Fault(
                "parent", f"only the top of the tree has neither parent nor town, and that is {root.name}"
            )
        return Team(self.desk.new_id("tea"), name, parent, community, None, None, 0)

    def command(self, node: Team) -> FormTeam:
        return FormTeam(
            team=node.id, name=node.name, parent=node.parent, community=node.community, day=ALWAYS
        )

    def known(self, node: Team) -> Team | None:
        return next(iter(self.names.called(node.name)), None)

    def same(self, one: Team, other: Team) -> bool:
        return (one.parent, one.community) == (other.parent, other.community)


def import_teams(desk: Desk, table: Table, progress: Progress) -> Report:
    """Form every team that is new, for all time, and judge the other rows."""
    return _TeamImport(desk).run(table, progress)


COLUMNS = _TeamImport.columns
