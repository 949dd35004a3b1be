"""The commands for shifts."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import Read, asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Item, Table, draw_everything
from ledger.cli.terminal.typed import as_places
from ledger.cli.words.wording import code, printed

AGES = ("adult", "minor", "minor-with-consent")
WHEN = Column("when", lambda item, drawn: drawn.stretch(item))


def _for_adults(said: dict[str, Any]) -> None:
    if said.pop("adults_only"):
        if said["ages"]:
            raise click.UsageError("--adults-only and --ages exclude each other")
        said["ages"] = ("adult",)


def _of_activity(said: dict[str, Any]) -> str | None:
    if said["activity"] is None:
        return None
    if said.pop("from") or said.pop("days"):
        raise click.UsageError("name an --activity, or days")
    return "listShiftsOfActivity"


def _held(item: Item) -> bool:
    return not item["cancelled"]


def _roles(item: Item, _: Drawn) -> str:
    return printed("listed").join(f"{code('role', one['role'])}={one['places']}" for one in item["roles"])


SHIFTS = Table(
    (
        WHEN,
        Column("shift", "id", under=True),
        "activity=activity_name",
        Column("places", only=_held),
        Column("taken", "placed", only=_held),
        Column("waiting", only=_held),
        Column("roles", _roles, only=_held, otherwise="shift_cancelled"),
    ),
    empty=lambda drawn: printed("no_shifts_of_activity" if "activity" in drawn.ids else "no_shifts"),
)


def _draw_roster(drawn: Drawn) -> None:
    about = drawn.ask("getShift", drawn.ids)
    title = printed("roster", activity=about.answer["activity_name"], when=drawn.stretch(about.answer))
    roster = Table(
        "volunteer / sign_up, role, state",
        empty="roster_cancelled" if about.answer["cancelled"] else "nobody_signed_up",
        title=lambda _: title,
    )
    roster(drawn)


shift = group(
    "shift",
    ("Stretches of an activity with places to fill.", "班次：活动中供志愿者报名的时段。"),
    made(
        "publishShift",
        "publish ACTIVITY --begins --ends --places... [--waitlist] [--adults-only] [--ages]... [--skill]...",
        _for_adults,
        {"skill": "skills"},
        begins=(
            "Such as 2026-09-05T09:00: local time, unless an offset or Z follows.",
            "开始时间，如 2026-09-05T09:00：当地时间，除非注明时区。",
        ),
        ends=(
            "Likewise; or 12:00, on the day on which it begins.",
            "结束时间，写法相同；或只写 12:00，即开始当天。",
        ),
        places=Read(
            (
                "How many volunteers in a role, such as guide=3; once for each role.",
                "岗位及其名额，如 guide=3；每个岗位填写一次。",
            ),
            {"callback": as_places, "metavar": "ROLE=N"},
            "roles",
        ),
        adults_only=("Only adults: short for --ages adult.", "只限成年人，即 --ages adult。"),
        ages=("Only these age bands; once for each.", "只限这些年龄段；每个填写一次。"),
        skill=("Only those who have a skill; once for each.", "只限具备该技能的；每项填写一次。"),
    ),
    made("cancelShift", "cancel SHIFT --reason"),
    made("fillPlaces", "fill SHIFT"),
    asked(
        "listShifts",
        "list [--from] [--days] [--activity]",
        SHIFTS,
        _of_activity,
        activity=(
            "Instead of days: all shifts of an activity (an id or a name), those called off too.",
            "不按日期，列出一个活动（编号或名称）的全部班次，含已取消的。",
        ),
    ),
    asked("listRoster", "roster SHIFT", _draw_roster),
    asked("getShift", "show SHIFT", draw_everything),
)
