"""What volunteers, teams and communities did in a period: leaderboards and contributions."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.office.clocks import in_words
from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column
from ledger.domain.minutes import spoken

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


def draw_contributions(drawn: Drawn) -> None:
    """Draw contributions in words; of one community also by programme and by month."""
    draw_contributions_of_all(drawn)
    _draw_parts(drawn.items[0])
    _draw_held(drawn.items[0]["held"])


def draw_contributions_of_all(drawn: Drawn) -> None:
    """Draw contributions as one table."""
    items = drawn.items
    names = {item["id"]: item["name"] for item in items}
    held = _HELD_COLUMNS if any(item["held"]["activities"] for item in items) else ()
    output.table(
        f"Contributions, {said(drawn.said['period'])}{in_words(drawn.said)}",
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
            for item in items
        ],
        empty="There are no communities yet.",
    )


def _draw_held(held: dict[str, Any]) -> None:
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


def _draw_parts(item: dict[str, Any]) -> None:
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
