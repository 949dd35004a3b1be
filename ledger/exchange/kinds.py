"""The kinds of files that an office hands in."""

from collections.abc import Callable
from typing import NamedTuple

from ledger.exchange import communities, hours, roster, teams
from ledger.exchange.importing import Desk, Progress, Report
from ledger.exchange.tables import Columns, Table


class Kind(NamedTuple):
    """A kind of file: the columns it has, and what takes its rows in."""

    columns: Columns
    take_in: Callable[[Desk, Table, Progress], Report]


KINDS = {
    "communities": Kind(communities.COLUMNS, communities.import_communities),
    "teams": Kind(teams.COLUMNS, teams.import_teams),
    "roster": Kind(roster.COLUMNS, roster.import_roster),
    "hours": Kind(hours.COLUMNS, hours.import_hours),
}
