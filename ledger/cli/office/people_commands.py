"""The commands for volunteers."""

from typing import Any

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Facts, Item, draw_everything
from ledger.cli.terminal.options import common, dry_option, flag, text_option, volunteer_argument
from ledger.cli.terminal.tool import runs
from ledger.cli.words.wording import printed


def _person(said: dict[str, Any]) -> None:
    said |= {f"person.{name}": said.pop(name) for name in ("number", "name", "phone")}


def _teams(item: Item, drawn: Drawn) -> str:
    """The teams that somebody is in today."""
    today = drawn.today.isoformat()
    return printed("between").join(
        drawn.named(one["team"])
        for one in item["assignments"]
        if one["since"] <= today and (one["until"] is None or today < one["until"])
    )


_VOLUNTEER = Facts(
    lambda drawn: f"{drawn.answer['number'] or printed('no_number')} ({drawn.answer['id']})",
    (
        Column("person", "name", otherwise="not_known"),
        Column("community", lambda item, drawn: drawn.named(item["home"])),
        Column("team", _teams, otherwise="none"),
        "standing, registered=since",
        Column("age_band", otherwise="not_noted"),
        Column("skills", otherwise="none_noted"),
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
    runs(
        "volunteer person",
        "persons.replace_volunteer",
        volunteer_argument,
        text_option("--number", "NUMBER", required=True),
        text_option("--name", "NAME", required=True),
        text_option("--phone", "PHONE", default=""),
        text_option("--sex", "SEX", default=""),
        text_option("--remark", "REMARK", default=""),
        dry_option,
        common,
    ),
    runs("volunteer erase", "erasing.erase_volunteer", volunteer_argument, dry_option, flag("--yes"), common),
    asked("listVolunteers", "list [--within]", draw_everything),
    asked("listServiceRecordsOfVolunteer", "records VOLUNTEER", draw_everything),
    asked("listSignUpsOfVolunteer", "signups VOLUNTEER", draw_everything),
    asked("listRedemptionsOfVolunteer", "redemptions VOLUNTEER [--state]", draw_everything),
    asked("listPostsOfVolunteer", "posts VOLUNTEER [--day]", draw_everything),
)
