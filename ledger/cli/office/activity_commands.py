"""The commands for activities."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Facts, Item, Table
from ledger.cli.office.shift_commands import SHIFTS

_DESCRIBED = (
    "[--venue] [--place] [--community] [--content] [--audience] [--programme] [--campaign] [--in-charge]"
)
_DAY = "The day on which it is held."
_PLACE = "Where it is held, in words."
_COMMUNITY = "The community that hosts it."
_CONTENT = "What volunteers do."
_OF_EITHER = {
    "form": "How it is held: on-site, online, class, show, exhibition, training, …",
    "unit": "Who organises it.",
    "venue": "Where it is held: an id or a name.",
    "audience": "Whom it is for: elderly, pupils, farmers, …",
    "programme": "The named line of activities that it belongs to.",
    "campaign": "The season of activities that it belongs to.",
    "in_charge": "Who answers for it: the name is kept in the directory, and an id in the ledger.",
}


def _placed(said: dict[str, Any]) -> None:
    if said["venue"] is None and (said["place"] is None or said["community"] is None):
        raise click.UsageError("name the --venue, or the --place and the --community")


def _held(item: Item) -> bool:
    return item["state"] == "held"


_FIGURES = (
    Column("Participants", only=_held),
    Column("Materials", only=_held),
    Column("Online", "online_reach", only=_held),
)
_WORDS = ("Form", "Audience", "Programme", "Campaign", "Place", "Content", "Unit")
_ACTIVITIES = Table(
    ("Day", Column("Activity", "name"), Column("Id", under=True), "Community", "State", *_FIGURES),
    empty="There are no such activities.",
)
_ACTIVITY = Facts(
    lambda drawn: drawn.answer["name"],
    ("Id", "Day", "State", "Community", "Venue", *_WORDS, *_FIGURES),
)


def _draw_activity(drawn: Drawn) -> None:
    """Draw one activity with its shifts."""
    shifts = drawn.ask("listShiftsOfActivity", {"activity": drawn.answer["id"]})
    _ACTIVITY(drawn)
    SHIFTS(shifts)


activity = group(
    "activity",
    "Occasions of service: published, held and reported, or called off.",
    made(
        "publishActivity",
        f"publish NAME --day [--form] --unit {_DESCRIBED}",
        "Announce an activity.",
        _placed,
        name="Its public name.",
        day=_DAY,
        place=f"{_PLACE} [default: the venue's name]",
        community=f"{_COMMUNITY} [default: the venue's]",
        content=f"{_CONTENT} [default: its name]",
        **_OF_EITHER,
    ),
    made(
        "reviseActivity",
        f"revise ACTIVITY [--name] [--day] [--form] [--unit] {_DESCRIBED}",
        "Describe an activity anew, or plan it for another day; what is not named stays as it is.",
        name="Another name.",
        day=_DAY,
        place=_PLACE,
        community=_COMMUNITY,
        content=_CONTENT,
        **_OF_EITHER,
    ),
    made(
        "reportActivity",
        "report ACTIVITY [--day] [--participants] [--materials] [--online]",
        "Say what came of an activity; said again, it takes the place of what was said before.",
        None,
        {"online": "online_reach"},
        day="The day on which it was held. [default: the day for which it was planned]",
        participants="How many took part. [default: 0]",
        materials="How many materials were handed out. [default: 0]",
        online="How many were reached online. [default: 0]",
    ),
    made(
        "cancelActivity",
        "cancel ACTIVITY --reason [--with-shifts]",
        "Call an activity off.\n\n"
        "With --with-shifts nothing is recorded unless all can be: a shift at which somebody has checked in stays.",
        lambda said: "cancelActivityWithShifts" if said.pop("with_shifts") else None,
        reason="Why: weather, illness, …",
        with_shifts="Cancel its shifts first, which releases everybody who signed up.",
    ),
    asked(
        "listActivities",
        "list --period [--within] [--state]",
        "The activities of a period, and what came of them.",
        _ACTIVITIES,
        state="Only those that are planned, held or cancelled.",
    ),
    asked("getActivity", "show ACTIVITY", "One activity with its shifts.", _draw_activity),
)
