"""Volunteers at an office's counter: registering, standing, qualifications, and what is known of one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.failures import BadValue
from ledger.cli.lookup import community_meant, known, settings, team_meant, volunteer_meant
from ledger.cli.output import printable
from ledger.domain.commands import Command
from ledger.domain.communities import COMMUNITIES
from ledger.domain.ids import new_id
from ledger.domain.qualifications import qualifications_of
from ledger.domain.volunteer_state import affairs_of
from ledger.domain.volunteers import MoveVolunteer, RegisterVolunteer, TeamPlace
from ledger.exchange.importing import Fault
from ledger.exchange.persons import Person, entry, tidied
from ledger.people.directory import new_salt
from ledger.people.enlisting import enlist


def register(how: Act, person: dict[str, str], *, community: str, team: str | None, day: date | None) -> None:
    """Register the person of a number, name and phone; they go to the directory before the log learns of an id."""
    told = _tidied(person)

    def make(ledger: Ledger, connection: Connection) -> Command:
        home = community_meant(ledger, connection, community, "--community")
        joined = None if team is None else team_meant(ledger, connection, team, "--team")
        holders = ledger.directory.by_number([told.number])
        there = holders.get(told.number)
        volunteer = new_id("vol") if there is None else there.volunteer
        salt = new_salt() if there is None else there.salt
        if not how.dry_run:
            enlist(ledger.directory, [entry(told, volunteer, salt)], holders, ledger.registered)
        place = None if joined is None else TeamPlace(assignment=how.new_id("asg"), team=joined.id)
        return RegisterVolunteer(volunteer=volunteer, community=home.id, place=place, day=day)

    act(how, make)


def _tidied(person: dict[str, str]) -> Person:
    try:
        return tidied(Person(**person))
    except Fault as fault:
        value = printable(person[fault.field])
        raise BadValue(f"{value}: {fault.reason}", code="invalid-input", where=f"--{fault.field}") from None


def move(how: Act, volunteer: str, community: str, *, day: date | None) -> None:
    """Let a volunteer belong to another community."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return MoveVolunteer(
            volunteer=volunteer_meant(ledger, connection, volunteer),
            community=community_meant(ledger, connection, community, "COMMUNITY").id,
            day=day,
        )

    act(how, make)


def change(how: Act, command: Callable[..., Command], volunteer: str, **fields: Any) -> None:
    """Give a command that is about a volunteer and needs nothing else to be looked up."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return command(volunteer=volunteer_meant(ledger, connection, volunteer), **fields)

    act(how, make)


def show_volunteer(data: Path | None, volunteer: str, *, as_json: bool) -> None:
    """Print what is known of a volunteer today."""
    with open_for_reading(settings(data)) as ledger:
        found = _volunteer(ledger, volunteer)
    if as_json:
        output.document(found)
        return
    team = found["team"]
    output.facts(
        f"{found['number'] or 'a volunteer without a number'} ({found['volunteer']})",
        (
            ("Name", found["name"] or "not known"),
            ("Community", f"{found['community']['name']} ({found['community']['id']})"),
            ("Team", f"{team['name']} ({team['id']})" if team else "none"),
            ("Standing", found["standing"]),
            ("Registered", found["registered"]),
            ("Age band", found["age_band"] or "not noted"),
            ("Skills", ", ".join(found["skills"]) or "none noted"),
        ),
    )


def _volunteer(ledger: Ledger, text: str) -> dict[str, Any]:
    today, views = ledger.today(), ledger.views
    with ledger.reading(views.balances, views.communities, views.teams) as (connection, position):
        volunteer = volunteer_meant(ledger, connection, text)
        affairs = known(connection, affairs_of(volunteer))
        home = known(connection, COMMUNITIES).successor(affairs.home(today), today)
        team, community = affairs.team(today), views.communities.get(connection, home)
        joined = None if team is None else views.teams.get(connection, team)
        noted = known(connection, qualifications_of(volunteer))
    person = ledger.directory.by_id([volunteer]).get(volunteer)
    band = noted.band(today)
    assert community is not None
    return {
        "volunteer": volunteer,
        "number": None if person is None else person.number,
        "name": None if person is None else person.name,
        "registered": affairs.registered().isoformat(),
        "community": {"id": community.id, "name": community.name},
        "team": None if joined is None else {"id": joined.id, "name": joined.name},
        "standing": affairs.standing(today).value,
        "age_band": None if band is None else band.value,
        "skills": noted.skills(today),
        "position": position,
    }
