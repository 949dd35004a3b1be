"""The commands for the two trees: communities and teams."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.options import (
    acting,
    any_period_option,
    argument,
    as_text,
    common,
    listing,
    option,
    volunteer_argument,
)
from ledger.cli.program import InOrder
from ledger.cli.typed import as_label, clocks_options, code_option, day_option, label_option
from projections.figures.periods import Period

_community = argument("community", callback=as_text, metavar="COMMUNITY", help="An id (com_…) or a name.")
_team = argument("team", callback=as_text, metavar="TEAM", help="An id (tea_…) or a name.")
_name = argument("name", callback=as_label, metavar="NAME", help="The public name.")
_day = day_option("The day from which it holds. [default: today]")
_PLACE = {"team": "place.team", "role": "place.role", "until": "place.until"}


@click.group(cls=InOrder)
def community() -> None:
    """The tree of communities: counties, towns, villages."""


@community.command()
@_name
@option("--parent", callback=as_text, metavar="COMMUNITY", help="What it belongs to; a county to nothing.")
@option(
    "--level",
    type=click.Choice(["county", "town", "village"]),
    metavar="LEVEL",
    help="county, town or village. [default: the one below the parent's]",
)
@_day
@acting
def establish(how: Any, **said: Any) -> None:
    """Establish a community."""
    from ledger.cli.doing import do

    do(how, "establishCommunity", said)


@community.command()
@_community
@_name
@_day
@acting
def rename(how: Any, **said: Any) -> None:
    """Give a community another name."""
    from ledger.cli.doing import do

    do(how, "renameCommunity", said)


@community.command()
@_community
@argument("parent", callback=as_text, metavar="PARENT", help="What it will belong to: an id or a name.")
@_day
@acting
def move(how: Any, **said: Any) -> None:
    """Put a community, with all beneath it, under another parent."""
    from ledger.cli.doing import do

    do(how, "reparentCommunity", said)


@community.command()
@_community
@argument("into", callback=as_text, metavar="INTO", help="Of what it becomes part: an id or a name.")
@_day
@acting
def merge(how: Any, **said: Any) -> None:
    """Make a community part of another; whoever lives there lives in that one from the day."""
    from ledger.cli.doing import do

    do(how, "mergeCommunity", said)


@community.command()
@_community
@_day
@acting
def close(how: Any, **said: Any) -> None:
    """End a community that nothing takes over."""
    from ledger.cli.doing import do

    do(how, "closeCommunity", said)


@community.command("list")
@option("--ended", is_flag=True, help="Those too that were merged or closed.")
@listing
def list_communities(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The tree of communities."""
    from ledger.cli.asking import ask
    from ledger.cli.trees import draw_communities

    ask(data, "listCommunities", said, draw_communities, as_json=as_json, every=every)


@click.group(cls=InOrder)
def team() -> None:
    """The tree of teams, and who belongs to them."""


@team.command()
@_name
@option("--parent", callback=as_text, metavar="TEAM", help="The team above it: an id or a name.")
@option("--community", callback=as_text, metavar="COMMUNITY", help="Where it belongs: an id or a name.")
@code_option("--field", "What it does, as a code such as health.")
@label_option("--brand", "The public name of its brand.")
@_day
@acting
def form(how: Any, **said: Any) -> None:
    """Form a team."""
    from ledger.cli.doing import do

    do(how, "formTeam", said)


@team.command("rename")
@_team
@_name
@_day
@acting
def rename_team(how: Any, **said: Any) -> None:
    """Give a team another name."""
    from ledger.cli.doing import do

    do(how, "renameTeam", said)


@team.command("move")
@_team
@argument("parent", callback=as_text, metavar="PARENT", help="The team above it: an id or a name.")
@_day
@acting
def move_team(how: Any, **said: Any) -> None:
    """Put a team, with all beneath it, under another."""
    from ledger.cli.doing import do

    do(how, "reparentTeam", said)


@team.command()
@_team
@_day
@acting
def disband(how: Any, **said: Any) -> None:
    """End a team that has none beneath it."""
    from ledger.cli.doing import do

    do(how, "disbandTeam", said)


@team.command("list")
@option("--ended", is_flag=True, help="Those too that were disbanded.")
@any_period_option
@clocks_options
@listing
def list_teams(
    data: Path | None, as_json: bool, every: bool, ended: bool, period: Period, asked: Any
) -> None:
    """The tree of teams, with today's members and the minutes of a period, alone and with all beneath."""
    from ledger.cli.asking import ask
    from ledger.cli.team_figures import draw_teams

    said = {"ended": ended, "period": period.name, **asked._asdict()}
    ask(data, "listTeamFigures", said, draw_teams, as_json=as_json, every=every)


@team.command("show")
@_team
@any_period_option
@clocks_options
@common
def show_team(team: str, data: Path | None, as_json: bool, period: Period, asked: Any) -> None:
    """One team: today's members, the teams beneath it, and the minutes of a period."""
    from ledger.cli.asking import ask
    from ledger.cli.team_figures import draw_team

    said = {"team": team, "period": period.name, **asked._asdict()}
    ask(data, "getTeam", said, draw_team, as_json=as_json)


@team.command()
@volunteer_argument
@_team
@code_option("--role", "As what. [default: member]", default="member")
@day_option("The first day. [default: today]", "--from")
@day_option("The first day on which it holds no more.", "--until")
@acting
def join(how: Any, **said: Any) -> None:
    """Let a volunteer belong to a team."""
    from ledger.cli.doing import do

    do(how, "assignTeam", said, {**_PLACE, "from": "day"})


@team.command()
@volunteer_argument
@day_option("The first day on which they belong to it no more. [default: today]")
@acting
def leave(how: Any, **said: Any) -> None:
    """Let a volunteer belong no more to the team they are in."""
    from ledger.cli.doing import do
    from ledger.operations.trees.teams import CURRENT

    do(how, "endAssignment", {"assignment": CURRENT, **said})


@team.command()
@volunteer_argument
@_team
@code_option("--role", "As what. [default: member]", default="member")
@day_option("The first day in the new team, and the first no more in the old. [default: today]")
@day_option("The first day on which it holds no more.", "--until")
@acting
def switch(how: Any, **said: Any) -> None:
    """Let a volunteer belong to another team than the one they are in."""
    from ledger.cli.doing import do

    do(how, "changeTeam", said, _PLACE)


@team.command()
@_team
@listing
def members(team: str, data: Path | None, as_json: bool, every: bool) -> None:
    """Who belongs to a team today."""
    from ledger.cli.asking import ask
    from ledger.cli.trees import draw_members

    ask(data, "listTeamMembers", {"team": team}, draw_members, as_json=as_json, every=every)
