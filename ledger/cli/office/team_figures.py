"""Teams with their figures, drawn: the tree of them, and one with its members and the teams beneath it."""

from collections.abc import Mapping
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.office.boards import said
from ledger.cli.office.clocks import in_words
from ledger.cli.office.trees import as_tree
from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column
from ledger.domain.minutes import spoken

_FIGURES = (
    Column("Members", right=True),
    Column("Service", right=True),
    Column("With sub-teams", right=True),
)


def draw_teams(drawn: Drawn) -> None:
    """Draw the tree of teams, with the minutes of a period and today's members."""
    output.table(
        f"Teams, {_when(drawn)}",
        (Column("Team"), Column("Community"), *_FIGURES),
        [
            (_called(name, one), drawn.names.get(one["community"], ""), *_figures(one))
            for name, one in as_tree(drawn.items)
        ],
        empty="There are no teams yet.",
    )


def draw_team(drawn: Drawn) -> None:
    """Draw what is known of one team, with the minutes of a period, its members and the teams beneath it."""
    found, team = drawn.answer, {"team": drawn.answer["id"]}
    output.facts(
        f"{_called(found['name'], found)} ({found['id']})",
        (
            ("Community", drawn.names.get(found["community"], "none")),
            ("Field", found["field"] or "none"),
            ("Brand", found["brand"] or "none"),
            ("Parent", drawn.names.get(found["parent"], "none")),
            (f"Service, {_when(drawn)}", spoken(found["service_minutes"])),
            ("With sub-teams", spoken(found["service_minutes_with_subteams"])),
        ),
    )
    clocks = {name: drawn.said.get(name) for name in ("as_of", "known_at")}
    members = drawn.ask("listTeamMembers", {**team, **clocks}).items
    output.line()
    output.table(
        f"Members ({found['members']:,})" if members else "",
        (Column("Number"), Column("Role"), Column("Since")),
        [(one["number"] or one["volunteer"], one["role"], one["since"]) for one in members],
        empty="Nobody belongs to this team.",
    )
    subteams = drawn.ask("listTeamFigures", {**team, **clocks, "period": drawn.said["period"]}).items
    if subteams:
        output.line()
        output.table(
            "Sub-teams",
            (Column("Team"), *_FIGURES),
            [(_called(name, one), *_figures(one)) for name, one in as_tree(subteams)],
            empty="",
        )


def _when(drawn: Drawn) -> str:
    return said(drawn.said["period"]) + in_words(drawn.said)


def _called(name: str, item: Mapping[str, Any]) -> str:
    return name + (" (disbanded)" if item["ended"] else "")


def _figures(item: Mapping[str, Any]) -> tuple[str, str, str]:
    return (
        f"{item['members']:,}",
        spoken(item["service_minutes"]),
        spoken(item["service_minutes_with_subteams"]),
    )
