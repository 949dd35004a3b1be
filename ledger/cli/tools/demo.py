"""A year of a county: it is told to a ledger, looked at, and served for three callers with tokens of their own."""

import shlex
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from ledger.api.server.serving import Served
from ledger.bootstrap import open_for_reading
from ledger.cli.acts.asking import Drawn, drawn
from ledger.cli.acts.meant import meant
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar
from ledger.cli.tools.demo_files import demo_files
from ledger.cli.tools.serving import refuse_taken, serve_place, token_for
from ledger.cli.tools.tour import Tour, fresh_folder, part, told, typed
from ledger.demo import names
from ledger.demo.telling import tell_year, town_of
from ledger.hosting.processes import free_port

_PERIOD = "2026-Q2"
_BOARD = {"by": "volunteers", "period": _PERIOD, "limit": 5}
_LINES = 12
_A_DAY = timedelta(days=1)
_HOST = "127.0.0.1"

_EXAMPLES = {
    "every line of these two books": "statement VOLUNTEER",
    "the teams of the whole time": "leaderboard --by teams --period all --limit 10",
    "the towns, for a program": "leaderboard --by communities --level town --period all --json",
    "one town and its villages": "contributions TOWN --period 2026-Q2",
    "who holds a post there": "post list --within TOWN",
    "which communities and teams bear a title": "designation list",
    "an hour for a friend, tried out first": "transfer VOLUNTEER FRIEND 60 --dry-run",
    "are all views what the log says?": "projections check",
}


class Shown(NamedTuple):
    """What a demo leaves: the folder of its ledger, the number of the volunteer whom it showed, and their town."""

    folder: Path
    volunteer: str
    town: str


def demo(
    data: Path | None, as_json: bool, files: bool, no_serve: bool, port: int | None, **sizes: int
) -> None:
    """Show what there is to be seen: of files that are taken in, or of a year, which is served then."""
    if files:
        demo_files(data, as_json=as_json)
        return
    shown = _year(data, sizes, as_json=as_json)
    if not (as_json or no_serve):
        _serve(shown, port)


def _year(data: Path | None, sizes: dict[str, int], *, as_json: bool) -> Shown:
    """Tell a year to a fresh ledger, and show a balance, a statement, a board and a contribution."""
    folder = fresh_folder(data)
    if not as_json:
        output.line(_introduction(**sizes))
        output.line(f"Its ledger is kept in {output.printable(str(folder))}\n")
    begun = time.monotonic()
    with bar() as tell:
        story = tell_year(settings(folder), tell, **sizes)
    seconds = time.monotonic() - begun
    shown, friend, tour = _toured(folder)
    named = {"VOLUNTEER": shown.volunteer, "FRIEND": friend, "TOWN": shown.town}
    refused = dict(story.timeline.refused.most_common())
    if not as_json:
        output.line(f"{story.timeline.recorded:,} facts in {seconds:.0f} s. Refused were, as they must be:")
        output.line(", ".join(f"{code} {times:,}" for code, times in refused.items()))
    parts = {
        "1. Who served most, and what a town contributed in spring": ("leaderboard", "contributions"),
        "2. The balance of one of them, and some lines of the statement": ("balance", "statement"),
    }
    done = {"data": str(folder), "facts": story.timeline.recorded, "refused": refused}
    told(done, tour, parts, typed(folder, _EXAMPLES, named)).tell(as_json=as_json)
    return shown


def _toured(folder: Path) -> tuple[Shown, str, Tour]:
    """Whom the tour shows, the number of a friend of theirs, and what it shows."""
    with open_for_reading(settings(folder)) as ledger:
        board = drawn(ledger, "listLeaderboardPlaces", _BOARD)
        telling = most_telling(
            [drawn(ledger, "listStatementLines", {"volunteer": item["id"]}) for item in board.items]
        )
        volunteer = telling.ids["volunteer"]
        town = town_of(ledger, volunteer)
        tour = {
            "balance": drawn(ledger, "getBalance", {"volunteer": volunteer}),
            "statement": telling,
            "leaderboard": board,
            "contributions": drawn(ledger, "listContributions", {"community": town, "period": _PERIOD}),
        }
    number = telling.names[volunteer]
    friend = next(item["number"] for item in board.items if item["number"] != number)
    return Shown(folder, number, town), friend, tour


def _introduction(volunteers: int, activities: int, **_: int) -> str:
    return (
        f"{names.COUNTY} is a made-up county: {len(names.TOWNS)} towns, 204 villages, 110 teams,"
        f" {volunteers:,} volunteers.\n"
        f"Its year, from September 2025, is told to a ledger command by command: {activities:,} activities,"
        " their shifts,\nsign-ups and waitlists, who keeps the venues, approvals and reversals, gifts and redemptions,"
        "\nand who is trained, takes a post or changes teams. When it is over, activities of months to come have"
        "\nplaces, and some records await a decision."
    )


def most_telling(statements: list[Drawn]) -> Drawn:
    """The stretch with the most kinds of lines, of any of the statements: who served most may do little else."""
    stretches = [
        found._replace(answer={**found.answer, "items": found.items[start : start + _LINES]})
        for found in statements
        for start in range(max(1, len(found.items) - _LINES + 1))
    ]
    return max(stretches, key=lambda stretch: len({line["event"] for line in stretch.items}))


def _serve(shown: Shown, port: int | None) -> None:
    """Print addresses, tokens and commands that work as they are printed, then serve until Ctrl-C."""
    # What is warned of matters to nobody who looks at a made-up county.
    served = Served(settings=settings(shown.folder), port=port or free_port(_HOST, 8000), log_level="error")
    refuse_taken(served.host, served.port)
    with open_for_reading(served.settings) as ledger:
        callers = {
            f"the volunteer {shown.volunteer}": {"role": "volunteer", "volunteer": shown.volunteer},
            f"a coordinator of {shown.town}": {"role": "coordinator", "community": shown.town},
            "an auditor": {"role": "auditor"},
        }
        tokens = {who: token_for(ledger, _A_DAY, **whom) for who, whom in callers.items()}
        with ledger.reading(ledger.views.communities) as (connection, _):
            town = meant(ledger, connection, "community", shown.town)
    asked = (
        ("their own balance", "/volunteers/me/balance"),
        ("what the town contributed", f"/communities/{town}/contributions?period={_PERIOD}"),
        ("who served most", f"/leaderboards/volunteers?period={_PERIOD}&limit=5"),
    )

    def print_tokens() -> None:
        for who, token in tokens.items():
            output.line(f"# the token of {who}, for a day", "dim")
            output.line(token)

    def print_requests() -> None:
        for (who, token), (what, path) in zip(tokens.items(), asked, strict=True):
            output.line(f"# {who} asks: {what}", "dim")
            address = f"http://{served.host}:{served.port}/api/v1{path}"
            output.line(shlex.join(["curl", "-s", "-H", f"Authorization: Bearer {token}", address]))

    part("4. The API that a portal asks", print_tokens, print_requests)
    output.line()
    sys.stdout.flush()
    serve_place(served)
