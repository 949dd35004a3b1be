"""The main job on a small made-up county: its files go in, its figures come out."""

from pathlib import Path
from typing import Any

from ledger.bootstrap import STAFF, open_for_writing
from ledger.cli.acts.asking import drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar
from ledger.cli.tools.importing import Order, read_file, take_in
from ledger.cli.tools.init import open_ledger
from ledger.cli.tools.tour import fresh_folder, part, told, typed
from projections.running.rebuilding import no_progress

COUNTY = Path(__file__).parents[2] / "demo" / "county"
FILES = {
    "communities": "communities.xlsx",
    "teams": "teams.xlsx",
    "roster": "roster.xlsx",
    "hours": "hours.csv",
}
_TOWN = "石桥镇"
_BOARD = {"by": "volunteers", "period": "2025-Q3", "limit": 5}
_YEAR = "2025"

_EXAMPLES = {
    "every line of the first one's two books": "statement VOLUNTEER",
    "the teams of a year": "leaderboard --by teams --period 2025",
    "the towns, for a program": "leaderboard --by communities --level town --period all --json",
    "one town and its villages": "contributions TOWN --period 2025-Q3",
    "a file that was taken in already changes nothing": "import teams TEAMS",
    "are all views what the log says?": "projections check",
}
_INTRODUCTION = """\
青禾县 is a small made-up county: 3 towns, 12 villages, 9 teams, 60 volunteers.
Its office keeps their hours in spreadsheets, as offices do: title rows,
full-width digits, dates in four styles, and some rows that are wrong."""


def demo_files(data: Path | None, *, as_json: bool) -> None:
    """Take the county into a fresh folder, and show a balance, a board and a contribution."""
    folder = fresh_folder(data)
    if not as_json:
        output.line(f"{_INTRODUCTION}\nIts ledger is kept in {output.printable(str(folder))}")
        part("1. The files go in: every row is judged, and none is dropped in silence")
    imports: dict[str, Any] = {}
    with bar() as tell, open_for_writing(settings(folder), create=True, progress=tell) as ledger:
        open_ledger(ledger, {})
        for kind, name in FILES.items():
            order = Order(kind, COUNTY / name, "office", STAFF, dry_run=False)
            taken_in = take_in(ledger, order, read_file(order), no_progress)
            imports[kind] = taken_in.document
            if not as_json:
                output.line()
                taken_in.draw()
        board = drawn(ledger, "listLeaderboardPlaces", _BOARD)
        tour = {
            "balance": drawn(ledger, "getBalance", {"volunteer": board.items[0]["id"]}),
            "leaderboard": board,
            "contributions": drawn(ledger, "listContributions", {"community": _TOWN, "period": _YEAR}),
        }
    named = {"VOLUNTEER": board.items[0]["number"], "TOWN": _TOWN, "TEAMS": str(COUNTY / FILES["teams"])}
    parts = {"2. The figures come out: a balance, a board, and what a town contributed": list(tour)}
    done = {"data": str(folder), "imports": imports}
    told(done, tour, parts, typed(folder, _EXAMPLES, named)).tell(as_json=as_json)
