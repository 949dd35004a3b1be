"""The commands for volunteers."""

from typing import Any

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Facts, Item, draw_everything
from ledger.cli.terminal.options import common, dry_option, flag, volunteer_argument
from ledger.cli.terminal.tool import runs


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
        "Registered=since",
        Column("Age band", otherwise="not noted"),
        Column("Skills", lambda item, _: ", ".join(item["skills"]), otherwise="none noted"),
    ),
)


volunteer = group(
    "volunteer",
    made(
        "registerVolunteer",
        "register --number=NUMBER --name=NAME [--phone=PHONE] --community [--team] [--day]",
        _person,
    ),
    made("moveVolunteer", "move VOLUNTEER COMMUNITY [--day]"),
    made("suspendVolunteer", "suspend VOLUNTEER --reason [--day]"),
    made("reinstateVolunteer", "reinstate VOLUNTEER [--day]"),
    made("withdrawVolunteer", "withdraw VOLUNTEER [--day]"),
    asked("getVolunteer", "show VOLUNTEER", _VOLUNTEER),
    made("noteAgeBand", "age-band VOLUNTEER BAND [--day]"),
    made("recogniseSkill", "skill VOLUNTEER SKILL [--day] [--until]"),
    made("endSkill", "skill-end VOLUNTEER SKILL [--day]"),
    runs("volunteer erase", "erasing.erase_volunteer", volunteer_argument, dry_option, flag("--yes"), common),
    asked("listVolunteers", "list [--within]", draw_everything),
    asked("listServiceRecordsOfVolunteer", "records VOLUNTEER", draw_everything),
    asked("listSignUpsOfVolunteer", "signups VOLUNTEER", draw_everything),
    asked("listRedemptionsOfVolunteer", "redemptions VOLUNTEER [--state]", draw_everything),
    asked("listPostsOfVolunteer", "posts VOLUNTEER [--day]", draw_everything),
)
