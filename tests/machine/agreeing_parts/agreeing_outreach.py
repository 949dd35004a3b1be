"""Holding what communities did for the public against the model."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from projections.figures.periods import read_period
from projections.registry import Views
from tests.machine.figures import beneath, lies_in, periods
from tests.machine.model import Model

SUMS = ("participants", "materials", "online_reach")
NOTHING: Mapping[str, Any] = {"activities": 0, "venues_updated": 0, **dict.fromkeys(SUMS, 0)}


def assert_outreach_agrees(connection: Connection, views: Views, model: Model) -> None:
    days = [activity["day"] for activity in model.activities.values()]
    for period in periods([*days, *(day for _, day in model.renewals)]):
        for top in (None, *model.communities):
            found = views.outreach.of_communities(connection, views.communities, read_period(period), top)
            shown = {one: msgspec.structs.asdict(figures) for one, figures in found.items()}
            assert shown == outreach(model, period, top), (period, top)


def outreach(model: Model, period: str, top: str | None) -> dict[str, dict[str, Any]]:
    """The figures of every community, or of one and those directly beneath it, that did something."""
    wanted = [one for one, node in model.communities.items() if top is None or top in (one, node["parent"])]
    every = {community: done(model, community, period) for community in wanted}
    return {
        community: figures
        for community, figures in every.items()
        if figures["activities"] or figures["venues_updated"]
    }


def done(model: Model, community: str, period: str) -> dict[str, Any]:
    """What was done in a community and all beneath it, on the days that were reported last."""
    here = beneath(model, community)
    held = [
        one
        for one in model.activities.values()
        if one["state"] == "held" and one["said"]["community"] in here and lies_in(one["day"], period)
    ]
    renewed = [where for where, day in model.renewals if where in here and lies_in(day, period)]
    return {
        **NOTHING,
        "activities": len(held),
        "venues_updated": len(renewed),
        **{name: sum(one["turnout"][name] for one in held) for name in SUMS},
        "by_programme": Counter(one["said"]["programme"] or "" for one in held),
        "by_form": Counter(one["said"]["form"] for one in held),
        "by_month": Counter(f"{one['day']:%Y-%m}" for one in held),
    }
