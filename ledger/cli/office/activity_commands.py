"""The commands for activities."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import STAYS, asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Facts, Item, Table
from ledger.cli.office.shift_commands import SHIFTS

_DESCRIBED = (
    "[--venue] [--place] [--community] [--content] [--audience] [--programme] [--campaign] [--in-charge]"
)


def _placed(said: dict[str, Any]) -> None:
    if said["venue"] is None and (said["place"] is None or said["community"] is None):
        raise click.UsageError("name the --venue, or the --place and the --community")


def _held(item: Item) -> bool:
    return item["state"] == "held"


_FIGURES = (
    Column("participants", only=_held),
    Column("materials", only=_held),
    Column("online", "online_reach", only=_held),
)
_ACTIVITIES = Table(("day, activity=name / id, community, state", *_FIGURES), empty="no_activities")
_ACTIVITY = Facts(
    lambda drawn: drawn.answer["name"],
    (
        "id, day, state, community, venue, form, audience, programme, campaign, place, content, unit",
        *_FIGURES,
    ),
)


def _draw_activity(drawn: Drawn) -> None:
    """Draw one activity with its shifts."""
    shifts = drawn.ask("listShiftsOfActivity", {"activity": drawn.answer["id"]})
    _ACTIVITY(drawn)
    SHIFTS(shifts)


activity = group(
    "activity",
    ("Occasions of service: published, held and reported, or called off.", "活动：发布、填报成效，或取消。"),
    made("publishActivity", f"publish NAME --day [--form] --unit {_DESCRIBED}", _placed),
    made("reviseActivity", f"revise ACTIVITY [--name] [--day] [--form] [--unit] {_DESCRIBED}", more=STAYS),
    made(
        "reportActivity",
        "report ACTIVITY [--day] [--participants] [--materials] [--online]",
        None,
        {"online": "online_reach"},
        more=(
            "Said again, it takes the place of what was said before. A figure that is not named is 0, and the day the"
            " one that was planned.",
            "再次填报时，以新填报的为准。未填写的数量为 0；未填写日期时为计划日期。",
        ),
    ),
    made(
        "cancelActivity",
        "cancel ACTIVITY --reason [--with-shifts]",
        lambda said: "cancelActivityWithShifts" if said.pop("with_shifts") else None,
        more=(
            "With --with-shifts nothing is recorded unless all can be: a shift at which somebody has checked in stays.",
            "使用 --with-shifts 时，有一项不能取消的，全部不办理：已有人签到的班次不能取消。",
        ),
        with_shifts=(
            "Cancel its shifts first, which releases everybody who signed up.",
            "先取消其全部班次，并释放全部报名。",
        ),
    ),
    asked("listActivities", "list --period [--within] [--state]", _ACTIVITIES),
    asked(
        "getActivity",
        "show ACTIVITY",
        _draw_activity,
        says=("An activity with its shifts.", "一个活动，及其班次。"),
    ),
)
