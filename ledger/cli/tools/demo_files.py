"""The main job on a small made-up county: its files go in, its figures come out."""

from pathlib import Path

from ledger.bootstrap import STAFF, Ledger, open_for_writing
from ledger.cli.acts.asking import Drawn, drawn
from ledger.cli.office.boards import draw_board, draw_contributions_of_all
from ledger.cli.office.figures import draw_balance
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar, untold
from ledger.cli.terminal.stage import fresh_folder, heading, next_commands, print_next
from ledger.cli.tools.importing import Order, print_report, read_file, report_document, take_in
from ledger.cli.tools.init import open_ledger
from ledger.exchange.importing import Report

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

_EXAMPLES = (
    ("every line of the first one's two books", "statement VOLUNTEER"),
    ("the teams of a year", "leaderboard --by teams --period 2025"),
    ("the towns, for a program", "leaderboard --by communities --level town --period all --json"),
    ("one town and its villages", "contributions TOWN --period 2025-Q3"),
    ("a file that was taken in already changes nothing", "import teams TEAMS"),
    ("are all views what the log says?", "projections check"),
)
_INTRODUCTION = """\
青禾县 is a small made-up county: 3 towns, 12 villages, 9 teams, 60 volunteers.
Its office keeps their hours in spreadsheets, as offices do: title rows,
full-width digits, dates in four styles, and some rows that are wrong."""
_TAKING_IN = "1. The files go in: every row is judged, and none is dropped in silence"
_COMING_OUT = "2. The figures come out: a balance, a board, and what a town contributed"
_NEXT = "3. What to type next"


def demo_files(data: Path | None, *, as_json: bool) -> None:
    """Take the county into a fresh folder, and show a balance, a board and a contribution."""
    folder = fresh_folder(data)
    if not as_json:
        output.line(_INTRODUCTION)
        output.line(f"Its ledger is kept in {output.printable(str(folder))}")
        output.line()
        heading(_TAKING_IN)
    with bar() as tell, open_for_writing(settings(folder), create=True, progress=tell) as ledger:
        open_ledger(ledger, {})
        reports = {kind: _taken_in(ledger, kind, as_json=as_json) for kind in FILES}
        board = drawn(ledger, "listLeaderboardPlaces", _BOARD)
        balance = drawn(ledger, "getBalance", {"volunteer": board.items[0]["id"]})
        contributed = drawn(ledger, "listContributions", {"community": _TOWN, "period": _YEAR})
    commands = next_commands(
        folder,
        _EXAMPLES,
        {
            "VOLUNTEER": board.items[0]["number"],
            "TOWN": _TOWN,
            "TEAMS": str(COUNTY / FILES["teams"]),
        },
    )
    if as_json:
        imports = {kind: report_document(report, _order(kind)) for kind, report in reports.items()}
        figures = {
            "balance": balance.answer,
            "leaderboard": board.answer,
            "contributions": contributed.answer,
        }
        output.document({"data": str(folder), "imports": imports, **figures, "next": commands})
    else:
        _print_figures(board, balance, contributed, commands)


def _order(kind: str) -> Order:
    return Order(kind, COUNTY / FILES[kind], "office", STAFF, dry_run=False)


def _taken_in(ledger: Ledger, kind: str, *, as_json: bool) -> Report:
    order = _order(kind)
    report = take_in(ledger, order, read_file(order), untold)
    if not as_json:
        print_report(report, order)
        output.line()
    return report


def _print_figures(board: Drawn, balance: Drawn, contributed: Drawn, commands: list[str]) -> None:
    heading(_COMING_OUT)
    draw_balance(balance)
    output.line()
    draw_board(board)
    output.line()
    draw_contributions_of_all(contributed)
    output.line()
    heading(_NEXT)
    print_next(_EXAMPLES, commands)
