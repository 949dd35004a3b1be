"""The commands for the two trees: communities and teams."""

from collections.abc import Sequence
from typing import Any

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import SERVICE, Column, Drawn, Facts, Item, Table, draw_everything
from ledger.cli.words.wording import printed
from ledger.operations.trees.order import in_tree

_INDENT = "  "
_SUB_TEAMS = "with_subteams=service_minutes_with_subteams"
_FIGURES = f"members, {SERVICE}, {_SUB_TEAMS}"
_NOBODY = "nobody_in_team"


def _as_tree(items: Sequence[Item], over: str) -> list[Item]:
    """Items with their names set in: parents before children, those of one parent by name and id.

    What has ended is said to be `over`.
    """
    return [{**item, "name": _INDENT * depth + _called(item, over)} for depth, item in in_tree(items)]


def _called(item: Item, over: str) -> str:
    return printed(over, name=item["name"]) if item["ended"] else item["name"]


_COMMUNITIES = Table(
    "community=name, level, id",
    empty="no_communities",
    rows=lambda drawn: _as_tree(drawn.items, "ended"),
)
_TEAMS = Table(
    f"team=name, community, {_FIGURES}",
    empty="no_teams",
    title="teams",
    rows=lambda drawn: _as_tree(drawn.items, "disbanded"),
)
_MEMBERS = Table(
    "number=volunteer, person=name, role, since, standing",
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
            *(Column(name, otherwise="none") for name in ("community", "field", "brand", "parent")),
            Column(printed("service_in", when=drawn.when), "service_minutes"),
            _SUB_TEAMS,
        ),
    )
    known(drawn)
    members = drawn.ask("listTeamMembers", {"team": found["id"], **clocks})
    output.line()
    title = printed("members", number=found["members"]) if members.items else ""
    Table("number=volunteer, role, since", _NOBODY, lambda _: title)(members)
    period = {"period": drawn.said["period"]}
    beneath = drawn.ask("listTeamFigures", {"team": found["id"], **clocks, **period})
    if beneath.items:
        output.line()
        Table(f"team=name, {_FIGURES}", "", "sub_teams", _TEAMS.rows)(beneath)


def _of_today(said: dict[str, Any]) -> None:
    from ledger.operations.trees.teams import CURRENT

    said["assignment"] = CURRENT


community = group(
    "community",
    made("establishCommunity", "establish NAME [--parent] [--level] [--day]"),
    made("renameCommunity", "rename COMMUNITY NAME [--day]"),
    made("reparentCommunity", "move COMMUNITY PARENT [--day]"),
    made("mergeCommunity", "merge COMMUNITY INTO [--day]"),
    made("closeCommunity", "close COMMUNITY [--day]"),
    asked("listCommunities", "list [--ended]", _COMMUNITIES),
    asked("getCommunity", "show COMMUNITY", draw_everything),
    asked("getPool", "pool COMMUNITY", draw_everything),
)

team = group(
    "team",
    made("formTeam", "form NAME [--parent] [--community] [--field] [--brand] [--day]"),
    made("renameTeam", "rename TEAM NAME [--day]"),
    made("reparentTeam", "move TEAM PARENT [--day]"),
    made("disbandTeam", "disband TEAM [--day]"),
    asked("listTeamFigures", "list [--ended] [--period] [--as-of] [--known-at]", _TEAMS),
    asked("getTeam", "show TEAM [--period] [--as-of] [--known-at]", _draw_team),
    made("assignTeam", "join VOLUNTEER TEAM [--role] [--from] [--until]", None, {"from": "day"}),
    made("endAssignment", "leave VOLUNTEER [--day]", _of_today),
    made("changeTeam", "switch VOLUNTEER TEAM [--role] [--day] [--until]"),
    asked("listTeamMembers", "members TEAM", _MEMBERS),
    asked("listTeams", "tree [--ended] [--within]", draw_everything),
)
