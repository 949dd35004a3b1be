"""Designations: granting and ending them, and who bears which."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant
from ledger.cli.meaning import Word, only, team_meant
from ledger.cli.naming import called, names_of
from ledger.cli.output import Column
from ledger.cli.staying import Listing, holding_or_last, list_stays, since_until
from ledger.cli.typed import in_yuan
from ledger.domain.commands import Command
from ledger.domain.designations import EndDesignation, GrantDesignation
from ledger.domain.text import same_name
from projections.designations import Designation

_COLUMNS = (
    Column("Bearer"),
    Column("Designation"),
    Column("Granted by"),
    Column("Funding, yuan", right=True),
    Column("Since"),
    Column("Id"),
)


def grant_designation(how: Act, name: str, community: str | None, team: str | None, **given: Any) -> None:
    """Let a community or a team bear a title."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        place, whose = _bearer(ledger, connection, community, team)
        return GrantDesignation(
            designation=how.new_id("des"),
            name=name,
            community=place,
            team=whose,
            granted_by=given["granted_by"],
            until=given["until"],
            funding_fen=given["funding"],
            day=given["day"],
        )

    act(how, make)


def end_designation(
    how: Act, text: str, community: str | None, team: str | None, *, day: date | None
) -> None:
    """End the designation that an id or a title means."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        every = [Designation(*row) for row in ledger.views.designations.rows(connection)]
        rows = [row for row in every if row.id == text or same_name(row.name) == same_name(text)]
        place, whose = _bearer(ledger, connection, community, team)
        if place is not None or whose is not None:
            rows = [row for row in rows if (row.community, row.team) == (place, whose)]
        found = holding_or_last(rows, day or ledger.today())
        names = names_of(ledger, connection, [row.community or row.team or "" for row in found])

        def described(row: Designation) -> dict[str, Any]:
            bearer = names.get(row.community or row.team or "")
            return {"id": row.id, "name": row.name, "bearer": bearer, "since": row.since}

        word = Word(text, "DESIGNATION", "designation", otherwise=", or by --community or --team")
        return EndDesignation(designation=only(found, word, described).id, day=day)

    act(how, make)


def list_designations(data: Path | None, *, within: str | None, day: date | None, as_json: bool) -> None:
    """Print who bears which title on a day."""

    def cells(item: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
        bearer = item["community"] or item["team"]
        funding = "" if item["funding_fen"] is None else in_yuan(item["funding_fen"])
        told = (called(names, bearer), item["name"], item["granted_by"])
        return (*told, funding, since_until(item), item["id"])

    listing = Listing(
        lambda views: views.designations, Designation, _COLUMNS, cells, "Nobody bears a title then."
    )
    list_stays(data, listing, within=within, day=day, as_json=as_json)


def _bearer(
    ledger: Ledger, connection: Connection, community: str | None, team: str | None
) -> tuple[str | None, str | None]:
    place = None if community is None else community_meant(ledger, connection, community, "--community").id
    whose = None if team is None else team_meant(ledger, connection, team, "--team").id
    return place, whose
