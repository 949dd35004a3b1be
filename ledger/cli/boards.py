"""What volunteers, teams and communities did in a period: leaderboards and contributions."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import clocks, output
from ledger.cli.asking import Drawn
from ledger.cli.clocks import EVERYTHING, Asked, in_words, told
from ledger.cli.lookup import community_meant, settings
from ledger.cli.output import Column
from ledger.domain.minutes import spoken
from projections.figures.past import as_they_stood
from projections.figures.periods import Period
from projections.outreach import Held

_CONTRIBUTION_COLUMNS = (
    Column("Level"),
    Column("Community"),
    Column("In"),
    Column("People", right=True),
    Column("Visits", right=True),
    Column("Service", right=True),
    Column("Hosted", right=True),
)
_HELD_COLUMNS = tuple(Column(name, right=True) for name in ("Activities", "Participants", "Materials"))
_NOBODY = "Nobody has served in this period."


def draw_board(drawn: Drawn) -> None:
    """Draw a board in words."""
    by = drawn.ids["by"]
    title = f"Leaderboard of {by}, {said(drawn.said['period'])}{in_words(drawn.said)}"
    draw_places(title, by, drawn.items)


def draw_places(title: str, by: str, items: Sequence[dict[str, Any]]) -> None:
    """Draw some places of a board in words."""
    called = "number" if by == "volunteers" else "name"
    times = Counter(item[called] for item in items)
    output.table(
        title,
        (Column("Rank", right=True), Column(called.capitalize()), Column("Service", right=True)),
        [(str(item["rank"]), _called(item, item[called], times), spoken(item["minutes"])) for item in items],
        empty=_NOBODY,
    )


def _called(item: dict[str, Any], name: str | None, times: Counter[str | None]) -> str:
    """The name; with the id where others on the board have it too, and the id alone where there is none."""
    if name is None:
        return item["id"]
    return name if times[name] == 1 else f"{name} ({item['id']})"


def show_contributions(
    data: Path | None, community: str | None, period: Period, asked: Asked, *, as_json: bool
) -> None:
    """Print what communities contributed."""
    with open_for_reading(settings(data)) as ledger:
        found = contributions(ledger, community, period, asked)
    output.document(found) if as_json else print_contributions(found, alone=community is not None)


def contributions(
    ledger: Ledger, community: str | None, period: Period, asked: Asked = EVERYTHING
) -> dict[str, Any]:
    """The figures of every community, or of one and those directly beneath it."""
    views = ledger.views
    needed = (views.contributions, views.outreach, views.communities)
    with ledger.reading(*asked.needed(ledger, *needed)) as (connection, position):
        moment = asked.read(ledger, connection)
        top = None
        if community is not None:
            top = community_meant(ledger, connection, community, "COMMUNITY").id
        with as_they_stood(connection, views, moment, period, needed) as shown:
            items = views.contributions.of(shown, views.communities, period, top)
            held = views.outreach.of(shown, views.communities, period, top)
    return {
        "period": period.name,
        "position": position,
        **told(moment),
        "items": [
            {**msgspec.structs.asdict(item), "held": msgspec.structs.asdict(held.get(item.id, Held()))}
            for item in items
        ],
    }


def print_contributions(found: dict[str, Any], *, alone: bool) -> None:
    """Print contributions in words; of one community also by programme and by month."""
    names = {item["id"]: item["name"] for item in found["items"]}
    held = _HELD_COLUMNS if any(item["held"]["activities"] for item in found["items"]) else ()
    output.table(
        f"Contributions, {said(found['period'])}{clocks.said(found)}",
        (*_CONTRIBUTION_COLUMNS, *held),
        [
            (
                item["level"],
                item["name"],
                names.get(item["parent"], ""),
                f"{item['people']:,}",
                f"{item['visits']:,}",
                spoken(item["service_minutes"]),
                spoken(item["hosted_minutes"]),
                *(f"{item['held'][column.header.lower()]:,}" for column in held),
            )
            for item in found["items"]
        ],
        empty="There are no communities yet.",
    )
    if alone:
        _print_parts(found["items"][0])
        _print_held(found["items"][0]["held"])


def _print_held(held: dict[str, Any]) -> None:
    """Activities held, in the three ways in which offices count them."""
    for header in ("Programme", "Form", "Month"):
        counts: dict[str, int] = held[f"by_{header.lower()}"]
        if counts:
            output.line()
            output.table(
                f"Activities held by {header.lower()}",
                (Column(header), Column("Activities", right=True)),
                [(name or "none named", f"{some:,}") for name, some in counts.items()],
                empty="",
            )


def _print_parts(item: dict[str, Any]) -> None:
    for header, minutes in (("Programme", item["by_programme"]), ("Month", item["by_month"])):
        output.line()
        output.table(
            f"{item['name']} by {header.lower()}",
            (Column(header), Column("Service", right=True)),
            [(name or "none named", spoken(some)) for name, some in minutes.items()],
            empty=_NOBODY,
        )


def said(period: str) -> str:
    """A period's name, in words."""
    return "all time" if period == "all" else period
