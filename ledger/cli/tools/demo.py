"""The demos: a small county's files are taken in; or a year is told to a ledger, looked at, and served."""

import shlex
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ledger.api.server.serving import Served, refuse_unservable
from ledger.bootstrap import STAFF, open_for_reading, open_for_writing
from ledger.cli.acts.asking import Drawn, drawn
from ledger.cli.acts.meant import meant
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.progress import bar
from ledger.cli.tools.importing import Order, read_file, take_in
from ledger.cli.tools.init import open_ledger
from ledger.cli.tools.serving import pointed_at, serve_place, token_for
from ledger.cli.tools.tour import begin, part, told
from ledger.demo.showing import COUNTY, FILES, OF_FILES, of_a_year
from ledger.demo.telling import tell_year, town_of
from ledger.hosting.processes import free_port
from projections.running.rebuilding import no_progress

_PERIOD = "2026-Q2"
_BOARD = {"by": "volunteers", "period": _PERIOD, "limit": 5}
_TOWN = "石桥镇"
_BOARD_OF_FILES = {"by": "volunteers", "period": "2025-Q3", "limit": 5}
_LINES = 12
_A_DAY = timedelta(days=1)
_HOST = "127.0.0.1"


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
        _files(data, as_json=as_json)
        return
    shown = _year(data, sizes, as_json=as_json)
    if not (as_json or no_serve):
        _serve(shown, port)


def _files(data: Path | None, *, as_json: bool) -> None:
    """Take the county into a fresh folder, and show a balance, a board and a contribution."""
    folder = begin(data, OF_FILES.introduction, as_json=as_json)
    if not as_json:
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
        board = drawn(ledger, "listLeaderboardPlaces", _BOARD_OF_FILES)
        shown = {
            "balance": drawn(ledger, "getBalance", {"volunteer": board.items[0]["id"]}),
            "leaderboard": board,
            "contributions": drawn(ledger, "listContributions", {"community": _TOWN, "period": "2025"}),
        }
    named = {"VOLUNTEER": board.items[0]["number"], "TOWN": _TOWN, "TEAMS": str(COUNTY / FILES["teams"])}
    told(OF_FILES, folder, {"imports": imports}, shown, named).tell(as_json=as_json)


def _year(data: Path | None, sizes: dict[str, int], *, as_json: bool) -> Shown:
    """Tell a year to a fresh ledger, and show a balance, a statement, a board and a contribution."""
    tour = of_a_year(sizes["volunteers"], sizes["activities"])
    folder = begin(data, tour.introduction, as_json=as_json)
    if not as_json:
        output.line()
    begun = time.monotonic()
    with bar() as tell:
        story = tell_year(settings(folder), tell, **sizes)
    seconds = time.monotonic() - begun
    shown, friend, answers = _toured(folder)
    named = {"VOLUNTEER": shown.volunteer, "FRIEND": friend, "TOWN": shown.town}
    refused = dict(story.timeline.refused.most_common())
    if not as_json:
        output.line(f"{story.timeline.recorded:,} facts in {seconds:.0f} s. Refused were, as they must be:")
        output.line(", ".join(f"{code} {times:,}" for code, times in refused.items()))
    done = {"facts": story.timeline.recorded, "refused": refused}
    told(tour, folder, done, answers, named).tell(as_json=as_json)
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
