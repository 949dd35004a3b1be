"""The commands for volunteers."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Facts, Item, draw_everything
from ledger.cli.terminal.language import here
from ledger.cli.terminal.options import common, option, volunteer_argument
from ledger.cli.terminal.tool import does
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


_ERASE = here(
    "Forget who a volunteer is, for good: number, name, phone, sex and remark.\n\n"
    "The log keeps the id and what it served. The list of erasures gets the id, so that no backup brings them back.",
    "永久删除志愿者的个人信息：编号、姓名、手机号码、性别和备注。\n\n"
    "总账只保留系统编号及其服务。系统编号列入删除名单，从备份恢复时也不会找回个人信息。",
)


@click.command(help=_ERASE)
@volunteer_argument
@option(
    "--dry-run",
    is_flag=True,
    help=here("Say who would be erased, and erase nobody.", "只显示将删除何人，不作删除。"),
)
@option("--yes", is_flag=True, help=here("Do not ask first.", "不再询问。"))
@common
@does("erasing.erase_volunteer")
def erase() -> None:
    """Forget who a volunteer is."""


volunteer = group(
    "volunteer",
    ("Volunteers: registering, standing, qualifications.", "志愿者：注册、状态、资格。"),
    made(
        "registerVolunteer",
        "register --number=NUMBER --name=NAME [--phone=PHONE] --community [--team] [--day]",
        _person,
        number=("The volunteer number.", "志愿者编号。"),
        name=("Who it is; never in the log.", "姓名；不写入总账。"),
        phone=("A phone number; never in the log.", "手机号码；不写入总账。"),
    ),
    made("moveVolunteer", "move VOLUNTEER COMMUNITY [--day]"),
    made("suspendVolunteer", "suspend VOLUNTEER --reason [--day]"),
    made("reinstateVolunteer", "reinstate VOLUNTEER [--day]"),
    made("withdrawVolunteer", "withdraw VOLUNTEER [--day]"),
    asked("getVolunteer", "show VOLUNTEER", _VOLUNTEER),
    made(
        "noteAgeBand",
        "age-band VOLUNTEER BAND [--day]",
        band=(
            "adult, minor or minor-with-consent.",
            "年龄段：adult（成年）、minor（未成年）或 minor-with-consent（未成年，监护人同意）。",
        ),
    ),
    made("recogniseSkill", "skill VOLUNTEER SKILL [--day] [--until]"),
    made("endSkill", "skill-end VOLUNTEER SKILL [--day]"),
    erase,
    asked("listVolunteers", "list [--within]", draw_everything),
    asked("listServiceRecordsOfVolunteer", "records VOLUNTEER", draw_everything),
    asked("listSignUpsOfVolunteer", "signups VOLUNTEER", draw_everything),
    asked("listRedemptionsOfVolunteer", "redemptions VOLUNTEER [--state]", draw_everything),
    asked("listPostsOfVolunteer", "posts VOLUNTEER [--day]", draw_everything),
)
