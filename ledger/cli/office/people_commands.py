"""The commands for volunteers."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made
from ledger.cli.terminal.options import acting, as_text, common, option, volunteer_argument
from ledger.cli.terminal.typed import day_option


@click.command()
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
def register(recording: Any, **said: Any) -> None:
    """Register a volunteer."""
    from ledger.cli.acts.doing import do

    person = {name: f"person.{name}" for name in ("number", "name", "phone")}
    do(recording, "registerVolunteer", said, person)


@click.command()
@volunteer_argument
@common
def show(volunteer: str, data: Path | None, as_json: bool) -> None:
    """What is known of a volunteer today."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.volunteers import draw_volunteer

    ask(data, "getVolunteer", {"volunteer": volunteer}, draw_volunteer, as_json=as_json)


@click.command()
@volunteer_argument
@option("--dry-run", is_flag=True, help="Say who would be erased, and erase nobody.")
@option("--yes", is_flag=True, help="Do not ask first.")
@common
def erase(volunteer: str, data: Path | None, as_json: bool, dry_run: bool, yes: bool) -> None:
    """Forget who a volunteer is, for good: number, name, phone, sex and remark.

    The log keeps the id and what it served. The list of erasures gets the id, so that no backup brings them back.
    """
    from ledger.cli.tools.erasing import erase_volunteer

    erase_volunteer(data, volunteer, dry_run=dry_run, yes=yes, as_json=as_json)


volunteer = group(
    "volunteer",
    "Volunteers: registering, standing, qualifications.",
    register,
    made(
        "moveVolunteer",
        "move VOLUNTEER COMMUNITY [--day]",
        "Let a volunteer belong to another community.",
        community="Where they live now: an id or a name.",
    ),
    made(
        "suspendVolunteer",
        "suspend VOLUNTEER --reason [--day]",
        "Let a volunteer neither serve nor spend for now.",
        reason="Why, as a code such as complaint.",
    ),
    made("reinstateVolunteer", "reinstate VOLUNTEER [--day]", "End a suspension."),
    made(
        "withdrawVolunteer",
        "withdraw VOLUNTEER [--day]",
        "Let somebody be a volunteer no more; what they served stays theirs.",
    ),
    show,
    made(
        "noteAgeBand",
        "age-band VOLUNTEER BAND [--day]",
        "Note a volunteer's age band; a minor serves with a guardian's consent only.",
        band="adult, minor or minor-with-consent.",
    ),
    made(
        "recogniseSkill",
        "skill VOLUNTEER SKILL [--day] [--until]",
        "Note that a volunteer has a skill.",
        until="The first day on which it counts no more.",
    ),
    made("endSkill", "skill-end VOLUNTEER SKILL [--day]", "Let a volunteer's skill count no more."),
    erase,
)
