"""Posts, attachments, titles and training as they are shown: they hold on some days."""

from collections.abc import Mapping
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.naming import called
from ledger.cli.terminal.output import Column
from ledger.domain.decimals import in_yuan
from ledger.domain.minutes import spoken

_POSTS = (Column("Community"), Column("Post"), Column("Volunteer"), Column("Since"), Column("Tenure"))
_ATTACHMENTS = (
    Column("Community"),
    Column("Organisation"),
    Column("Kind"),
    Column("Since"),
    Column("Attachment"),
)
_DESIGNATIONS = (
    Column("Bearer"),
    Column("Designation"),
    Column("Granted by"),
    Column("Funding, yuan", right=True),
    Column("Since"),
    Column("Id"),
)
_TRAINING = (
    Column("Completed"),
    Column("Training"),
    Column("Time", right=True),
    Column("Organiser"),
    Column("Id"),
)


def draw_posts(drawn: Drawn) -> None:
    """Draw who holds which post."""
    cells = sorted(
        (
            called(drawn.names, item["community"]),
            item["post"],
            item["number"] or item["volunteer"],
            _since_until(item),
            item["id"],
        )
        for item in drawn.items
    )
    output.table("", _POSTS, cells, empty="Nobody holds a post there then.")


def draw_attachments(drawn: Drawn) -> None:
    """Draw which organisations are attached to which community."""
    cells = sorted(
        (
            called(drawn.names, item["community"]),
            item["name"],
            item["kind"],
            _since_until(item),
            item["id"],
        )
        for item in drawn.items
    )
    output.table("", _ATTACHMENTS, cells, empty="No organisation is attached then.")


def draw_designations(drawn: Drawn) -> None:
    """Draw who bears which title."""
    cells = sorted(
        (
            called(drawn.names, item["community"] or item["team"]),
            item["name"],
            item["granted_by"],
            "" if item["funding_fen"] is None else in_yuan(item["funding_fen"]),
            _since_until(item),
            item["id"],
        )
        for item in drawn.items
    )
    output.table("", _DESIGNATIONS, cells, empty="Nobody bears a title then.")


def draw_training(drawn: Drawn) -> None:
    """Draw what a volunteer completed."""
    cells = [
        (_since_until(item), item["name"], spoken(item["minutes"]), item["organiser"], item["id"])
        for item in drawn.items
    ]
    output.table("", _TRAINING, cells, empty="No training yet.")


def _since_until(item: Mapping[str, Any]) -> str:
    """The days on which something holds."""
    return item["since"] if item["until"] is None else f"{item['since']}, until {item['until']}"
