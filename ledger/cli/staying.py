"""What posts, organisations and designations share on the command line: they hold on some days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.lookup import settings
from ledger.cli.meaning import communities_within
from ledger.cli.naming import names_in
from ledger.cli.output import Column
from projections.registry import Views
from projections.stays import Stays


class Staying(Protocol):
    """A row of a view of stays."""

    @property
    def since(self) -> str:
        """The first day."""
        ...

    @property
    def until(self) -> str | None:
        """The first day on which it no longer holds."""
        ...


S = TypeVar("S", bound=Staying)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of stays shows: the view, the kind of its rows, and how one is printed with the names in it."""

    view: Callable[[Views], Stays]
    row: Callable[..., Any]
    columns: Sequence[Column]
    cells: Callable[[dict[str, Any], dict[str, str]], tuple[str, ...]]
    empty: str


def holding_or_last(rows: Sequence[S], day: date) -> list[S]:
    """Those that hold on a day, else the one that held last: of it the bank says that it has ended."""
    now = day.isoformat()
    found = [row for row in rows if row.since <= now and (row.until is None or row.until > now)]
    return found or list(rows[-1:])


def list_stays(
    data: Path | None, listing: Listing, *, within: str | None, day: date | None, as_json: bool
) -> None:
    """Print what holds on a day, within a community or anywhere."""
    with open_for_reading(settings(data)) as ledger:
        views, on = ledger.views, day or ledger.today()
        view = listing.view(views)
        with ledger.reading(view, views.communities, views.teams) as (connection, position):
            places = communities_within(ledger, connection, within)
            rows = [listing.row(*row)._asdict() for row in view.rows(connection, view.holding(on))]
            items = [item for item in rows if places is None or _place(ledger, connection, item) in places]
        names = names_in(ledger, items)
    if as_json:
        output.document({"day": on.isoformat(), "position": position, "items": items})
        return
    cells = sorted(listing.cells(item, names) for item in items)
    output.table("", listing.columns, cells, empty=listing.empty)


def since_until(item: dict[str, Any]) -> str:
    """The days on which something holds."""
    return item["since"] if item["until"] is None else f"{item['since']}, until {item['until']}"


def _place(ledger: Ledger, connection: Connection, item: dict[str, Any]) -> str | None:
    """The community that something is about: a team's is that of the team."""
    if item["community"] is not None:
        return item["community"]
    teams = {team.id: team.community for team in ledger.views.teams.all(connection)}
    return teams.get(item["team"])
