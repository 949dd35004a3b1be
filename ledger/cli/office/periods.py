"""Months that are closed, as they are shown: their reports, and what came later."""

from ledger.cli.acts.asking import Draw, Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.naming import called
from ledger.cli.terminal.output import Column, signed
from ledger.domain.minutes import spoken


def draw_closings(drawn: Drawn) -> None:
    """Draw the months that are closed."""
    output.table(
        "Closed months",
        (Column("Month"), Column("Position", right=True), Column("By")),
        [(row["month"], f"{row['position']:,}", called(drawn.names, row["by"])) for row in drawn.items],
        empty="No month is closed yet.",
    )


def draw_corrections(month: str) -> Draw:
    """How what was recorded for a month after it was closed is drawn."""
    return lambda drawn: output.table(
        f"Corrections of {month}",
        (
            *(Column("Position", right=True), Column("Day"), Column("Volunteer"), Column("Community")),
            Column("Service", right=True),
        ),
        [
            (
                f"{row['position']:,}",
                row["day"],
                called(drawn.names, row["volunteer"]),
                called(drawn.names, row["community"]),
                signed(row["service_minutes"]),
            )
            for row in drawn.items
        ],
        empty=f"Nothing was recorded for {month} since it was closed.",
    )


def draw_report(drawn: Drawn) -> None:
    """Draw the report of a month."""
    found = drawn.answer
    output.facts(
        f"{found['month']}, as known at position {found['known_at']:,}",
        (
            ("Volunteers who served", f"{found['people']:,}"),
            ("Visits", f"{found['visits']:,}"),
            ("Service", spoken(found["service_minutes"])),
        ),
    )
    names = {one["id"]: one["name"] for one in found["communities"]}
    output.line()
    output.table(
        "",
        (
            *(Column("Level"), Column("Community"), Column("In"), Column("People", right=True)),
            *(Column("Visits", right=True), Column("Service", right=True), Column("Hosted", right=True)),
        ),
        [
            (
                one["level"],
                one["name"],
                names.get(one["parent"] or "", ""),
                f"{one['people']:,}",
                f"{one['visits']:,}",
                spoken(one["service_minutes"]),
                spoken(one["hosted_minutes"]),
            )
            for one in found["communities"]
        ],
        empty="There are no communities yet.",
    )
    if found["teams"]:
        output.line()
        output.table(
            "",
            (Column("Team"), Column("Service", right=True)),
            [(one["name"], spoken(one["service_minutes"])) for one in found["teams"]],
            empty="",
        )
