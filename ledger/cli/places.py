"""Where a volunteer, a team or a community stands on a leaderboard, with those right above and right below."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import clocks, output
from ledger.cli.boards import Question, asked_board, name_of, print_places, said, shown_place
from ledger.cli.clocks import EVERYTHING, Asked, told
from ledger.cli.lookup import community_meant, settings, team_meant, volunteer_meant
from ledger.cli.output import counted, printable
from ledger.domain.events import Level
from projections.figures.boards import place_of, views_of
from projections.figures.clocks import NOW
from projections.figures.past import as_they_stood
from projections.figures.tallies import Counted


def show_place(data: Path | None, question: Question, around: str, asked: Asked, *, as_json: bool) -> None:
    """Print who stands around somebody."""
    with open_for_reading(settings(data)) as ledger:
        found = place(ledger, question, around, asked)
    output.document(found) if as_json else print_place(found)


def place(ledger: Ledger, question: Question, around: str, when: Asked = EVERYTHING) -> dict[str, Any]:
    """A place on a board, minutes of each; refused with BadValue unless `around` means one who could be there."""
    views = ledger.views
    needed = (views.leaderboards, views.communities, views.teams, views.balances, views.contributions)
    with ledger.reading(*when.needed(ledger, *needed)) as (connection, position):
        moment = when.read(ledger, connection)
        member, called, level = _meant(ledger, connection, question, around)
        asked = asked_board(ledger, connection, question, level)
        with as_they_stood(connection, views, moment, question.period, views_of(views, asked)) as shown:
            now = Counted(ledger.tallies, position) if moment == NOW else None
            found = place_of(shown, views, asked, member, ledger.directory.numbers, now)
    return {
        "period": question.period.name,
        "by": question.by,
        "position": position,
        **told(moment),
        "around": {"id": member, name_of(question.by): called},
        "own": None if found.own is None else shown_place(question.by, found.own),
        "equals": found.equals,
        "members": found.members,
        "above": [shown_place(question.by, one) for one in found.above],
        "below": [shown_place(question.by, one) for one in found.below],
    }


def print_place(found: dict[str, Any]) -> None:
    """Print a place in words, and as the rows of the board that it stands among."""
    around, own = found["around"], found["own"]
    whom = printable(around[name_of(found["by"])] or around["id"])
    title = f"The place of {whom} among {found['by']}, {said(found['period'])}{clocks.said(found)}"
    if own is None:
        output.line(title, "bold")
        output.line(f"{whom} has no service on this board of {counted(found['members'], 'member')}.")
        return
    print_places(title, found["by"], [*found["above"], own, *found["below"]])
    shared = f", shared with {counted(found['equals'], 'other')}" if found["equals"] else ""
    output.line()
    output.line(f"Rank {own['rank']:,} of {found['members']:,}{shared}.")


def _meant(
    ledger: Ledger, connection: Connection, question: Question, text: str
) -> tuple[str, str | None, Level]:
    """Whom a text means on a board: the id, the number or name, and the level of the board of a community."""
    match question.by:
        case "volunteers":
            volunteer = volunteer_meant(ledger, connection, text, "--around")
            return volunteer, ledger.directory.numbers([volunteer]).get(volunteer), Level.VILLAGE
        case "teams":
            team = team_meant(ledger, connection, text, "--around")
            return team.id, team.name, Level.VILLAGE
        case "communities":
            community = community_meant(ledger, connection, text, "--around")
            return community.id, community.name, Level(community.level)
