"""What every view must show, counted anew from the model's records each time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from tests.machine.model import Model
from tests.machine.model_trees import LEVELS, line_up


class Served(NamedTuple):
    """One day of a record that counts; `visit` on the record's first day only."""

    volunteer: str
    day: date
    minutes: int
    community: str
    team: str | None
    programme: str
    hosted_by: str | None
    visit: bool


Row = tuple[int, str, str | None, int]
"""Rank, id, name or number, minutes."""


def served(model: Model) -> Iterator[Served]:
    for one in model.counting():
        service = one["service"]
        for index, day in enumerate(one["days"]):
            yield Served(
                service["volunteer"],
                day["day"],
                day["minutes"],
                day["community"],
                day["team"],
                service["programme"] or "",
                service["hosted_by"],
                visit=index == 0,
            )


def lies_in(day: date, period: str) -> bool:
    """Whether a day lies in `2026-09`, `2026-Q3`, `2026` or `all`."""
    quarter = ["Q1", "Q2", "Q3", "Q4"][(day.month - 1) // 3]
    return period in (f"{day:%Y-%m}", f"{day:%Y}-{quarter}", f"{day:%Y}", "all")


def periods(days: Iterable[date]) -> list[str]:
    """All time, every period that some of the days lie in, and one that none do."""
    found = {"all", "1999-Q4"}
    for day in days:
        found |= {f"{day:%Y-%m}", f"{day:%Y}-Q{(day.month + 2) // 3}", f"{day:%Y}"}
    return sorted(found)


def beneath(model: Model, community: str) -> set[str]:
    """A community and all that stands beneath it, ended or not."""
    return {one for one in model.communities if community in line_up(model.communities, one)}


def balances(model: Model) -> dict[str, tuple[int, int]]:
    """Service minutes and credit minutes of everybody registered."""
    totals = dict.fromkeys(model.volunteers, 0)
    for one in served(model):
        totals[one.volunteer] += one.minutes
    return {who: (total, model.accounts.get(f"volunteer:{who}", 0)) for who, total in totals.items()}


def statement(model: Model, volunteer: str) -> list[tuple[Any, ...]]:
    """The lines of a statement with their numbers and running balances."""
    lines: list[tuple[Any, ...]] = []
    service = credit = 0
    for number, line in enumerate(model.statements.get(volunteer, []), start=1):
        service += line["minutes"][0]
        credit += line["minutes"][1]
        said = [line[name] for name in ("position", "event", "at", "day", "by", "about", "reason")]
        lines.append((number, *said, *line["minutes"], service, credit))
    return lines


def tally(model: Model, kind: str, period: str, communities: set[str] | None = None) -> dict[str, int]:
    """Minutes of a period by volunteer, team or community; of what was served for some communities only, if given."""
    found: dict[str, int] = {}
    for one in served(model):
        member = {"volunteers": one.volunteer, "teams": one.team, "communities": one.community}[kind]
        if member is None or not lies_in(one.day, period):
            continue
        if communities is None or one.community in communities:
            found[member] = found.get(member, 0) + one.minutes
    return found


def board(minutes: Mapping[str, int], names: Mapping[str, str], limit: int | None = None) -> list[Row]:
    """A rank is one more than how many have more minutes; who has no number comes after those who do."""
    rows = [
        (1 + sum(other > own for other in minutes.values()), member, names.get(member), own)
        for member, own in minutes.items()
    ]
    in_order = sorted(rows, key=lambda row: (row[0], row[2] is None, row[2] or "", row[1]))
    return in_order if limit is None else in_order[:limit]


def contribution(model: Model, community: str, period: str) -> dict[str, Any]:
    """One community's figures, with all beneath it."""
    here = beneath(model, community)
    own = [one for one in served(model) if one.community in here and lies_in(one.day, period)]
    by_programme: dict[str, int] = {}
    by_month: dict[str, int] = {}
    for one in own:
        by_programme[one.programme] = by_programme.get(one.programme, 0) + one.minutes
        by_month[f"{one.day:%Y-%m}"] = by_month.get(f"{one.day:%Y-%m}", 0) + one.minutes
    hosted = [one.minutes for one in served(model) if one.hosted_by in here and lies_in(one.day, period)]
    node = model.communities[community]
    return {
        "id": community,
        **{name: node[name] for name in ("name", "level", "parent")},
        "people": len({one.volunteer for one in own}),
        "visits": sum(one.visit for one in own),
        "service_minutes": sum(one.minutes for one in own),
        "hosted_minutes": sum(hosted),
        "by_programme": by_programme,
        "by_month": by_month,
    }


def contributions(model: Model, period: str, top: str | None = None) -> list[dict[str, Any]]:
    """Every community, or one and those directly beneath it; an ended one only if it has something to show."""
    found: list[dict[str, Any]] = []
    for community, node in model.communities.items():
        figures = contribution(model, community, period)
        something = figures["service_minutes"] or figures["hosted_minutes"]
        wanted = top is None or top in (community, node["parent"])
        if wanted and (community == top or something or not node["ended"]):
            found.append(figures)
    return sorted(found, key=lambda one: (LEVELS.index(one["level"]), one["name"], one["id"]))
