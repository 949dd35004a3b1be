"""The demos: a small county's files are taken in; or a year is told to a ledger, looked at, and served."""

import shlex
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ledger.api.server.serving import Served, refuse_unservable
from ledger.bootstrap import STAFF, open_for_reading, open_for_writing
from ledger.cli.acts.asking import Drawn, drawn
from ledger.cli.acts.meant import meant
from ledger.cli.office.boards import draw_board, draw_contributions_of_all
from ledger.cli.office.figures import draw_balance, draw_statement
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.importing import Order, read_file, take_in
from ledger.cli.tools.init import open_ledger
from ledger.cli.tools.serving import pointed_at, serve_place, token_for
from ledger.cli.words import usage
from ledger.cli.words.wording import printed
from ledger.demo.showing import COUNTY, FILES, OF_FILES, Tour, of_a_year
from ledger.demo.telling import tell_year, town_of
from ledger.hosting.processes import free_port
from ledger.operations.words.said import Said
from projections.running.rebuilding import no_progress

_PERIOD = "2026-Q2"
_BOARD = {"by": "volunteers", "period": _PERIOD, "limit": 5}
_TOWN = "石桥镇"
_BOARD_OF_FILES = {"by": "volunteers", "period": "2025-Q3", "limit": 5}
_LINES = 12
_A_DAY = timedelta(days=1)
_HOST = "127.0.0.1"


_DRAW = {
    "balance": draw_balance,
    "statement": draw_statement,
    "leaderboard": draw_board,
    "contributions": draw_contributions_of_all,
}


class Shown(NamedTuple):
    """What a demo leaves: the folder of its ledger, the number of the volunteer whom it showed, and their town."""

    folder: Path
    volunteer: str
    town: str


def demo(data: Path | None, as_json: bool, files: bool, no_serve: bool, port: int | None, **how: Any) -> None:
    """Show what there is to be seen: of files that are taken in, or of a year, which is served then."""
    if files:
        _files(data, how["language"], as_json=as_json)
        return
    shown = _year(data, how, as_json=as_json)
    if not (as_json or no_serve):
        _serve(shown, port)


def _files(data: Path | None, language: str | None, *, as_json: bool) -> None:
    """Take the county into a fresh folder, and show a balance, a board and a contribution."""
    folder = _begin(data, OF_FILES.introduction, as_json=as_json)
    if not as_json:
        _part(printed("files_go_in"))
    imports: dict[str, Any] = {}
    with bar() as tell, open_for_writing(settings(folder), create=True, progress=tell) as ledger:
        open_ledger(ledger, {"language": language})
        for kind, name in FILES.items():
            order = Order(kind, COUNTY / name, "office", STAFF, dry_run=False)
            taken_in = take_in(ledger, order, read_file(order), no_progress)
            imports[kind] = taken_in.document
            if not as_json:
                output.line()
                taken_in.draw()
        board = drawn(ledger, "listLeaderboardPlaces", _BOARD_OF_FILES)
        shown = {
            "balance": drawn(ledger, "getBalance", {"volunteer": board.items[0]["id"]}),
            "leaderboard": board,
            "contributions": drawn(ledger, "listContributions", {"community": _TOWN, "period": "2025"}),
        }
    named = {"VOLUNTEER": board.items[0]["number"], "TOWN": _TOWN, "TEAMS": str(COUNTY / FILES["teams"])}
    _told(OF_FILES, folder, {"imports": imports}, shown, named).tell(as_json=as_json)


def _year(data: Path | None, how: dict[str, Any], *, as_json: bool) -> Shown:
    """Tell a year to a fresh ledger, and show a balance, a statement, a board and a contribution."""
    tour = of_a_year(how["volunteers"], how["activities"])
    folder = _begin(data, tour.introduction, as_json=as_json)
    if not as_json:
        output.line()
    begun = time.monotonic()
    with bar() as tell:
        story = tell_year(settings(folder), tell, **how)
    seconds = time.monotonic() - begun
    shown, friend, answers = _toured(folder)
    named = {"VOLUNTEER": shown.volunteer, "FRIEND": friend, "TOWN": shown.town}
    refused = dict(story.timeline.refused.most_common())
    if not as_json:
        output.line(printed("year_told", count=story.timeline.recorded, seconds=seconds))
        output.line(printed("listed").join(f"{code} {times:,}" for code, times in refused.items()))
    done = {"facts": story.timeline.recorded, "refused": refused}
    _told(tour, folder, done, answers, named).tell(as_json=as_json)
    return shown


