"""Posts: taking and leaving them, and who holds which."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant, volunteer_meant
from ledger.cli.meaning import Word, only
from ledger.cli.naming import called, names_of
from ledger.cli.output import Column
from ledger.cli.staying import Listing, holding_or_last, list_stays, since_until
from ledger.domain.commands import Command
from ledger.domain.posts import LeavePost, TakePost
from projections.posts import Tenure

_COLUMNS = (Column("Community"), Column("Post"), Column("Volunteer"), Column("Since"), Column("Tenure"))


def take_post(
    how: Act, volunteer: str, post: str, community: str, *, day: date | None, until: date | None
) -> None:
    """Let a volunteer hold a post."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return TakePost(
            tenure=how.new_id("ten"),
            volunteer=volunteer_meant(ledger, connection, volunteer),
            community=community_meant(ledger, connection, community, "--community").id,
            post=post,
            day=day,
            until=until,
        )

    act(how, make)


def leave_post(how: Act, who: str, post: str | None, community: str | None, *, day: date | None) -> None:
    """End the tenure that an id means, or that of a volunteer in a post."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        if post is None:
            return LeavePost(tenure=who, day=day)
        view = ledger.views.posts
        volunteer = volunteer_meant(ledger, connection, who)
        conditions = [view.stays.c.volunteer == volunteer, view.stays.c.post == post]
        if community is not None:
            place = community_meant(ledger, connection, community, "--community").id
            conditions.append(view.stays.c.community == place)
        rows = [Tenure(*row) for row in view.rows(connection, *conditions)]
        found = holding_or_last(rows, day or ledger.today())
        names = names_of(ledger, connection, [row.community for row in found])

        def described(row: Tenure) -> dict[str, Any]:
            return {"id": row.id, "post": row.post, "community": names[row.community], "since": row.since}

        return LeavePost(tenure=only(found, Word(post, "POST", "tenure"), described).id, day=day)

    act(how, make)


def list_posts(data: Path | None, *, within: str | None, day: date | None, as_json: bool) -> None:
    """Print who holds which post on a day."""

    def cells(item: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
        community, volunteer = item["community"], item["volunteer"]
        return (
            called(names, community),
            item["post"],
            called(names, volunteer),
            since_until(item),
            item["id"],
        )

    listing = Listing(lambda views: views.posts, Tenure, _COLUMNS, cells, "Nobody holds a post there then.")
    list_stays(data, listing, within=within, day=day, as_json=as_json)
