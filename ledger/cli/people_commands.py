"""The commands for volunteers."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.options import acting, argument, as_text, common, option, volunteer_argument
from ledger.cli.program import InOrder
from ledger.cli.typed import as_code, code_option, day_option

BANDS = ("adult", "minor", "minor-with-consent")
_day = day_option("The day from which it holds. [default: today]")
_skill = argument("skill", callback=as_code, metavar="SKILL", help="A code, such as first-aid.")


@click.group(cls=InOrder)
def volunteer() -> None:
    """Volunteers: registering, standing, qualifications."""


@volunteer.command()
@option("--number", required=True, callback=as_text, metavar="NUMBER", help="The volunteer number.")
@option("--name", required=True, callback=as_text, metavar="NAME", help="Who it is; never in the log.")
@option("--phone", default="", callback=as_text, metavar="PHONE", help="A phone number; never in the log.")
@option(
    "--community",
    required=True,
    callback=as_text,
    metavar="COMMUNITY",
    help="Where they live: an id or a name.",
)
@option("--team", callback=as_text, metavar="TEAM", help="A team they join at once: an id or a name.")
@day_option("The day of registration. [default: today]")
@acting
def register(how: Any, **said: Any) -> None:
    """Register a volunteer."""
    from ledger.cli.doing import do

    person = {name: f"person.{name}" for name in ("number", "name", "phone")}
    place = {"team": "place.team"} if said["team"] is not None else {}
    do(how, "registerVolunteer", said, {**person, **place})


@volunteer.command()
@volunteer_argument
@argument("community", callback=as_text, metavar="COMMUNITY", help="Where they live now: an id or a name.")
@_day
@acting
def move(how: Any, **said: Any) -> None:
    """Let a volunteer belong to another community."""
    from ledger.cli.doing import do

    do(how, "moveVolunteer", said)


@volunteer.command()
@volunteer_argument
@code_option("--reason", "Why, as a code such as complaint.", required=True)
@_day
@acting
def suspend(how: Any, **said: Any) -> None:
    """Let a volunteer neither serve nor spend for now."""
    from ledger.cli.doing import do

    do(how, "suspendVolunteer", said)


@volunteer.command()
@volunteer_argument
@_day
@acting
def reinstate(how: Any, **said: Any) -> None:
    """End a suspension."""
    from ledger.cli.doing import do

    do(how, "reinstateVolunteer", said)


@volunteer.command()
@volunteer_argument
@_day
@acting
def withdraw(how: Any, **said: Any) -> None:
    """Let somebody be a volunteer no more; what they served stays theirs."""
    from ledger.cli.doing import do

    do(how, "withdrawVolunteer", said)


@volunteer.command()
@volunteer_argument
@common
def show(volunteer: str, data: Path | None, as_json: bool) -> None:
    """What is known of a volunteer today."""
    from ledger.cli.asking import ask
    from ledger.cli.volunteers import draw_volunteer

    ask(data, "getVolunteer", {"volunteer": volunteer}, draw_volunteer, as_json=as_json)


@volunteer.command("age-band")
@volunteer_argument
@argument("band", type=click.Choice(BANDS), metavar="BAND", help="adult, minor or minor-with-consent.")
@_day
@acting
def age_band(how: Any, **said: Any) -> None:
    """Note a volunteer's age band; a minor serves with a guardian's consent only."""
    from ledger.cli.doing import do

    do(how, "noteAgeBand", said)


@volunteer.command()
@volunteer_argument
@_skill
@_day
@day_option("The first day on which it counts no more.", "--until")
@acting
def skill(how: Any, **said: Any) -> None:
    """Note that a volunteer has a skill."""
    from ledger.cli.doing import do

    do(how, "recogniseSkill", said)


@volunteer.command("skill-end")
@volunteer_argument
@_skill
@_day
@acting
def skill_end(how: Any, **said: Any) -> None:
    """Let a volunteer's skill count no more."""
    from ledger.cli.doing import do

    do(how, "endSkill", said)


@volunteer.command()
@volunteer_argument
@option("--dry-run", is_flag=True, help="Say who would be erased, and erase nobody.")
@option("--yes", is_flag=True, help="Do not ask first.")
@common
def erase(volunteer: str, data: Path | None, as_json: bool, dry_run: bool, yes: bool) -> None:
    """Forget who a volunteer is, for good: number, name, phone, sex and remark.

    The log keeps the id and what it served. The list of erasures gets the id, so that no backup brings them back.
    """
    from ledger.cli.erasing import erase_volunteer

    erase_volunteer(data, volunteer, dry_run=dry_run, yes=yes, as_json=as_json)
