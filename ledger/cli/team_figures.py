"""Teams with their figures: the tree of them, and one with its members and the teams beneath it."""

import contextlib
from collections.abc import Generator, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import clocks, output
from ledger.cli.boards import said
from ledger.cli.clocks import Asked
from ledger.cli.failures import BadValue
from ledger.cli.lookup import settings, team_meant
from ledger.cli.output import Column, printable
from ledger.cli.trees import as_tree
from ledger.domain.minutes import spoken
from projections.figures.past import as_they_stood
from projections.figures.periods import Period
from projections.figures.team_minutes import TeamMinutes, beneath, team_minutes

_FIGURES = (
    Column("Members", right=True),
    Column("Service", right=True),
    Column("With sub-teams", right=True),
)

_Items = list[tuple[str, Mapping[str, Any]]]


def show_teams(data: Path | None, *, ended: bool, period: Period, asked: Asked, as_json: bool) -> None:
    """Print the tree of teams, with the minutes of a period and today's members."""
    with open_for_reading(settings(data)) as ledger, _figures_of(ledger, period, asked) as figures:
        every, places = figures.teams, ledger.views.communities.all(figures.connection)
        names = {one.id: one.name for one in places}
    items = _items(one for one in every.values() if ended or not one.team.ended)
    found = {**figures.told, "items": [item for _, item in items]}
    if as_json:
        output.document(found)
        return
    output.table(
        f"Teams, {said(period.name)}{clocks.said(found)}",
        (Column("Team"), Column("Community"), *_FIGURES),
        [(_called(name, item), names.get(item["community"], ""), *_figures(item)) for name, item in items],
        empty="There are no teams yet.",
    )


def show_team(data: Path | None, team: str, *, period: Period, asked: Asked, as_json: bool) -> None:
    """Print what is known of one team, with the minutes of a period and today's members."""
    with open_for_reading(settings(data)) as ledger:
        found, subteams = _team(ledger, team, period, asked)
    if as_json:
        output.document({**found, "subteams": [item for _, item in subteams]})
    else:
        _print_team(found, subteams)


class _Figures(NamedTuple):
    """Every team's figures of a moment, the views of it, and what a program is told of all this."""

    teams: dict[str, TeamMinutes]
    connection: Connection
    live: Connection
    day: date
    told: dict[str, Any]


@contextlib.contextmanager
def _figures_of(ledger: Ledger, period: Period, asked: Asked) -> Generator[_Figures]:
    views = ledger.views
    needed = (views.teams, views.members, views.leaderboards, views.communities)
    with ledger.reading(*asked.needed(ledger, *needed)) as (live, position):
        moment = asked.read(ledger, live)
        day = moment.as_of or ledger.today()
        with as_they_stood(live, views, moment, period, needed) as shown:
            every = team_minutes(shown, views, period, day)
            told = {"period": period.name, "position": position, **clocks.told(moment)}
            yield _Figures(every, shown, live, day, told)


def _team(ledger: Ledger, text: str, period: Period, asked: Asked) -> tuple[dict[str, Any], _Items]:
    """What is known of a team, and the teams beneath it."""
    views = ledger.views
    with _figures_of(ledger, period, asked) as figures:
        every = figures.teams
        meant = team_meant(ledger, figures.live, text, "TEAM").id
        if meant not in every:
            raise BadValue(f"there was no team {printable(text)} by then", code="unknown-team", where="TEAM")
        team = every[meant].team
        members = views.members.of_team(figures.connection, team.id, figures.day)
        home = views.communities.get(figures.connection, team.community) if team.community else None
    numbers = ledger.directory.numbers(one.volunteer for one in members)
    above = every.get(team.parent or "")
    found = {
        **_item(every[team.id]),
        "community_name": home.name if home else None,
        "parent_name": above.team.name if above else None,
        **figures.told,
        "items": [
            {
                "volunteer": one.volunteer,
                "number": numbers.get(one.volunteer),
                "role": one.role,
                "since": one.since,
            }
            for one in members
        ],
    }
    return found, _items(beneath(every, team.id))


def _items(figures: Iterable[TeamMinutes]) -> _Items:
    """Teams as documents, in the order of the tree, each with its name as it is set in there."""
    return list(as_tree([_item(one) for one in figures]))


def _item(figures: TeamMinutes) -> dict[str, Any]:
    team, *_ = figures
    return {
        **team._asdict(),
        "ended": bool(team.ended),
        "members": figures.members,
        "service_minutes": figures.service_minutes,
        "service_minutes_with_subteams": figures.service_minutes_with_subteams,
    }


def _print_team(found: dict[str, Any], subteams: _Items) -> None:
    output.facts(
        f"{_called(found['name'], found)} ({found['id']})",
        (
            ("Community", found["community_name"] or "none"),
            ("Field", found["field"] or "none"),
            ("Brand", found["brand"] or "none"),
            ("Parent", found["parent_name"] or "none"),
            (f"Service, {said(found['period'])}{clocks.said(found)}", spoken(found["service_minutes"])),
            ("With sub-teams", spoken(found["service_minutes_with_subteams"])),
        ),
    )
    output.line()
    output.table(
        f"Members ({found['members']:,})" if found["items"] else "",
        (Column("Number"), Column("Role"), Column("Since")),
        [(one["number"] or one["volunteer"], one["role"], one["since"]) for one in found["items"]],
        empty="Nobody belongs to this team.",
    )
    if subteams:
        output.line()
        output.table(
            "Sub-teams",
            (Column("Team"), *_FIGURES),
            [(_called(name, one), *_figures(one)) for name, one in subteams],
            empty="",
        )


def _called(name: str, item: Mapping[str, Any]) -> str:
    return name + (" (disbanded)" if item["ended"] else "")


def _figures(item: Mapping[str, Any]) -> tuple[str, str, str]:
    return (
        f"{item['members']:,}",
        spoken(item["service_minutes"]),
        spoken(item["service_minutes_with_subteams"]),
    )