def _toured(folder: Path) -> tuple[Shown, str, dict[str, Drawn]]:
    """Whom the tour shows, the number of a friend of theirs, and the answers that it shows."""
    with open_for_reading(settings(folder)) as ledger:
        board = drawn(ledger, "listLeaderboardPlaces", _BOARD)
        telling = most_telling(
            [drawn(ledger, "listStatementLines", {"volunteer": item["id"]}) for item in board.items]
        )
        volunteer = telling.ids["volunteer"]
        town = town_of(ledger, volunteer)
        answers = {
            "balance": drawn(ledger, "getBalance", {"volunteer": volunteer}),
            "statement": telling,
            "leaderboard": board,
            "contributions": drawn(ledger, "listContributions", {"community": town, "period": _PERIOD}),
        }
    number = telling.names[volunteer]
    friend = next(item["number"] for item in board.items if item["number"] != number)
    return Shown(folder, number, town), friend, answers


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
    with pointed_at():
        refuse_unservable(served)
    with open_for_reading(served.settings) as ledger:
        callers = {
            printed("the_volunteer", number=shown.volunteer): ("volunteer", {"volunteer": shown.volunteer}),
            printed("a_coordinator", town=shown.town): ("coordinator", {"community": shown.town}),
            printed("an_auditor"): ("auditor", dict[str, str]()),
        }
        tokens = {who: token_for(ledger, _A_DAY, role=role, **whom) for who, (role, whom) in callers.items()}
        with ledger.reading(ledger.views.communities) as (connection, _):
            town = meant(ledger, connection, "community", shown.town)
    asked = {
        "own_balance": "/volunteers/me/balance",
        "town_contributed": f"/communities/{town}/contributions?period={_PERIOD}",
        "who_served_most": f"/leaderboards/volunteers?period={_PERIOD}&limit=5",
    }

    def print_tokens() -> None:
        for who, token in tokens.items():
            output.line(printed("token_of", who=who), "dim")
            output.line(token)

    def print_requests() -> None:
        for (who, token), (what, path) in zip(tokens.items(), asked.items(), strict=True):
            output.line(printed("who_asks", who=who, what=printed(what)), "dim")
            address = f"http://{served.host}:{served.port}/api/v1{path}"
            output.line(shlex.join(["curl", "-s", "-H", f"Authorization: Bearer {token}", address]))

    _part(printed("api_of_a_portal"), print_tokens, print_requests)
    output.line()
    sys.stdout.flush()
    serve_place(served)


def _begin(data: Path | None, introduction: Said, *, as_json: bool) -> Path:
    """The folder of `--data`, which must be new or empty, or a temporary one, of which people are told.

    It is refused with BadValue.
    """
    if data is not None and data.exists() and any(data.iterdir()):
        sentence = filled(usage.NOT_EMPTY_FOR_DEMO, path=output.printable(str(data)))
        raise BadValue(sentence, code="folder-not-empty", where="--data")
    folder = data or Path(tempfile.mkdtemp(prefix="timebank-demo-"))
    if not as_json:
        output.line(here(*introduction))
        output.line(printed("kept_in", folder=output.printable(str(folder))))
    return folder


def _part(title: str, *draws: Callable[[], None]) -> None:
    """Print a part of the tour under its heading, with a line before each thing that is drawn."""
    output.line()
    output.line(title, "bold cyan")
    for draw in draws:
        output.line()
        draw()


def _told(
    tour: Tour,
    folder: Path,
    done: Mapping[str, Any],
    shown: Mapping[str, Drawn],
    names: Mapping[str, str],
) -> Told:
    """A tour after what was `done`: its answers in parts, and what to type next, about what is in `names`."""
    commands = {here(*meaning): command for meaning, command in tour.commands(folder, names).items()}
    parts = {
        here(*title): [partial(_DRAW[name], shown[name]) for name in some]
        for title, some in tour.parts.items()
    }
    parts[printed("what_next")] = [partial(_print_next, commands)]
    answers = {name: one.answer for name, one in shown.items()}
    return Told(
        {"data": str(folder), **done, **answers, "next": list(commands.values())},
        *(partial(_part, title, *draws) for title, draws in parts.items()),
    )


def _print_next(commands: Mapping[str, str]) -> None:
    for meaning, command in commands.items():
        output.line(f"# {meaning}", "dim")
        output.line(command)
