"""The commands for the two trees: communities and teams."""

from collections.abc import Sequence
from typing import Any

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import SERVICE, Column, Drawn, Facts, Item, Table

_INDENT = "  "
_ROLE = "As what. [default: member]"
_FIGURES = ("Members", SERVICE, Column("With sub-teams", "service_minutes_with_subteams"))
_TEAM = Column("Team", "name")
_MEMBER = Column("Number", "volunteer")
_NOBODY = "Nobody belongs to this team."


def _as_tree(items: Sequence[Item], over: str) -> list[Item]:
    """Items with their names set in: parents before children, those of one parent by name and id.

    What has ended is said to be `over`.
    """
    there = {item["id"] for item in items}
    beneath: dict[str | None, list[Item]] = {}
    for item in sorted(items, key=lambda one: (one["name"], one["id"])):
        # What stands beneath one that is not shown is shown at the top.
        beneath.setdefault(item["parent"] if item["parent"] in there else None, []).append(item)
    found: list[Item] = []

    def walk(parent: str | None, depth: int) -> None:
        for item in beneath.get(parent, ()):
            found.append({**item, "name": _INDENT * depth + _called(item, over)})
            walk(item["id"], depth + 1)

    walk(None, 0)
    return found


def _called(item: Item, over: str) -> str:
    return f"{item['name']} ({over})" if item["ended"] else item["name"]


_COMMUNITIES = Table(
    (Column("Community", "name"), "Level", "Id"),
    empty="There are no communities yet.",
    rows=lambda drawn: _as_tree(drawn.items, "ended"),
)
_TEAMS = Table(
    (_TEAM, "Community", *_FIGURES),
    empty="There are no teams yet.",
    title=lambda drawn: f"Teams, {drawn.when}",
    rows=lambda drawn: _as_tree(drawn.items, "disbanded"),
)
_MEMBERS = Table(
    (_MEMBER, "Name", "Role", "Since", "Standing"),
    empty=_NOBODY,
    title=lambda drawn: drawn.named(drawn.ids["team"]),
)


def _draw_team(drawn: Drawn) -> None:
    """Draw what is known of one team, with the minutes of a period, its members and the teams beneath it."""
    from ledger.cli.terminal import output

    found, clocks = drawn.answer, {name: drawn.said.get(name) for name in ("as_of", "known_at")}
    known = Facts(
        lambda _: f"{_called(found, 'disbanded')} ({found['id']})",
        (
            *(
                Column(name.capitalize(), name, otherwise="none")
                for name in ("community", "field", "brand", "parent")
            ),
            Column(f"Service, {drawn.when}", "service_minutes"),
            Column("With sub-teams", "service_minutes_with_subteams"),
        ),
    )
    known(drawn)
    members = drawn.ask("listTeamMembers", {"team": found["id"], **clocks})
    output.line()
    title = f"Members ({found['members']:,})" if members.items else ""
    Table((_MEMBER, "Role", "Since"), _NOBODY, title)(members)
    period = {"period": drawn.said["period"]}
    beneath = drawn.ask("listTeamFigures", {"team": found["id"], **clocks, **period})
    if beneath.items:
        output.line()
        Table((_TEAM, *_FIGURES), "", "Sub-teams", _TEAMS.rows)(beneath)


def _of_today(said: dict[str, Any]) -> None:
    from ledger.operations.trees.teams import CURRENT

    said["assignment"] = CURRENT


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
    asked(
        "listCommunities",
        "list [--ended]",
        "The tree of communities.",
        _COMMUNITIES,
        ended="Those too that were merged or closed.",
    ),
)

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
    asked(
        "listTeamFigures",
        "list [--ended] [--period] [--as-of] [--known-at]",
        "The tree of teams, with today's members and the minutes of a period, alone and with all beneath.",
        _TEAMS,
        ended="Those too that were disbanded.",
    ),
    asked(
        "getTeam",
        "show TEAM [--period] [--as-of] [--known-at]",
        "One team: today's members, the teams beneath it, and the minutes of a period.",
        _draw_team,
    ),
    made(
        "assignTeam",
        "join VOLUNTEER TEAM [--role] [--from] [--until]",
        "Let a volunteer belong to a team.",
        None,
        {"from": "day"},
        role=_ROLE,
    ),
    made(
        "endAssignment",
        "leave VOLUNTEER [--day]",
        "Let a volunteer belong no more to the team they are in.",
        _of_today,
        day="The first day on which they belong to it no more. [default: today]",
    ),
    made(
        "changeTeam",
        "switch VOLUNTEER TEAM [--role] [--day] [--until]",
        "Let a volunteer belong to another team than the one they are in.",
        role=_ROLE,
        day="The first day in the new team, and the first no more in the old. [default: today]",
    ),
    asked("listTeamMembers", "members TEAM", "Who belongs to a team today.", _MEMBERS),
)
