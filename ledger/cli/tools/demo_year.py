"""A year of a county: it is told to a ledger, then looked at."""

import time
from pathlib import Path
from typing import Any, NamedTuple

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.acts.asking import Drawn, drawn
from ledger.cli.office.boards import draw_board, draw_contributions_of_all
from ledger.cli.office.figures import draw_balance, draw_statement
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.stage import fresh_folder, heading, next_commands, print_next
from ledger.demo import names
from ledger.demo.telling import tell_year
from ledger.domain.events import Level

PERIOD = "2026-Q2"
_BOARD = {"by": "volunteers", "period": PERIOD, "limit": 5}
_LINES = 12

_EXAMPLES = (
    ("every line of these two books", "statement VOLUNTEER"),
    ("the teams of the whole time", "leaderboard --by teams --period all --limit 10"),
    ("the towns, for a program", "leaderboard --by communities --level town --period all --json"),
    ("one town and its villages", "contributions TOWN --period 2026-Q2"),
    ("who holds a post there", "post list --within TOWN"),
    ("which communities and teams bear a title", "designation list"),
    ("an hour for a friend, tried out first", "transfer VOLUNTEER FRIEND 60 --dry-run"),
    ("are all views what the log says?", "projections check"),
)


class Sizes(NamedTuple):
    """How large a county is told of, and the seed of all its chance."""

    volunteers: int
    activities: int
    seed: int


class Shown(NamedTuple):
    """What a demo leaves: the folder of its ledger, the number of the volunteer whom it showed, and their town."""

    folder: Path
    volunteer: str
    town: str


class Tour(NamedTuple):
    """What of a ledger is shown."""

    leaderboard: Drawn
    contributions: Drawn
    balance: Drawn
    statement: Drawn

    @property
    def told(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "balance": self.balance.answer,
            "statement": self.statement.answer,
            "leaderboard": self.leaderboard.answer,
            "contributions": self.contributions.answer,
        }


def demo_year(data: Path | None, sizes: Sizes, *, as_json: bool) -> Shown:
    """Tell a year to a fresh ledger, and show a balance, a statement, a board and a contribution."""
    folder = fresh_folder(data)
    if not as_json:
        _introduce(sizes, folder)
    begun = time.monotonic()
    with bar() as tell:
        story = tell_year(settings(folder), tell, **sizes._asdict())
    seconds = time.monotonic() - begun
    with open_for_reading(settings(folder)) as ledger:
        board = drawn(ledger, "listLeaderboardPlaces", _BOARD)
        telling = most_telling(
            [drawn(ledger, "listStatementLines", {"volunteer": item["id"]}) for item in board.items]
        )
        volunteer = telling.ids["volunteer"]
        town = _town_of(ledger, volunteer)
        tour = Tour(
            board,
            drawn(ledger, "listContributions", {"community": town, "period": PERIOD}),
            drawn(ledger, "getBalance", {"volunteer": volunteer}),
            telling,
        )
    shown = telling.names[volunteer]
    friend = next(item["number"] for item in board.items if item["number"] != shown)
    commands = next_commands(folder, _EXAMPLES, {"VOLUNTEER": shown, "FRIEND": friend, "TOWN": town})
    refused = dict(story.timeline.refused.most_common())
    if as_json:
        told = {"data": str(folder), "facts": story.timeline.recorded, "refused": refused}
        output.document({**told, **tour.told, "next": commands})
        return Shown(folder, shown, town)
    output.line(f"{story.timeline.recorded:,} facts in {seconds:.0f} s. Refused were, as they must be:")
    output.line(", ".join(f"{code} {times:,}" for code, times in refused.items()))
    output.line()
    _print_tour(tour, commands)
    return Shown(folder, shown, town)


def _introduce(sizes: Sizes, folder: Path) -> None:
    output.line(
        f"{names.COUNTY} is a made-up county: {len(names.TOWNS)} towns, 204 villages, 110 teams,"
        f" {sizes.volunteers:,} volunteers."
    )
    output.line(
        f"Its year, from September 2025, is told to a ledger command by command: {sizes.activities:,} activities,"
        " their shifts,\nsign-ups and waitlists, who keeps the venues, approvals and reversals, gifts and redemptions,"
        "\nand who is trained, takes a post or changes teams. When it is over, activities of months to come have"
        "\nplaces, and some records await a decision."
    )
    output.line(f"Its ledger is kept in {output.printable(str(folder))}")
    output.line()


def _town_of(ledger: Ledger, volunteer: str) -> str:
    """The name of the town that a volunteer belongs to, in whose village they are at home."""
    with ledger.reading(ledger.views.members, ledger.views.communities) as (connection, _):
        found = ledger.views.members.home(connection, volunteer, ledger.today())
        every = {one.id: one for one in ledger.views.communities.all(connection)}
    assert found is not None
    while every[found].level != Level.TOWN:
        found = every[found].parent
        assert found is not None
    return every[found].name


def most_telling(statements: list[Drawn]) -> Drawn:
    """The stretch with the most kinds of lines, of any of the statements: who served most may do little else."""
    stretches = [
        found._replace(answer={**found.answer, "items": found.items[start : start + _LINES]})
        for found in statements
        for start in range(max(1, len(found.items) - _LINES + 1))
    ]
    return max(stretches, key=_kinds)


def _kinds(statement: Drawn) -> int:
    return len({line["event"] for line in statement.items})


def _print_tour(tour: Tour, commands: list[str]) -> None:
    heading("1. Who served most, and what a town contributed in spring")
    draw_board(tour.leaderboard)
    output.line()
    draw_contributions_of_all(tour.contributions)
    output.line()
    heading("2. The balance of one of them, and some lines of the statement")
    draw_balance(tour.balance)
    output.line()
    draw_statement(tour.statement)
    output.line()
    heading("3. What to type next")
    print_next(_EXAMPLES, commands)
