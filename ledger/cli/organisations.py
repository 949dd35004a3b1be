"""Organisations: attaching and detaching them, and which are where."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant
from ledger.cli.meaning import Word, only
from ledger.cli.naming import called, names_of
from ledger.cli.output import Column
from ledger.cli.staying import Listing, holding_or_last, list_stays, since_until
from ledger.domain.commands import Command
from ledger.domain.organisations import AttachOrganisation, DetachOrganisation
from ledger.domain.text import same_name
from projections.organisations import Attachment

_COLUMNS = (
    Column("Community"),
    Column("Organisation"),
    Column("Kind"),
    Column("Since"),
    Column("Attachment"),
)


def attach_organisation(
    how: Act, name: str, kind: str, community: str, *, day: date | None, until: date | None
) -> None:
    """Attach an organisation, which is the one of that name if there is one."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        attachment = how.new_id("att")
        # Not itself: under a key the same request must stay the same when it is made again.
        known = [one for one in _known(ledger, connection, name) if one.id != attachment]
        return AttachOrganisation(
            attachment=attachment,
            organisation=known[0].organisation if known else how.new_id("org"),
            name=name,
            kind=kind,
            community=community_meant(ledger, connection, community, "--community").id,
            day=day,
            until=until,
        )

    act(how, make)


def detach_organisation(how: Act, text: str, community: str | None, *, day: date | None) -> None:
    """End the attachment that an id means, or that of an organisation by its id or name."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        rows = _known(ledger, connection, text)
        if community is not None:
            place = community_meant(ledger, connection, community, "--community").id
            rows = [row for row in rows if row.community == place]
        found = holding_or_last(rows, day or ledger.today())
        names = names_of(ledger, connection, [row.community for row in found])

        def described(row: Attachment) -> dict[str, Any]:
            return {"id": row.id, "name": row.name, "community": names[row.community], "since": row.since}

        word = Word(text, "ORGANISATION", "attachment", otherwise=", or by --community")
        return DetachOrganisation(attachment=only(found, word, described).id, day=day)

    act(how, make)


def list_organisations(data: Path | None, *, within: str | None, day: date | None, as_json: bool) -> None:
    """Print which organisations are attached where on a day."""

    def cells(item: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
        community = called(names, item["community"])
        return (community, item["name"], item["kind"], since_until(item), item["id"])

    listing = Listing(
        lambda views: views.organisations, Attachment, _COLUMNS, cells, "No organisation is attached then."
    )
    list_stays(data, listing, within=within, day=day, as_json=as_json)


def _known(ledger: Ledger, connection: Connection, text: str) -> list[Attachment]:
    """The attachments that an id, or an organisation's id or name, means."""
    rows = [Attachment(*row) for row in ledger.views.organisations.rows(connection)]
    named = same_name(text)
    return [row for row in rows if text in (row.id, row.organisation) or same_name(row.name) == named]
