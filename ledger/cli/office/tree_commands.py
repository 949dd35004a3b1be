"""The commands for the two trees: communities and teams."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made
from ledger.cli.terminal.options import (
    acting,
    any_period_option,
    argument,
    as_text,
    common,
    listing,
    option,
    volunteer_argument,
)
from ledger.cli.terminal.typed import clocks_options, day_option
from projections.figures.periods import Period

_team = argument("team", callback=as_text, metavar="TEAM", help="An id (tea_…) or a name.")
_ROLE = "As what. [default: member]"


@click.command("list")
@option("--ended", is_flag=True, help="Those too that were merged or closed.")
@listing
def list_communities(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The tree of communities."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.trees import draw_communities

    ask(data, "listCommunities", said, draw_communities, as_json=as_json, every=every)


community = group(
    "community",
    "The tree of communities: counties, towns, villages.",
    made(
        "establishCommunity",
        "establish NAME [--parent] [--level] [--day]",
        "Establish a community.",
        parent="What it belongs to; a county to nothing.",
        level="county, town or village. [default: the one below the parent's]",
    ),
    made("renameCommunity", "rename COMMUNITY NAME [--day]", "Give a community another name."),
    made(
        "reparentCommunity",
        "move COMMUNITY PARENT [--day]",
        "Put a community, with all beneath it, under another parent.",
        parent="What it will belong to: an id or a name.",
    ),
    made(
        "mergeCommunity",
        "merge COMMUNITY INTO [--day]",
        "Make a community part of another; whoever lives there lives in that one from the day.",
        into="Of what it becomes part: an id or a name.",
    ),
    made("closeCommunity", "close COMMUNITY [--day]", "End a community that nothing takes over."),
    list_communities,
)


@click.command("list")
@option("--ended", is_flag=True, help="Those too that were disbanded.")
@any_period_option
@clocks_options
@listing
def list_teams(
    data: Path | None, as_json: bool, every: bool, ended: bool, period: Period, asked: Any
) -> None:
    """The tree of teams, with today's members and the minutes of a period, alone and with all beneath."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.team_figures import draw_teams

    said = {"ended": ended, "period": period.name, **asked._asdict()}
    ask(data, "listTeamFigures", said, draw_teams, as_json=as_json, every=every)


@click.command("show")
@_team
@any_period_option
@clocks_options
@common
def show_team(team: str, data: Path | None, as_json: bool, period: Period, asked: Any) -> None:
    """One team: today's members, the teams beneath it, and the minutes of a period."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.team_figures import draw_team

    said = {"team": team, "period": period.name, **asked._asdict()}
    ask(data, "getTeam", said, draw_team, as_json=as_json)


@click.command()
@volunteer_argument
@day_option("The first day on which they belong to it no more. [default: today]")
@acting
def leave(recording: Any, **said: Any) -> None:
    """Let a volunteer belong no more to the team they are in."""
    from ledger.cli.acts.doing import do
    from ledger.operations.trees.teams import CURRENT

    do(recording, "endAssignment", {"assignment": CURRENT, **said})


@click.command()
@_team
@listing
def members(team: str, data: Path | None, as_json: bool, every: bool) -> None:
    """Who belongs to a team today."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.trees import draw_members

    ask(data, "listTeamMembers", {"team": team}, draw_members, as_json=as_json, every=every)


team = group(
    "team",
    "The tree of teams, and who belongs to them.",
    made(
        "formTeam",
        "form NAME [--parent] [--community] [--field] [--brand] [--day]",
        "Form a team.",
        parent="The team above it: an id or a name.",
        community="Where it belongs: an id or a name.",
        field="What it does, as a code such as health.",
        brand="The public name of its brand.",
    ),
    made("renameTeam", "rename TEAM NAME [--day]", "Give a team another name."),
    made(
        "reparentTeam",
        "move TEAM PARENT [--day]",
        "Put a team, with all beneath it, under another.",
        parent="The team above it: an id or a name.",
    ),
    made("disbandTeam", "disband TEAM [--day]", "End a team that has none beneath it."),
    list_teams,
    show_team,
    made(
        "assignTeam",
        "join VOLUNTEER TEAM [--role] [--from] [--until]",
        "Let a volunteer belong to a team.",
        {"from": "day"},
        role=_ROLE,
        **{"from": "The first day. [default: today]"},
    ),
    leave,
    made(
        "changeTeam",
        "switch VOLUNTEER TEAM [--role] [--day] [--until]",
        "Let a volunteer belong to another team than the one they are in.",
        role=_ROLE,
        day="The first day in the new team, and the first no more in the old. [default: today]",
    ),
    members,
)
