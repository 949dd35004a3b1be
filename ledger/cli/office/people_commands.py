"""The commands for volunteers."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Facts, Item
from ledger.cli.terminal.options import common, option, volunteer_argument


def _person(said: dict[str, Any]) -> None:
    said |= {f"person.{name}": said.pop(name) for name in ("number", "name", "phone")}


def _teams(item: Item, drawn: Drawn) -> str:
    """The teams that somebody is in today."""
    today = drawn.today.isoformat()
    return ", ".join(
        drawn.named(one["team"])
        for one in item["assignments"]
        if one["since"] <= today and (one["until"] is None or today < one["until"])
    )


_VOLUNTEER = Facts(
    lambda drawn: f"{drawn.answer['number'] or 'a volunteer without a number'} ({drawn.answer['id']})",
    (
        Column("Name", otherwise="not known"),
        Column("Community", lambda item, drawn: drawn.named(item["home"])),
        Column("Team", _teams, otherwise="none"),
        "Standing",
        Column("Registered", "since"),
        Column("Age band", otherwise="not noted"),
        Column("Skills", lambda item, _: ", ".join(item["skills"]), otherwise="none noted"),
    ),
)


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
    made(
        "registerVolunteer",
        "register --number=NUMBER --name=NAME [--phone=PHONE] --community [--team] [--day]",
        "Register a volunteer.",
        _person,
        number="The volunteer number.",
        name="Who it is; never in the log.",
        phone="A phone number; never in the log.",
        community="Where they live: an id or a name.",
        team="A team they join at once: an id or a name.",
        day="The day of registration. [default: today]",
    ),
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
    asked("getVolunteer", "show VOLUNTEER", "What is known of a volunteer today.", _VOLUNTEER),
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
