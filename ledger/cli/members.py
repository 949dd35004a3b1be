"""Who belongs to which team: joining, leaving, switching, and the members of one."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, Refused, act
from ledger.cli.lookup import known, settings, team_meant, volunteer_meant
from ledger.cli.output import Column
from ledger.domain.commands import Command
from ledger.domain.volunteer_state import affairs_of
from ledger.domain.volunteers import AssignTeam, ChangeTeam, EndAssignment, TeamPlace


def join(how: Act, volunteer: str, team: str, *, role: str, since: date | None, until: date | None) -> None:
    """Let a volunteer belong to a team."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        meant = team_meant(ledger, connection, team, "TEAM")
        return AssignTeam(
            volunteer=volunteer_meant(ledger, connection, volunteer),
            place=TeamPlace(assignment=how.new_id("asg"), team=meant.id, role=role, until=until),
            day=since,
        )

    act(how, make)


def leave(how: Act, volunteer: str, *, day: date | None) -> None:
    """End a volunteer's stay in the team of the day."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        who = volunteer_meant(ledger, connection, volunteer)
        stays = known(connection, affairs_of(who)).memberships
        last_day = day or ledger.today()
        holding = [one for one, stay in stays.items() if stay.holds(last_day)]
        if not holding and how.key is not None:
            # The request may be the one that ended it.
            holding = [one for one, stay in stays.items() if stay.until == last_day]
        if not holding:
            raise Refused(f"{volunteer} belongs to no team on {last_day}.", code="in-no-team")
        return EndAssignment(volunteer=who, assignment=holding[-1], day=day)

    act(how, make)


def switch(how: Act, volunteer: str, team: str, *, role: str, day: date | None, until: date | None) -> None:
    """Let a volunteer belong to another team than that of the day."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        meant = team_meant(ledger, connection, team, "TEAM")
        return ChangeTeam(
            volunteer=volunteer_meant(ledger, connection, volunteer),
            place=TeamPlace(assignment=how.new_id("asg"), team=meant.id, role=role, until=until),
            day=day,
        )

    act(how, make)


def show_members(data: Path | None, team: str, *, as_json: bool) -> None:
    """Print who belongs to a team today."""
    with open_for_reading(settings(data)) as ledger:
        found = _members(ledger, team)
    if as_json:
        output.document(found)
        return
    output.table(
        f"{found['name']} ({found['team']})",
        (Column("Number"), Column("Name"), Column("Role"), Column("Since"), Column("Standing")),
        [
            (
                one["number"] or one["volunteer"],
                one["name"] or "",
                one["role"],
                one["since"],
                one["standing"],
            )
            for one in found["items"]
        ],
        empty="Nobody belongs to this team.",
    )


def _members(ledger: Ledger, text: str) -> dict[str, Any]:
    today, views = ledger.today(), ledger.views
    with ledger.reading(views.teams, views.members) as (connection, position):
        team = team_meant(ledger, connection, text, "TEAM")
        members = views.members.of_team(connection, team.id, today)
        standings = {
            one.volunteer: views.members.standing(connection, one.volunteer, today) for one in members
        }
    people = ledger.directory.by_id(one.volunteer for one in members)
    items = [
        {
            "volunteer": one.volunteer,
            "number": people[one.volunteer].number if one.volunteer in people else None,
            "name": people[one.volunteer].name if one.volunteer in people else None,
            "role": one.role,
            "since": one.since,
            "until": one.until,
            "standing": standings[one.volunteer],
        }
        for one in members
    ]
    return {"team": team.id, "name": team.name, "position": position, "items": items}
