"""The commands for activities."""

from typing import Any

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Facts, Item, Table
from ledger.cli.office.shift_commands import SHIFTS
from ledger.cli.terminal.failures import misused
from ledger.cli.words import usage

_DESCRIBED = (
    "[--venue] [--place] [--community] [--content] [--audience] [--programme] [--campaign] [--in-charge]"
)


def _placed(said: dict[str, Any]) -> None:
    if said["venue"] is None and (said["place"] is None or said["community"] is None):
        raise misused(usage.WHERE_HELD)


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
    made("publishActivity", f"publish NAME --day [--form] --unit {_DESCRIBED}", _placed),
    made("reviseActivity", f"revise ACTIVITY [--name] [--day] [--form] [--unit] {_DESCRIBED}"),
    made(
        "reportActivity",
        "report ACTIVITY [--day] [--participants] [--materials] [--online]",
        None,
        {"online": "online_reach"},
    ),
    made(
        "cancelActivity",
        "cancel ACTIVITY --reason [--with-shifts]",
        lambda said: "cancelActivityWithShifts" if said.pop("with_shifts") else None,
    ),
    asked("listActivities", "list --period [--within] [--state]", _ACTIVITIES),
    asked("getActivity", "show ACTIVITY", _draw_activity),
)
